// The claim of a certificate, before there is a proof of it.
#pragma once

#include "throng/proof/certificate.hpp"

namespace throng {

/// Top levels of some QIs.
std::vector<Level> heights_of(const ProofTask& task, const std::vector<std::size_t>& axes);

/// Nodes of the lattice of some QIs, as a float: any number of them.
double num_nodes(const Lattice& lattice, const std::vector<std::size_t>& axes);

/// What the node loses and suppresses, by the plainest grouping there is, and which QIs are branched.
Certificate make_claim(const ProofTask& task, const Node& levels);

}  // namespace throng
