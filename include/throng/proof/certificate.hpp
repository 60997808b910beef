// A proof that a node loses least, which can be checked without repeating or trusting the search.
//
// The proof is a list of families of nodes. A family fixes the levels of some quasi-identifiers and leaves
// the others free; of these at least so many are above level 0. To leave a QI out only merges classes, so the
// classes of the QIs fixed and of the tail (the last QIs, few, whose levels the checker tries itself)
// suppress no more than any node of the family, and each QI left out costs at least what the suppressed
// records cost, more above level 0. A family is closed when this bound is nowhere below the loss claimed.
// Every node belongs to some family and every family is closed: nothing loses less. Integers decide what is
// suppressed; losses are compared to within kProofResolution. Code and bound are independent of src/search
// (docs/algorithms/certificate.md).
#pragma once

#include <cstdint>
#include <functional>
#include <limits>
#include <optional>
#include <string>
#include <vector>

#include "throng/core/communicator.hpp"
#include "throng/core/types.hpp"
#include "throng/lattice/problem.hpp"
#include "throng/loss/loss_metric.hpp"
#include "throng/privacy/k_anonymity.hpp"

namespace throng {

/// Two losses nearer than this count as equal: sums in another order differ far below it.
inline constexpr double kProofResolution = 2e-12;

/// What the proof is about. All references must outlive it; the loss is a sum over cells.
struct ProofTask {
  const Problem& problem;
  const LossModel& loss;
  KAnonymity model;
  Count max_suppressed = ~Count{0};
  double most_tail_nodes = 4096;  ///< a longer tail has fewer families, each with more nodes to try
};

/// Taller hierarchies are in the tail.
inline constexpr Level kMostBranchedHeight = 61;

/// A tail of more nodes is not tried, and has no certificate.
inline constexpr double kMostTailNodes = 1 << 20;

/// Of a QI that a family leaves free.
inline constexpr Level kFreeLevel = std::numeric_limits<Level>::max();

/// The nodes with these levels of the branched QIs, and at least `least_raised` of the free ones above 0.
struct Family {
  std::vector<Level> levels;  ///< per branched QI, or kFreeLevel
  unsigned least_raised = 0;

  bool operator==(const Family&) const = default;
};

struct Certificate {
  Node levels;  ///< claimed to lose least, file order
  double loss = 1;
  Count suppressed = 0;
  std::vector<std::size_t> branched;  ///< QIs that families speak of, in their order
  std::vector<std::size_t> tail;      ///< all others, whose levels the checker tries itself
  std::vector<Family> families;
};

/// How far a proof is: families closed, and how many there are as far as known.
using ProofProgress = std::function<void(std::size_t closed, std::size_t total)>;

/// Errors: usage_error where hierarchies taller than kMostBranchedHeight have more than kMostTailNodes nodes
/// together.
void check_certifiable(const Lattice& lattice);

/// Makes the certificate of `levels`; the same for every number of threads. Nothing when the claim is false.
/// Cost: about half that of the search. Errors: as check_certifiable().
std::optional<Certificate> make_certificate(const ProofTask& task, const Node& levels, int num_threads,
                                            const ProofProgress& progress = {});

/// *Collective.* What is wrong with a certificate, in words for a person; nothing when it proves its claim.
/// `certificate`, the same on every rank, may hold anything: it is checked before it is used.
std::optional<std::string> find_flaw(const ProofTask& task, const Certificate& certificate, int num_threads,
                                     Communicator& communicator, const ProofProgress& progress = {});

}  // namespace throng
