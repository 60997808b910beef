// Mondrian: classes of at least k that cover their records, no finer cover, measured by the definitions.
#include "throng/search/mondrian.hpp"

#include <gtest/gtest.h>
// The bridge needs gtest before it.
#include <rapidcheck/gtest.h>

#include <map>

#include "support/random_case.hpp"

namespace throng {
namespace {

using test::random_search_case;
using test::SearchCase;

LossModel model_of(const SearchCase& c) {
  return {c.problem, make_loss_metric(c.options.metric), c.options.aggregate};
}

RC_GTEST_PROP(Mondrian, EveryClassHasKRecordsAndCoversThem, ()) {
  const SearchCase c = random_search_case();
  const auto recoding = mondrian(c.problem, model_of(c), c.options.model);
  RC_ASSERT(recoding.has_value() == (c.problem.num_records() >= c.options.model.k));
  if (!recoding) return;
  std::vector<Count> records(recoding->classes.size(), 0);
  for (std::size_t t = 0; t < c.problem.tuples.size(); ++t) {
    const MondrianClass& one = recoding->classes[recoding->class_of_tuple[t]];
    records[recoding->class_of_tuple[t]] += c.problem.tuples.weights[t];
    for (std::size_t j = 0; j < one.levels.size(); ++j) {
      const auto& value_of_leaf = c.problem.lattice.axes[j].hierarchy.value_of_leaf;
      RC_ASSERT(value_of_leaf[one.levels[j]][c.problem.tuples.code(t, j)] == one.values[j]);
    }
  }
  for (std::size_t i = 0; i < records.size(); ++i) {
    RC_ASSERT(records[i] == recoding->classes[i].records);
    RC_ASSERT(records[i] >= c.options.model.k);
  }
}

RC_GTEST_PROP(Mondrian, LossIsTheMeanOverRecords, ()) {
  SearchCase c = random_search_case();
  c.options.metric = "loss";
  c.options.aggregate = Aggregate::kArithmetic;
  const auto recoding = mondrian(c.problem, model_of(c), c.options.model);
  if (!recoding) return;
  double sum = 0;
  double weights = 0;
  for (std::size_t j = 0; j < c.problem.lattice.num_axes(); ++j) {
    const Axis& axis = c.problem.lattice.axes[j];
    weights += axis.weight;
    if (axis.hierarchy.num_leaves() == 1) continue;
    for (const MondrianClass& one : recoding->classes)
      sum += axis.weight * static_cast<double>(one.records) *
             (axis.hierarchy.leaves_below(one.levels[j], one.values[j]) - 1.0) /
             (axis.hierarchy.num_leaves() - 1.0);
  }
  RC_ASSERT(std::abs(recoding->loss - sum / weights / static_cast<double>(c.problem.num_records())) < 1e-12);
}

RC_GTEST_PROP(Mondrian, RowOrderDoesNotMatter, ()) {
  const SearchCase c = random_search_case();
  SearchCase other = c;
  other.problem = test::shuffled(c.problem, *rc::gen::arbitrary<std::uint64_t>());
  const auto a = mondrian(c.problem, model_of(c), c.options.model);
  const auto b = mondrian(other.problem, model_of(other), c.options.model);
  RC_ASSERT(a.has_value() == b.has_value());
  if (!a) return;
  RC_ASSERT(a->loss == b->loss);
  RC_ASSERT(a->classes.size() == b->classes.size());
  for (std::size_t i = 0; i < a->classes.size(); ++i) {
    RC_ASSERT(a->classes[i].values == b->classes[i].values);
    RC_ASSERT(a->classes[i].records == b->classes[i].records);
  }
}

TEST(Mondrian, TwoClustersByHand) {
  // Leaves 0..5, records 3 x 0, 1 x 1, 4 x 5; {0..2} and {3..5} are values. k = 2: cut between 1 and 5.
  Problem problem;
  Hierarchy h;
  h.labels = {{"0", "1", "2", "3", "4", "5"}, {"low", "high"}, {"*"}};
  h.first_leaf = {{0, 1, 2, 3, 4, 5, 6}, {0, 3, 6}, {0, 6}};
  h.value_of_leaf = {{0, 1, 2, 3, 4, 5}, {0, 0, 0, 1, 1, 1}, {0, 0, 0, 0, 0, 0}};
  problem.lattice.axes = {{"q", 1.0, h}};
  const std::vector<Code> codes = {0, 0, 0, 1, 5, 5, 5, 5};
  const std::vector<Code> identity = {0, 1, 2, 3, 4, 5};
  const LeafColumn column{codes, identity, 6};
  problem.tuples = make_distinct({&column, 1}, codes.size(), 1);
  const LossModel loss(problem, make_loss_metric("loss"), Aggregate::kArithmetic);
  const auto recoding = mondrian(problem, loss, {2});
  ASSERT_TRUE(recoding);
  ASSERT_EQ(recoding->classes.size(), 2U);
  EXPECT_EQ(recoding->classes[0].levels, Node{0});  // all 5: original values
  EXPECT_EQ(recoding->classes[1].levels, Node{1});  // 0 and 1: "low"
  EXPECT_DOUBLE_EQ(recoding->loss, 4.0 / 8 * 2 / 5);
}

}  // namespace
}  // namespace throng
