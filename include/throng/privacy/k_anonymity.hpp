// k-anonymity (Samarati & Sweeney 1998): every equivalence class of the release has at least k records.
#pragma once

#include "throng/core/types.hpp"

namespace throng {

/// Decided on integers alone. Its violations pass on to refinements: a class below k has only classes below k
/// under every finer node, which is what lets the search count them as suppressed for a whole subtree.
struct KAnonymity {
  Count k = 11;

  [[nodiscard]] bool is_satisfied_by(Count class_size) const { return class_size >= k; }
};

}  // namespace throng
