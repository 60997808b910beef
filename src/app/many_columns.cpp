// Sizes what a job asks for and says how to ask for less.
#include "many_columns.hpp"

#include <fmt/format.h>

#include "core/words.hpp"
#include "throng/audit/audit.hpp"

namespace throng {

namespace {
constexpr double kQuickCombinations = 5e6;
}

std::size_t quick_size(std::size_t num_qi) {
  std::size_t size = 1;
  while (size < num_qi && num_combinations(num_qi, size + 1) <= kQuickCombinations) ++size;
  return size;
}

std::string many_columns(std::size_t num_qi, double num_nodes) {
  if (num_qi <= kManyColumns) return "";
  return fmt::format("{} columns are quasi-identifiers: {} to search and {} to audit", num_qi,
                     counted_roughly(num_nodes, "node"),
                     counted_roughly(num_combinations(num_qi, 0), "combination"));
}

std::string cut_advice(std::size_t num_qi) {
  if (num_qi <= kManyColumns) return "";
  const std::size_t size = quick_size(num_qi);
  return fmt::format(
      "audit small combinations first, as in --max-size {} ({}); then keep as quasi-identifiers what "
      "somebody outside "
      "may know, as in --qi A,B,C, and give the search a limit, as in --time-limit 600: the best so far and "
      "its "
      "proved gap",
      size, counted_roughly(num_combinations(num_qi, size), "combination"));
}

}  // namespace throng
