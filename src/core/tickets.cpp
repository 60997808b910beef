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

/// The batches that one rank takes.
class Batches {
 public:
  Batches(Communicator& communicator, int num_threads, std::size_t count,
          const std::function<void(std::size_t, int)>& body)
      : communicator_(communicator), num_threads_(num_threads), count_(count), body_(body) {
    communicator.set_word(Communicator::Word::kTicket, 0);
  }

  /// Works on the next batch; false when there is none.
  bool work() {
    const std::size_t begin = communicator_.fetch_add(Communicator::Word::kTicket, size_);
    if (begin >= count_) return false;
    parallel_for(num_threads_, std::min(size_, count_ - begin),
                 [&](std::size_t index, int worker) { body_(begin + index, worker); });
    return true;
  }
  /// Takes what is left away from everybody; returns how many indices were handed out before.
  std::size_t end() {
    return std::min<std::size_t>(
        count_, communicator_.fetch_add(Communicator::Word::kTicket, std::max<std::size_t>(count_, 1)));
  }

 private:
  Communicator& communicator_;
  int num_threads_;
  std::size_t count_;
  const std::function<void(std::size_t, int)>& body_;
  std::size_t size_ = communicator_.size() == 1 ? std::max<std::size_t>(count_, 1)
                                                : kBatchPerThread * static_cast<std::size_t>(num_threads_);
};

}  // namespace

void share_work(Communicator& communicator, int num_threads, std::size_t count,
                const std::function<void(std::size_t, int)>& body, const std::function<void()>& after_batch) {
  Batches batches(communicator, num_threads, count, body);
  fail_together(communicator, [&] {
    while (batches.work()) after_batch();
  });
}

std::size_t share_work_until(Communicator& communicator, int num_threads, std::size_t count,
                             const std::function<void(std::size_t, int)>& body,
                             const std::function<bool()>& must_end) {
  Batches batches(communicator, num_threads, count, body);
  std::size_t num_handed_out = count;  // as far as this rank knows
  fail_together(communicator, [&] {
    bool has_more = true;
    while (has_more && !must_end()) has_more = batches.work();
    if (has_more) num_handed_out = batches.end();
  });
  for (const std::string& each : communicator.all_gather(std::to_string(num_handed_out)))
    num_handed_out = std::min<std::size_t>(num_handed_out, std::stoull(each));
  return num_handed_out;
}

}  // namespace throng
