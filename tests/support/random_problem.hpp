// Small random problems (table, hierarchies, weights) and the simplest correct grouping, for property tests.
#pragma once

#include <cstdint>
#include <map>
#include <vector>

#include "throng/lattice/problem.hpp"

namespace throng::test {

struct ProblemSize {
  std::size_t num_qi = 3;
  std::size_t num_records = 50;
  Code max_leaves = 6;  ///< leaves per QI: 1..max_leaves
};

/// A random nested hierarchy of `num_leaves` leaves: up to three levels of neighbouring leaves merged, then
/// `*`.
Hierarchy random_hierarchy(Code num_leaves, std::uint64_t seed);

/// A problem that is a function of (size, seed): skewed values, so that classes of all sizes occur.
Problem random_problem(const ProblemSize& size, std::uint64_t seed);

/// The same records in another order.
Problem shuffled(const Problem& problem, std::uint64_t seed);

/// Classes of `node` by std::map: generalized tuple -> number of records.
std::map<std::vector<Code>, Count> brute_force_classes(const Problem& problem, const Node& node);

}  // namespace throng::test
