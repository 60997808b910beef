// Strategy "samarati": bisects the heights for the lowest one with a feasible node, and takes its best node.
//
// A node above a feasible one is feasible, so the heights that have a feasible node are all those from some
// height on: bisection finds it. All nodes of that height are evaluated and the one of least loss is taken.
// Invariant: no node below that height is feasible. Least height is not least loss: the answer is exact only
// where the floors of the nodes of that height prove it, and they always give a lower bound. Cost: the nodes
// of O(log height) heights, in the worst case all of each. P. Samarati, Protecting Respondents' Identities in
// Microdata Release, IEEE TKDE 13(6), 2001, section 5.
#include <algorithm>

#include "search/lattice_search.hpp"

namespace throng {

namespace {

class Samarati {
 public:
  explicit Samarati(LatticeSearch& search) : search_(search), by_height_(search.nodes().by_height()) {
    for (std::size_t i = 0; i < by_height_.size(); ++i) {
      const unsigned h = height(search.nodes().node_at(by_height_[i]));
      if (h == begin_.size()) begin_.push_back(i);
    }
    begin_.push_back(by_height_.size());
  }

  /// Bisects, then evaluates the lowest height that has a feasible node. False when the time is up.
  bool run();

 private:
  [[nodiscard]] std::vector<NodeIndex> nodes_at(std::size_t h) const {
    return {by_height_.begin() + static_cast<std::ptrdiff_t>(begin_[h]),
            by_height_.begin() + static_cast<std::ptrdiff_t>(begin_[h + 1])};
  }
  [[nodiscard]] bool has_feasible(const std::vector<NodeIndex>& nodes) const {
    return std::any_of(nodes.begin(), nodes.end(), [this](NodeIndex index) {
      return search_.nodes().has(index, TaggedLattice::kFeasible);
    });
  }
  std::optional<bool> decide(std::size_t h, bool must_evaluate_all);

  LatticeSearch& search_;
  std::vector<NodeIndex> by_height_;
  std::vector<std::size_t> begin_;  ///< first position of each height, and the end
};

/// Whether height `h` has a feasible node. Nothing when the time is up.
std::optional<bool> Samarati::decide(std::size_t h, bool must_evaluate_all) {
  const std::vector<NodeIndex> all = nodes_at(h);
  if (!must_evaluate_all && has_feasible(all)) return true;
  for (std::size_t next = 0; next < all.size();) {
    std::vector<NodeIndex> batch;
    for (; next < all.size() && batch.size() < LatticeSearch::kNodesPerBatch; ++next)
      if (!search_.nodes().has(all[next], TaggedLattice::kEvaluated) &&
          !search_.nodes().has(all[next], TaggedLattice::kInfeasible))
        batch.push_back(all[next]);
    if (!search_.check_all(batch)) return std::nullopt;
    if (!must_evaluate_all && has_feasible(batch)) return true;
  }
  return has_feasible(all);
}

bool Samarati::run() {
  std::size_t low = 0;
  std::size_t high = begin_.size() - 1;  // one above the greatest height: no height is feasible
  while (low < high) {
    const std::size_t middle = (low + high) / 2;
    const std::optional<bool> is_feasible = decide(middle, false);
    if (!is_feasible) return false;
    if (*is_feasible)
      high = middle;
    else
      low = middle + 1;
  }
  if (low + 1 == begin_.size()) return true;
  if (!decide(low, true)) return false;
  search_.bound_by(nodes_at(low));
  return true;
}

}  // namespace

Finding search_samarati(const SearchTask& task) {
  LatticeSearch search(task);
  const bool is_complete = Samarati(search).run();
  if (is_complete && !search.best().exists()) return search.finding(true);
  return search.finding_with_bound();
}

}  // namespace throng
