// Combinations of limited size, one by one: a depth-first walk over the quasi-identifiers that are kept.
//
// Idea: with the QIs in an order, a combination is reached from the one without its last QI. On the way the
// QIs in between are merged away one after the other (`*`), so every step is one linear refinement of the
// groups; the figures of a combination that is not extended need no refinement at all, only the runs of the
// last QI. Cost: O(items of the prefix) per combination. Tasks are the first two QIs kept.
#include <memory>

#include "enumerate.hpp"
#include "lattice/prefix_walker.hpp"
#include "throng/core/tickets.hpp"
#include "watch.hpp"

namespace throng {

namespace {

constexpr std::uint8_t kKeep = 0;
constexpr std::uint8_t kStar = 1;

/// The walk of one worker.
class SizeLimitedWalk {
 public:
  SizeLimitedWalk(const Problem& problem, const TransformPlan& plan, const AuditOptions& options,
                  const RiskStatistic& phi)
      : plan_(plan),
        phi_(phi),
        max_size_(options.max_size),
        k_index_(options.k_index()),
        walker_(plan, problem),
        reduction_(plan.order.size(), problem.num_records(), options) {}

  /// The combination of the QIs at depths `first` and `second` and all that extend it; of `first` alone when
  /// both are equal.
  void walk(std::size_t first, std::size_t second) {
    std::vector<std::uint8_t> prefix(second, kStar);
    Combination qi = Combination{1} << plan_.order[first];
    if (first != second) {
      prefix[first] = kKeep;
      walker_.move_to(prefix);
      return take(qi, 1, max_size_);
    }
    walker_.move_to(prefix);
    add(qi);
  }

  [[nodiscard]] RiskReduction& reduction() { return reduction_; }
  [[nodiscard]] SafeList& safe() { return safe_; }

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
  PrefixWalker walker_;
  RiskReduction reduction_;
  SafeList safe_;
};

/// Pairs of depths (first <= second), the second the slowest to change last.
std::vector<std::pair<std::size_t, std::size_t>> make_tasks(std::size_t num_qi, std::size_t max_size) {
  std::vector<std::pair<std::size_t, std::size_t>> tasks;
  for (std::size_t first = 0; first < num_qi; ++first)
    for (std::size_t second = first; second < (max_size == 1 ? first + 1 : num_qi); ++second)
      tasks.emplace_back(first, second);
  return tasks;
}

}  // namespace

Enumeration enumerate_up_to_size(const Problem& problem, const AuditOptions& options,
                                 Communicator& communicator) {
  const TransformPlan plan = make_transform_plan(problem, keep_or_star(problem.lattice), 0);
  const RiskStatistic phi(options.thresholds);
  const std::size_t d = plan.order.size();
  const auto tasks = make_tasks(d, options.max_size);
  std::vector<std::unique_ptr<SizeLimitedWalk>> walks(static_cast<std::size_t>(options.num_threads));
  for (auto& walk : walks) walk = std::make_unique<SizeLimitedWalk>(problem, plan, options, phi);
  const AuditWatch watch(options, communicator, tasks.size(), num_combinations(d, options.max_size));
  share_work(
      communicator, options.num_threads, tasks.size(),
      [&](std::size_t i, int worker) {
        walks[static_cast<std::size_t>(worker)]->walk(tasks[i].first, tasks[i].second);
        watch.done(i, worker);
      },
      [] {});
  for (std::size_t w = 1; w < walks.size(); ++w) {
    walks[0]->reduction().merge(walks[w]->reduction());
    walks[0]->safe().merge(walks[w]->safe());
  }
  walks[0]->reduction().merge_ranks(communicator);
  walks[0]->safe().merge_ranks(communicator);
  return {std::move(walks[0]->reduction()),
          walks[0]->safe().minimal_unsafe(d, options.max_size, options.max_minimal_unsafe), std::nullopt};
}

}  // namespace throng
