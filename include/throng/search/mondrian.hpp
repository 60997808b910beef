// Mondrian: local recoding by median cuts, a reference for what releases with one node per record can reach.
#pragma once

#include <optional>
#include <vector>

#include "throng/lattice/problem.hpp"
#include "throng/loss/loss_metric.hpp"
#include "throng/privacy/k_anonymity.hpp"

namespace throng {

/// A class of a local recoding: the records released as these values of these levels, in file order.
struct MondrianClass {
  Node levels;
  std::vector<Code> values;
  Count records = 0;
};

/// A release in which classes may have different nodes. Nothing is suppressed.
struct MondrianRecoding {
  std::vector<MondrianClass> classes;         ///< by levels, then values; none twice
  std::vector<std::uint32_t> class_of_tuple;  ///< per distinct tuple of the problem
  double loss = 1;
  std::vector<double> loss_per_qi;  ///< file order; empty for a metric that is no sum over cells
};

/// Cuts the records into classes of at least k, each recoded to the finest values that cover it. A heuristic:
/// no bound, no proof; `loss` only measures it. Nothing when there are fewer than k records.
std::optional<MondrianRecoding> mondrian(const Problem& problem, const LossModel& loss, KAnonymity model);

}  // namespace throng
