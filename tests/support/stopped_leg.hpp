// One of the runs of a search or an audit that is stopped and gone on with.
#pragma once

#include <atomic>
#include <string>
#include <string_view>
#include <type_traits>

#include "throng/core/checkpointing.hpp"
#include "throng/core/communicator.hpp"

namespace throng::test {

/// work(options, world) on `num_ranks` ranks, each of which stops it after being asked `patience` times.
/// `state`: what it goes on from, then what it saved.
template <typename Options, typename Work>
auto run_leg(const Options& options, int num_ranks, int patience, std::string& state, const Work& work) {
  std::invoke_result_t<Work, const Options&, Communicator&> result;
  std::string saved = state;
  run_as_threads(num_ranks, [&](Communicator& world) {
    std::atomic<int> left = patience;
    Checkpointing checkpointing;
    checkpointing.state = state;
    checkpointing.must_stop = [&] { return --left < 0; };
    checkpointing.save = [&](std::string_view bytes) { saved = bytes; };
    Options mine = options;
    mine.checkpointing = &checkpointing;
    auto theirs = work(mine, world);
    if (world.is_root()) result = std::move(theirs);
  });
  state = saved;
  return result;
}

}  // namespace throng::test
