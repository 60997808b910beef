// Starts a recoding greedily.
#include "local/start.hpp"

#include "local/greedy.hpp"
#include "local/specialize.hpp"

namespace throng::local {

namespace {

constexpr double kMostNodes = 1 << 14;  // of a lattice that is walked wholly
constexpr double kBranches = 1 << 18;   // of a walk in a larger one
constexpr Cost kCoarsePercent = 160;

}  // namespace

bool is_walked_wholly(const CellSpace& space) {
  double nodes = 1;
  for (std::size_t a = 0; a < space.num_axes(); ++a)
    nodes *= static_cast<double>(space.axis(a).levels.size());
  return nodes <= kMostNodes;
}

void start_greedily(Recoding& recoding, const StartRules& rules, int num_threads) {
  const CellSpace& space = recoding.space();
  GreedyOptions greedy;
  greedy.num_threads = num_threads;
  greedy.is_over = rules.is_over;
  greedy.kept_end = rules.kept_end;
  if (!is_walked_wholly(space)) {
    greedy.branches = kBranches;
    greedy.percent = kCoarsePercent;
  }
  open_greedily(recoding, greedy);
  if (!is_walked_wholly(space)) specialize(recoding);
  for (Tuple t = 0; t < space.num_tuples(); ++t) recoding.settle(t);
}

}  // namespace throng::local
