// One dictionary from those of all threads of all ranks.
#pragma once

#include <string>
#include <vector>

#include "share_reader.hpp"
#include "throng/core/communicator.hpp"
#include "throng/data/tuple_share.hpp"

namespace throng {

struct MergeOptions {
  const std::vector<std::string>& missing;
  Count rows_before = 0;  ///< records of the ranks before this one
};

/// *Collective.* Fills column j of `share`: its dictionary, the first record of each value, and the meaning
/// of the workers' codes. The same columns for every number of ranks and threads.
void merge_column(const std::vector<ShareWorker>& workers, std::size_t j, const MergeOptions& options,
                  TupleShare& share, Communicator& communicator);

}  // namespace throng
