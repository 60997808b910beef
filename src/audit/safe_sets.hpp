// Which combinations put nobody at risk, and the least ones that do.
#pragma once

#include <cstdint>
#include <vector>

#include "core/state_bytes.hpp"
#include "throng/audit/audit.hpp"
#include "throng/core/communicator.hpp"

namespace throng {

/// The first minimal unsafe combinations by (size, bit mask), and the number of all.
struct MinimalUnsafe {
  std::uint64_t count = 0;
  std::vector<Combination> first;

  /// Counts `qi` and keeps it while it is among the first `limit`.
  void add(Combination qi, std::size_t limit);
  /// Sorts, and cuts to `limit`.
  void settle(std::size_t limit);
};

/// All 2^d combinations as bits, in an order of the QIs of its own: index bit b set = QI order[d - 1 - b]
/// left out.
class SafeBits {
 public:
  explicit SafeBits(std::vector<std::size_t> order);

  /// Marks the combination at `index`; different threads may mark at once.
  void mark(std::uint64_t index);
  [[nodiscard]] bool is_safe(std::uint64_t index) const {
    return (words_[index / 64] >> (index % 64) & 1) != 0;
  }
  /// Of the same order.
  void merge(const SafeBits& other);
  /// *Collective.* The union over all ranks.
  void merge_ranks(Communicator& communicator);
  [[nodiscard]] MinimalUnsafe minimal_unsafe(std::size_t limit, int num_threads) const;

  void write(StateWriter& writer) const;
  /// False when what was written were not as many bits.
  [[nodiscard]] bool read(StateReader& reader);

 private:
  [[nodiscard]] Combination combination_of(std::uint64_t index) const;
  [[nodiscard]] bool is_minimal_unsafe(std::uint64_t index) const;

  std::vector<std::size_t> order_;
  std::vector<std::uint64_t> words_;
};

/// The safe ones among combinations of limited size, as a list.
class SafeList {
 public:
  void mark(Combination qi) { safe_.push_back(qi); }
  void merge(const SafeList& other);
  /// *Collective.* The union over all ranks.
  void merge_ranks(Communicator& communicator);
  void sort();
  /// When sorted. Every combination of up to max_size of num_qi QIs that is not marked is unsafe.
  [[nodiscard]] MinimalUnsafe minimal_unsafe(std::size_t num_qi, std::size_t max_size,
                                             std::size_t limit) const;

  void write(StateWriter& writer) const { writer.numbers(safe_); }
  /// False when what was written were no combinations of num_qi QIs, at most 63.
  [[nodiscard]] bool read(StateReader& reader, std::size_t num_qi);

 private:
  [[nodiscard]] bool is_safe(Combination qi) const;

  std::vector<Combination> safe_;
};

}  // namespace throng
