// Values of every rank, typed: what reductions over ranks are made of.
#pragma once

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

/// *Collective.* values[i] = combine of values[i] over the ranks; all have equally many.
template <typename T, typename Combine>
void combine_over_ranks(Communicator& communicator, std::vector<T>& values, const Combine& combine) {
  if (communicator.size() == 1) return;
  const auto of_rank = gather(communicator, values);
  values = of_rank[0];
  for (std::size_t r = 1; r < of_rank.size(); ++r)
    for (std::size_t i = 0; i < values.size(); ++i) values[i] = combine(values[i], of_rank[r][i]);
}

}  // namespace throng
