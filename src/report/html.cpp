// Escaping, tables and cards.
#include "html.hpp"

#include <fmt/format.h>

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

std::string table_html(const HtmlTable& table) {
  std::string html = fmt::format(
      "<div class=\"wide\" tabindex=\"0\" role=\"region\" aria-labelledby=\"{}-caption\">", table.id);
  html +=
      fmt::format("<table id=\"{}\"{}>\n<caption id=\"{}-caption\"><span>{}</span></caption>\n<thead><tr>",
                  table.id, table.is_sortable ? " class=\"sortable\"" : "", table.id, table.caption);
  for (std::size_t c = 0; c < table.heads.size(); ++c) {
    const bool is_number = !table.rows.empty() && table.rows.front()[c].is_number;
    html += fmt::format("<th scope=\"col\"{}>{}</th>", is_number ? " class=\"number\"" : "",
                        escaped_html(table.heads[c]));
  }
  html += "</tr></thead>\n<tbody>\n";
  for (const auto& row : table.rows) {
    html += "<tr>";
    for (const TableCell& cell : row)
      html += fmt::format("<td{} data-key=\"{}\">{}</td>", cell.is_number ? " class=\"number\"" : "",
                          escaped_html(cell.key), cell.html);
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
