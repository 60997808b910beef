// Information loss: exact integer sums over cells or over classes, made into one number after the last
// reduction.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "throng/core/types.hpp"
#include "throng/lattice/problem.hpp"

namespace throng {

/// How the losses of the QIs become the loss of the release.
enum class Aggregate {
  kArithmetic,  ///< weighted mean
  kGeometric,   ///< weighted geometric mean of (1 + loss), minus 1
};

/// A measure of information loss. It is one of two kinds: a CellMetric or a ClassMetric. To add one, see
/// docs/adding-a-loss-metric.md.
class LossMetric {
 public:
  virtual ~LossMetric() = default;
  /// The name used in job files.
  [[nodiscard]] virtual const char* name() const = 0;
  /// True when the loss of a release follows from its rows, its hierarchies and the number of records read.
  /// Any other loss lets people solve for small counts of original values: it stays in the house.
  [[nodiscard]] virtual bool follows_from_release() const { return false; }
  /// True when it needs how many leaves each released value covers.
  [[nodiscard]] virtual bool counts_leaves() const { return false; }
};

/// A QI as a cell metric sees it: its hierarchy, and how many records have each leaf.
struct CountedColumn {
  const Hierarchy& hierarchy;
  std::vector<Count> records_of_leaf;
  Count num_records = 0;

  /// Records whose leaf is below value `g` of level `l`.
  [[nodiscard]] Count records_below(Level l, Code g) const;
};

/// A sum over cells: each released value has a fixed integer cost, a suppressed cell the full cost. What the
/// original data cost is subtracted, so that they lose 0. Requirements (tested): cell_cost never falls with
/// the level and never exceeds full_cost; that makes every bound of the searches valid.
class CellMetric : public LossMetric {
 public:
  /// Cost of a cell released as value `g` of level `l`.
  [[nodiscard]] virtual std::uint32_t cell_cost(const CountedColumn& column, Level l, Code g) const = 0;
  /// Cost of a suppressed cell, above the cost of some leaf of the data.
  [[nodiscard]] virtual std::uint32_t full_cost(const CountedColumn& column) const = 0;
};

/// What a class metric is made from: sums over the classes of at least k records.
struct ClassSums {
  Count classes = 0;
  std::uint64_t squares = 0;  ///< sum of the squared class sizes; below 2^64 for any table
  Count suppressed = 0;       ///< records in no such class
};

/// A function of the class sizes alone, whatever the cells hold. Requirements (tested): `loss` is in [0, 1],
/// never falls when `squares` or `suppressed` grow or `classes` shrink, 0 for the original data and 1 when
/// all is suppressed. Refining a prefix splits its classes, so there is no useful bound for branch and bound.
class ClassMetric : public LossMetric {
 public:
  /// `original`: the sums of the records as they are, each class kept.
  [[nodiscard]] virtual double loss(const ClassSums& sums, const ClassSums& original,
                                    Count num_records) const = 0;
};

/// The metrics by name; null when there is none of that name.
std::unique_ptr<LossMetric> make_loss_metric(std::string_view name);
/// Names accepted by make_loss_metric(), the default first.
std::vector<std::string_view> loss_metric_names();
/// True for the name of a CellMetric.
bool is_sum_over_cells(std::string_view name);
/// True when the loss by the metric of that name may be told: it follows from the release, and where it
/// counts leaves, these are no secret. The leaves of an interval are the distinct values that the records
/// have in it; with `levels` (empty: each record its own) that release intervals the loss tells their number.
bool follows_from_release(std::string_view name, const Lattice& lattice, const Node& levels);

/// A metric applied to one problem: cost tables and the way from integer sums to a loss.
class LossModel {
 public:
  /// `metric` is not null.
  LossModel(const Problem& problem, std::shared_ptr<const LossMetric> metric, Aggregate aggregate);

  /// True for a CellMetric. For a ClassMetric cells cost nothing here, and the loss comes from the classes.
  [[nodiscard]] bool is_sum_over_cells() const { return class_metric_ == nullptr; }
  [[nodiscard]] std::uint32_t cell_cost(std::size_t j, Level l, Code g) const { return cell_costs_[j][l][g]; }
  /// Those of all values of level `l`.
  [[nodiscard]] std::span<const std::uint32_t> cell_costs(std::size_t j, Level l) const {
    return cell_costs_[j][l];
  }
  [[nodiscard]] std::uint32_t full_cost(std::size_t j) const { return full_costs_[j]; }
  /// Cost of QI j over all records when it is generalized to `l` and nothing is suppressed.
  [[nodiscard]] std::uint64_t column_cost(std::size_t j, Level l) const { return column_costs_[j][l]; }

  /// Loss of QI j in [0, 1] when its cells cost `total_cost` in all (suppressed cells included at full cost).
  [[nodiscard]] double loss_of_qi(std::size_t j, std::uint64_t total_cost) const;
  /// Loss of the release from the total cost of every QI (CellMetric); never decreases when a cost grows.
  [[nodiscard]] double loss(std::span<const std::uint64_t> total_costs) const;
  /// Loss of the release for either kind: from `total_costs`, or from `sums`.
  [[nodiscard]] double loss(std::span<const std::uint64_t> total_costs, const ClassSums& sums) const;

  /// The loss is a growing function of a sum with one term per QI: what QI j adds to it, ...
  [[nodiscard]] double term(std::size_t j, std::uint64_t total_cost) const;
  /// ... the loss of a sum, and the sum of a loss.
  [[nodiscard]] double loss_of_terms(double sum) const;
  [[nodiscard]] double terms_of_loss(double loss) const;

 private:
  void add_column(const CountedColumn& column, const CellMetric* metric);

  std::shared_ptr<const LossMetric> metric_;
  const ClassMetric* class_metric_ = nullptr;  ///< of metric_; null for a CellMetric
  std::vector<std::vector<std::vector<std::uint32_t>>> cell_costs_;
  std::vector<std::vector<std::uint64_t>> column_costs_;
  std::vector<std::uint32_t> full_costs_;
  std::vector<double> weights_;
  double total_weight_ = 0;
  Aggregate aggregate_;
  Count num_records_;
  ClassSums original_;
};

}  // namespace throng
