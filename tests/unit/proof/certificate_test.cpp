// What find_flaw() says of certificates that are no certificates, and of the sample's.
#include "throng/proof/certificate.hpp"

#include <gtest/gtest.h>

#include "proof/claim.hpp"
#include "support/random_problem.hpp"
#include "throng/core/error.hpp"
#include "throng/search/search.hpp"

namespace throng {
namespace {

struct CertificateTest : testing::Test {
  Problem problem = test::random_problem({.num_qi = 5, .num_records = 400, .max_leaves = 4}, 3);
  LossModel loss{problem, make_loss_metric("loss"), Aggregate::kArithmetic};
  ProofTask task{problem, loss, {5}, 400, 8};
  Certificate certificate = *make_certificate(task, optimum(), 1);

  [[nodiscard]] Node optimum() const {
    SearchOptions options;
    options.model = {5};
    return search(problem, options, *self_communicator()).best->levels;
  }
  [[nodiscard]] std::string flaw() const {
    return find_flaw(task, certificate, 1, *self_communicator()).value_or("none");
  }
};

TEST_F(CertificateTest, HasBranchedColumnsAndATailHere) {
  EXPECT_FALSE(certificate.branched.empty());
  EXPECT_FALSE(certificate.tail.empty());
  EXPECT_GT(certificate.families.size(), 1U);
  EXPECT_EQ(flaw(), "none");
}

TEST_F(CertificateTest, ColumnsMustBeThereOnce) {
  const std::string expected = "not every quasi-identifier is once among `branched` or `tail`";
  certificate.tail.push_back(certificate.tail[0]);
  EXPECT_EQ(flaw(), expected);
  certificate.tail.resize(certificate.tail.size() - 2);
  EXPECT_EQ(flaw(), expected);
  certificate.tail.push_back(99);
  EXPECT_EQ(flaw(), expected);
  certificate.tail.clear();
  EXPECT_EQ(flaw(), expected);
}

TEST_F(CertificateTest, TheTailMustBeShort) {
  certificate.tail.insert(certificate.tail.end(), certificate.branched.begin(), certificate.branched.end());
  certificate.branched.clear();
  certificate.families.assign(1, {{}, 0});
  EXPECT_EQ(flaw(), "`tail` has more nodes than a checker tries");
}

TEST_F(CertificateTest, IsTheSameForFourThreads) {
  const auto other = make_certificate(task, certificate.levels, 4);
  ASSERT_TRUE(other);
  EXPECT_EQ(other->families, certificate.families);
  EXPECT_EQ(find_flaw(task, certificate, 4, *self_communicator()), std::nullopt);
}

TEST(Certificate, HasNoRoomForManyTallHierarchies) {
  // 64^11 nodes are 2^66, which is 0 in 64 bits.
  Hierarchy tall;
  tall.labels.assign(64, {"*"});
  tall.labels[0] = {"a", "b"};
  tall.first_leaf.assign(64, {0, 2});
  tall.first_leaf[0] = {0, 1, 2};
  tall.value_of_leaf.assign(64, {0, 0});
  tall.value_of_leaf[0] = {0, 1};
  Problem problem;
  std::vector<LeafColumn> columns;
  const std::vector<Code> codes = {0, 1, 0, 1, 0};
  const std::vector<Code> identity = {0, 1};
  for (std::size_t j = 0; j < 11; ++j) {
    problem.lattice.axes.push_back({"q", 1.0, tall});
    problem.columns.push_back(j);
    columns.push_back({codes, identity, 2});
  }
  problem.tuples = make_distinct(columns, codes.size(), 1);
  EXPECT_THROW(check_certifiable(problem.lattice), Error);
  const LossModel loss(problem, make_loss_metric("loss"), Aggregate::kArithmetic);
  const ProofTask task{problem, loss, {2}};
  EXPECT_THROW(make_certificate(task, problem.lattice.bottom(), 1), Error);
  EXPECT_EQ(find_flaw(task, make_claim(task, problem.lattice.bottom()), 1, *self_communicator()),
            "`tail` has more nodes than a checker tries");
}

TEST_F(CertificateTest, TheClaimMustBeANode) {
  certificate.levels[0] = 200;
  EXPECT_NE(flaw().find("a level of"), std::string::npos) << flaw();
  certificate.levels.pop_back();
  EXPECT_EQ(flaw(), "the node claimed has not one level per quasi-identifier");
}

TEST_F(CertificateTest, TheClaimedFiguresMustBeTheNodes) {
  certificate.suppressed += 1;
  EXPECT_NE(flaw().find("suppresses"), std::string::npos) << flaw();
  certificate.suppressed -= 1;
  certificate.loss -= 1e-9;
  EXPECT_NE(flaw().find("loses"), std::string::npos) << flaw();
  certificate.loss = std::numeric_limits<double>::quiet_NaN();
  EXPECT_NE(flaw().find("loses"), std::string::npos) << flaw();
}

TEST_F(CertificateTest, TheClaimMustKeepTheSuppressionLimit) {
  ASSERT_GT(certificate.suppressed, 0U);
  task.max_suppressed = certificate.suppressed - 1;
  EXPECT_EQ(flaw(), "the node claimed suppresses more records than allowed");
}

TEST_F(CertificateTest, FamiliesMustFit) {
  certificate.families[0].levels.push_back(0);
  EXPECT_EQ(flaw(), "family 1 does not fit the branched quasi-identifiers");
  certificate.families[0].levels.pop_back();
  certificate.families[0].levels[0] = 77;
  EXPECT_EQ(flaw(), "family 1 does not fit the branched quasi-identifiers");
}

TEST_F(CertificateTest, FamiliesMustHoldEveryNode) {
  certificate.families.clear();
  EXPECT_EQ(flaw(), "no family holds the nodes with any level");
}

TEST_F(CertificateTest, FamiliesMustClose) {
  certificate.families.assign(1, {std::vector<Level>(certificate.branched.size(), kFreeLevel), 0});
  EXPECT_EQ(flaw(), "family 1 may hold a node that loses less");
}

TEST_F(CertificateTest, AFamilyThatAsksForMoreThanThereIsHoldsNothing) {
  certificate.families.assign(1, {std::vector<Level>(certificate.branched.size(), kFreeLevel), 99});
  EXPECT_NE(flaw().find("no family holds"), std::string::npos);
}

TEST_F(CertificateTest, ALossOverClassesHasNoCertificate) {
  const LossModel classes(problem, make_loss_metric("discernibility"), Aggregate::kArithmetic);
  EXPECT_EQ(find_flaw({problem, classes, {5}}, certificate, 1, *self_communicator()).value_or(""),
            "the loss is no sum over cells");
}

TEST_F(CertificateTest, ProgressIsTold) {
  std::size_t calls = 0;
  static_cast<void>(
      make_certificate(task, certificate.levels, 1, [&](std::size_t, std::size_t) { ++calls; }));
  EXPECT_GT(calls, 0U);
  calls = 0;
  static_cast<void>(
      find_flaw(task, certificate, 1, *self_communicator(), [&](std::size_t, std::size_t) { ++calls; }));
  EXPECT_EQ(calls, certificate.families.size());
}

}  // namespace
}  // namespace throng
