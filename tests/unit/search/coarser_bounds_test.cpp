// What is known of a node from coarser ones.
#include "search/coarser_bounds.hpp"

#include <gtest/gtest.h>

namespace throng {
namespace {

using Path = std::vector<Level>;
using Terms = std::vector<double>;

TEST(CoarserBounds, KnowNothingAtFirst) {
  CoarserBounds bounds({2, 1});
  EXPECT_EQ(bounds.infer(Path{0, 0}, 1, 2, Terms{0.5, 0.5}), 0);
}

TEST(CoarserBounds, TakeAllTermsButTheFinerOnesFromACoarserNeighbour) {
  CoarserBounds bounds({2, 1});
  bounds.keep(Path{1, 0}, 1, Terms{0.3, 0.2}, 1.0);
  EXPECT_DOUBLE_EQ(bounds.infer(Path{0, 0}, 1, 2, Terms{0.1, 0.0}), 0.1 + 0.2 + 1.0);
  // Not from a finer one, and not from one of another level of the rest.
  EXPECT_EQ(bounds.infer(Path{2, 0}, 1, 2, Terms{0.1, 0.0}), 0);
  EXPECT_EQ(bounds.infer(Path{0, 1}, 1, 2, Terms{0.1, 0.0}), 0);
}

TEST(CoarserBounds, PassOnWhatWasInferred) {
  CoarserBounds bounds({2, 1});
  bounds.keep(Path{2, 0}, 1, Terms{0.3, 0.2}, 1.0);
  bounds.infer(Path{1, 0}, 1, 2, Terms{0.2, 0.0});
  EXPECT_DOUBLE_EQ(bounds.infer(Path{0, 0}, 1, 2, Terms{0.1, 0.0}), 0.1 + 0.2 + 1.0);
}

TEST(CoarserBounds, TakeTheBestNeighbour) {
  CoarserBounds bounds({1, 1});
  bounds.keep(Path{1, 0}, 1, Terms{0.3, 0.2}, 1.0);
  bounds.keep(Path{0, 1}, 1, Terms{0.1, 0.9}, 1.5);
  EXPECT_DOUBLE_EQ(bounds.infer(Path{0, 0}, 1, 2, Terms{0.1, 0.25}), 0.1 + 0.25 + 1.5);
  EXPECT_DOUBLE_EQ(bounds.infer(Path{0, 0}, 1, 1, Terms{0.1, 0.25}), 0.1 + 0.2 + 1.0);
}

TEST(CoarserBounds, KeepPrefixesOfDifferentLengthApart) {
  CoarserBounds bounds({1, 1});
  bounds.keep(Path{1, 0}, 0, Terms{0.3, 0.2}, 1.0);
  EXPECT_EQ(bounds.infer(Path{0, 0}, 1, 2, Terms{0.1, 0.0}), 0);
  EXPECT_DOUBLE_EQ(bounds.infer(Path{0, 0}, 0, 1, Terms{0.1, 0.0}), 1.1);
}

TEST(CoarserBounds, ForgetWhenCleared) {
  CoarserBounds bounds({1});
  bounds.keep(Path{1}, 0, Terms{0.3}, 1.0);
  bounds.clear();
  EXPECT_EQ(bounds.infer(Path{0}, 0, 1, Terms{0.1}), 0);
}

}  // namespace
}  // namespace throng
