// The released rows as a table, whatever order their labels came in.
#include <algorithm>
#include <map>

#include "throng/report/report.hpp"

namespace throng {

namespace {

Column column_of(const ReleasedColumn& from) {
  std::vector<bool> occurs(from.labels.size(), false);
  for (const Code cell : from.cells) occurs[cell] = true;
  std::map<std::string, Code> codes;
  for (std::size_t v = 0; v < occurs.size(); ++v)
    if (occurs[v]) codes.emplace(from.labels[v], 0);
  Column column{from.name, from.role, {}, {}};
  for (auto& [text, code] : codes) {
    code = static_cast<Code>(column.dictionary.size());
    column.dictionary.push_back(text);
  }
  std::vector<Code> moved(from.labels.size(), 0);
  for (std::size_t v = 0; v < occurs.size(); ++v)
    if (occurs[v]) moved[v] = codes.at(from.labels[v]);
  column.codes.reserve(from.cells.size());
  for (const Code cell : from.cells) column.codes.push_back(moved[cell]);
  return column;
}

}  // namespace

Table released_table(const Release& release, const Lattice* lattice) {
  Table table;
  table.source = "the release";
  table.num_rows = release.num_rows;
  for (const ReleasedColumn& column : release.columns) {
    const auto is_column = [&](const Axis& axis) { return axis.name == column.name; };
    if (lattice == nullptr || std::ranges::any_of(lattice->axes, is_column))
      table.columns.push_back(column_of(column));
  }
  return table;
}

}  // namespace throng
