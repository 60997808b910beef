// Compares the figures of two audits.
#pragma once

#include <gtest/gtest.h>

#include <algorithm>

#include "throng/audit/audit.hpp"

namespace throng {

inline bool is_same(const CombinationRisk& a, const CombinationRisk& b) {
  return a.qi == b.qi && a.classes == b.classes && a.at_risk == b.at_risk;
}

inline void expect_same(const AuditResult& a, const AuditResult& b) {
  EXPECT_FALSE(a.is_stopped || b.is_stopped);
  ASSERT_EQ(a.by_size.size(), b.by_size.size());
  for (std::size_t s = 0; s < a.by_size.size(); ++s) {
    const SizeSummary& x = a.by_size[s];
    const SizeSummary& y = b.by_size[s];
    EXPECT_TRUE(x.combinations == y.combinations && x.safe == y.safe && x.min == y.min && x.max == y.max);
    EXPECT_TRUE(x.median == y.median && x.mean == y.mean && std::ranges::equal(x.worst, y.worst, is_same));
  }
  EXPECT_TRUE(std::ranges::equal(a.worst, b.worst, is_same));
  EXPECT_EQ(a.num_minimal_unsafe, b.num_minimal_unsafe);
  EXPECT_EQ(a.minimal_unsafe, b.minimal_unsafe);
  EXPECT_EQ(a.shapley, b.shapley);
  EXPECT_EQ(a.at_risk_without, b.at_risk_without);
  EXPECT_EQ(a.smallest_class, b.smallest_class);
  EXPECT_EQ(a.classes, b.classes);
}

}  // namespace throng
