// The records at each node of the tail's lattice against grouping by std::map.
#include "proof/tail_nodes.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <map>

#include "proof/claim.hpp"
#include "support/random_problem.hpp"

namespace throng {
namespace {

/// Per class of the tail, by its values: records per choice of the branched QIs' leaves.
using Classes = std::map<std::vector<Code>, std::map<std::vector<Code>, Count>>;

class TailNodesTest : public ::testing::Test {
 protected:
  static Classes classes_at(const Problem& problem, const Certificate& certificate,
                            const std::vector<Level>& levels) {
    Classes classes;
    for (std::size_t t = 0; t < problem.tuples.size(); ++t) {
      std::vector<Code> values;
      for (std::size_t i = 0; i < levels.size(); ++i) {
        const std::size_t j = certificate.tail[i];
        values.push_back(
            problem.lattice.axes[j].hierarchy.value_of_leaf[levels[i]][problem.tuples.code(t, j)]);
      }
      std::vector<Code> leaves;
      for (const std::size_t j : certificate.branched) leaves.push_back(problem.tuples.code(t, j));
      classes[values][leaves] += problem.tuples.weights[t];
    }
    return classes;
  }

  /// What a node tells: per class of at least k, the records per pattern, in no order.
  static std::multimap<Count, std::map<std::vector<Code>, Count>> told(const TailNodes& nodes,
                                                                       const TailNode& node,
                                                                       std::size_t num_branched) {
    std::multimap<Count, std::map<std::vector<Code>, Count>> classes;
    std::size_t item = 0;
    for (const std::uint32_t end : node.class_ends) {
      std::map<std::vector<Code>, Count> records;
      Count all = 0;
      for (; item < end; ++item) {
        std::vector<Code> leaves;
        for (std::size_t b = 0; b < num_branched; ++b)
          leaves.push_back(nodes.pattern_leaves(b)[node.items[item] >> nodes.pattern_shift()]);
        const Count here = records_in(nodes, node.items[item]);
        records[leaves] += here;
        all += here;
      }
      classes.emplace(all, records);
    }
    return classes;
  }

  /// The costs of all records in classes, from the classes' own where values differ.
  static void expect_costs(const TailNodes& nodes, const ProofTask& task, const Certificate& certificate,
                           const std::vector<Level>& levels, const TailNode& made, const Classes& classes) {
    for (std::size_t i = 0; i < levels.size(); ++i) {
      std::uint64_t expected = 0;
      for (const auto& [values, patterns] : classes)
        if (const Count all = records_of(patterns); task.model.is_satisfied_by(all))
          expected += all * task.loss.cell_cost(certificate.tail[i], levels[i], values[i]);
      EXPECT_EQ(made.all_costs[i], expected);
      const auto uneven = std::find(made.uneven.begin(), made.uneven.end(), i);
      if (uneven == made.uneven.end()) continue;
      std::uint64_t sum = 0;
      std::size_t item = 0;
      for (std::size_t c = 0; c < made.class_ends.size(); ++c)
        for (; item < made.class_ends[c]; ++item)
          sum += records_in(nodes, made.items[item]) *
                 std::uint64_t{made.costs[c * made.uneven.size() +
                                          static_cast<std::size_t>(uneven - made.uneven.begin())]};
      EXPECT_EQ(sum, expected);
    }
  }

  static Count records_in(const TailNodes& nodes, TailNode::Item item) {
    return item & ((TailNode::Item{1} << nodes.pattern_shift()) - 1);
  }

  static Count records_of(const std::map<std::vector<Code>, Count>& patterns) {
    Count all = 0;
    for (const auto& [leaves, here] : patterns) all += here;
    return all;
  }

  static void expect_classes(std::uint64_t seed, std::size_t most_bytes, Weight heaviest = 0) {
    Problem problem = test::random_problem({.num_qi = 4, .num_records = 150, .max_leaves = 5}, seed);
    problem.tuples.weights[0] += heaviest;
    problem.tuples.records += heaviest;
    const LossModel loss(problem, make_loss_metric("loss"), Aggregate::kArithmetic);
    const ProofTask task{problem, loss, {6}, ~Count{0}, 8};
    const Certificate certificate = make_claim(task, problem.lattice.top());
    TailNodes nodes(task, certificate, most_bytes);
    TailNodes::Maker maker(nodes);
    for (int times = 0; times < 2; ++times)
      for (std::size_t node = 0; node < nodes.size(); ++node) {
        std::vector<Level> levels;
        for (std::size_t i = 0; i < certificate.tail.size(); ++i) levels.push_back(nodes.level(node, i));
        std::multimap<Count, std::map<std::vector<Code>, Count>> expected;
        Count records = 0;
        const Classes classes = classes_at(problem, certificate, levels);
        for (const auto& [values, patterns] : classes) {
          const Count all = records_of(patterns);
          if (all >= 6) expected.emplace(all, patterns);
          if (all >= 6) records += all;
        }
        const TailNode& made = nodes.at(node, maker);
        EXPECT_EQ(made.records, records);
        expect_costs(nodes, task, certificate, levels, made, classes);
        EXPECT_EQ(told(nodes, made, certificate.branched.size()), expected)
            << "seed " << seed << ", node " << node;
      }
  }
};

TEST_F(TailNodesTest, HoldClassesOfKOrMoreByPattern) {
  for (std::uint64_t seed = 0; seed < 20; ++seed) expect_classes(seed, TailNodes::kMostBytes);
}

TEST_F(TailNodesTest, SplitItemsThatHoldMoreRecordsThanTheirBits) {
  for (std::uint64_t seed = 0; seed < 5; ++seed) expect_classes(seed, TailNodes::kMostBytes, 3'000'000'000);
}

TEST_F(TailNodesTest, AreMadeAnewWhereMemoryIsShort) {
  for (std::uint64_t seed = 0; seed < 5; ++seed) {
    expect_classes(seed, 0);
    expect_classes(seed, 1000);
  }
}

}  // namespace
}  // namespace throng
