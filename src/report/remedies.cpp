// Searches once more with other limits.
#include "remedies.hpp"

#include <algorithm>

namespace throng {

namespace {

/// Searches for comparison only are left out of larger lattices.
constexpr double kMostNodesBeside = 1e7;

bool is_searched(const Content& content) {
  return content.lattice().approximate_num_nodes() <= kMostNodesBeside;
}

/// One that proves, whatever the job's: "no node has a smaller loss" is said of the answer.
StrategyKind proving_strategy(std::string_view metric) {
  return serves(StrategyKind::kOptimal, metric) ? StrategyKind::kOptimal : StrategyKind::kFlash;
}

}  // namespace

std::optional<Solution> best_single_node(const Content& content, Count k, Count max_suppressed,
                                         Communicator& communicator) {
  if (!is_searched(content)) return std::nullopt;
  SearchOptions options = content.request.search;
  options.model.k = k;
  options.max_suppressed = max_suppressed;
  options.on_progress = {};
  options.time_limit_seconds = 0;
  options.strategy = proving_strategy(options.metric);
  return search(content.request.problem, options, communicator).best;
}

std::optional<Remedy> remedy_for(const Content& content, const Policy& policy, Communicator& communicator) {
  const Count rows = content.request.table.num_rows;
  if (!(policy.k || policy.min_retained) || !is_searched(content)) return std::nullopt;
  Remedy remedy{std::max(content.k, policy.k.value_or(0)), content.request.search.max_suppressed, {}, true};
  if (remedy.k > rows) return std::nullopt;
  remedy.max_suppressed = std::min(remedy.max_suppressed, rows);
  if (policy.min_retained) {
    const DecimalFraction& least = *policy.min_retained;
    const Count gone = rows * (least.denominator - least.numerator) / least.denominator;
    remedy.max_suppressed = std::min(remedy.max_suppressed, gone);
  }
  // On the command line 1 is the fraction.
  if (remedy.max_suppressed == 1) remedy.max_suppressed = 0;
  remedy.best = best_single_node(content, remedy.k, remedy.max_suppressed, communicator);
  if (remedy.best && policy.max_loss)
    remedy.keeps_loss = remedy.best->loss <= static_cast<double>(policy.max_loss->numerator) /
                                                 static_cast<double>(policy.max_loss->denominator);
  return remedy;
}

}  // namespace throng
