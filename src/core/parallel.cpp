// The three backends of the parallel seam.
#include "throng/core/parallel.hpp"

#include <sched.h>

#include <algorithm>
#include <atomic>
#include <exception>
#include <mutex>

#if defined(THRONG_BACKEND_TBB)
#include <tbb/parallel_for.h>
#include <tbb/task_arena.h>
#elif defined(THRONG_BACKEND_OPENMP)
#include <omp.h>
#endif

namespace throng {

namespace {

using Body = std::function<void(std::size_t, int)>;

/// Hands out indices by ticket and keeps the first exception, so that none crosses a backend.
class TicketLoop {
 public:
  TicketLoop(std::size_t count, const Body& body) : count_(count), body_(body) {}

  void run(int worker) noexcept {
    while (!failed_.load(std::memory_order_relaxed)) {
      const std::size_t index = next_.fetch_add(1, std::memory_order_relaxed);
      if (index >= count_) return;
      try {
        body_(index, worker);
      } catch (...) {
        const std::lock_guard lock(mutex_);
        if (!first_) first_ = std::current_exception();
        failed_ = true;
      }
    }
  }

  void rethrow() const {
    if (first_) std::rethrow_exception(first_);
  }

 private:
  std::size_t count_;
  const Body& body_;
  std::atomic<std::size_t> next_{0};
  std::atomic<bool> failed_{false};
  std::mutex mutex_;
  std::exception_ptr first_;
};

void run_side_by_side(TicketLoop& loop, [[maybe_unused]] int workers) {
#if defined(THRONG_BACKEND_TBB)
  // One ticket loop per worker number: numbers stay unique even where an arena reuses a slot.
  tbb::task_arena arena(workers);
  arena.execute([&] {
    tbb::parallel_for(
        0, workers, [&](int worker) { loop.run(worker); }, tbb::simple_partitioner());
  });
#elif defined(THRONG_BACKEND_OPENMP)
#pragma omp parallel num_threads(workers)
  loop.run(omp_get_thread_num());
#else
  loop.run(0);
#endif
}

}  // namespace

const char* parallel_backend() {
#if defined(THRONG_BACKEND_TBB)
  return "TBB";
#elif defined(THRONG_BACKEND_OPENMP)
  return "OpenMP";
#else
  return "serial";
#endif
}

int default_num_threads() {
  cpu_set_t set;
  if (sched_getaffinity(0, sizeof set, &set) != 0) return 1;
  return std::max(1, CPU_COUNT(&set));
}

void parallel_for(int num_threads, std::size_t count, const Body& body) {
  const int workers =
      static_cast<int>(std::min<std::size_t>(static_cast<std::size_t>(std::max(1, num_threads)), count));
  TicketLoop loop(count, body);
  if (workers <= 1)
    loop.run(0);
  else
    run_side_by_side(loop, workers);
  loop.rethrow();
}

void parallel_chunks(int num_threads, std::size_t count, std::size_t chunk,
                     const std::function<void(std::size_t, std::size_t, int)>& body) {
  const std::size_t num_chunks = (count + chunk - 1) / chunk;
  parallel_for(num_threads, num_chunks, [&](std::size_t index, int worker) {
    body(index * chunk, std::min(count, (index + 1) * chunk), worker);
  });
}

}  // namespace throng
