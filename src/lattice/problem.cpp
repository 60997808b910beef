// Binds a table's quasi-identifiers to their hierarchies.
#include "throng/lattice/problem.hpp"

#include "throng/core/error.hpp"

namespace throng {

Problem make_problem(const Table& table, const InputSpec& input, int num_threads,
                     std::vector<std::string>& warnings) {
  Problem problem;
  problem.columns = table.quasi_identifiers();
  if (problem.columns.empty()) {
    throw usage_error("there is no quasi-identifier",
                      "give at least one column role = \"quasi_identifier\", or name them with --qi a,b,c");
  }
  std::vector<std::vector<Code>> leaves;
  std::vector<LeafColumn> leaf_columns;
  leaves.reserve(problem.columns.size());  // leaf_columns keeps views of its elements
  for (const std::size_t c : problem.columns) {
    const Column& column = table.columns[c];
    const ColumnSpec* spec = input.find(column.name);
    Axis axis{
        column.name, spec == nullptr ? 1.0 : spec->weight,
        make_hierarchy(column, spec == nullptr ? HierarchySpec{} : spec->hierarchy, input.missing, warnings)};
    const std::string source = spec == nullptr ? std::string() : spec->hierarchy.path;
    leaves.push_back(leaf_of_code(column, axis.hierarchy, source));
    leaf_columns.push_back({column.codes, leaves.back(), axis.hierarchy.num_leaves()});
    problem.lattice.axes.push_back(std::move(axis));
  }
  problem.tuples = make_distinct(leaf_columns, table.num_rows, num_threads);
  return problem;
}

}  // namespace throng
