// Strategy "flash": builds paths up the lattice and searches each by bisection, tagging what follows.
//
// Level by level, from each node not decided yet a path climbs through undecided successors, the least
// generalized first. Bisection finds where the path turns feasible; the infeasible nodes met on the way start
// new paths, lowest first. Invariant: a minimal feasible node cannot be decided by a tag, so each is
// evaluated. With no suppression allowed the loss grows along the lattice and the best of them is the
// optimum. Otherwise a second phase evaluates the feasible nodes whose floor is below the best.
// Cost: O(N d) tags for N nodes, few evaluations in phase one. F. Kohlmayer, F. Prasser, C. Eckert, A.
// Kemper, K. A. Kuhn, Flash: Efficient, Stable and Optimal k-Anonymity, PASSAT 2012; the second phase, for
// losses that are not monotone, is ours.
#include <algorithm>
#include <queue>

#include "search/lattice_search.hpp"

namespace throng {

namespace {

/// The paper's order of nodes: height, then how far the QIs have climbed in their own hierarchies.
struct Rank {
  unsigned height;
  double generalization;
  NodeIndex index;

  friend bool operator<(const Rank& a, const Rank& b) {
    if (a.height != b.height) return a.height < b.height;
    if (a.generalization != b.generalization) return a.generalization < b.generalization;
    return a.index < b.index;
  }
  friend bool operator>(const Rank& a, const Rank& b) { return b < a; }
};

class Flash {
 public:
  explicit Flash(LatticeSearch& search) : search_(search) {}

  /// False when the time is up.
  bool run();

 private:
  [[nodiscard]] Rank rank_of(NodeIndex index) const;
  [[nodiscard]] std::vector<Rank> sorted_successors(NodeIndex index) const;
  [[nodiscard]] std::vector<NodeIndex> path_from(NodeIndex index) const;
  bool check_path(const std::vector<NodeIndex>& path);
  bool follow_up();

  LatticeSearch& search_;
  std::priority_queue<Rank, std::vector<Rank>, std::greater<>> open_;  ///< infeasible nodes met
};

Rank Flash::rank_of(NodeIndex index) const {
  const Lattice& lattice = search_.evaluator().lattice();
  const Node node = search_.nodes().node_at(index);
  double sum = 0;
  for (std::size_t j = 0; j < node.size(); ++j) {
    const Level top = lattice.axes[j].hierarchy.height();
    if (top > 0) sum += static_cast<double>(node[j]) / top;
  }
  return {height(node), sum, index};
}

std::vector<Rank> Flash::sorted_successors(NodeIndex index) const {
  std::vector<Rank> ranks;
  for (const NodeIndex successor : search_.nodes().successors(index))
    if (!search_.nodes().is_decided(successor)) ranks.push_back(rank_of(successor));
  std::sort(ranks.begin(), ranks.end());
  return ranks;
}

std::vector<NodeIndex> Flash::path_from(NodeIndex index) const {
  std::vector<NodeIndex> path{index};
  for (;;) {
    const std::vector<Rank> next = sorted_successors(path.back());
    if (next.empty()) return path;
    path.push_back(next.front().index);
  }
}

bool Flash::check_path(const std::vector<NodeIndex>& path) {
  std::size_t low = 0;
  std::size_t high = path.size();
  while (low < high) {
    const std::size_t middle = (low + high) / 2;
    const std::optional<bool> is_feasible = search_.check(path[middle]);
    if (!is_feasible) return false;
    if (*is_feasible) {
      high = middle;
    } else {
      open_.push(rank_of(path[middle]));
      low = middle + 1;
    }
  }
  return true;
}

/// New paths from the infeasible nodes met, lowest first.
bool Flash::follow_up() {
  while (!open_.empty()) {
    const NodeIndex index = open_.top().index;
    open_.pop();
    for (const Rank& successor : sorted_successors(index)) {
      if (search_.nodes().is_decided(successor.index)) continue;  // by a path before it
      if (!check_path(path_from(successor.index))) return false;
    }
  }
  return true;
}

bool Flash::run() {
  const std::vector<NodeIndex> order = search_.nodes().by_height();
  for (std::size_t begin = 0; begin < order.size();) {
    std::vector<Rank> level;
    const unsigned level_height = rank_of(order[begin]).height;
    for (; begin < order.size(); ++begin) {
      const Rank rank = rank_of(order[begin]);
      if (rank.height != level_height) break;
      if (!search_.nodes().is_decided(rank.index)) level.push_back(rank);
    }
    std::sort(level.begin(), level.end());
    for (const Rank& rank : level) {
      if (search_.nodes().is_decided(rank.index)) continue;
      if (!check_path(path_from(rank.index)) || !follow_up()) return false;
    }
  }
  return true;
}

}  // namespace

Finding search_flash(const SearchTask& task) {
  LatticeSearch search(task);
  const bool is_complete = Flash(search).run();
  if (is_complete && task.options.max_suppressed > 0) search.check_feasible_nodes();
  return search.finding(is_complete);
}

}  // namespace throng
