// Binds a table's quasi-identifiers to their hierarchies.
#include "throng/lattice/problem.hpp"

#include <algorithm>
#include <numeric>
#include <tuple>

#include "throng/core/error.hpp"
#include "throng/data/hierarchy.hpp"
#include "throng/data/tuple_share.hpp"

namespace throng {

namespace {

void require_quasi_identifiers(const std::vector<std::size_t>& columns) {
  if (columns.empty())
    throw usage_error("there is no quasi-identifier",
                      "give at least one column role = \"quasi_identifier\", or name them with --qi a,b,c");
}

/// Warns of what is most likely a header row of a hierarchy: it would count as a value.
void look_for_header(const Column& column, const Hierarchy& hierarchy, const std::string& source,
                     std::vector<std::string>& warnings) {
  const auto holds = [&](const std::vector<std::string>& values) {
    return std::ranges::find(values, column.name) != values.end();
  };
  if (!holds(hierarchy.labels[0]) || holds(column.dictionary)) return;
  warnings.push_back(
      source + ": `" + column.name +
      "` is the column's name, and no record has it as a value; if its row is a header, remove it: "
      "hierarchies have none");
}

/// Adds the axis of `column` to the lattice; returns what its codes are there.
LeafMap bind(const Column& column, const InputSpec& input, Lattice& lattice,
             std::vector<std::string>& warnings) {
  const ColumnSpec* spec = input.find(column.name);
  Axis axis{
      column.name, spec == nullptr ? 1.0 : spec->weight,
      make_hierarchy(column, spec == nullptr ? HierarchySpec{} : spec->hierarchy, input.missing, warnings)};
  const std::string source = spec == nullptr ? std::string() : spec->hierarchy.path;
  LeafMap map{leaf_of_code(column, axis.hierarchy, source), axis.hierarchy.num_leaves()};
  if (!source.empty()) look_for_header(column, axis.hierarchy, source, warnings);
  lattice.axes.push_back(std::move(axis));
  return map;
}

}  // namespace

Problem make_problem(const Table& table, const InputSpec& input, int num_threads,
                     std::vector<std::string>& warnings) {
  Problem problem;
  problem.columns = table.quasi_identifiers();
  require_quasi_identifiers(problem.columns);
  std::vector<LeafMap> leaves;
  std::vector<LeafColumn> leaf_columns;
  leaves.reserve(problem.columns.size());  // leaf_columns keeps views of its elements
  for (const std::size_t c : problem.columns) {
    const LeafMap& map = leaves.emplace_back(bind(table.columns[c], input, problem.lattice, warnings));
    leaf_columns.push_back({table.columns[c].codes, map.leaf_of_code, map.num_leaves});
  }
  problem.tuples = make_distinct(leaf_columns, table.num_rows, num_threads);
  return problem;
}

Problem read_problem(const InputSpec& input, int num_threads, Communicator& communicator,
                     std::vector<std::string>& warnings) {
  TupleShare share = read_tuple_share(input, num_threads, communicator);
  Problem problem;
  std::vector<LeafMap> leaves;
  fail_together(communicator, [&] {
    require_quasi_identifiers(share.in_table);
    for (const Column& column : share.columns)
      leaves.push_back(bind(column, input, problem.lattice, warnings));
  });
  problem.columns = share.in_table;
  problem.tuples = gather_tuples(std::move(share), leaves, communicator);
  return problem;
}

std::vector<Count> Problem::records_of_leaves(std::size_t j) const {
  std::vector<Code> leaves;
  tuples.read_codes(j, leaves);
  std::vector<Count> records(lattice.axes[j].hierarchy.num_leaves(), 0);
  // Most tuples share a leaf: two sums, so that none waits for the one before.
  std::vector<Count> of_odd = records;
  for (std::size_t t = 0; t < leaves.size(); ++t)
    (t % 2 == 0 ? records : of_odd)[leaves[t]] += tuples.weights[t];
  for (std::size_t leaf = 0; leaf < records.size(); ++leaf) records[leaf] += of_odd[leaf];
  return records;
}

std::vector<std::size_t> decision_order(const Problem& problem) {
  using Key = std::tuple<bool, Level, Code, Count>;
  std::vector<Key> keys;
  for (std::size_t j = 0; j < problem.lattice.num_axes(); ++j) {
    const Hierarchy& hierarchy = problem.lattice.axes[j].hierarchy;
    const std::vector<Count> records = problem.records_of_leaves(j);
    keys.emplace_back(!hierarchy.is_flag(), hierarchy.height(), hierarchy.num_leaves(),
                      *std::max_element(records.begin(), records.end()));
  }
  std::vector<std::size_t> order(keys.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::stable_sort(order.begin(), order.end(),
                   [&](std::size_t a, std::size_t b) { return keys[a] < keys[b]; });
  return order;
}

}  // namespace throng
