// The worst and the minimal unsafe combinations, each with the cheapest change that makes it safe.
#include <fmt/format.h>

#include <bit>

#include "core/words.hpp"
#include "html.hpp"
#include "sections.hpp"

namespace throng {

namespace {

constexpr std::size_t kChangesShown = 8;

std::string change_text(const Content& content, const Fix& fix) {
  const bool drops = fix.level == content.lattice().axes[fix.qi].hierarchy.height();
  const std::string name = value_html(content.qi_name(fix.qi));
  if (drops) return "drop " + name;
  return fmt::format("coarsen {} to {}", name, level_text(content, fix.qi, fix.level));
}

TableCell fix_cell(const Content& content, const CombinationRow& row) {
  if (row.num_columns_tried == 0) return {"<span class=\"soft\">not computed</span>", "~~", false};
  if (row.fixes.empty())
    return {row.num_columns_tried == 1 ? "<span class=\"soft\">no single column is enough</span>"
                                       : "<span class=\"soft\">no two columns are enough</span>",
            "~", false};
  std::string text;
  double loss = 0;
  for (const Fix& fix : row.fixes) {
    text += (text.empty() ? "" : " and ") + change_text(content, fix);
    loss += fix.loss;
  }
  return {fmt::format("{} <span class=\"soft\">(loss {:.3f})</span>", text, loss),
          fmt::format("{} {:.6f}", row.fixes.size(), loss), false};
}

std::string combinations_table(const Content& content) {
  const auto rows = static_cast<double>(content.request.table.num_rows);
  HtmlTable table{
      "combinations",
      fmt::format(
          "Combinations of columns that put original records at risk. Classes: groups of records that agree "
          "on "
          "these columns. At risk: records in classes below {}; share: of all records. Minimal: "
          "every part of it is safe. Cheapest fix: the one column, coarsened or dropped, that makes the "
          "combination safe at the least loss of that column, computed by trying every level; where no one "
          "is enough, the two columns of the least sum of losses.",
          content.k),
      {"Columns", "How many", "Classes", "At risk", "Share", "Minimal", "Cheapest fix"},
      {},
      true};
  for (const CombinationRow& row : content.combinations) {
    const double share = static_cast<double>(row.at_risk) / rows;
    table.rows.push_back(
        {{names_html(content, row.qi), fmt::format("{}", fmt::join(content.names_of(row.qi), "+")), false},
         count_cell(static_cast<Count>(std::popcount(row.qi))),
         count_cell(row.classes),
         count_cell(row.at_risk),
         number_cell(percent_text(share), share),
         text_cell(row.is_minimal ? "yes" : "no"),
         fix_cell(content, row)});
  }
  return table_html(table);
}

std::string changes_table(const Content& content) {
  const auto rows = static_cast<double>(content.request.table.num_rows);
  HtmlTable table{
      "changes",
      "If one column alone were changed in the original records: the share still at risk when all "
      "columns are known, and what the change costs (loss of that column: 0 = as it is, 1 = dropped).",
      {"Change", "Still at risk", "Share", "Loss of the column"},
      {},
      true};
  for (std::size_t i = 0; i < std::min(kChangesShown, content.changes.size()); ++i) {
    const SingleChange& change = content.changes[i];
    const std::string text = change_text(content, change.change);
    const double share = static_cast<double>(change.at_risk) / rows;
    table.rows.push_back({{text, text, false},
                          count_cell(change.at_risk),
                          number_cell(percent_text(share), share),
                          number_cell(fmt::format("{:.3f}", change.change.loss), change.change.loss)});
  }
  return element("h3", "Changing one column") + table_html(table);
}

}  // namespace

std::string combinations_section(const Content& content) {
  if (!content.before) return "";
  const Count all = content.before->num_minimal_unsafe;
  if (all == 0)
    return section_html("combinations", "Unsafe combinations",
                        element("p", "No combination of columns puts an original record at risk."));
  const std::string text = element(
      "p",
      all == 1
          ? "One combination of the original columns is minimal unsafe: it puts somebody at risk while each "
            "of its parts puts nobody. The table has it and the worst."
          : fmt::format("{} combinations of the original columns are minimal unsafe: they put somebody at "
                        "risk while each of their parts puts nobody. The table has the worst and the first "
                        "of these.",
                        grouped(all)));
  return section_html("combinations", "Unsafe combinations",
                      text + combinations_table(content) + changes_table(content));
}

}  // namespace throng
