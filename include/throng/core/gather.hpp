// Values of every rank, typed: what reductions over ranks are made of.
#pragma once

#include <algorithm>
#include <cstring>
#include <string>
#include <type_traits>
#include <vector>

#include "throng/core/communicator.hpp"

namespace throng {

/// *Collective.* Every rank's values, in rank order, on every rank.
template <typename T>
std::vector<std::vector<T>> gather(Communicator& communicator, const std::vector<T>& values) {
  static_assert(std::is_trivially_copyable_v<T>);
  std::vector<std::vector<T>> of_rank;
  const std::string_view bytes{reinterpret_cast<const char*>(values.data()), values.size() * sizeof(T)};
  for (const std::string& part : communicator.all_gather(bytes)) {
    std::vector<T>& theirs = of_rank.emplace_back(part.size() / sizeof(T));
    if (!part.empty()) std::memcpy(theirs.data(), part.data(), part.size());
  }
  return of_rank;
}

/// *Collective.* values[i] = combine of values[i] over the ranks, in rank order; all have equally many. Each
/// rank combines one slice of all, so that memory and traffic of a rank do not grow with the number of ranks.
template <typename T, typename Combine>
void combine_over_ranks(Communicator& communicator, std::vector<T>& values, const Combine& combine) {
  static_assert(std::is_trivially_copyable_v<T>);
  if (communicator.size() == 1) return;
  const auto num_ranks = static_cast<std::size_t>(communicator.size());
  const auto begin_of = [&](std::size_t rank) { return values.size() * rank / num_ranks; };
  std::vector<std::string> slices;
  for (std::size_t r = 0; r < num_ranks; ++r)
    slices.emplace_back(reinterpret_cast<const char*>(values.data() + begin_of(r)),
                        (begin_of(r + 1) - begin_of(r)) * sizeof(T));
  slices = communicator.all_to_all(slices);
  const auto mine = static_cast<std::size_t>(communicator.rank());
  std::vector<T> sum(begin_of(mine + 1) - begin_of(mine));
  std::vector<T> next(sum.size());
  for (std::size_t r = 0; r < num_ranks; ++r) {
    std::vector<T>& to = r == 0 ? sum : next;
    if (!to.empty()) std::memcpy(to.data(), slices[r].data(), slices[r].size());
    for (std::size_t i = 0; r > 0 && i < sum.size(); ++i) sum[i] = combine(sum[i], next[i]);
  }
  auto to = values.begin();
  for (const std::vector<T>& theirs : gather(communicator, sum))
    to = std::copy(theirs.begin(), theirs.end(), to);
}

}  // namespace throng
