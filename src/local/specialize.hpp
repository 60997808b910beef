// What the greedy start leaves in lattices too large to list: one class for all of it, split from the top
// down.
//
// A class is refined along one axis by one value of each record's chain: the groups of at least k records
// become classes of their own, the rest stays where it is, with the smallest group if it would be fewer than
// k. The axis that gains most goes first. Cost: O(n' d) per depth of the splitting. After K. LeFevre, D.
// DeWitt, R. Ramakrishnan, Mondrian Multidimensional K-Anonymity, ICDE 2006, with hierarchies for ranges and
// a rest that may stay.
#pragma once

#include "local/recoding.hpp"

namespace throng::local {

/// Releases all suppressed records. Does nothing when they are fewer than k or their coarsest values differ.
void specialize(Recoding& recoding);

}  // namespace throng::local
