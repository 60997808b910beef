// Recoding in four steps: size of every tuple's class, which records stay, their cells, their order.
//
// The class sizes come from a sort of the generalized tuples: slower than the kernel and independent of it,
// so that a mistake there cannot decide who is released. The order of the rows is a sort by hash(seed, text
// of the row): a permutation by record number could be undone by anybody who guesses the seed, this one has
// forgotten the input's order, and equal inputs in any order give the same bytes. Cost: O(n' log n' + n log n
// + n c) for c columns.
#include "throng/release/recode.hpp"

#include <algorithm>
#include <numeric>
#include <span>
#include <utility>

#include "row_order.hpp"
#include "throng/core/check.hpp"
#include "throng/core/parallel.hpp"
#include "throng/data/hierarchy.hpp"

namespace throng {

namespace {

/// For every tuple the codes it is released with: n' x d.
std::vector<Code> generalize(const Problem& problem, const Node& levels) {
  const std::size_t d = problem.lattice.num_axes();
  std::vector<Code> codes(problem.tuples.size() * d);
  for (std::size_t t = 0; t < problem.tuples.size(); ++t)
    for (std::size_t j = 0; j < d; ++j)
      codes[t * d + j] =
          problem.lattice.axes[j].hierarchy.value_of_leaf[levels[j]][problem.tuples.code(t, j)];
  return codes;
}

struct Classes {
  std::vector<char> is_kept;  ///< per tuple
  Count num_kept = 0;         ///< classes of at least k records
  Count suppressed = 0;       ///< records of the other classes
};

Classes classify(const DistinctTuples& tuples, std::span<const Code> codes, KAnonymity model) {
  const std::size_t d = tuples.num_qi();
  const auto row = [&](std::uint32_t t) { return codes.subspan(t * d, d); };
  const auto is_less = [&](std::uint32_t a, std::uint32_t b) {
    return std::ranges::lexicographical_compare(row(a), row(b));
  };
  std::vector<std::uint32_t> order(tuples.size());
  std::iota(order.begin(), order.end(), 0U);
  std::sort(order.begin(), order.end(), is_less);
  Classes classes{std::vector<char>(tuples.size(), 0), 0, 0};
  for (std::size_t begin = 0, end = 0; begin < order.size(); begin = end) {
    Count size = 0;
    for (end = begin; end < order.size() && std::ranges::equal(row(order[begin]), row(order[end])); ++end)
      size += tuples.weights[order[end]];
    if (!model.is_satisfied_by(size)) {
      classes.suppressed += size;
      continue;
    }
    ++classes.num_kept;
    for (std::size_t i = begin; i < end; ++i) classes.is_kept[order[i]] = 1;
  }
  return classes;
}

/// Records to be released, in input order.
std::vector<std::uint32_t> released_records(const Problem& problem, const Classes& classes, bool is_starred) {
  std::vector<std::uint32_t> records;
  records.reserve(problem.num_records());
  for (std::uint32_t i = 0; i < problem.num_records(); ++i)
    if (is_starred || classes.is_kept[problem.tuples.tuple_of_record[i]] != 0) records.push_back(i);
  return records;
}

/// Everything the columns are built from.
struct Source {
  const Table& table;
  const Problem& problem;
  const Node& levels;
  std::vector<Code> codes;
  Classes classes;
  std::vector<std::uint32_t> records;
};

ReleasedColumn released_qi(const Source& source, std::size_t j) {
  const Axis& axis = source.problem.lattice.axes[j];
  ReleasedColumn column{axis.name, Role::kQuasiIdentifier, source.levels[j], {}, {}, {}};
  column.labels = axis.hierarchy.labels[source.levels[j]];
  const auto found = std::find(column.labels.begin(), column.labels.end(), kSuppressed);
  const auto star = static_cast<Code>(found - column.labels.begin());
  if (found == column.labels.end()) column.labels.emplace_back(kSuppressed);
  column.cells.reserve(source.records.size());
  const std::size_t d = source.problem.lattice.num_axes();
  for (const std::uint32_t i : source.records) {
    const std::uint32_t t = source.problem.tuples.tuple_of_record[i];
    column.cells.push_back(source.classes.is_kept[t] != 0 ? source.codes[t * d + j] : star);
  }
  return column;
}

ReleasedColumn released_other(const Source& source, std::size_t c) {
  const Column& from = source.table.columns[c];
  ReleasedColumn column{from.name, from.role, std::nullopt, {}, from.dictionary, {}};
  column.cells.reserve(source.records.size());
  for (const std::uint32_t i : source.records) column.cells.push_back(from.codes[i]);
  return column;
}

std::vector<ReleasedColumn> released_columns(const Source& source, int num_threads) {
  std::vector<ReleasedColumn> columns(source.table.columns.size());
  parallel_for(num_threads, columns.size(), [&](std::size_t c, int) {
    const auto& qi = source.problem.columns;
    const auto found = std::find(qi.begin(), qi.end(), c);
    columns[c] = found == qi.end() ? released_other(source, c)
                                   : released_qi(source, static_cast<std::size_t>(found - qi.begin()));
  });
  return columns;
}

}  // namespace

const char* to_string(SuppressedRecords treatment) {
  return treatment == SuppressedRecords::kStar ? "star" : "drop";
}

std::optional<SuppressedRecords> parse_suppressed_records(std::string_view text) {
  if (text == "drop") return SuppressedRecords::kDrop;
  if (text == "star") return SuppressedRecords::kStar;
  return std::nullopt;
}

Release recode(const Table& table, const Problem& problem, const RecodeOptions& options) {
  THRONG_CHECK(options.levels.size() == problem.lattice.num_axes());
  Source source{table, problem, options.levels, generalize(problem, options.levels), {}, {}};
  source.classes = classify(problem.tuples, source.codes, options.model);
  const bool is_starred = options.suppressed == SuppressedRecords::kStar &&
                          options.model.is_satisfied_by(source.classes.suppressed);
  source.records = released_records(problem, source.classes, is_starred);
  Release release;
  release.num_records = problem.num_records();
  release.num_rows = source.records.size();
  release.suppressed = source.classes.suppressed;
  release.starred = is_starred ? source.classes.suppressed : 0;
  release.classes = source.classes.num_kept;
  release.columns = released_columns(source, options.num_threads);
  THRONG_CHECK(release.num_rows + release.suppressed - release.starred == release.num_records);
  shuffle_rows(release.columns, release.num_rows, options);
  return release;
}

}  // namespace throng
