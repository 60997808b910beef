// Where the report comes from, and what it does not promise.
#include <fmt/format.h>

#include "html.hpp"
#include "sections.hpp"

namespace throng {

std::string names_html(const Content& content, Combination qi) {
  std::string html;
  for (const std::string& name : content.names_of(qi)) html += (html.empty() ? "" : " + ") + value_html(name);
  return html;
}

std::string section_html(const std::string& id, const std::string& heading, const std::string& body) {
  return fmt::format("<section aria-labelledby=\"{}\"><h2 id=\"{}\">{}</h2>\n{}</section>\n", id, id, heading,
                     body);
}

std::string provenance_section(const Content& content) {
  HtmlTable table{"origin", "What the report was computed from.", {"What", "Value"}, {}, false};
  for (const auto& [name, value] : content.request.provenance)
    table.rows.push_back({text_cell(name), {"<code>" + escaped_html(value) + "</code>", value, false}});
  std::string settings;
  for (const std::string& line : content.request.configuration) settings += escaped_html(line) + "\n";
  const std::string limits =
      "k-anonymity hides who a record is about among at least k. It does not stop somebody from learning a "
      "sensitive value that all records of a class share, from combining this release with another one of "
      "the "
      "same people, or from reasoning about what a least-loss release avoided. It makes no statement about "
      "columns that are not quasi-identifiers.";
  return section_html("provenance", "Provenance",
                      table_html(table) + element("h3", "Settings") +
                          element("pre", "<code>" + settings + "</code>") +
                          element("h3", "What this does not promise") + element("p", limits));
}

}  // namespace throng
