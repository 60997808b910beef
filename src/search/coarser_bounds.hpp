// What nodes of the tail's lattice lose at least, from what coarser ones were found to lose.
//
// A node one level finer in QI e suppresses no fewer records than its coarser neighbour, so every QI but e
// costs no less than there. The term of e itself is bounded on the spot. So a walk from coarse to fine knows
// much of a node before it looks at a record. Invariant: what is kept for a node never exceeds its true
// terms.
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <vector>

#include "throng/core/types.hpp"

namespace throng {

/// Prefixes of the tail: levels of its first QIs. One per thread.
class CoarserBounds {
 public:
  /// `heights`: top level per QI of the tail.
  explicit CoarserBounds(std::vector<Level> heights);

  /// Forgets all terms: another family begins.
  void clear() { ++round_; }
  /// The least sum of terms of `path[0..depth]`, by its neighbours that are coarser in one of the first
  /// `num_compared` QIs; own_terms[i]: least term of QI i of the tail on the path. Kept for finer ones.
  double infer(std::span<const Level> path, std::size_t depth, std::size_t num_compared,
               std::span<const double> own_terms);
  /// True when that sum tells `is_hopeless` of every level that may follow `path[0..depth)`, which writes to
  /// `path[depth]`.
  template <typename Predicate>
  bool every_child(std::span<Level> path, std::size_t depth, std::span<const double> own_terms,
                   const Predicate& is_hopeless) {
    for (path[depth] = 0; path[depth] <= heights_[depth]; ++path[depth])
      if (!is_hopeless(infer(path, depth, depth, own_terms))) return false;
    return true;
  }
  /// Keeps the terms of `path[0..depth]`: those of the tail's first QIs, and the rest of the sum.
  void keep(std::span<const Level> path, std::size_t depth, std::span<const double> terms, double rest);

 private:
  [[nodiscard]] std::size_t index_of(std::span<const Level> path, std::size_t depth) const;
  [[nodiscard]] double* terms_of(std::size_t index) { return terms_.get() + index * (heights_.size() + 1); }

  std::vector<Level> heights_;
  std::vector<std::size_t> first_;     ///< per depth: index of the first prefix that ends there
  std::vector<std::uint64_t> rounds_;  ///< per prefix: when its terms were kept
  std::uint64_t round_ = 1;            ///< 32 bits would come round within days, and old terms with them
  /// Per prefix: of each QI of the tail, then the rest of the sum. Touched only as it is needed.
  std::unique_ptr<double[]> terms_;
};

}  // namespace throng
