// What is summed over equivalence classes: a class statistic phi(w) of the number of records in the class.
#pragma once

#include <array>
#include <concepts>
#include <cstdint>
#include <span>
#include <vector>

#include "throng/core/types.hpp"

namespace throng {

/// phi as a function object. Values add and subtract (with wrap-around, so that terms may be negative on the
/// way); cap() is a weight from which on phi does not change.
template <typename S>
concept ClassStatistic = requires(const S phi, Weight weight, typename S::Value value) {
  { phi(weight) } -> std::convertible_to<typename S::Value>;
  { phi.cap() } -> std::convertible_to<Weight>;
  {value += value};
  {value -= value};
};

/// Number of classes and records at risk per threshold, as unsigned lanes of one vector register.
struct alignas(32) RiskCounts {
  static constexpr std::size_t kMaxThresholds = 7;
  std::array<std::uint32_t, 1 + kMaxThresholds> lanes{};

  [[nodiscard]] Count classes() const { return lanes[0]; }
  /// Records in classes below threshold i.
  [[nodiscard]] Count at_risk(std::size_t i) const { return lanes[1 + i]; }

  RiskCounts& operator+=(const RiskCounts& other) {
    for (std::size_t i = 0; i < lanes.size(); ++i) lanes[i] += other.lanes[i];
    return *this;
  }
  RiskCounts& operator-=(const RiskCounts& other) {
    for (std::size_t i = 0; i < lanes.size(); ++i) lanes[i] -= other.lanes[i];
    return *this;
  }
  friend bool operator==(const RiskCounts&, const RiskCounts&) = default;
};

/// phi(w) = (1, w [w < t_1], ..., w [w < t_m]), ascending thresholds t.
class RiskStatistic {
 public:
  using Value = RiskCounts;

  /// `thresholds`: at most RiskCounts::kMaxThresholds, ascending, each at least 2.
  explicit RiskStatistic(std::span<const Count> thresholds)
      : thresholds_(thresholds.begin(), thresholds.end()) {}

  RiskCounts operator()(Weight weight) const {
    RiskCounts value;
    value.lanes[0] = 1;
    for (std::size_t i = 0; i < thresholds_.size(); ++i)
      value.lanes[1 + i] = weight < thresholds_[i] ? weight : 0;
    return value;
  }
  [[nodiscard]] Weight cap() const { return static_cast<Weight>(thresholds_.back()); }
  [[nodiscard]] std::span<const Count> thresholds() const { return thresholds_; }

 private:
  std::vector<Count> thresholds_;
};

}  // namespace throng
