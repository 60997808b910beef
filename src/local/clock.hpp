// How long a run may take.
#pragma once

#include <chrono>
#include <functional>

namespace throng::local {

/// Runs from its construction; limit 0 = none.
class Clock {
 public:
  explicit Clock(double limit) : begin_(std::chrono::steady_clock::now()), limit_(limit) {}
  [[nodiscard]] double seconds() const {
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - begin_).count();
  }
  /// Of the limit, 0 without one.
  [[nodiscard]] double share() const { return has_limit() ? seconds() / limit_ : 0; }
  [[nodiscard]] bool has_limit() const { return limit_ > 0; }
  /// True when that share of the limit is over.
  [[nodiscard]] std::function<bool()> after(double share) const {
    if (!has_limit()) return [] { return false; };
    return [this, share] { return seconds() > limit_ * share; };
  }

 private:
  std::chrono::steady_clock::time_point begin_;
  double limit_;
};

}  // namespace throng::local
