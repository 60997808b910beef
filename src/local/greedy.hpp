// The start: suppressed records are released in the order of the price they pay, borrowing included.
#pragma once

#include <functional>

#include "local/recoding.hpp"

namespace throng::local {

struct GreedyOptions {
  int num_threads = 1;
  Cost percent = 130;             ///< each step raises the price to this
  double branches = 1e300;        ///< see AffordableCells::limit_branches()
  std::uint64_t seed = 0;         ///< not 0: prices are disturbed
  ClassId kept_end = 0;           ///< classes with a number below it are not given up
  std::function<bool()> is_over;  ///< time is up
};

/// Opens classes while a suppressed record can be released below the cost of its suppression.
void open_greedily(Recoding& recoding, const GreedyOptions& options);

}  // namespace throng::local
