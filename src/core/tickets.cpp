// Batches of tickets: one remote fetch-and-add for several pieces of work per thread.
#include "throng/core/tickets.hpp"

#include <algorithm>
#include <string>

#include "throng/core/parallel.hpp"

namespace throng {

namespace {
/// Pieces per thread and batch between ranks: few, so that a slow rank keeps little; more than one, so that
/// threads of a rank balance among themselves.
constexpr std::size_t kBatchPerThread = 4;

std::size_t batch_size(const Communicator& communicator, int num_threads, std::size_t count) {
  return communicator.size() == 1 ? std::max<std::size_t>(count, 1)
                                  : kBatchPerThread * static_cast<std::size_t>(num_threads);
}

}  // namespace

void share_work(Communicator& communicator, int num_threads, std::size_t count,
                const std::function<void(std::size_t, int)>& body, const std::function<void()>& after_batch) {
  const std::size_t batch = batch_size(communicator, num_threads, count);
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

std::size_t share_work_until(Communicator& communicator, int num_threads, std::size_t count,
                             const std::function<void(std::size_t, int)>& body,
                             const std::function<bool()>& must_end) {
  const std::size_t batch = batch_size(communicator, num_threads, count);
  std::uint64_t num_handed_out = count;  // as far as this rank knows
  communicator.set_word(Communicator::Word::kTicket, 0);
  fail_together(communicator, [&] {
    for (;;) {
      if (must_end()) {
        // The tickets that are left are taken away from everybody.
        num_handed_out = std::min<std::uint64_t>(
            count, communicator.fetch_add(Communicator::Word::kTicket, std::max<std::size_t>(count, 1)));
        return;
      }
      const std::size_t begin = communicator.fetch_add(Communicator::Word::kTicket, batch);
      if (begin >= count) return;
      parallel_for(num_threads, std::min(batch, count - begin),
                   [&](std::size_t index, int worker) { body(begin + index, worker); });
    }
  });
  for (const std::string& each : communicator.all_gather(std::to_string(num_handed_out)))
    num_handed_out = std::min<std::uint64_t>(num_handed_out, std::stoull(each));
  return num_handed_out;
}

}  // namespace throng
