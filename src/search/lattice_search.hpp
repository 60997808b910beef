// What the strategies that tag the lattice share: evaluate a node, pass on what follows, keep the best.
#pragma once

#include <optional>
#include <unordered_map>
#include <vector>

#include "search/node_evaluator.hpp"
#include "search/tagged_lattice.hpp"

namespace throng {

class LatticeSearch {
 public:
  /// Nodes evaluated side by side before the best is looked at again; not a matter of threads, or the nodes
  /// seen and so the answer would be.
  static constexpr std::size_t kNodesPerBatch = 32;

  explicit LatticeSearch(const SearchTask& task)
      : task_(task), evaluator_(task), nodes_(task.problem.lattice) {}

  /// Evaluates a node and tags what follows: feasible upward, infeasible downward. True when it is feasible;
  /// then it is a candidate. Nothing when the time is up.
  std::optional<bool> check(NodeIndex index);
  /// Evaluates many, side by side. False when the time is up.
  bool check_all(const std::vector<NodeIndex>& batch);
  /// Evaluates every feasible node that may still be the answer, cheapest floor first: exact for every metric
  /// and every suppression limit once all feasible nodes are tagged.
  void check_feasible_nodes();

  /// `lowest`: nodes such that every feasible node is one of them or above one. Their floors make a lower
  /// bound, and perhaps the proof that nothing beats the best.
  void bound_by(const std::vector<NodeIndex>& lowest);

  [[nodiscard]] TaggedLattice& nodes() { return nodes_; }
  [[nodiscard]] NodeEvaluator& evaluator() { return evaluator_; }
  [[nodiscard]] const Candidate& best() const { return best_; }
  [[nodiscard]] double floor_before(NodeIndex index) const {
    return evaluator_.floor_before(nodes_.node_at(index));
  }

  /// *Collective.* The finding; `is_proved` claims that nothing beats the best.
  Finding finding(bool is_proved);
  /// *Collective.* The finding with what bound_by() proved.
  Finding finding_with_bound();

 private:
  struct Waiting {
    double floor;
    NodeIndex index;
  };

  void accept(NodeIndex index, const Evaluated& evaluated);
  [[nodiscard]] std::vector<Waiting> waiting_nodes() const;
  [[nodiscard]] double floor_of(NodeIndex index) const;

  const SearchTask& task_;
  NodeEvaluator evaluator_;
  TaggedLattice nodes_;
  Candidate best_;
  std::unordered_map<NodeIndex, double> floors_;  ///< of evaluated nodes, for metrics over classes
  double lower_bound_ = 0;
  bool is_bound_proof_ = false;
};

/// *Collective.* What all ranks agree on after each did the same work: they may differ where time ran out.
Finding agreed(Communicator& communicator, Finding mine);

}  // namespace throng
