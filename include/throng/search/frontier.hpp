// The frontier of risk and utility: the optimum for every suppression limit, or for every k, in one walk.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "throng/core/communicator.hpp"
#include "throng/lattice/problem.hpp"
#include "throng/loss/loss_metric.hpp"
#include "throng/search/search.hpp"

namespace throng {

struct FrontierOptions {
  std::vector<Count> ks = {11};      ///< ascending, none twice, each at least 2
  Count max_suppressed = ~Count{0};  ///< records; the largest limit of interest
  bool has_every_limit = true;       ///< false: for each k the optimum at max_suppressed alone
  Aggregate aggregate = Aggregate::kArithmetic;
  std::string_view metric = "loss";
  double time_limit_seconds = 0;  ///< 0 = none
  int num_threads = 1;
};

/// The optima for one k: the answer of search() for every limit from `suppressed` of one step up to, not
/// including, that of the next. Ascending in records suppressed, descending in loss.
struct Frontier {
  Count k = 0;
  std::vector<Solution> steps;  ///< empty: no node suppresses so few
};

struct FrontierResult {
  std::vector<Frontier> frontiers;  ///< per k
  bool is_proved = false;           ///< false: the time was up, so steps may be missing or not optimal
  double seconds = 0;
  std::uint64_t nodes_visited = 0;  ///< prefixes and nodes whose sums were made
};

/// *Collective.* Every rank returns the same frontiers. Errors: usage_error for an unknown metric or a
/// geometric mean of one without losses per QI.
FrontierResult frontier(const Problem& problem, const FrontierOptions& options, Communicator& communicator);

}  // namespace throng
