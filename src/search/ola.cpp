// Strategy "ola": bisects sublattices by height for the minimal feasible nodes, then takes the best.
//
// A sublattice runs from a bottom to a top that is feasible. Its nodes at half height are decided, by tag or
// by evaluation: below a feasible one lies the sublattice (bottom, node), above an infeasible one (node,
// top). At height one the bottom is decided. Invariant: afterwards every node is decided and every minimal
// feasible node (one without a feasible predecessor) was evaluated. Exact when the loss grows along the
// lattice: when nothing may be suppressed, or where the floors of the minimal nodes happen to prove it.
// Cost: sublattices overlap; each is visited once. K. El Emam et al., A Globally Optimal k-Anonymity Method
// for the De-Identification of Health Data, JAMIA 16(5), 2009, figure 7; remembering sublattices is ours.
#include <unordered_set>

#include "search/lattice_search.hpp"

namespace throng {

namespace {

class Ola {
 public:
  explicit Ola(LatticeSearch& search) : search_(search), nodes_(search.nodes()) {}

  /// Decides every node between `bottom` and `top`, a feasible node. False when the time is up.
  bool decide(NodeIndex bottom, NodeIndex top);
  [[nodiscard]] std::vector<NodeIndex> minimal_nodes() const;

 private:
  bool require_decision(NodeIndex index) {
    return nodes_.is_decided(index) || search_.check(index).has_value();
  }

  LatticeSearch& search_;
  TaggedLattice& nodes_;
  std::unordered_set<std::uint64_t> visited_;  ///< (bottom, top)
};

/// Nodes between `low` and `high` that lie `climb` levels above `low`, by index.
void add_nodes(const Node& low, const Node& high, unsigned climb, std::size_t j, Node& node,
               std::vector<Node>& out) {
  if (j == low.size()) {
    if (climb == 0) out.push_back(node);
    return;
  }
  for (Level level = low[j]; level <= high[j] && level - low[j] <= static_cast<int>(climb); ++level) {
    node[j] = level;
    add_nodes(low, high, climb - (level - low[j]), j + 1, node, out);
  }
}

bool Ola::decide(NodeIndex bottom, NodeIndex top) {
  if (!visited_.insert(std::uint64_t{bottom} << 32 | top).second) return true;
  if (nodes_.has(bottom, TaggedLattice::kFeasible)) return true;  // and so is all above it
  const Node low = nodes_.node_at(bottom);
  const Node high = nodes_.node_at(top);
  const unsigned rise = height(high) - height(low);
  if (rise <= 1) return require_decision(bottom);
  std::vector<Node> middle;
  Node node = low;
  add_nodes(low, high, rise / 2, 0, node, middle);
  for (const Node& each : middle) {
    const NodeIndex index = nodes_.index_of(each);
    if (!require_decision(index)) return false;
    const bool is_feasible = nodes_.has(index, TaggedLattice::kFeasible);
    if (!(is_feasible ? decide(bottom, index) : decide(index, top))) return false;
  }
  return true;
}

std::vector<NodeIndex> Ola::minimal_nodes() const {
  std::vector<NodeIndex> minimal;
  for (NodeIndex index = 0; index < nodes_.size(); ++index) {
    if (!nodes_.has(index, TaggedLattice::kFeasible)) continue;
    bool has_feasible_predecessor = false;
    for (const NodeIndex predecessor : nodes_.predecessors(index))
      has_feasible_predecessor =
          has_feasible_predecessor || nodes_.has(predecessor, TaggedLattice::kFeasible);
    if (!has_feasible_predecessor) minimal.push_back(index);
  }
  return minimal;
}

}  // namespace

Finding search_ola(const SearchTask& task) {
  LatticeSearch search(task);
  Ola ola(search);
  const NodeIndex top = search.nodes().size() - 1;
  const std::optional<bool> is_top_feasible = search.check(top);
  if (!is_top_feasible) return search.finding(false);
  if (!*is_top_feasible) return search.finding(true);
  if (ola.decide(0, top)) search.bound_by(ola.minimal_nodes());
  return search.finding_with_bound();
}

}  // namespace throng
