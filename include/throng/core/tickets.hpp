// Shares independent pieces of work among the ranks of a communicator and the threads of each rank.
#pragma once

#include <cstddef>
#include <functional>

#include "throng/core/communicator.hpp"

namespace throng {

/// *Collective.* Calls body(index, worker) for every index in [0, count) on exactly one rank, handed out in
/// ascending order by an atomic ticket, in batches; `after_batch` is called on each rank between its batches
/// by the thread that may communicate. Which rank gets which index may differ from run to run: results must
/// not depend on it. Errors: as fail_together: an exception on one rank reaches all.
void share_work(Communicator& communicator, int num_threads, std::size_t count,
                const std::function<void(std::size_t index, int worker)>& body,
                const std::function<void()>& after_batch);

/// *Collective.* share_work() that ends early: once `must_end()` holds on a rank, nobody takes another batch.
/// Returns, on every rank, how many indices were handed out; body was called for each of them.
std::size_t share_work_until(Communicator& communicator, int num_threads, std::size_t count,
                             const std::function<void(std::size_t index, int worker)>& body,
                             const std::function<bool()>& must_end);

}  // namespace throng
