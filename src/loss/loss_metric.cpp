// From integer sums to the loss of a release, and the table of metrics.
#include "throng/loss/loss_metric.hpp"

#include <cmath>
#include <utility>

#include "loss/average_class_size.hpp"
#include "loss/discernibility.hpp"
#include "loss/entropy_loss.hpp"
#include "loss/granularity_loss.hpp"
#include "loss/precision_loss.hpp"
#include "throng/core/check.hpp"

namespace throng {

namespace {

CountedColumn counted(const Problem& problem, std::size_t j) {
  return {problem.lattice.axes[j].hierarchy, problem.records_of_leaves(j), problem.num_records()};
}

/// Every distinct tuple is a class of the original data.
ClassSums original_sums(const Problem& problem) {
  ClassSums sums;
  sums.classes = problem.tuples.size();
  for (const std::uint64_t weight : problem.tuples.weights) sums.squares += weight * weight;
  return sums;
}

}  // namespace

Count CountedColumn::records_below(Level l, Code g) const {
  Count records = 0;
  for (Code leaf = hierarchy.first_leaf[l][g]; leaf < hierarchy.first_leaf[l][g + 1]; ++leaf)
    records += records_of_leaf[leaf];
  return records;
}

std::unique_ptr<LossMetric> make_loss_metric(std::string_view name) {
  if (name == GranularityLoss::kName) return std::make_unique<GranularityLoss>();
  if (name == PrecisionLoss::kName) return std::make_unique<PrecisionLoss>();
  if (name == EntropyLoss::kName) return std::make_unique<EntropyLoss>();
  if (name == Discernibility::kName) return std::make_unique<Discernibility>();
  if (name == AverageClassSize::kName) return std::make_unique<AverageClassSize>();
  return nullptr;
}

std::vector<std::string_view> loss_metric_names() {
  return {GranularityLoss::kName, PrecisionLoss::kName, EntropyLoss::kName, Discernibility::kName,
          AverageClassSize::kName};
}

bool is_sum_over_cells(std::string_view name) {
  const auto metric = make_loss_metric(name);
  return dynamic_cast<const CellMetric*>(metric.get()) != nullptr;
}

bool follows_from_release(std::string_view name, const Lattice& lattice, const Node& levels) {
  const auto metric = make_loss_metric(name);
  if (metric == nullptr || !metric->follows_from_release()) return false;
  if (!metric->counts_leaves()) return true;
  for (std::size_t j = 0; j < lattice.num_axes(); ++j) {
    const Hierarchy& hierarchy = lattice.axes[j].hierarchy;
    const bool has_intervals =
        levels.empty() ? hierarchy.height() > 1 : levels[j] > 0 && levels[j] < hierarchy.height();
    if (hierarchy.has_data_leaves && has_intervals) return false;
  }
  return true;
}

LossModel::LossModel(const Problem& problem, std::shared_ptr<const LossMetric> metric, Aggregate aggregate)
    : metric_(std::move(metric)),
      class_metric_(dynamic_cast<const ClassMetric*>(metric_.get())),
      aggregate_(aggregate),
      num_records_(problem.num_records()),
      original_(original_sums(problem)) {
  const auto* cell_metric = dynamic_cast<const CellMetric*>(metric_.get());
  THRONG_CHECK((cell_metric == nullptr) != (class_metric_ == nullptr));
  for (std::size_t j = 0; j < problem.lattice.num_axes(); ++j) {
    add_column(counted(problem, j), cell_metric);
    weights_.push_back(problem.lattice.axes[j].weight);
    total_weight_ += weights_.back();
  }
}

void LossModel::add_column(const CountedColumn& column, const CellMetric* metric) {
  const Hierarchy& hierarchy = column.hierarchy;
  auto& levels = cell_costs_.emplace_back();
  auto& column_costs = column_costs_.emplace_back();
  full_costs_.push_back(metric == nullptr ? 0 : metric->full_cost(column));
  for (std::size_t l = 0; l < hierarchy.labels.size(); ++l) {
    auto& costs = levels.emplace_back();
    column_costs.push_back(0);
    for (Code g = 0; g < hierarchy.labels[l].size(); ++g) {
      const auto level = static_cast<Level>(l);
      costs.push_back(metric == nullptr ? 0 : metric->cell_cost(column, level, g));
      column_costs.back() += column.records_below(level, g) * costs.back();
      THRONG_CHECK(costs.back() <= full_costs_.back());
    }
  }
  THRONG_CHECK(metric == nullptr || num_records_ == 0 ||
               column_costs.front() < num_records_ * full_costs_.back());
}

double LossModel::loss_of_qi(std::size_t j, std::uint64_t total_cost) const {
  const std::uint64_t least = column_costs_[j].front();
  if (num_records_ == 0 || total_cost <= least) return 0;
  const std::uint64_t most = num_records_ * full_costs_[j];
  return static_cast<double>(total_cost - least) / static_cast<double>(most - least);
}

double LossModel::loss(std::span<const std::uint64_t> total_costs) const {
  double sum = 0;  // in column order: the one place where the order of floating additions matters
  for (std::size_t j = 0; j < weights_.size(); ++j) sum += term(j, total_costs[j]);
  return loss_of_terms(sum);
}

double LossModel::term(std::size_t j, std::uint64_t total_cost) const {
  const double x = loss_of_qi(j, total_cost);
  return weights_[j] * (aggregate_ == Aggregate::kArithmetic ? x : std::log1p(x));
}

double LossModel::loss_of_terms(double sum) const {
  return aggregate_ == Aggregate::kArithmetic ? sum / total_weight_ : std::expm1(sum / total_weight_);
}

double LossModel::terms_of_loss(double loss) const {
  return total_weight_ * (aggregate_ == Aggregate::kArithmetic ? loss : std::log1p(loss));
}

double LossModel::loss(std::span<const std::uint64_t> total_costs, const ClassSums& sums) const {
  return class_metric_ == nullptr ? loss(total_costs) : class_metric_->loss(sums, original_, num_records_);
}

}  // namespace throng
