// Reductions over ranks that the strategies share.
#include "search/strategies.hpp"

#include <algorithm>
#include <cstring>

namespace throng {

namespace {

template <typename T>
std::string_view bytes_of(const T& value) {
  return {reinterpret_cast<const char*>(&value), sizeof value};
}

template <typename T>
T value_of(const std::string& bytes) {
  T value;
  std::memcpy(&value, bytes.data(), sizeof value);
  return value;
}

}  // namespace

Candidate best_of_ranks(Communicator& communicator, const Candidate& mine) {
  std::string bytes(bytes_of(mine.loss));
  bytes.append(reinterpret_cast<const char*>(mine.levels.data()), mine.levels.size());
  Candidate best;
  for (const std::string& each : communicator.all_gather(bytes)) {
    Candidate candidate{value_of<double>(each), Node(each.begin() + sizeof(double), each.end())};
    if (is_better(candidate, best)) best = std::move(candidate);
  }
  return best;
}

std::uint64_t sum_over_ranks(Communicator& communicator, std::uint64_t mine) {
  std::uint64_t sum = 0;
  for (const std::string& each : communicator.all_gather(bytes_of(mine)))
    sum += value_of<std::uint64_t>(each);
  return sum;
}

double min_over_ranks(Communicator& communicator, double mine) {
  double least = mine;
  for (const std::string& each : communicator.all_gather(bytes_of(mine)))
    least = std::min(least, value_of<double>(each));
  return least;
}

bool is_all_true(Communicator& communicator, bool mine) {
  const std::vector<std::string> all = communicator.all_gather(mine ? "y" : "n");
  return std::ranges::all_of(all, [](const std::string& each) { return each == "y"; });
}

}  // namespace throng
