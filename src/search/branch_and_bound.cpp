// The plan of branch and bound, the problems of the last QIs that bound it, and the search of the whole.
#include "search/branch_and_bound.hpp"

#include <algorithm>

#include "search/parallel_search.hpp"

namespace throng {

namespace {

/// One in so many QIs is among the last ones that are solved alone first: more bounds, but a longer way to
/// them (docs/performance.md).
constexpr std::size_t kLastQisShare = 2;

/// Time limits of the options and of the checkpointing, and its wish to stop.
StopRule stop_rule_of(const SearchOptions& options) {
  StopRule rule;
  double seconds = options.time_limit_seconds > 0 ? options.time_limit_seconds : 0;
  if (const Checkpointing* saving = options.checkpointing) {
    rule.must_stop = saving->must_stop;
    if (saving->stop_after_seconds > 0)
      seconds = seconds > 0 ? std::min(seconds, saving->stop_after_seconds) : saving->stop_after_seconds;
  }
  if (seconds > 0) rule.deadline = seconds_from_now(seconds);
  return rule;
}

/// Solves the problems of the last 1, 2, ... QIs, each with the bounds of the ones before: fills
/// plan.rest_terms, from what `state` knows on. Every rank does, so that they need not meet. False when it
/// had to stop; what was solved is in `state`.
bool bound_last_qis(WalkPlan& plan, const StopRule& rule, SearchState& state) {
  SearchOptions options = plan.task.options;
  options.on_progress = {};
  options.checkpointing = nullptr;
  options.shard = {};
  const auto alone = self_communicator();
  const SearchTask task{plan.task.problem, options, plan.task.loss, *alone};
  const std::size_t d = plan.num_depths();
  plan.rest_terms = state.rest_terms;
  for (std::size_t depth = state.solved_from - 1; depth > d - d / kLastQisShare; --depth) {
    plan.start_at(depth);
    const Finding last = ParallelSearch(task, plan, rule).run();
    if (last.is_stopped && plan.task.options.checkpointing != nullptr) return false;
    plan.rest_terms[depth] = task.loss.terms_of_loss(last.lower_bound);
    state.nodes_visited += last.nodes_visited;
    state.rest_terms = plan.rest_terms;
    state.solved_from = depth;
  }
  plan.start_at(0);
  return true;
}

}  // namespace

WalkPlan::WalkPlan(const SearchTask& search_task)
    : task(search_task),
      rules(task.problem, task.loss, task.options.model),
      stages(make_stages(rules)),
      rest_terms(rules.num_depths() + 1, 0),
      least(search_task),
      tail(first_of_tail(rules)) {
  start_at(0);
}

void WalkPlan::look_ahead() { lookaheads = make_lookaheads(rules, rest_terms); }

void WalkPlan::start_at(std::size_t depth) {
  first_depth = depth;
  for (Stage& stage : stages)
    if (depth < stage.end) stage.root = root_group(stage.suffixes, depth);
}

void Incumbent::offer(double loss) {
  double known = loss_.load(std::memory_order_relaxed);
  while (loss < known && !loss_.compare_exchange_weak(known, loss, std::memory_order_relaxed)) {
  }
}

void Incumbent::start(StopRule rule) {
  rule_ = std::move(rule);
  has_stopped_ = false;
}

bool Incumbent::must_stop() {
  if (has_stopped_.load(std::memory_order_relaxed)) return true;
  if (!rule_.holds()) return false;
  has_stopped_ = true;
  return true;
}

Finding search_branch_and_bound(const SearchTask& task) {
  WalkPlan plan(task);
  const StopRule rule = stop_rule_of(task.options);
  const Checkpointing* saving = task.options.checkpointing;
  SearchState state = saving == nullptr || saving->state.empty()
                          ? first_state(plan.rules.order)
                          : decode_search_state(saving->state, plan.rules.order, task.problem.lattice);
  const bool is_bounded = state.has_frontier || bound_last_qis(plan, rule, state);
  plan.rest_terms = state.rest_terms;
  if (is_bounded) plan.look_ahead();
  if (!is_all_true(task.communicator, is_bounded)) {
    save_state(task, state);
    Finding finding;
    finding.is_stopped = true;
    return finding;
  }
  return ParallelSearch(task, plan, rule).run(std::move(state));
}

}  // namespace throng
