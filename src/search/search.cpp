// The search verb: picks the strategy, then makes the full answer from the node it found.
#include "throng/search/search.hpp"

#include <algorithm>
#include <chrono>

#include "search/strategies.hpp"
#include "throng/core/check.hpp"
#include "throng/core/error.hpp"

namespace throng {

namespace {

struct NamedStrategy {
  StrategyKind kind;
  const char* name;
  Finding (*search)(const SearchTask&);
};

constexpr NamedStrategy kStrategies[] = {
    {StrategyKind::kOptimal, "optimal", search_branch_and_bound},
    {StrategyKind::kExhaustive, "exhaustive", search_exhaustive},
    {StrategyKind::kFlash, "flash", search_flash},
    {StrategyKind::kOla, "ola", search_ola},
    {StrategyKind::kIncognito, "incognito", search_incognito},
    {StrategyKind::kSamarati, "samarati", search_samarati},
    {StrategyKind::kDatafly, "datafly", search_datafly},
    {StrategyKind::kTopDown, "top_down", search_top_down},
    {StrategyKind::kRedact, "redact", search_redact},
    {StrategyKind::kLocal, "local", nullptr},
    {StrategyKind::kSuppressCells, "suppress-cells", nullptr},
};

const NamedStrategy& named(StrategyKind kind) {
  const auto* found = std::find_if(std::begin(kStrategies), std::end(kStrategies),
                                   [kind](const NamedStrategy& strategy) { return strategy.kind == kind; });
  THRONG_CHECK(found != std::end(kStrategies));
  return *found;
}

}  // namespace

bool is_of_one_node(StrategyKind kind) { return named(kind).search != nullptr; }

const char* to_string(StrategyKind kind) { return named(kind).name; }

std::optional<StrategyKind> parse_strategy(std::string_view text) {
  for (const NamedStrategy& strategy : kStrategies) {
    if (text == strategy.name) return strategy.kind;
  }
  return std::nullopt;
}

std::vector<std::string_view> strategy_names() {
  std::vector<std::string_view> names;
  for (const NamedStrategy& strategy : kStrategies) names.emplace_back(strategy.name);
  return names;
}

bool serves(StrategyKind strategy, std::string_view metric) {
  // Local recoding counts from the original data, which must cost nothing: entropy counts from another zero.
  if (!is_of_one_node(strategy)) return metric == "loss" || metric == "precision";
  return strategy != StrategyKind::kOptimal || is_sum_over_cells(metric);
}

void check_served(StrategyKind strategy, std::string_view metric, Aggregate aggregate) {
  if (!serves(strategy, metric)) {
    std::string others;
    for (const NamedStrategy& other : kStrategies)
      if (serves(other.kind, metric)) others += (others.empty() ? "" : ", ") + std::string(other.name);
    throw usage_error("strategy \"" + std::string(to_string(strategy)) + "\" cannot search for the least \"" +
                          std::string(metric) + "\"",
                      "use one of: " + others);
  }
  if (aggregate == Aggregate::kGeometric && !is_sum_over_cells(metric))
    throw usage_error("metric \"" + std::string(metric) + "\" has no loss per quasi-identifier to average",
                      "leave out aggregate = \"geometric\"");
}

SearchResult search(const Problem& problem, const SearchOptions& options, Communicator& communicator) {
  THRONG_CHECK_LIGHT(is_of_one_node(options.strategy));
  const bool is_saved_or_shared = options.checkpointing != nullptr || options.shard.count != 1;
  THRONG_CHECK_LIGHT(!is_saved_or_shared || options.strategy == StrategyKind::kOptimal);
  const auto start = std::chrono::steady_clock::now();
  std::unique_ptr<LossMetric> metric = make_loss_metric(options.metric);
  if (!metric) throw usage_error("unknown loss metric '" + std::string(options.metric) + "'", "use \"loss\"");
  check_served(options.strategy, options.metric, options.aggregate);
  const LossModel loss(problem, std::move(metric), options.aggregate);
  const Finding finding = named(options.strategy).search({problem, options, loss, communicator});

  SearchResult result;
  result.proved_optimal = finding.is_proved;
  result.is_stopped = options.checkpointing != nullptr && finding.is_stopped;
  result.lower_bound = finding.lower_bound;
  result.division = finding.division;
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
