// What else could have been released: the nodes beside the optimum, or beside a local recoding one node for
// all records and the small classes dropped.
#include <fmt/format.h>

#include "charts.hpp"
#include "core/words.hpp"
#include "html.hpp"
#include "sections.hpp"

namespace throng {

namespace {

bool is_allowed(const Content& content, const Solution& node) {
  return node.suppressed <= content.request.search.max_suppressed;
}

std::string step_text(const Content& content, const Neighbour& neighbour) {
  return fmt::format("{} {}: {}", content.qi_name(neighbour.qi), neighbour.is_coarser ? "coarser" : "finer",
                     level_text(content, neighbour.qi, neighbour.solution.levels[neighbour.qi]));
}

std::vector<TableCell> row_of(const Content& content, const std::string& step, const Solution& node) {
  return {text_cell(step),
          number_cell(fmt::format("{:.6f}", node.loss), node.loss),
          count_cell(node.suppressed),
          number_cell(percent_text(static_cast<double>(node.suppressed) /
                                   static_cast<double>(content.request.table.num_rows)),
                      static_cast<double>(node.suppressed)),
          count_cell(node.classes),
          text_cell(is_allowed(content, node) ? "yes" : "no: above the limit")};
}

std::string scatter(const Content& content) {
  const auto rows = static_cast<double>(content.request.table.num_rows);
  std::vector<ScatterPoint> points;
  const auto add = [&](const Solution& node, const std::string& label, const char* css_class) {
    points.push_back(
        {static_cast<double>(node.suppressed) / rows, node.loss,
         fmt::format("{}: loss {:.4f}, {} suppressed", label, node.loss, grouped(node.suppressed)),
         css_class});
  };
  for (const Neighbour& neighbour : content.neighbours)
    add(neighbour.solution, step_text(content, neighbour),
        is_allowed(content, neighbour.solution) ? "allowed" : "refused");
  add(*content.best(), "the release", "best");
  return figure_html(
      scatter_chart("Loss and suppressed records of the release and its neighbours", "records suppressed",
                    "loss", points) +
      element("figcaption",
              "Green: the release. Blue: nodes one step away that the limit on suppression allows. Red: "
              "those it does not. Lower and further left is better."));
}

std::string local_alternatives(const Content& content) {
  HtmlTable table{
      "neighbours",
      fmt::format("The release beside others of the same records. One node: every column at one level, the "
                  "least loss within the limit. Redaction: nothing generalized. Loss: 0 to 1. Suppressed: "
                  "records left out. Allowed: at most {} may be suppressed.",
                  grouped(std::min(content.request.search.max_suppressed, content.request.table.num_rows))),
      {"Release", "Loss", "Suppressed", "Share", "Classes", "Allowed"},
      {},
      true};
  table.rows.push_back(row_of(content, "each record its own node: the release", *content.best()));
  if (content.one_node) table.rows.push_back(row_of(content, "one node for all records", *content.one_node));
  if (content.redaction)
    table.rows.push_back(
        row_of(content, fmt::format("redaction: classes below {} dropped", content.k), *content.redaction));
  std::string text;
  if (content.one_node && content.one_node->loss > 0)
    text = element("p",
                   fmt::format("Recoding each record by itself loses {} of what the best single node loses.",
                               percent_text(content.best()->loss / content.one_node->loss)));
  return section_html("lattice", "Other ways to release these records", text + table_html(table));
}

}  // namespace

std::string lattice_section(const Content& content) {
  if (content.is_external() || !content.best()) return "";
  if (content.is_local()) return local_alternatives(content);
  const SearchOptions& search = content.request.search;
  HtmlTable table{
      "neighbours",
      fmt::format("The release and every node one level away. Loss: 0 to 1. Suppressed: records in "
                  "classes below {}. Allowed: at most {} may be suppressed.",
                  content.k, grouped(std::min(search.max_suppressed, content.request.table.num_rows))),
      {"Step", "Loss", "Suppressed", "Share", "Classes", "Allowed"},
      {},
      true};
  table.rows.push_back(row_of(content, "the release", *content.best()));
  for (const Neighbour& neighbour : content.neighbours)
    table.rows.push_back(row_of(content, step_text(content, neighbour), neighbour.solution));
  const std::string text = element(
      "p", fmt::format("A node is a level per column; there are {:.6g} of them. These are the neighbours of "
                       "the one that was chosen.",
                       content.lattice().approximate_num_nodes()));
  return section_html("lattice", "Around the release", text + scatter(content) + table_html(table));
}

}  // namespace throng
