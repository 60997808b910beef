// Escaping, tables and cards.
#include "html.hpp"

#include <fmt/format.h>

#include <cctype>

#include "core/words.hpp"

namespace throng {

std::string escaped_html(std::string_view text) {
  std::string result;
  result.reserve(text.size());
  for (const char c : text) {
    switch (c) {
      case '&':
        result += "&amp;";
        break;
      case '<':
        result += "&lt;";
        break;
      case '>':
        result += "&gt;";
        break;
      case '"':
        result += "&quot;";
        break;
      case '\'':
        result += "&#39;";
        break;
      default:
        if (static_cast<unsigned char>(c) < 0x20 || c == 0x7f)
          result += "\xEF\xBF\xBD";
        else
          result += c;
    }
  }
  return result;
}

std::string value_html(std::string_view text) {
  if (text.empty()) return "<em>(missing)</em>";
  return "<bdi>" + escaped_html(text) + "</bdi>";
}

std::string breakable_html(std::string_view text) {
  std::string html;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const bool is_joint = i > 0 && (std::islower(static_cast<unsigned char>(text[i - 1])) != 0) &&
                          (std::isupper(static_cast<unsigned char>(text[i])) != 0);
    if (is_joint || (i > 0 && text[i - 1] == '_')) html += "<wbr>";
    html += escaped_html(text.substr(i, 1));
  }
  return html;
}

std::string element(std::string_view tag, std::string_view content) {
  return fmt::format("<{}>{}</{}>\n", tag, content, tag);
}

std::string element(std::string_view tag, std::string_view css_class, std::string_view content) {
  return fmt::format("<{} class=\"{}\">{}</{}>\n", tag, css_class, content, tag);
}

std::string figures_html(const std::vector<Figure>& figures) {
  std::string html;
  for (const Figure& figure : figures)
    html += fmt::format("<div><dt>{}</dt><dd><strong>{}</strong><span>{}</span></dd></div>\n", figure.name,
                        figure.number, figure.definition);
  return element("dl", "figures", html);
}

TableCell text_cell(std::string_view text) { return {value_html(text), std::string(text), false}; }

TableCell number_cell(std::string shown, double key) {
  return {std::move(shown), fmt::format("{}", key), true};
}

TableCell count_cell(Count count) { return {grouped(count), std::to_string(count), true}; }

namespace {

/// A longer table scrolls below its heads.
constexpr std::size_t kRowsInSight = 25;

/// A key that is the text itself is left out.
std::string cell_html(const TableCell& cell) {
  const bool has_key = cell.key != cell.html && cell.html != value_html(cell.key);
  return fmt::format("<td{}{}>{}</td>", cell.is_number ? " class=\"number\"" : "",
                     has_key ? " data-key=\"" + escaped_html(cell.key) + "\"" : "", cell.html);
}

}  // namespace

std::string table_html(const HtmlTable& table) {
  // The caption stands before the container, so that it stays in sight while the table scrolls.
  std::string html = fmt::format(
      "<p class=\"caption\" id=\"{0}-caption\">{1}</p>\n<div class=\"wide{2}\" tabindex=\"0\" "
      "role=\"region\" "
      "aria-labelledby=\"{0}-caption\">\n<table id=\"{0}\"{3} aria-labelledby=\"{0}-caption\">\n<thead><tr>",
      table.id, table.caption, table.rows.size() > kRowsInSight ? " tall" : "",
      table.is_sortable ? " class=\"sortable\"" : "");
  for (std::size_t c = 0; c < table.heads.size(); ++c) {
    const bool is_number = !table.rows.empty() && table.rows.front()[c].is_number;
    html += fmt::format("<th scope=\"col\"{}>{}</th>", is_number ? " class=\"number\"" : "",
                        breakable_html(table.heads[c]));
  }
  html += "</tr></thead>\n<tbody>\n";
  for (const auto& row : table.rows) {
    html += "<tr>";
    for (const TableCell& cell : row) html += cell_html(cell);
    html += "</tr>\n";
  }
  return html + "</tbody></table></div>\n";
}

std::string percent_text(double share) {
  if (share > 0 && share < 0.0005) return "under 0.1 %";
  return fmt::format("{:.1f} %", 100 * share);
}

std::string figure_html(std::string_view content, std::string_view css_class) {
  return fmt::format("<figure class=\"{}\" tabindex=\"0\">{}</figure>\n", css_class, content);
}

}  // namespace throng
