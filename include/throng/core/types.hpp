// The integer types every layer shares.
#pragma once

#include <cstdint>
#include <vector>

namespace throng {

/// Index of a value in a column's dictionary, or of a generalized value at one level of a hierarchy.
using Code = std::uint32_t;

/// Level of a generalization hierarchy: 0 = original values, the highest level is the one value `*`.
using Level = std::uint8_t;

/// Number of records. Decisions about privacy compare Counts and nothing else.
using Count = std::uint64_t;

/// Records of one item or class inside the kernel; a table may hold at most 2^32 - 1 records.
using Weight = std::uint32_t;

/// A node of the lattice: one level per quasi-identifier, in file order.
using Node = std::vector<Level>;

}  // namespace throng
