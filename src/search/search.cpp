// The search verb: picks the strategy, then makes the full answer from the node it found.
#include "throng/search/search.hpp"

#include <algorithm>
#include <chrono>

#include "search/strategies.hpp"
#include "throng/core/check.hpp"
#include "throng/core/error.hpp"

namespace throng {

namespace {

constexpr StrategyKind kKinds[] = {StrategyKind::kOptimal, StrategyKind::kExhaustive, StrategyKind::kRedact,
                                   StrategyKind::kLocal, StrategyKind::kSuppressCells};

Finding run_strategy(const SearchTask& task) {
  switch (task.options.strategy) {
    case StrategyKind::kExhaustive:
      return search_exhaustive(task);
    case StrategyKind::kRedact:
      return search_redact(task);
    case StrategyKind::kLocal:
    case StrategyKind::kSuppressCells:
      THRONG_CHECK_LIGHT(!"a strategy of one node");
      break;
    case StrategyKind::kOptimal:
      break;
  }
  return search_branch_and_bound(task);
}

}  // namespace

const char* to_string(StrategyKind kind) {
  switch (kind) {
    case StrategyKind::kExhaustive:
      return "exhaustive";
    case StrategyKind::kRedact:
      return "redact";
    case StrategyKind::kLocal:
      return "local";
    case StrategyKind::kSuppressCells:
      return "suppress-cells";
    case StrategyKind::kOptimal:
      break;
  }
  return "optimal";
}

std::optional<StrategyKind> parse_strategy(std::string_view text) {
  for (const StrategyKind kind : kKinds) {
    if (text == to_string(kind)) return kind;
  }
  return std::nullopt;
}

std::vector<std::string_view> strategy_names() {
  std::vector<std::string_view> names;
  for (const StrategyKind kind : kKinds) names.emplace_back(to_string(kind));
  return names;
}

SearchResult search(const Problem& problem, const SearchOptions& options, Communicator& communicator) {
  const auto start = std::chrono::steady_clock::now();
  const std::unique_ptr<LossMetric> metric = make_loss_metric(options.metric);
  if (!metric) throw usage_error("unknown loss metric '" + std::string(options.metric) + "'", "use \"loss\"");
  const LossModel loss(problem.lattice, *metric, options.aggregate, problem.num_records());
  const Finding finding = run_strategy({problem, options, loss, communicator});

  SearchResult result;
  result.proved_optimal = finding.is_proved;
  result.lower_bound = finding.lower_bound;
  if (finding.best.exists()) {
    result.best = evaluate_node(problem, loss, options.model, finding.best.levels);
    // The walk and the plain grouping must agree to the last bit: both make the loss from the same integers.
    THRONG_CHECK_LIGHT(result.best->loss == finding.best.loss);
    THRONG_CHECK_LIGHT(result.best->suppressed <= options.max_suppressed);
    result.lower_bound = std::min(finding.lower_bound, result.best->loss);
    if (result.best->loss > 0) result.gap = (result.best->loss - result.lower_bound) / result.best->loss;
  }
  result.telemetry.nodes_visited = finding.nodes_visited;
  result.telemetry.threads = options.num_threads;
  result.telemetry.ranks = communicator.size();
  result.telemetry.seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
  return result;
}

}  // namespace throng
