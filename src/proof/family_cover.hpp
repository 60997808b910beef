// Whether families leave out any node: pure logic, without data.
#pragma once

#include <optional>
#include <span>
#include <vector>

#include "throng/proof/certificate.hpp"

namespace throng {

/// What is known of the levels of the branched QIs: a level, or one of two marks above every level.
inline constexpr Level kUndecided = kFreeLevel;
inline constexpr Level kRaised = kFreeLevel - 1;  ///< above level 0, at any height

/// True when every node at `levels` belongs to the family.
bool holds_all(const Family& family, std::span<const Level> levels);

/// Levels of the branched QIs, whose top levels are `heights`, of nodes that belong to no family; nothing
/// when there are none. Marks in `is_used` families that suffice together. Cost: that of the tree of levels
/// cut where a family holds all below.
std::optional<std::vector<Level>> find_uncovered(std::span<const Family> families,
                                                 std::span<const Level> heights, std::vector<bool>& is_used);

}  // namespace throng
