// Batches of tickets: one remote fetch-and-add for several pieces of work per thread.
#include "throng/core/tickets.hpp"

#include <algorithm>

#include "throng/core/parallel.hpp"

namespace throng {

namespace {
/// Pieces per thread and batch between ranks: few, so that a slow rank keeps little; more than one, so that
/// threads of a rank balance among themselves.
constexpr std::size_t kBatchPerThread = 4;
}  // namespace

void share_work(Communicator& communicator, int num_threads, std::size_t count,
                const std::function<void(std::size_t, int)>& body, const std::function<void()>& after_batch) {
  const std::size_t batch = communicator.size() == 1
                                ? std::max<std::size_t>(count, 1)
                                : kBatchPerThread * static_cast<std::size_t>(num_threads);
  communicator.set_word(Communicator::Word::kTicket, 0);
  fail_together(communicator, [&] {
    for (;;) {
      const std::size_t begin = communicator.fetch_add(Communicator::Word::kTicket, batch);
      if (begin >= count) return;
      parallel_for(num_threads, std::min(batch, count - begin),
                   [&](std::size_t index, int worker) { body(begin + index, worker); });
      after_batch();
    }
  });
}

}  // namespace throng
