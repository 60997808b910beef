// What else could have been released: the nodes beside the optimum, or beside a local recoding one node for
// all records and the small classes dropped.
#include <fmt/format.h>

#include <algorithm>

#include "charts.hpp"
#include "core/words.hpp"
#include "html.hpp"
#include "sections.hpp"

namespace throng {

namespace {

bool is_allowed(const Content& content, const Solution& node) {
  return node.suppressed <= content.request.search.max_suppressed;
}

double share_suppressed(const Content& content, const Solution& node) {
  return static_cast<double>(node.suppressed) / static_cast<double>(content.request.table.num_rows);
}

/// Loss, suppressed records, their share, classes, and whether the limit allows the node.
void add_figures(const Content& content, const Solution& node, std::vector<TableCell>& row) {
  const double suppressed = share_suppressed(content, node);
  row.push_back(number_cell(fmt::format("{:.6f}", node.loss), node.loss));
  row.push_back(count_cell(node.suppressed));
  row.push_back(number_cell(percent_text(suppressed), suppressed));
  row.push_back(count_cell(node.classes));
  row.push_back(text_cell(is_allowed(content, node) ? "yes" : "no: above the limit"));
}

std::vector<TableCell> row_of(const Content& content, const std::string& release, const Solution& node) {
  std::vector<TableCell> row = {text_cell(release)};
  add_figures(content, node, row);
  return row;
}

/// "the release" or "the best single node": where the walk begins.
std::string centre_name(const Content& content) {
  return content.is_local() || !content.best() ? "the best single node" : "the release";
}

std::string place_text(const Content& content, const NearbyNode& node) {
  if (node.steps == 0) return centre_name(content);
  return node.steps == 1 ? "1 step" : fmt::format("{} steps", node.steps);
}

/// "age coarser, gender finer"
std::string difference_text(const Content& content, const NearbyNode& node) {
  std::string text;
  for (std::size_t j = 0; j < content.lattice().num_axes(); ++j) {
    const Level here = node.solution.levels[j], centre = content.nearby.front().solution.levels[j];
    if (here != centre)
      text += fmt::format("{}{} {}", text.empty() ? "" : ", ", content.qi_name(j),
                          here > centre ? "coarser" : "finer");
  }
  return text.empty() ? centre_name(content) : text;
}

const char* dot_class(const Content& content, const NearbyNode& node) {
  if (node.steps == 0) return "best";
  if (node.steps > 1) return is_allowed(content, node.solution) ? "allowed far" : "refused far";
  return is_allowed(content, node.solution) ? "allowed" : "refused";
}

std::string scatter(const Content& content) {
  std::vector<ScatterPoint> points;
  for (const NearbyNode& node : content.nearby) {
    const Solution& solution = node.solution;
    points.push_back({share_suppressed(content, solution), solution.loss,
                      fmt::format("{}: loss {:.4f}, {} suppressed", difference_text(content, node),
                                  solution.loss, grouped(solution.suppressed)),
                      dot_class(content, node)});
  }
  std::ranges::reverse(points);  // the centre is drawn last, above the others
  return figure_html(
      scatter_chart("Loss and suppressed records of the nodes around " + centre_name(content),
                    "records suppressed", "loss", points) +
      element("figcaption",
              fmt::format("Green: {}. Blue: nodes that the limit on suppression allows, pale when two steps "
                          "away. Red: those it does not. Lower and further left is better.",
                          centre_name(content))));
}

/// The place where the script lets the reader walk; the table below it has the same nodes.
std::string walk_html(const Content& content) {
  std::string axes;
  for (const Axis& axis : content.lattice().axes)
    axes += fmt::format(
        "<li data-height=\"{}\">{}<span></span><button type=\"button\"></button><button "
        "type=\"button\"></button></li>\n",
        axis.hierarchy.height(), value_html(axis.name));
  return fmt::format(
      "<div id=\"walk\" hidden><p>Walk on the lattice: each button is a step of one level.</p>\n<output>"
      "</output>\n<ul>\n{}</ul>\n<button type=\"button\" class=\"back\">Back to {}</button></div>\n",
      axes, centre_name(content));
}

std::string nodes_table(const Content& content) {
  HtmlTable table{
      "nodes",
      fmt::format("Nodes around {}: the level of each quasi-identifier (0 = original values, the highest = "
                  "*). Loss: 0 to 1. Suppressed: records in classes below {}, and their share of all. "
                  "Classes: those of at least {}. None suppressed: k-anonymous as it is, with every record. "
                  "Allowed: at most "
                  "{} may be suppressed.",
                  centre_name(content), content.k, content.k,
                  grouped(std::min(content.request.search.max_suppressed, content.request.table.num_rows))),
      {"Node"},
      {},
      true};
  for (const Axis& axis : content.lattice().axes)
    table.heads.push_back(fmt::format("{} (0\u00a0to\u00a0{})", axis.name, axis.hierarchy.height()));
  table.heads.insert(table.heads.end(),
                     {"Loss", "Suppressed", "Share", "Classes", "Allowed", "None suppressed"});
  for (const NearbyNode& node : content.nearby) {
    std::vector<TableCell>& row = table.rows.emplace_back();
    row.push_back({place_text(content, node), std::to_string(node.steps), false});
    for (const Level level : node.solution.levels)
      row.push_back({std::to_string(level), std::to_string(level), true});
    add_figures(content, node.solution, row);
    row.push_back(text_cell(node.solution.suppressed == 0 ? "yes" : "no"));
  }
  return table_html(table);
}

std::string explorer(const Content& content) {
  if (content.nearby.empty()) return "";
  const double num_nodes = content.lattice().approximate_num_nodes();
  const std::string text = element(
      "p", fmt::format(
               "A node is a level per column; there are {} of them. These are {} and nodes one or two "
               "steps away, a step being one column one level coarser or finer.",
               num_nodes < 1e15 ? grouped(static_cast<Count>(num_nodes)) : fmt::format("{:.3g}", num_nodes),
               centre_name(content)));
  return text + scatter(content) + walk_html(content) + nodes_table(content);
}

std::string local_alternatives(const Content& content) {
  HtmlTable table{
      "neighbours",
      fmt::format("The release beside others of the same records. One node: every column at one level, the "
                  "least loss within the limit. Redaction: nothing generalized. Loss: 0 to 1. Suppressed: "
                  "records left out, and their share of all. Classes: groups that agree on every "
                  "quasi-identifier. Allowed: at "
                  "most {} may be suppressed.",
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
  text += table_html(table);
  if (!content.nearby.empty()) text += element("h3", "Around the best single node");
  return section_html("lattice", "Other ways to release these records", text + explorer(content));
}

}  // namespace

std::string lattice_section(const Content& content) {
  if (content.is_external()) return "";
  if (content.best() && content.is_local()) return local_alternatives(content);
  if (content.nearby.empty()) return "";
  return section_html("lattice", "Around " + centre_name(content), explorer(content));
}

}  // namespace throng
