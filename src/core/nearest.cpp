// Edit distance (Levenshtein 1966) with transpositions of neighbours, one row at a time.
#include "throng/core/nearest.hpp"

#include <algorithm>
#include <cstddef>
#include <numeric>
#include <vector>

namespace throng {

namespace {

constexpr std::size_t kMaxLength = 256;  // longer names are compared by their beginning

char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

std::size_t distance(std::string_view a, std::string_view b) {
  a = a.substr(0, kMaxLength);
  b = b.substr(0, kMaxLength);
  std::vector<std::size_t> before(b.size() + 1);
  std::vector<std::size_t> above(b.size() + 1);
  std::vector<std::size_t> row(b.size() + 1);
  std::iota(above.begin(), above.end(), std::size_t{0});
  for (std::size_t i = 1; i <= a.size(); ++i) {
    row[0] = i;
    for (std::size_t j = 1; j <= b.size(); ++j) {
      const bool is_equal = lower(a[i - 1]) == lower(b[j - 1]);
      row[j] = std::min({above[j] + 1, row[j - 1] + 1, above[j - 1] + (is_equal ? 0U : 1U)});
      if (i > 1 && j > 1 && lower(a[i - 1]) == lower(b[j - 2]) && lower(a[i - 2]) == lower(b[j - 1]))
        row[j] = std::min(row[j], before[j - 2] + 1);
    }
    before.swap(above);
    above.swap(row);
  }
  return above.back();
}

/// The nearest candidate when at most so many letters differ, or one; else "".
std::string nearest_within(std::string_view wanted, std::span<const std::string> candidates,
                           std::size_t most_errors) {
  const std::string nearest = nearest_name(wanted, candidates);
  return distance(wanted, nearest) <= std::max<std::size_t>(1, most_errors) ? nearest : "";
}

}  // namespace

std::string nearest_name(std::string_view wanted, std::span<const std::string> candidates) {
  std::string nearest;
  std::size_t best = ~std::size_t{0};
  for (const std::string& candidate : candidates) {
    const std::size_t found = distance(wanted, candidate);
    if (found >= best) continue;
    best = found;
    nearest = candidate;
  }
  return nearest;
}

std::string likely_name(std::string_view wanted, std::span<const std::string> candidates) {
  return nearest_within(wanted, candidates, wanted.size() / 4);
}

std::string did_you_mean(std::string_view wanted, std::span<const std::string> candidates, std::string rest,
                         char quote) {
  const std::string nearest = nearest_within(wanted, candidates, wanted.size() / 2);
  if (!nearest.empty()) return std::string("did you mean ") + quote + nearest + quote + "? " + rest;
  if (!rest.empty()) rest[0] = lower(rest[0]);
  return rest;
}

}  // namespace throng
