// The search verb: the full-domain solution of least information loss, with its proof or its gap.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string_view>
#include <vector>

#include "throng/core/communicator.hpp"
#include "throng/core/types.hpp"
#include "throng/lattice/problem.hpp"
#include "throng/loss/loss_metric.hpp"
#include "throng/privacy/k_anonymity.hpp"

namespace throng {

enum class StrategyKind {
  kOptimal,        ///< branch and bound over the refinement tree, proved
  kExhaustive,     ///< every node evaluated on its own: slow and simple, the reference inside the project
  kRedact,         ///< drop the records below k, generalize nothing: the published practice
  kLocal,          ///< each record its own node; not a search of one node: see recode_locally()
  kSuppressCells,  ///< the same with every cell original or `*`
};

/// "optimal", "exhaustive", "redact", "local", "suppress-cells".
const char* to_string(StrategyKind kind);
std::optional<StrategyKind> parse_strategy(std::string_view text);
std::vector<std::string_view> strategy_names();

/// A solution at one node of the lattice.
struct Solution {
  Node levels;  ///< per QI, file order
  double loss = 1;
  std::vector<double> loss_per_qi;  ///< file order
  Count suppressed = 0;             ///< records in classes below k
  Count classes = 0;                ///< classes of at least k records
};

/// What a running search tells its watcher.
struct SearchProgress {
  double seconds = 0;
  std::uint64_t nodes_visited = 0;
  double best_loss = 1;
  double lower_bound = 0;
  double fraction_done = 0;  ///< of the subtrees
};

struct SearchOptions {
  StrategyKind strategy = StrategyKind::kOptimal;
  KAnonymity model;
  Count max_suppressed = ~Count{0};  ///< records
  Aggregate aggregate = Aggregate::kArithmetic;
  std::string_view metric = "loss";
  double time_limit_seconds = 0;  ///< 0 = none
  int num_threads = 1;
  std::function<void(const SearchProgress&)> on_progress;  ///< called on rank 0, now and then; may be empty
};

/// The answer. Everything but `telemetry` is the same for every number of ranks and threads and every
/// backend, unless a time limit stopped the search.
struct SearchResult {
  std::optional<Solution> best;  ///< nothing: no node satisfies the constraint
  bool proved_optimal = false;   ///< for kRedact: false, nothing was searched
  double lower_bound = 0;        ///< no node has a smaller loss
  double gap = 0;                ///< (loss - lower_bound) / loss; 0 when the loss is 0

  struct Telemetry {
    double seconds = 0;
    std::uint64_t nodes_visited = 0;
    int threads = 1;
    int ranks = 1;
  } telemetry;
};

/// *Collective.* Searches `problem` for one node, which the strategy must be about; every rank returns the
/// same answer. Order on answers: loss (compared at a resolution of 1e-12, below which sums in another order
/// differ), then height, then node index.
SearchResult search(const Problem& problem, const SearchOptions& options, Communicator& communicator);

/// Evaluates one node by plain grouping: the figures of a Solution whatever the suppression limit.
Solution evaluate_node(const Problem& problem, const LossModel& loss, KAnonymity model, const Node& levels);

}  // namespace throng
