// Branch and bound over the refinement tree: finds the node of least loss and proves it.
//
// A prefix decides the levels of the first QIs of an order (decision_order()). A group of records below k
// at a prefix stays below k in every completion, so its records are suppressed in the whole subtree; every
// other group has paid at least what it pays so far. The loss computed from these totals never exceeds the
// loss of a completion and is exact at a leaf: the bound. Groups below k leave the state at once. Children
// are visited by ascending bound and pruned when they cannot beat the best node known; only visited children
// are merged. The optimum of the last QIs alone bounds what they cost beside others, so the problems of the
// last ones are solved first, from the shortest on (Russian doll search, Verfaillie et al., AAAI 1996).
// Invariant: costs are integers and LossModel::loss is monotone, so rounding cannot make a bound too large.
// Cost: O(items of the prefix) per visited prefix; memory O(d n') per thread. Related: F. Kohlmayer et al.,
// Flash, PASSAT 2012, and F. Prasser et al., Lightning, 2016, walk the lattice itself; the refinement tree
// with suppressed groups leaving the state is ours (docs/algorithms/branch-and-bound.md).
#pragma once

#include <atomic>
#include <chrono>
#include <cstdint>
#include <functional>
#include <limits>
#include <span>
#include <utility>
#include <vector>

#include "search/candidate.hpp"
#include "search/coarser_bounds.hpp"
#include "search/lookahead.hpp"
#include "search/strategies.hpp"

namespace throng {

/// What all walkers read: the order of the QIs, their suffixes and their costs.
struct WalkPlan {
  explicit WalkPlan(const SearchTask& task);

  /// Makes `depth` the first: a walk then solves the problem of the QIs from there on, as if there were no
  /// others.
  void start_at(std::size_t depth);
  /// Makes the lookaheads, once rest_terms are known.
  void look_ahead();

  const SearchTask& task;
  GroupRules rules;
  std::vector<Stage> stages;
  std::size_t first_depth = 0;
  std::vector<double> rest_terms;  ///< per depth: no node has a smaller sum of terms of the QIs from there on
  LeastCosts least;
  std::size_t tail = 0;                   ///< depth at which the tail begins
  std::vector<LookaheadPlan> lookaheads;  ///< by depth; only of walks that start at depth 0

  [[nodiscard]] std::size_t num_depths() const { return rules.num_depths(); }
};

/// A prefix that may hold the optimum: levels per depth, and the bound of its subtree.
struct Prefix {
  std::vector<Level> levels;
  double bound = 0;
};

/// When a search has to stop before it has seen everything.
struct StopRule {
  using Deadline = std::chrono::steady_clock::time_point;

  Deadline deadline = Deadline::max();
  std::function<bool()> must_stop = [] { return false; };

  [[nodiscard]] bool holds() const {
    return must_stop() || (deadline != Deadline::max() && std::chrono::steady_clock::now() >= deadline);
  }
};

/// What the walkers of one rank share: the best loss known and the will to stop.
class Incumbent {
 public:
  [[nodiscard]] double loss() const { return loss_.load(std::memory_order_relaxed); }
  /// Lowers the best loss known.
  void offer(double loss);
  /// Lets walkers go on until `rule` holds; none may be walking.
  void start(StopRule rule);
  /// True once the rule held.
  [[nodiscard]] bool must_stop();

 private:
  std::atomic<double> loss_{std::numeric_limits<double>::max()};
  std::atomic<bool> has_stopped_{false};
  StopRule rule_;
};

/// Walks subtrees depth first with buffers that are allocated once. One per thread.
class Walker {
 public:
  Walker(const WalkPlan& plan, Incumbent& incumbent, Candidate first);

  /// Follows the most promising child down to a leaf, a candidate, if there is one.
  void dive();
  /// Visits the subtree of `prefix`.
  void walk(const Prefix& prefix);
  /// At least `num_prefixes` prefixes, where there are so many, that hold all nodes that may suppress few
  /// enough records; by ascending bound, then levels. Large subtrees are split further than small ones.
  /// To be called before anything is known.
  std::vector<Prefix> frontier(std::size_t num_prefixes);

  [[nodiscard]] const Candidate& best() const { return best_; }
  /// What was left unvisited since the last call, because the walk had to stop: in the order of the walk,
  /// which goes on best in that order.
  [[nodiscard]] std::vector<Prefix> take_open() { return std::exchange(open_, {}); }
  [[nodiscard]] std::uint64_t nodes_visited() const { return nodes_visited_; }
  /// `watch` is called now and then during a walk.
  void set_watch(std::function<void()> watch) { watch_ = std::move(watch); }

 private:
  struct Child {
    double bound;
    Level level;
    double own_term;  ///< of the QI that it decides
  };
  void expand(std::size_t depth);
  [[nodiscard]] bool is_hopeless(double terms) const;
  [[nodiscard]] bool is_known_hopeless(std::size_t depth);
  void keep_terms(std::size_t depth, double bound);
  [[nodiscard]] std::span<Level> known_path() { return std::span<Level>(path_).subspan(known_from_); }
  [[nodiscard]] double bound_of_child(const PrefixGroups& prefix, std::size_t depth, Level level);
  [[nodiscard]] bool may_go_on(std::size_t depth);
  void visit(std::size_t depth);
  void accept_leaf(const Child& child);
  void enter(const Prefix& prefix);
  void split(const Prefix& prefix, std::vector<Prefix>& prefixes);
  [[nodiscard]] bool can_prune(double bound, std::size_t num_decided) const;
  [[nodiscard]] Node node_of_path(std::size_t num_decided) const;

  const WalkPlan& plan_;
  Incumbent& incumbent_;
  std::vector<GroupPath> groups_;             ///< per stage
  std::vector<std::vector<Child>> children_;  ///< per depth
  std::vector<Level> path_;                   ///< level chosen at each depth
  PrefixBound bound_;
  std::size_t known_from_ =
      0;  ///< depth from which coarser_ speaks of the path, until the path before changes
  CoarserBounds coarser_;
  std::vector<double> own_terms_;  ///< per depth from there on: least term on the path
  std::vector<double> terms_;      ///< per depth from there on: of the child in hand
  std::vector<Lookahead> lookaheads_;
  std::vector<unsigned> may_raise_;  ///< per depth: so many of the QIs from there to the tail, at most
  Candidate best_;
  std::function<void()> watch_ = [] {};
  std::vector<Prefix> open_;
  std::uint64_t nodes_visited_ = 0;
};

}  // namespace throng
