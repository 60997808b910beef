// A table of all prefixes of the tail.
#include "search/coarser_bounds.hpp"

#include <algorithm>
#include <numeric>

namespace throng {

CoarserBounds::CoarserBounds(std::vector<Level> heights) : heights_(std::move(heights)) {
  std::size_t num_prefixes = 0;
  std::size_t ending_here = 1;
  for (const Level height : heights_) {
    first_.push_back(num_prefixes);
    ending_here *= std::size_t{height} + 1;
    num_prefixes += ending_here;
  }
  rounds_.assign(num_prefixes, 0);
  terms_ = std::make_unique_for_overwrite<double[]>(num_prefixes * (heights_.size() + 1));
}

std::size_t CoarserBounds::index_of(std::span<const Level> path, std::size_t depth) const {
  std::size_t index = 0;
  for (std::size_t i = 0; i <= depth; ++i) index = index * (std::size_t{heights_[i]} + 1) + path[i];
  return first_[depth] + index;
}

double CoarserBounds::infer(std::span<const Level> path, std::size_t depth, std::size_t num_compared,
                            std::span<const double> own_terms) {
  const std::size_t index = index_of(path, depth);
  const std::size_t num_terms = heights_.size() + 1;
  double best = 0;
  std::size_t stride = 1;
  for (std::size_t i = depth + 1; i-- > 0; stride *= std::size_t{heights_[i]} + 1) {
    if (i >= num_compared || path[i] == heights_[i] || rounds_[index + stride] != round_) continue;
    const double* coarser = terms_of(index + stride);
    const double sum = std::accumulate(coarser, coarser + num_terms, own_terms[i] - coarser[i]);
    if (sum <= best) continue;
    best = sum;
    double* terms = std::copy_n(coarser, num_terms, terms_of(index)) - num_terms;
    terms[i] = own_terms[i];
    rounds_[index] = round_;
  }
  return best;
}

void CoarserBounds::keep(std::span<const Level> path, std::size_t depth, std::span<const double> terms,
                         double rest) {
  const std::size_t index = index_of(path, depth);
  double* kept = terms_of(index);
  std::fill_n(kept, heights_.size() + 1, 0.0);
  std::copy_n(terms.begin(), depth + 1, kept);
  kept[heights_.size()] = rest;
  rounds_[index] = round_;
}

}  // namespace throng
