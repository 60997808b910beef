// Compares a table with its release, column by column and pair by pair.
//
// For a leaf x (or a pair of leaves) the true count is that of the records before; the estimate is the sum
// over released values g that cover x of count(g) / leaves(g), and for pairs of count(g, h) / (leaves(g)
// leaves(h)). Cramer's V (Cramer 1946) is taken of the values as they stand: sqrt(chi2 / (n min(r-1, c-1)))
// with r, c values that occur. Every column and pair is computed by one thread and the sums over them are
// formed in their order, so the result is the same for any number of threads.
// Cost: O(n) per pair of columns.
#include "throng/utility/compare.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "cell_counts.hpp"
#include "coverage.hpp"
#include "throng/core/error.hpp"
#include "throng/core/parallel.hpp"

namespace throng {

namespace {

/// One compared column.
struct Compared {
  const Column* before;
  const Column* after;
  Coverage coverage;
  const Axis* axis;  ///< null unless it is a quasi-identifier
};

/// Sums of relative errors, to be divided when all are in.
struct ErrorSum {
  double sum = 0, sum_from_k = 0;
  Count num = 0, num_from_k = 0;

  void add(double estimate, Count truth, Count k) {
    const double error = std::abs(estimate - static_cast<double>(truth)) / static_cast<double>(truth);
    sum += error;
    ++num;
    if (truth < k) return;
    sum_from_k += error;
    ++num_from_k;
  }
  void add(const ErrorSum& other) {
    sum += other.sum;
    sum_from_k += other.sum_from_k;
    num += other.num;
    num_from_k += other.num_from_k;
  }
  [[nodiscard]] CountError mean() const {
    return {num == 0 ? 0 : sum / static_cast<double>(num),
            num_from_k == 0 ? 0 : sum_from_k / static_cast<double>(num_from_k), num, num_from_k};
  }
};

std::vector<Count> histogram(std::span<const Code> codes, std::size_t num_values) {
  std::vector<Count> counts(num_values, 0);
  for (const Code code : codes) ++counts[code];
  return counts;
}

Count num_occurring(const std::vector<Count>& counts) {
  return static_cast<Count>(std::ranges::count_if(counts, [](Count count) { return count > 0; }));
}

std::vector<double> estimates(const Coverage& coverage, const std::vector<Count>& released) {
  std::vector<double> estimate(coverage.num_leaves, 0);
  for (std::size_t v = 0; v < coverage.num_leaves; ++v)
    for (const Cover& cover : coverage.of_leaf[v])
      estimate[v] += static_cast<double>(released[cover.value]) * cover.share;
  return estimate;
}

double entropy_term(double p, double q) { return p > 0 ? p * std::log2(2 * p / (p + q)) : 0; }

/// Fills in the distances between the true distribution and the estimated one.
void measure_distances(const std::vector<Count>& truth, const std::vector<double>& estimate,
                       ColumnUtility& column) {
  const auto n = static_cast<double>(std::accumulate(truth.begin(), truth.end(), Count{0}));
  const double m = std::accumulate(estimate.begin(), estimate.end(), 0.0);
  column.total_variation = column.hellinger = column.jensen_shannon = 1;
  if (n == 0 || m == 0) return;
  double variation = 0, affinity = 0, divergence = 0;
  for (std::size_t v = 0; v < truth.size(); ++v) {
    const double p = static_cast<double>(truth[v]) / n;
    const double q = estimate[v] / m;
    variation += std::abs(p - q);
    affinity += std::sqrt(p * q);
    divergence += entropy_term(p, q) + entropy_term(q, p);
  }
  column.total_variation = std::clamp(variation / 2, 0.0, 1.0);
  column.hellinger = std::sqrt(std::clamp(1 - affinity, 0.0, 1.0));
  column.jensen_shannon = std::clamp(divergence / 2, 0.0, 1.0);
}

/// Retained cells, and Iyengar's loss with the records that are gone at full cost.
void measure_cells(const Compared& compared, const std::vector<Count>& released, Count rows_before,
                   ColumnUtility& column) {
  Count retained = 0, rows = 0;
  double cost = 0;
  const auto most = static_cast<double>(compared.coverage.num_leaves) - 1;
  for (std::size_t g = 0; g < released.size(); ++g) {
    const Code leaves = compared.coverage.num_leaves_of_released[g];
    rows += released[g];
    if (leaves == 1) retained += released[g];
    if (most > 0) cost += static_cast<double>(released[g]) * (leaves - 1) / most;
  }
  const auto n = static_cast<double>(rows_before);
  column.cells_retained = static_cast<double>(retained) / n;
  if (compared.axis != nullptr && most > 0)
    column.loss = (cost + static_cast<double>(rows_before - std::min(rows, rows_before))) / n;
}

ColumnUtility measure_column(const Compared& compared, Count k, ErrorSum& error) {
  ColumnUtility column;
  column.name = compared.before->name;
  column.role = compared.before->role;
  const std::vector<Count> truth = histogram(compared.coverage.leaf_of_record, compared.coverage.num_leaves);
  const std::vector<Count> released = histogram(compared.after->codes, compared.after->dictionary.size());
  const std::vector<double> estimate = estimates(compared.coverage, released);
  column.distinct_before = num_occurring(truth);
  column.distinct_after = num_occurring(released);
  measure_distances(truth, estimate, column);
  measure_cells(compared, released, compared.before->codes.size(), column);
  for (std::size_t v = 0; v < truth.size(); ++v)
    if (truth[v] > 0) error.add(estimate[v], truth[v], k);
  column.error = error.mean();
  return column;
}

double cramers_v(const CellCounts& cells, const std::vector<Count>& a, const std::vector<Count>& b) {
  const Count freedom = std::min(num_occurring(a), num_occurring(b));
  if (freedom < 2) return 0;
  double sum = 0;
  cells.for_each([&](Code x, Code y, Weight count) {
    sum += static_cast<double>(count) * count / (static_cast<double>(a[x]) * static_cast<double>(b[y]));
  });
  return std::sqrt(std::clamp((sum - 1) / static_cast<double>(freedom - 1), 0.0, 1.0));
}

CellCounts released_cells(const Compared& a, const Compared& b) {
  return {a.after->codes, b.after->codes, a.after->dictionary.size(), b.after->dictionary.size()};
}

double estimate_of(const Compared& a, const Compared& b, Code x, Code y, const CellCounts& released) {
  double estimate = 0;
  for (const Cover& g : a.coverage.of_leaf[x])
    for (const Cover& h : b.coverage.of_leaf[y])
      estimate += static_cast<double>(released.at(g.value, h.value)) * g.share * h.share;
  return estimate;
}

void measure_pair(const Compared& a, const Compared& b, Count k, PairUtility& pair, ErrorSum& error) {
  const CellCounts truth(a.coverage.leaf_of_record, b.coverage.leaf_of_record, a.coverage.num_leaves,
                         b.coverage.num_leaves);
  const CellCounts released = released_cells(a, b);
  pair.cramers_v_before = cramers_v(truth, histogram(a.coverage.leaf_of_record, a.coverage.num_leaves),
                                    histogram(b.coverage.leaf_of_record, b.coverage.num_leaves));
  pair.cramers_v_after = cramers_v(released, histogram(a.after->codes, a.after->dictionary.size()),
                                   histogram(b.after->codes, b.after->dictionary.size()));
  truth.for_each(
      [&](Code x, Code y, Weight count) { error.add(estimate_of(a, b, x, y, released), count, k); });
  pair.error = error.mean();
}

std::vector<Compared> shared_columns(const Table& before, const Table& after, const Problem& problem) {
  std::vector<Compared> columns;
  for (std::size_t c = 0; c < before.columns.size(); ++c) {
    const std::size_t other = after.index_of(before.columns[c].name);
    if (other == after.columns.size()) continue;
    const auto j = std::ranges::find(problem.columns, c) - problem.columns.begin();
    const Axis* axis =
        j == std::ssize(problem.columns) ? nullptr : &problem.lattice.axes[static_cast<std::size_t>(j)];
    const Column& from = before.columns[c];
    const Column& to = after.columns[other];
    columns.push_back({&from, &to,
                       axis == nullptr ? cover_by_value(from, to)
                                       : cover_by_hierarchy(from, to, axis->hierarchy, before.source),
                       axis});
  }
  if (columns.empty())
    throw data_error("the two tables share no column", "compare a table with a release made from it");
  return columns;
}

/// A quasi-identifier that the release has not tells nothing: it loses 1.
void sum_columns(const std::vector<Compared>& columns, const Problem& problem, Utility& utility) {
  for (const ColumnUtility& column : utility.columns)
    utility.mean_total_variation += column.total_variation / static_cast<double>(columns.size());
  double weights = 0;
  for (const Axis& axis : problem.lattice.axes) {
    weights += axis.weight;
    const auto compared = std::ranges::find(columns, &axis, &Compared::axis);
    if (compared == columns.end()) {
      utility.absent.push_back(axis.name);
      utility.loss += axis.weight;
      continue;
    }
    const ColumnUtility& column = utility.columns[static_cast<std::size_t>(compared - columns.begin())];
    utility.loss += axis.weight * column.loss;
    utility.cells_retained += column.cells_retained;
  }
  if (weights > 0) utility.loss /= weights;
  if (weights > 0) utility.cells_retained /= static_cast<double>(problem.lattice.num_axes());
}

void sum_pairs(Utility& utility) {
  for (const PairUtility& pair : utility.pairs) {
    const double change = std::abs(pair.cramers_v_after - pair.cramers_v_before);
    utility.mean_association_change += change / static_cast<double>(utility.pairs.size());
    utility.max_association_change = std::max(utility.max_association_change, change);
  }
}

CountError total(const std::vector<ErrorSum>& errors) {
  ErrorSum sum;
  for (const ErrorSum& error : errors) sum.add(error);
  return sum.mean();
}

}  // namespace

Utility compare(const Table& before, const Table& after, const Problem& problem,
                const CompareOptions& options) {
  const std::vector<Compared> columns = shared_columns(before, after, problem);
  Utility utility;
  utility.rows_before = before.num_rows;
  utility.rows_after = after.num_rows;
  utility.k = options.k;
  utility.columns.resize(columns.size());
  for (std::size_t a = 0; a < columns.size(); ++a)
    for (std::size_t b = a + 1; b < columns.size(); ++b) utility.pairs.push_back({a, b, 0, 0, {}});
  std::vector<ErrorSum> errors(columns.size());
  parallel_for(options.num_threads, columns.size(), [&](std::size_t c, int) {
    utility.columns[c] = measure_column(columns[c], options.k, errors[c]);
  });
  utility.one_way = total(errors);
  errors.assign(utility.pairs.size(), {});
  parallel_for(options.num_threads, utility.pairs.size(), [&](std::size_t p, int) {
    PairUtility& pair = utility.pairs[p];
    measure_pair(columns[pair.a], columns[pair.b], options.k, pair, errors[p]);
  });
  utility.two_way = total(errors);
  sum_columns(columns, problem, utility);
  sum_pairs(utility);
  return utility;
}

}  // namespace throng
