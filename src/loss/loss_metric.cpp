// From integer cell costs to the loss of a release, and the table of metrics.
#include "throng/loss/loss_metric.hpp"

#include <cmath>

#include "loss/granularity_loss.hpp"
#include "throng/core/check.hpp"

namespace throng {

std::unique_ptr<LossMetric> make_loss_metric(std::string_view name) {
  if (name == GranularityLoss::kName) return std::make_unique<GranularityLoss>();
  return nullptr;
}

std::vector<std::string_view> loss_metric_names() { return {GranularityLoss::kName}; }

LossModel::LossModel(const Lattice& lattice, const LossMetric& metric, Aggregate aggregate, Count num_records)
    : aggregate_(aggregate), num_records_(num_records) {
  for (const Axis& axis : lattice.axes) {
    const Hierarchy& hierarchy = axis.hierarchy;
    auto& levels = cell_costs_.emplace_back();
    full_costs_.push_back(metric.full_cost(hierarchy));
    THRONG_CHECK(full_costs_.back() > 0);
    for (std::size_t l = 0; l < hierarchy.labels.size(); ++l) {
      auto& costs = levels.emplace_back();
      for (Code g = 0; g < hierarchy.labels[l].size(); ++g) {
        costs.push_back(metric.cell_cost(hierarchy, static_cast<Level>(l), g));
        THRONG_CHECK(costs.back() <= full_costs_.back());
      }
    }
    weights_.push_back(axis.weight);
    total_weight_ += axis.weight;
  }
}

double LossModel::loss_of_qi(std::size_t j, std::uint64_t total_cost) const {
  if (num_records_ == 0) return 0;
  return static_cast<double>(total_cost) / (static_cast<double>(num_records_) * full_costs_[j]);
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

}  // namespace throng
