// Marks and enumerates. Adding a QI never makes a combination safer, so a combination is minimal unsafe when
// it is unsafe and safe without any one of its QIs.
#include "safe_sets.hpp"

#include <algorithm>
#include <atomic>
#include <bit>
#include <functional>

#include "throng/core/gather.hpp"
#include "throng/core/parallel.hpp"

namespace throng {

namespace {

constexpr std::size_t kChunk = std::size_t{1} << 14;

bool comes_before(Combination a, Combination b) {
  const int size_a = std::popcount(a);
  const int size_b = std::popcount(b);
  return size_a != size_b ? size_a < size_b : a < b;
}

}  // namespace

void MinimalUnsafe::add(Combination qi, std::size_t limit) {
  ++count;
  first.push_back(qi);
  if (first.size() >= 4 * limit + 64) settle(limit);
}

void MinimalUnsafe::settle(std::size_t limit) {
  std::ranges::sort(first, comes_before);
  if (first.size() > limit) first.resize(limit);
}

SafeBits::SafeBits(std::vector<std::size_t> order)
    : order_(std::move(order)), words_(((std::uint64_t{1} << order_.size()) + 63) / 64, 0) {
  mark((std::uint64_t{1} << order_.size()) - 1);  // who knows nothing puts nobody at risk
}

void SafeBits::mark(std::uint64_t index) {
  std::atomic_ref(words_[index / 64]).fetch_or(std::uint64_t{1} << (index % 64), std::memory_order_relaxed);
}

void SafeBits::merge(const SafeBits& other) {
  for (std::size_t i = 0; i < words_.size(); ++i) words_[i] |= other.words_[i];
}

void SafeBits::write(StateWriter& writer) const { writer.numbers(words_); }

bool SafeBits::read(StateReader& reader) {
  std::vector<std::uint64_t> words = reader.numbers();
  if (words.size() != words_.size()) return false;
  words_ = std::move(words);
  return true;
}

void SafeBits::merge_ranks(Communicator& communicator) {
  combine_over_ranks(communicator, words_, std::bit_or<>());
}

Combination SafeBits::combination_of(std::uint64_t index) const {
  Combination qi = 0;
  const std::size_t d = order_.size();
  for (std::size_t b = 0; b < d; ++b)
    if ((index >> b & 1) == 0) qi |= Combination{1} << order_[d - 1 - b];
  return qi;
}

bool SafeBits::is_minimal_unsafe(std::uint64_t index) const {
  if (is_safe(index)) return false;
  for (std::uint64_t kept = ~index & ((std::uint64_t{1} << order_.size()) - 1); kept != 0; kept &= kept - 1)
    if (!is_safe(index | (kept & -kept))) return false;
  return true;
}

MinimalUnsafe SafeBits::minimal_unsafe(std::size_t limit, int num_threads) const {
  std::vector<MinimalUnsafe> of_worker(static_cast<std::size_t>(std::max(1, num_threads)));
  parallel_chunks(num_threads, std::size_t{1} << order_.size(), kChunk,
                  [&](std::size_t begin, std::size_t end, int worker) {
                    MinimalUnsafe& own = of_worker[static_cast<std::size_t>(worker)];
                    for (std::size_t index = begin; index < end; ++index)
                      if (is_minimal_unsafe(index)) own.add(combination_of(index), limit);
                  });
  MinimalUnsafe all;
  for (const MinimalUnsafe& own : of_worker) {
    all.count += own.count;
    all.first.insert(all.first.end(), own.first.begin(), own.first.end());
  }
  all.settle(limit);
  return all;
}

void SafeList::merge(const SafeList& other) {
  safe_.insert(safe_.end(), other.safe_.begin(), other.safe_.end());
}

void SafeList::sort() { std::ranges::sort(safe_); }

void SafeList::merge_ranks(Communicator& communicator) {
  std::vector<Combination> all;
  for (const auto& theirs : gather(communicator, safe_)) all.insert(all.end(), theirs.begin(), theirs.end());
  safe_ = std::move(all);
}

bool SafeList::read(StateReader& reader, std::size_t num_qi) {
  safe_ = reader.numbers();
  return std::ranges::all_of(safe_, [&](Combination qi) { return (qi >> num_qi) == 0; });
}

bool SafeList::is_safe(Combination qi) const { return qi == 0 || std::ranges::binary_search(safe_, qi); }

MinimalUnsafe SafeList::minimal_unsafe(std::size_t num_qi, std::size_t max_size, std::size_t limit) const {
  MinimalUnsafe result;
  const auto extend = [&](Combination base) {
    if (static_cast<std::size_t>(std::popcount(base)) == max_size) return;
    // Each candidate once: from what it is without its last QI.
    for (auto j = static_cast<std::size_t>(std::bit_width(base)); j < num_qi; ++j) {
      const Combination candidate = base | Combination{1} << j;
      bool is_minimal = !is_safe(candidate);
      for (Combination rest = base; is_minimal && rest != 0; rest &= rest - 1)
        is_minimal = is_safe(candidate ^ (rest & -rest));
      if (is_minimal) result.add(candidate, limit);
    }
  };
  extend(0);
  for (const Combination base : safe_) extend(base);
  result.settle(limit);
  return result;
}

}  // namespace throng
