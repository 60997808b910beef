// The audit verb's work: enumerate, then draw the figures from the reductions.
#include "throng/audit/audit.hpp"

#include <algorithm>
#include <bit>
#include <chrono>
#include <string>

#include "block_figures.hpp"
#include "enumerate.hpp"
#include "throng/core/check.hpp"
#include "throng/core/error.hpp"

namespace throng {

std::size_t AuditOptions::k_index() const {
  const auto found = std::ranges::find(thresholds, k);
  THRONG_CHECK(found != thresholds.end());
  return static_cast<std::size_t>(found - thresholds.begin());
}

double num_combinations(std::size_t num_qi, std::size_t max_size) {
  double total = 0;
  double choices = 1;
  for (std::size_t size = 1; size <= (max_size == 0 ? num_qi : std::min(max_size, num_qi)); ++size) {
    choices = choices * static_cast<double>(num_qi - size + 1) / static_cast<double>(size);
    total += choices;
  }
  return total;
}

AuditResult audit(const Problem& problem, const AuditOptions& options, Communicator& communicator) {
  const std::size_t d = problem.lattice.num_axes();
  THRONG_CHECK(d > 0 && options.thresholds.size() <= kMaxAuditThresholds);
  THRONG_CHECK(options.pieces == nullptr || options.keeps_arrays);
  THRONG_CHECK(!options.keeps_arrays || options.pieces != nullptr ||
               (options.checkpointing == nullptr && options.shard.count == 1));
  const bool is_limited = options.max_size > 0 && options.max_size < d;
  if (!is_limited && d > kMaxExhaustiveQi)
    throw usage_error("2^" + std::to_string(d) + " combinations of " + std::to_string(d) +
                          " quasi-identifiers are too many to visit each",
                      "limit their size, as in --max-size 6, or choose at most " +
                          std::to_string(kMaxExhaustiveQi) + " with --qi");
  const auto start = std::chrono::steady_clock::now();
  Enumeration found = is_limited ? enumerate_up_to_size(problem, options, communicator)
                                 : enumerate_all(problem, options, communicator);
  AuditResult result;
  result.is_stopped = found.is_stopped;
  if (options.shard.count > 1 && !found.is_stopped) result.shard_state = encode_audit_state(found.found);
  if (options.shard.count == 1 && !found.is_stopped) found.found.finish(options, result);
  result.arrays = std::move(found.arrays);
  const std::chrono::duration<double> elapsed = std::chrono::steady_clock::now() - start;
  result.seconds = elapsed.count();
  return result;
}

namespace {

/// The blocks of the walk that gave `facts`.
BlockOrder blocks_of(const AuditFacts& facts) {
  const std::size_t d = facts.order.size();
  const auto prefix_axes = static_cast<unsigned>(std::countr_zero(facts.num_tasks));
  if (!std::has_single_bit(facts.num_tasks) || prefix_axes > d)
    throw data_error("a shard is not one of an audit of every combination", "run the shard again");
  return {facts.order, static_cast<unsigned>(d) - prefix_axes};
}

}  // namespace

AuditResult merge_audit(const std::vector<std::string>& states, const AuditOptions& options,
                        Communicator& communicator) {
  THRONG_CHECK(!states.empty());
  AuditState all = decode_audit_state(states[0], options);
  for (std::size_t i = 0; i < states.size(); ++i) {
    const AuditState state = decode_audit_state(states[i], options);
    if (state.open.size() != 0 || !(state.facts == all.facts))
      throw data_error("a shard is not one of this audit, or not done", "run the shard again");
    if (i > 0) all.merge(state);
  }
  AuditResult result;
  all.finish(options, result);
  if (options.keeps_arrays)
    result.arrays = put_in_order(blocks_of(all.facts), options.thresholds.size(), {}, all.pieces,
                                 options.pieces, communicator);
  return result;
}

}  // namespace throng
