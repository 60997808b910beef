// Recoding by classes: each record gets one of the classes its tuple has a share in.
//
// Nothing is taken on trust: every class is recounted from the records it was given, and every value of it is
// looked up again from the records' leaves. Which of a tuple's records go to which class is decided by a hash
// of the other columns, so that equal inputs in any order give the same rows.
#include <algorithm>
#include <numeric>
#include <string>
#include <unordered_map>

#include "row_order.hpp"
#include "throng/core/check.hpp"
#include "throng/core/hash.hpp"
#include "throng/core/parallel.hpp"
#include "throng/data/hierarchy.hpp"
#include "throng/release/recode.hpp"

namespace throng {

namespace {

constexpr std::uint32_t kNone = ~std::uint32_t{0};

/// Columns that are no quasi-identifiers.
std::vector<std::size_t> other_columns(const Table& table, const Problem& problem) {
  std::vector<std::size_t> others;
  for (std::size_t c = 0; c < table.columns.size(); ++c)
    if (std::ranges::find(problem.columns, c) == problem.columns.end()) others.push_back(c);
  return others;
}

/// The records by tuple, those of one tuple in an order that follows from the other columns.
std::vector<std::uint32_t> ordered_records(const Table& table, const Problem& problem, std::uint64_t seed) {
  const std::vector<std::size_t> others = other_columns(table, problem);
  std::vector<std::uint64_t> hashes(problem.num_records(), 0);
  for (const std::size_t c : others) {
    std::vector<std::uint64_t> of_code;
    for (const std::string& text : table.columns[c].dictionary) of_code.push_back(hash_text(seed, text));
    for (std::size_t i = 0; i < hashes.size(); ++i)
      hashes[i] = mix(hashes[i] ^ of_code[table.columns[c].codes[i]]);
  }
  std::vector<std::uint32_t> order(problem.num_records());
  std::iota(order.begin(), order.end(), 0U);
  const auto& tuple = problem.tuples.tuple_of_record;
  std::sort(order.begin(), order.end(), [&](std::uint32_t a, std::uint32_t b) {
    if (tuple[a] != tuple[b]) return tuple[a] < tuple[b];
    if (hashes[a] != hashes[b]) return hashes[a] < hashes[b];
    for (const std::size_t c : others)
      if (table.columns[c].codes[a] != table.columns[c].codes[b])
        return table.columns[c].codes[a] < table.columns[c].codes[b];
    return false;
  });
  return order;
}

/// Class of every record, kNone for a suppressed one.
std::vector<std::uint32_t> class_of_record(const Table& table, const Problem& problem,
                                           const LocalRecoding& recoding, std::uint64_t seed) {
  const std::vector<std::uint32_t> order = ordered_records(table, problem, seed);
  std::vector<std::uint32_t> classes(problem.num_records(), kNone);
  for (std::size_t begin = 0, end = 0; begin < order.size(); begin = end) {
    const std::uint32_t t = problem.tuples.tuple_of_record[order[begin]];
    while (end < order.size() && problem.tuples.tuple_of_record[order[end]] == t) ++end;
    std::size_t at = begin;
    for (const LocalShare& share : recoding.of_tuple[t]) {
      THRONG_CHECK_LIGHT(share.records <= end - at);
      for (Weight i = 0; i < share.records; ++i) classes[order[at++]] = share.of_class;
    }
  }
  return classes;
}

/// Every class has the records it states, at least k, and each of its values is that of its records.
void check_classes(const Problem& problem, const LocalRecoding& recoding,
                   const std::vector<std::uint32_t>& classes, KAnonymity model) {
  std::vector<Count> sizes(recoding.classes.size(), 0);
  for (std::size_t i = 0; i < classes.size(); ++i) {
    if (classes[i] == kNone) continue;
    ++sizes[classes[i]];
    const LocalClass& each = recoding.classes[classes[i]];
    for (std::size_t j = 0; j < each.levels.size(); ++j) {
      const Code leaf = problem.tuples.code(problem.tuples.tuple_of_record[i], j);
      const Hierarchy& hierarchy = problem.lattice.axes[j].hierarchy;
      THRONG_CHECK_LIGHT(hierarchy.value_of_leaf[each.levels[j]][leaf] == each.values[j]);
    }
  }
  for (std::size_t c = 0; c < sizes.size(); ++c)
    THRONG_CHECK_LIGHT(sizes[c] == recoding.classes[c].size && model.is_satisfied_by(sizes[c]));
}

/// A quasi-identifier's cells; equal texts of different levels are one label.
ReleasedColumn local_qi(const Axis& axis, std::size_t j, const LocalRecoding& recoding,
                        const std::vector<std::uint32_t>& class_of_row) {
  ReleasedColumn column{axis.name, Role::kQuasiIdentifier, std::nullopt, {}, {}, {}};
  std::unordered_map<std::string, Code> codes;
  const auto code_of = [&](const std::string& label) {
    const auto [entry, is_new] = codes.try_emplace(label, static_cast<Code>(column.labels.size()));
    if (is_new) column.labels.push_back(label);
    return entry->second;
  };
  std::vector<Code> code_of_class;
  for (const LocalClass& each : recoding.classes) {
    code_of_class.push_back(code_of(axis.hierarchy.labels[each.levels[j]][each.values[j]]));
    column.levels.push_back(each.levels[j]);
  }
  const Code star = code_of(std::string(kSuppressed));
  for (const std::uint32_t c : class_of_row) column.cells.push_back(c == kNone ? star : code_of_class[c]);
  std::ranges::sort(column.levels);
  column.levels.erase(std::unique(column.levels.begin(), column.levels.end()), column.levels.end());
  return column;
}

}  // namespace

Release recode(const Table& table, const Problem& problem, const LocalRecoding& recoding,
               const RecodeOptions& options) {
  const std::vector<std::uint32_t> classes = class_of_record(table, problem, recoding, options.seed);
  check_classes(problem, recoding, classes, options.model);
  Release release;
  release.num_records = problem.num_records();
  release.suppressed = static_cast<Count>(std::ranges::count(classes, kNone));
  release.classes = recoding.classes.size();
  const bool is_starred =
      options.suppressed == SuppressedRecords::kStar && options.model.is_satisfied_by(release.suppressed);
  release.starred = is_starred ? release.suppressed : 0;
  std::vector<std::uint32_t> records;
  std::vector<std::uint32_t> class_of_row;
  for (std::uint32_t i = 0; i < classes.size(); ++i) {
    if (!is_starred && classes[i] == kNone) continue;
    records.push_back(i);
    class_of_row.push_back(classes[i]);
  }
  release.num_rows = records.size();
  release.columns.resize(table.columns.size());
  parallel_for(options.num_threads, table.columns.size(), [&](std::size_t c, int) {
    const auto qi = std::ranges::find(problem.columns, c) - problem.columns.begin();
    const auto j = static_cast<std::size_t>(qi);
    const Column& from = table.columns[c];
    ReleasedColumn& column = release.columns[c];
    if (j < problem.columns.size()) {
      column = local_qi(problem.lattice.axes[j], j, recoding, class_of_row);
      return;
    }
    column = {from.name, from.role, std::nullopt, {}, from.dictionary, {}};
    for (const std::uint32_t i : records) column.cells.push_back(from.codes[i]);
  });
  shuffle_rows(release.columns, release.num_rows, options);
  return release;
}

}  // namespace throng
