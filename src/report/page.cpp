// Puts the sections on one page with a content security policy that allows exactly its own style and script.
#include <fmt/format.h>

#include <array>

#include "html.hpp"
#include "sections.hpp"
#include "style.hpp"
#include "throng/release/sha256.hpp"

namespace throng {

namespace {

unsigned digit_of(char hex) { return static_cast<unsigned>(hex <= '9' ? hex - '0' : hex - 'a' + 10); }

/// Base64 (RFC 4648) of bytes given as hexadecimal, 32 of them: 43 digits and one sign of padding.
std::string base64_of_hex(const std::string& hex) {
  constexpr std::string_view kDigits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  std::string text;
  unsigned bits = 0, num_bits = 0;
  for (const char c : hex) {
    bits = bits << 4 | digit_of(c);
    num_bits += 4;
    if (num_bits < 6) continue;
    num_bits -= 6;
    text += kDigits[bits >> num_bits & 63];
    bits &= (1U << num_bits) - 1;
  }
  if (num_bits > 0) text += kDigits[bits << (6 - num_bits) & 63];
  while (text.size() % 4 != 0) text += '=';
  return text;
}

std::string hash_source(std::string_view text) { return "'sha256-" + base64_of_hex(sha256_hex(text)) + "'"; }

struct Section {
  const char* id;
  const char* name;
  std::string html;
};

std::string navigation(const std::array<Section, 12>& sections) {
  std::string items;
  for (const Section& section : sections)
    if (!section.html.empty())
      items += fmt::format("<li><a href=\"#{}\">{}</a></li>", section.id, section.name);
  return "<nav aria-label=\"Sections\"><ul>" + items + "</ul></nav>\n";
}

std::string head(const std::string& title) {
  return fmt::format(
      "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
      "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src {}; script-src "
      "{}; "
      "img-src data:; base-uri 'none'; form-action 'none'\">\n"
      "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
      "<meta name=\"referrer\" content=\"no-referrer\">\n<link rel=\"icon\" href=\"data:,\">\n"
      "<title>{}</title>\n<style>{}</style>\n</head>\n",
      hash_source(report_style()), hash_source(report_script()), escaped_html(title), report_style());
}

}  // namespace

ReportPage report_page(const ReportRequest& request, ReportForm form, Communicator& communicator) {
  const Content content = gather(request, form, communicator);
  const std::array<Section, 12> sections = {{{"verdict", "Verdict", verdict_section(content)},
                                             {"classes", "Classes", classes_section(content)},
                                             {"risk", "Risk", risk_section(content)},
                                             {"combinations", "Combinations", combinations_section(content)},
                                             {"lattice", "Alternatives", lattice_section(content)},
                                             {"columns", "Columns", columns_section(content)},
                                             {"patterns", "Records", patterns_section(content)},
                                             {"trends", "Numbers", trends_section(content)},
                                             {"two-way", "Trends", two_way_section(content)},
                                             {"utility", "Utility", utility_section(content)},
                                             {"map", "Countries", map_section(content)},
                                             {"provenance", "Provenance", provenance_section(content)}}};
  const bool is_external = content.is_external();
  std::string html = head("Release report: " + request.name);
  html += "<body>\n<header>\n<h1>Release report: " + value_html(request.name) + "</h1>\n";
  html += element(
      "p", "lead",
      is_external ? "External form: no count of 1 to k - 1 people. It tells the released rows, the settings, "
                    "and, where that is no such count, how many records were suppressed and the "
                    "loss."
                  : "Private form: it holds figures of the original records. Do not pass it on.");
  html += navigation(sections) + "</header>\n<main>\n";
  for (const Section& section : sections) html += section.html;
  html += "</main>\n<footer><p>Written by throng " THRONG_VERSION
          ". Every number is defined where it stands; the words are those of the glossary.</p></footer>\n";
  html += fmt::format("<script>{}</script>\n</body>\n</html>\n", report_script());
  return {html, content.meets_policy()};
}

}  // namespace throng
