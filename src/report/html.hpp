// HTML text: everything that comes from outside is escaped here and nowhere else.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "throng/core/types.hpp"

namespace throng {

/// `text` as HTML text or attribute value: the five special characters as entities, controls as U+FFFD.
std::string escaped_html(std::string_view text);

/// A name or value from the data: escaped, and kept apart from the direction of the text around it. An empty
/// one reads "(missing)".
std::string value_html(std::string_view text);

/// Text, escaped, that may break where a name of several words has its joints: `yearOf|Registration`,
/// `of_|age`.
std::string breakable_html(std::string_view text);

/// <tag>content</tag>; `content` is HTML already.
std::string element(std::string_view tag, std::string_view content);
/// <tag class="...">content</tag>
std::string element(std::string_view tag, std::string_view css_class, std::string_view content);

/// A figure, which the keyboard can scroll where it is wider than the page.
std::string figure_html(std::string_view content, std::string_view css_class = "two");

/// A number with its name and the sentence that defines it; all are HTML already.
struct Figure {
  std::string number, name, definition;
};
/// Cards, one per figure.
std::string figures_html(const std::vector<Figure>& figures);

/// One cell: what is shown (HTML) and what it is sorted by; a number when `is_number`.
struct TableCell {
  std::string html;
  std::string key;
  bool is_number = false;
};
TableCell text_cell(std::string_view text);
TableCell number_cell(std::string shown, double key);
TableCell count_cell(Count count);

/// A table: its caption (HTML), which stands before it, says what the columns mean.
struct HtmlTable {
  std::string id;
  std::string caption;
  std::vector<std::string> heads;  ///< text
  std::vector<std::vector<TableCell>> rows;
  bool is_sortable = false;
};
std::string table_html(const HtmlTable& table);

/// "12.3 %"; "under 0.1 %" for what would read as none
std::string percent_text(double share);

}  // namespace throng
