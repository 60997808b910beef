// The walk behind the frontier: what its threads share, and the walk of one of them.
#pragma once

#include <algorithm>
#include <atomic>
#include <chrono>
#include <cstdint>
#include <mutex>
#include <shared_mutex>
#include <vector>

#include "search/class_walk.hpp"
#include "search/staircase.hpp"
#include "throng/search/frontier.hpp"

namespace throng {

/// The staircases of all k, shared by the threads of a rank.
class Staircases {
 public:
  Staircases(std::size_t num_ks, bool has_every_limit) : stairs_(num_ks), has_every_limit_(has_every_limit) {}

  [[nodiscard]] bool is_beaten(std::size_t i, Count suppressed, const Candidate& least) const {
    const std::shared_lock lock(mutex_);
    return stairs_[i].is_beaten(key(suppressed), least);
  }
  void add(std::size_t i, Count suppressed, const Candidate& candidate) {
    const std::unique_lock lock(mutex_);
    stairs_[i].add(key(suppressed), candidate);
  }
  [[nodiscard]] const Staircase& of(std::size_t i) const { return stairs_[i]; }

 private:
  /// When one limit alone is of interest, all that keep it compete.
  [[nodiscard]] Count key(Count suppressed) const { return has_every_limit_ ? suppressed : 0; }

  std::vector<Staircase> stairs_;
  bool has_every_limit_;
  mutable std::shared_mutex mutex_;
};

/// What the walkers of one rank share.
struct FrontierTask {
  const FrontierOptions& options;
  const LossModel& loss;
  ClassWalkPlan plan;
  Staircases stairs;
  std::chrono::steady_clock::time_point start = std::chrono::steady_clock::now();
  std::atomic<bool> has_stopped{false};

  bool must_stop() {
    const std::chrono::duration<double> elapsed = std::chrono::steady_clock::now() - start;
    if (options.time_limit_seconds > 0 && elapsed.count() > options.time_limit_seconds) has_stopped = true;
    return has_stopped;
  }
};

/// Least figures of the completions of one prefix, for one k.
struct Least {
  Count suppressed = 0;
  double loss = 0;
};

struct FrontierChild {
  Level level = 0;
  double key = 0;  ///< least loss over all k
  std::vector<Least> least;
};

class FrontierWalker {
 public:
  explicit FrontierWalker(FrontierTask& task)
      : task_(task), walk_(task.plan), path_(task.plan.num_depths(), 0) {}

  /// Walks the subtree of a prefix of levels by depth.
  void walk(const std::vector<Level>& prefix) {
    std::copy(prefix.begin(), prefix.end(), path_.begin());
    visit(prefix.size());
  }
  /// Least loss over all k of the completions of `prefix`; infinite when it is out of question.
  double bound_of(const std::vector<Level>& prefix) {
    std::copy(prefix.begin(), prefix.end(), path_.begin());
    return child_of(prefix.size() - 1, prefix.back()).key;
  }
  [[nodiscard]] std::uint64_t nodes_visited() const { return nodes_visited_; }

 private:
  void visit(std::size_t depth);
  FrontierChild child_of(std::size_t depth, Level level);
  [[nodiscard]] Least least_of(std::size_t i, const PrefixSums& sums, bool is_leaf);
  [[nodiscard]] bool is_alive(const FrontierChild& child, std::size_t num_decided) const;
  void accept(const FrontierChild& child);
  [[nodiscard]] Node node_of_path(std::size_t num_decided) const;

  FrontierTask& task_;
  ClassWalk walk_;
  std::vector<Level> path_;
  std::uint64_t nodes_visited_ = 0;
};

}  // namespace throng
