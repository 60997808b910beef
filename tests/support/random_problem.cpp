// Builds random problems from hashes, so that a failing case is named by its seed.
#include "support/random_problem.hpp"

#include <algorithm>
#include <numeric>
#include <string>

#include "throng/core/hash.hpp"

namespace throng::test {

namespace {

/// Appends a level whose values start at the leaves in `first` (the last entry is the number of leaves).
void add_level(Hierarchy& hierarchy, const std::vector<Code>& first) {
  const std::size_t l = hierarchy.labels.size();
  std::vector<std::string> labels;
  std::vector<Code> value_of_leaf;
  for (Code g = 0; g + 1 < first.size(); ++g) {
    labels.push_back("L" + std::to_string(l) + "-" + std::to_string(g));
    value_of_leaf.insert(value_of_leaf.end(), first[g + 1] - first[g], g);
  }
  hierarchy.labels.push_back(labels);
  hierarchy.first_leaf.push_back(first);
  hierarchy.value_of_leaf.push_back(value_of_leaf);
}

Problem make_problem_of(Lattice lattice, const std::vector<std::vector<Code>>& codes) {
  Problem problem;
  problem.lattice = std::move(lattice);
  std::vector<std::vector<Code>> identity;
  for (const Axis& axis : problem.lattice.axes) {
    identity.emplace_back(axis.hierarchy.num_leaves());
    std::iota(identity.back().begin(), identity.back().end(), Code{0});
  }
  std::vector<LeafColumn> columns;
  for (std::size_t j = 0; j < codes.size(); ++j) {
    columns.push_back({codes[j], identity[j], problem.lattice.axes[j].hierarchy.num_leaves()});
    problem.columns.push_back(j);
  }
  problem.tuples = make_distinct(columns, codes.front().size(), 1);
  return problem;
}

}  // namespace

Hierarchy random_hierarchy(Code num_leaves, std::uint64_t seed) {
  Hierarchy hierarchy;
  std::vector<Code> first(num_leaves + 1);
  std::iota(first.begin(), first.end(), Code{0});
  add_level(hierarchy, first);
  const std::uint64_t num_middle = scale_to(hash_at(seed, 0), 3);
  for (std::uint64_t l = 0; l < num_middle; ++l) {
    std::vector<Code> coarser{0};
    for (std::size_t g = 1; g + 1 < first.size(); ++g) {
      if (scale_to(hash_at(seed, 100 * (l + 1) + g), 2) == 0) coarser.push_back(first[g]);
    }
    coarser.push_back(num_leaves);
    first = coarser;
    add_level(hierarchy, first);
  }
  add_level(hierarchy, {0, num_leaves});
  return hierarchy;
}

Problem random_problem(const ProblemSize& size, std::uint64_t seed) {
  Lattice lattice;
  std::vector<std::vector<Code>> codes(size.num_qi);
  for (std::size_t j = 0; j < size.num_qi; ++j) {
    const std::uint64_t qi_seed = hash_at(seed, j);
    const auto leaves = static_cast<Code>(1 + scale_to(hash_at(qi_seed, 1), size.max_leaves));
    const double weight = 1.0 + static_cast<double>(scale_to(hash_at(qi_seed, 2), 3));
    lattice.axes.push_back({"q" + std::to_string(j), weight, random_hierarchy(leaves, hash_at(qi_seed, 3))});
    for (std::size_t i = 0; i < size.num_records; ++i) {
      // The smaller of two uniform draws: low codes are frequent, high ones rare.
      const std::uint64_t a = scale_to(hash_at(qi_seed, 10 + 2 * i), leaves);
      const std::uint64_t b = scale_to(hash_at(qi_seed, 11 + 2 * i), leaves);
      codes[j].push_back(static_cast<Code>(std::min(a, b)));
    }
  }
  return make_problem_of(std::move(lattice), codes);
}

Problem shuffled(const Problem& problem, std::uint64_t seed) {
  std::vector<std::pair<std::uint64_t, std::uint32_t>> order;
  for (std::size_t i = 0; i < problem.num_records(); ++i) {
    order.emplace_back(hash_at(seed, i), problem.tuples.tuple_of_record[i]);
  }
  std::sort(order.begin(), order.end());
  std::vector<std::vector<Code>> codes(problem.lattice.num_axes());
  for (std::size_t j = 0; j < codes.size(); ++j) {
    for (const auto& entry : order) codes[j].push_back(problem.tuples.code(entry.second, j));
  }
  return make_problem_of(problem.lattice, codes);
}

std::map<std::vector<Code>, Count> brute_force_classes(const Problem& problem, const Node& node) {
  std::map<std::vector<Code>, Count> classes;
  for (const std::uint32_t t : problem.tuples.tuple_of_record) {
    std::vector<Code> tuple;
    for (std::size_t j = 0; j < node.size(); ++j) {
      const Hierarchy& hierarchy = problem.lattice.axes[j].hierarchy;
      tuple.push_back(hierarchy.value_of_leaf[node[j]][problem.tuples.code(t, j)]);
    }
    ++classes[tuple];
  }
  return classes;
}

}  // namespace throng::test
