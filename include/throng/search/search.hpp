// The search verb: the full-domain solution of least information loss, with its proof or its gap.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string_view>
#include <vector>

#include "throng/core/checkpointing.hpp"
#include "throng/core/communicator.hpp"
#include "throng/core/types.hpp"
#include "throng/lattice/problem.hpp"
#include "throng/loss/loss_metric.hpp"
#include "throng/privacy/k_anonymity.hpp"

namespace throng {

enum class StrategyKind {
  kOptimal,        ///< branch and bound over the refinement tree, proved
  kExhaustive,     ///< every node evaluated on its own: slow and simple, the reference inside the project
  kFlash,          ///< paths and bisection with predictive tagging (Kohlmayer 2012), proved
  kOla,            ///< bisection of sublattices (El Emam 2009), proved when nothing may be suppressed
  kIncognito,      ///< subsets of quasi-identifiers, a priori (LeFevre 2005), proved
  kSamarati,       ///< bisection of heights (Samarati 2001), least height rather than least loss
  kDatafly,        ///< generalize the quasi-identifier with the most values (Sweeney 2002), a heuristic
  kTopDown,        ///< greedy specialization from the top (Fung 2005), a heuristic
  kRedact,         ///< drop the records below k, generalize nothing: the published practice
  kLocal,          ///< each record its own node; not a search of one node: see recode_locally()
  kSuppressCells,  ///< the same with every cell original or `*`
};

/// False for kLocal and kSuppressCells, which recode_locally() serves and search() does not.
bool is_of_one_node(StrategyKind kind);

/// "optimal", "exhaustive", ...; the names used in job files.
const char* to_string(StrategyKind kind);
std::optional<StrategyKind> parse_strategy(std::string_view text);
std::vector<std::string_view> strategy_names();

/// True when `strategy` can search for the least loss of a metric. `optimal` cannot bound metrics that are no
/// sum over cells; all others serve every metric.
bool serves(StrategyKind strategy, std::string_view metric);
/// Errors: usage_error when `strategy` does not serve `metric`, naming those that do; or when a geometric
/// mean is asked of a metric that has no loss per QI.
void check_served(StrategyKind strategy, std::string_view metric, Aggregate aggregate);

/// A solution at one node of the lattice.
struct Solution {
  Node levels;  ///< per QI, file order
  double loss = 1;
  std::vector<double> loss_per_qi;  ///< file order; empty for a metric that is no sum over cells
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
  const Checkpointing* checkpointing = nullptr;            ///< only of kOptimal
  Shard shard;  ///< only of kOptimal: the best of this share of the nodes, or one better, and proved so
};

/// The answer. Everything but `telemetry` is the same for every number of ranks and threads and every
/// backend, unless a time limit stopped the search.
struct SearchResult {
  std::optional<Solution> best;  ///< nothing: no node satisfies the constraint
  bool proved_optimal = false;   ///< for kRedact: false, nothing was searched; heuristics never prove
  double lower_bound = 0;        ///< no node has a smaller loss
  double gap = 0;                ///< (loss - lower_bound) / loss; 0 when the loss is 0
  bool is_stopped = false;       ///< by the checkpointing or the time limit: saved, the answer is not final
  std::uint64_t division = 0;    ///< of shards: only those of one division hold all nodes together

  struct Telemetry {
    double seconds = 0;
    std::uint64_t nodes_visited = 0;
    int threads = 1;
    int ranks = 1;
  } telemetry;
};

/// *Collective.* Searches `problem` for one node, which the strategy must be about (is_of_one_node()); every
/// rank returns the same answer. Errors: as check_served(); usage_error for an unknown metric and for a
/// lattice larger than the strategy can hold. Order on answers: loss (compared at a resolution of 1e-12,
/// below which sums in another order differ), then height, then node index.
SearchResult search(const Problem& problem, const SearchOptions& options, Communicator& communicator);

/// Evaluates one node by plain grouping: the figures of a Solution whatever the suppression limit.
Solution evaluate_node(const Problem& problem, const LossModel& loss, KAnonymity model, const Node& levels);

}  // namespace throng
