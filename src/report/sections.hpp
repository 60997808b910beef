// The sections of the report, in their order; each is HTML, empty when it has nothing to tell in this form.
#pragma once

#include <string>

#include "content.hpp"

namespace throng {

std::string verdict_section(const Content& content);
std::string classes_section(const Content& content);
std::string risk_section(const Content& content);
std::string combinations_section(const Content& content);
std::string lattice_section(const Content& content);
std::string patterns_section(const Content& content);
std::string columns_section(const Content& content);
std::string trends_section(const Content& content);
std::string two_way_section(const Content& content);
std::string utility_section(const Content& content);
std::string map_section(const Content& content);
std::string provenance_section(const Content& content);

/// "original values", "level 1 of 3", "wholly suppressed".
std::string level_text(const Content& content, std::size_t qi, Level level);
/// "a + b"
std::string names_html(const Content& content, Combination qi);
/// A section with its heading; `id` is its anchor.
std::string section_html(const std::string& id, const std::string& heading, const std::string& body);

}  // namespace throng
