// Buffers of groups and of sums.
#include "proof/tail_groups.hpp"

namespace throng {

void TailGroups::clear(std::size_t most_items, std::size_t num_costs) {
  if (items.size() < most_items) items.resize(most_items);
  num_items = 0;
  runs.clear();
  first_run.assign(1, 0);
  costs.clear();
  costs_per_group = num_costs;
}

SuffixSums::SuffixSums(std::size_t num_suffixes)
    : weights_(num_suffixes, 0),
      leaves_(num_suffixes, 0),
      words_(num_suffixes / kBits + 1, 0),
      pages_(num_suffixes / kBits / kBits + 1, 0) {}

}  // namespace throng
