// Many counters of which few are ever used: memory that the system clears only where it is touched.
#pragma once

#include <cstdint>
#include <cstdlib>
#include <memory>
#include <new>
#include <span>

namespace throng {

/// `size` counters, all 0. A histogram of 131,072 buckets per size is touched in a few places; a vector would
/// write all of it (docs/performance.md).
class ZeroedCounters {
 public:
  ZeroedCounters() = default;
  explicit ZeroedCounters(std::size_t size)
      : counters_(static_cast<std::uint64_t*>(std::calloc(size, sizeof(std::uint64_t)))), size_(size) {
    if (counters_ == nullptr && size != 0) throw std::bad_alloc();
  }

  [[nodiscard]] std::uint64_t& operator[](std::size_t i) { return counters_.get()[i]; }
  [[nodiscard]] std::uint64_t operator[](std::size_t i) const { return counters_.get()[i]; }
  [[nodiscard]] std::span<std::uint64_t> all() { return {counters_.get(), size_}; }

 private:
  struct Free {
    void operator()(std::uint64_t* counters) const { std::free(counters); }
  };
  std::unique_ptr<std::uint64_t, Free> counters_;
  std::size_t size_ = 0;
};

}  // namespace throng
