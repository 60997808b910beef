// The nodes around the release: what a step or two on the lattice would give.
#pragma once

#include <vector>

#include "content.hpp"
#include "fixes.hpp"

namespace throng {

/// The nodes within two steps of `centre`, which comes first, then by steps; a step is one column one level
/// coarser or finer. Every node one step away is there. Those two steps away are taken around the ones that
/// are allowed and lose least, until `most` nodes in all.
std::vector<NearbyNode> neighbourhood(const WhatIf& what_if, const Lattice& lattice, const Node& centre,
                                      Count max_suppressed, std::size_t most);

}  // namespace throng
