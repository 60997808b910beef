// Information loss: integer cell costs per quasi-identifier, made into one number after the last reduction.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "throng/core/types.hpp"
#include "throng/lattice/lattice.hpp"

namespace throng {

/// How the losses of the QIs become the loss of the release.
enum class Aggregate {
  kArithmetic,  ///< weighted mean
  kGeometric,   ///< weighted geometric mean of (1 + loss), minus 1
};

/// A metric that is a sum over cells: each released value has a fixed integer cost, a suppressed cell the
/// full cost. To add one, see docs/adding-a-loss-metric.md. Requirements (tested): cost 0 at level 0 is not
/// needed, but cell_cost never falls with the level and never exceeds full_cost; that makes the bound of the
/// search valid.
class LossMetric {
 public:
  virtual ~LossMetric() = default;
  /// The name used in job files.
  [[nodiscard]] virtual const char* name() const = 0;
  /// Cost of a cell released as value `g` of level `l`.
  [[nodiscard]] virtual std::uint32_t cell_cost(const Hierarchy& hierarchy, Level l, Code g) const = 0;
  /// Cost of a suppressed cell, > 0: the loss of a QI is its total cost / (n * full_cost).
  [[nodiscard]] virtual std::uint32_t full_cost(const Hierarchy& hierarchy) const = 0;
};

/// The metrics by name ("loss"); null when there is none of that name.
std::unique_ptr<LossMetric> make_loss_metric(std::string_view name);
/// Names accepted by make_loss_metric().
std::vector<std::string_view> loss_metric_names();

/// A metric applied to one lattice and one number of records: cost tables and the way from costs to a loss.
class LossModel {
 public:
  LossModel(const Lattice& lattice, const LossMetric& metric, Aggregate aggregate, Count num_records);

  [[nodiscard]] std::uint32_t cell_cost(std::size_t j, Level l, Code g) const { return cell_costs_[j][l][g]; }
  [[nodiscard]] std::uint32_t full_cost(std::size_t j) const { return full_costs_[j]; }

  /// Loss of QI j in [0, 1] when its cells cost `total_cost` in all (suppressed cells included at full cost).
  [[nodiscard]] double loss_of_qi(std::size_t j, std::uint64_t total_cost) const;
  /// Loss of the release from the total cost of every QI; never decreases when a cost grows.
  [[nodiscard]] double loss(std::span<const std::uint64_t> total_costs) const;

  /// The loss is a growing function of a sum with one term per QI: what QI j adds to it, ...
  [[nodiscard]] double term(std::size_t j, std::uint64_t total_cost) const;
  /// ... the loss of a sum, and the sum of a loss.
  [[nodiscard]] double loss_of_terms(double sum) const;
  [[nodiscard]] double terms_of_loss(double loss) const;

 private:
  std::vector<std::vector<std::vector<std::uint32_t>>> cell_costs_;
  std::vector<std::uint32_t> full_costs_;
  std::vector<double> weights_;
  double total_weight_ = 0;
  Aggregate aggregate_;
  Count num_records_;
};

}  // namespace throng
