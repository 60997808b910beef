// Combinations of limited size, one by one: a depth-first walk over the quasi-identifiers that are kept.
//
// Idea: with the QIs in an order, a combination is reached from the one without its last QI. On the way the
// QIs in between are merged away one after the other (`*`), so every step is one linear refinement of the
// groups; the figures of a combination that is not extended need no refinement at all, only the runs of the
// last QI. Cost: O(items of the prefix) per combination. Tasks are the first three QIs kept, so that none
// takes long.
#include <algorithm>
#include <memory>

#include "enumerate.hpp"
#include "lattice/prefix_walker.hpp"
#include "watch.hpp"

namespace throng {

namespace {

constexpr std::uint8_t kKeep = 0;
constexpr std::uint8_t kStar = 1;

/// QIs of the tasks that are extended.
std::size_t largest_task(std::size_t max_size) { return std::min<std::size_t>(max_size, 3); }

/// The walk of one worker.
class SizeLimitedWalk {
 public:
  SizeLimitedWalk(const Problem& problem, const TransformPlan& plan, const AuditOptions& options,
                  const RiskStatistic& phi)
      : plan_(plan),
        phi_(phi),
        max_size_(options.max_size),
        k_index_(options.k_index()),
        num_records_(problem.num_records()),
        options_(options),
        walker_(plan, problem),
        reduction_(empty_reduction()) {}

  /// The combination of the QIs at the depths `kept`, ascending; as many as a task can have: and all that
  /// extend it.
  void walk(const std::vector<std::size_t>& kept) {
    std::vector<std::uint8_t> prefix(kept.back(), kStar);
    Combination base = 0;
    for (std::size_t i = 0; i + 1 < kept.size(); ++i) {
      prefix[kept[i]] = kKeep;
      base |= Combination{1} << plan_.order[kept[i]];
    }
    walker_.move_to(prefix);
    if (kept.size() == largest_task(max_size_)) return take(base, kept.size() - 1, max_size_);
    add(base | Combination{1} << plan_.order[kept.back()]);
  }

  void take_into(AuditState& found) {
    found.reduction.merge(reduction_);
    std::get<SafeList>(found.safe).merge(safe_);
    reduction_ = empty_reduction();
    safe_ = {};
  }

 private:
  /// `base` of `size` QIs and the QI at the current depth, and what extends both.
  void take(Combination base, std::size_t size, std::size_t max_size) {
    const std::size_t depth = walker_.depth();
    const Combination qi = base | Combination{1} << plan_.order[depth];
    add(qi);
    if (size + 1 == max_size || depth + 1 == plan_.order.size()) return;
    walker_.descend(kKeep);
    extend(qi, size + 1, max_size);
    walker_.ascend();
  }

  /// Every extension of `base` by QIs from the current depth on.
  void extend(Combination base, std::size_t size, std::size_t max_size) {
    const std::size_t depth = walker_.depth();
    while (true) {
      take(base, size, max_size);
      if (walker_.depth() + 1 == plan_.order.size()) break;
      walker_.descend(kStar);
    }
    while (walker_.depth() > depth) walker_.ascend();
  }

  [[nodiscard]] RiskReduction empty_reduction() const { return {plan_.order.size(), num_records_, options_}; }

  /// The figures of `qi`: what is kept so far and the QI at the current depth, all others `*`.
  void add(Combination qi) {
    RiskCounts risk;
    for (const Weight weight : walker_.singles()) risk += phi_(weight);
    for (const Run& run : walker_.runs().runs) risk += phi_(run.weight);
    reduction_.add(qi, risk);
    if (risk.at_risk(k_index_) == 0) safe_.mark(qi);
  }

  const TransformPlan& plan_;
  const RiskStatistic& phi_;
  std::size_t max_size_;
  std::size_t k_index_;
  Count num_records_;
  const AuditOptions& options_;
  PrefixWalker walker_;
  RiskReduction reduction_;
  SafeList safe_;
};

/// Appends `kept`, if it is not empty, and what extends it, in the order of a depth-first walk.
void append_tasks(std::vector<std::size_t>& kept, std::size_t num_qi, std::size_t max_size,
                  std::vector<std::vector<std::size_t>>& tasks) {
  if (!kept.empty()) tasks.push_back(kept);
  if (kept.size() == largest_task(max_size)) return;
  for (std::size_t next = kept.empty() ? 0 : kept.back() + 1; next < num_qi; ++next) {
    kept.push_back(next);
    append_tasks(kept, num_qi, max_size, tasks);
    kept.pop_back();
  }
}

}  // namespace

Enumeration enumerate_up_to_size(const Problem& problem, const AuditOptions& options,
                                 Communicator& communicator) {
  const TransformPlan plan = make_transform_plan(problem, keep_or_star(problem.lattice), 0);
  const RiskStatistic phi(options.thresholds);
  std::vector<std::size_t> kept;
  std::vector<std::vector<std::size_t>> tasks;
  append_tasks(kept, plan.order.size(), options.max_size, tasks);
  const AuditFacts facts = facts_of(problem, plan.order, tasks.size());
  std::vector<std::unique_ptr<SizeLimitedWalk>> walks(static_cast<std::size_t>(options.num_threads));
  for (auto& walk : walks) walk = std::make_unique<SizeLimitedWalk>(problem, plan, options, phi);
  const AuditWatch watch(options, communicator, tasks.size(),
                         num_combinations(plan.order.size(), options.max_size));
  const auto work = [&](std::uint64_t task, int worker) {
    walks[static_cast<std::size_t>(worker)]->walk(tasks[task]);
    watch.done(task, worker);
  };
  const auto take = [&] {
    AuditState found(facts, options);
    for (auto& walk : walks) walk->take_into(found);
    return found;
  };
  return do_tasks(facts, options, communicator, {work, take});
}

}  // namespace throng
