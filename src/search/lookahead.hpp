// Looks ahead from a prefix: decides the QIs of the tail at once, without those in between.
//
// The tail are the last QIs of the order: few, of many levels, and mostly the cause of most suppression. The
// bound of a prefix knows nothing of them until the walk is there. So at some depths the tail is decided
// right after the prefix by a branch and bound of its own; the QIs in between are left out: each costs at
// least what the suppressed records cost, and more above level 0. When no choice for the tail can beat the
// best loss known, the prefix is pruned, often half the tree above the tail. Otherwise the search tells how
// many of the QIs left out may be above level 0 at most, which prunes most of what lies between. Invariant:
// leaving a QI out only merges groups, so no completion of the prefix costs less. Cost: a walk of the tail's
// lattice per prefix, of 100 to 200 steps on the sample's seven QIs, against thousands of prefixes that it
// saves (docs/performance.md). The idea is ours, a relative of Russian doll search
// (docs/algorithms/branch-and-bound.md).
#pragma once

#include <optional>
#include <span>
#include <vector>

#include "search/coarser_bounds.hpp"
#include "search/prefix_bound.hpp"

namespace throng {

/// What all threads read to look ahead from one depth.
struct LookaheadPlan {
  std::size_t depth = 0;  ///< of the prefixes
  std::size_t end = 0;    ///< depth after the tail: the QIs left out follow in the order
  GroupRules rules;       ///< with that order
  std::vector<Stage> stages;
  std::vector<double> rest_terms;  ///< per QI of the tail: least sum of terms from there on, alone
};

/// The depth at which the tail begins. Every depth when there is none.
std::size_t first_of_tail(const GroupRules& rules);

/// The plan of one depth before `tail`, where the tail begins.
LookaheadPlan make_lookahead(const GroupRules& rules, std::span<const double> rest_terms, std::size_t depth,
                             std::size_t tail);

/// Plans for the depths that are worth it: none in small problems. `rest_terms`: as WalkPlan's.
std::vector<LookaheadPlan> make_lookaheads(const GroupRules& rules, std::span<const double> rest_terms);

/// One per thread and plan. All references must outlive it.
class Lookahead {
 public:
  Lookahead(const SearchTask& task, const LookaheadPlan& plan, const LeastCosts& least);

  [[nodiscard]] std::size_t depth() const { return plan_.depth; }
  /// How many of the QIs left out are above level 0, at most, in completions of `path[0..depth())` with a
  /// loss of at most `loss`: up to `limit`. Nothing when there is no such completion.
  std::optional<unsigned> most_raised(std::span<const Level> path, unsigned limit, double loss);

 private:
  struct Child {
    double terms;  ///< least sum when none of the QIs left out is raised
    double rise;   ///< by each that is
    Level level;
    double own_term;  ///< of the QI that it decides
  };
  /// What is asked for, and the answer so far.
  struct Question {
    unsigned limit;
    double loss;
    std::optional<unsigned> most;
    [[nodiscard]] bool is_settled() const { return most == limit; }
  };
  void visit(std::size_t depth);
  void expand(std::size_t depth);
  void bound_child(std::size_t depth);
  [[nodiscard]] double next_raised() const { return question_.most ? *question_.most + 1.0 : 0.0; }
  [[nodiscard]] bool may_hold_more(const Child& child) const;
  [[nodiscard]] bool is_hopeless(double terms) const {
    return task_.loss.loss_of_terms(terms) - kLossResolution > question_.loss;
  }
  [[nodiscard]] bool is_known_hopeless(std::size_t depth);
  [[nodiscard]] std::span<Level> tail_path() { return std::span<Level>(path_).subspan(plan_.depth); }

  const SearchTask& task_;
  const LookaheadPlan& plan_;
  PrefixBound bound_;
  std::vector<GroupPath> groups_;             ///< per stage
  std::vector<std::vector<Child>> children_;  ///< per depth
  std::vector<Level> path_;                   ///< in the plan's order
  CoarserBounds coarser_;                     ///< of the tail beside the prefix
  std::vector<double> own_terms_;             ///< per QI of the tail: least term on the path
  std::vector<double> terms_;                 ///< per QI of the tail: of the child in hand
  Question question_{};
};

}  // namespace throng
