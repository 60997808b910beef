// Every combination: blocks of the lattice transform, shared among ranks and threads, reduced as they come.
#include <algorithm>
#include <bit>
#include <functional>
#include <memory>

#include "enumerate.hpp"
#include "lattice/lattice_transform.hpp"
#include "throng/core/gather.hpp"
#include "watch.hpp"

namespace throng {

namespace {

TailShape shape_of(const TransformPlan& plan) {
  TailShape shape;
  const std::size_t d = plan.order.size();
  for (std::size_t u = 0; u < plan.block_size(); ++u) {
    Combination mask = 0;
    for (unsigned bit = 0; bit < plan.block_axes; ++bit)
      if ((u >> bit & 1) == 0) mask |= Combination{1} << plan.order[d - 1 - bit];
    shape.mask.push_back(mask);
    shape.size.push_back(static_cast<std::uint8_t>(std::popcount(mask)));
  }
  return shape;
}

class Exhaustive {
 public:
  Exhaustive(const Problem& problem, const AuditOptions& options, Communicator& communicator)
      : problem_(problem),
        options_(options),
        communicator_(communicator),
        phi_(options.thresholds),
        plan_(make_transform_plan(problem, keep_or_star(problem.lattice), max_block_axes(phi_))),
        shape_(shape_of(plan_)),
        facts_(facts_of(problem, plan_.order, plan_.num_blocks)),
        found_(std::in_place, facts_, options),
        target_(supported_simd_targets().back()) {
    if (options.keeps_arrays) make_arrays();
  }

  Enumeration run() {
    transforms_.resize(static_cast<std::size_t>(options_.num_threads));
    reset_reductions();
    const AuditWatch watch(options_, communicator_, plan_.num_blocks,
                           num_combinations(plan_.order.size(), 0));
    const auto work = [&](std::uint64_t block, int worker) {
      visit(block, static_cast<std::size_t>(worker));
      watch.done(block, worker);
    };
    Enumeration result = do_tasks(facts_, options_, communicator_, {work, [&] { return take(); }});
    if (options_.keeps_arrays) merge_arrays();
    result.arrays = std::move(arrays_);
    return result;
  }

 private:
  AuditState take() {
    for (const RiskReduction& reduction : reductions_) found_->reduction.merge(reduction);
    reset_reductions();
    AuditState found = std::move(*found_);
    found_.emplace(facts_, options_);
    return found;
  }

  void reset_reductions() {
    reductions_.clear();
    for (int worker = 0; worker < options_.num_threads; ++worker)
      reductions_.emplace_back(plan_.order.size(), problem_.num_records(), options_);
  }

  void visit(std::uint64_t block, std::size_t worker) {
    auto& transform = transforms_[worker];
    if (!transform)
      transform = std::make_unique<LatticeTransform<RiskStatistic>>(problem_, plan_, phi_, target_);
    const std::span<const RiskCounts> values = transform->compute(block);
    const Combination prefix = prefix_mask(block);
    reductions_[worker].add_block(prefix, shape_, values);
    mark_safe(block, values);
    if (arrays_) store(prefix, values);
  }

  [[nodiscard]] Combination prefix_mask(std::uint64_t block) const {
    Combination mask = 0;
    const auto prefix = plan_.prefix_of(block);
    for (std::size_t i = 0; i < prefix.size(); ++i)
      if (prefix[i] == 0) mask |= Combination{1} << plan_.order[i];
    return mask;
  }

  void mark_safe(std::uint64_t block, std::span<const RiskCounts> values) {
    const std::size_t k_index = options_.k_index();
    auto& safe = std::get<SafeBits>(found_->safe);
    for (std::size_t u = 0; u < values.size(); ++u)
      if (values[u].at_risk(k_index) == 0) safe.mark(block * plan_.block_size() + u);
  }

  void make_arrays() {
    const std::size_t size = std::size_t{1} << plan_.order.size();
    arrays_.emplace();
    arrays_->classes.resize(size);
    arrays_->at_risk.assign(options_.thresholds.size(), std::vector<std::uint32_t>(size));
  }

  void store(Combination prefix, std::span<const RiskCounts> values) {
    for (std::size_t u = 0; u < values.size(); ++u) {
      const Combination qi = prefix | shape_.mask[u];
      arrays_->classes[qi] = values[u].lanes[0];
      for (std::size_t t = 0; t < arrays_->at_risk.size(); ++t)
        arrays_->at_risk[t][qi] = values[u].lanes[1 + t];
    }
  }

  /// Every entry was stored by one rank and is 0 on the others.
  void merge_arrays() {
    combine_over_ranks(communicator_, arrays_->classes, std::plus<>());
    for (auto& array : arrays_->at_risk) combine_over_ranks(communicator_, array, std::plus<>());
  }

  const Problem& problem_;
  const AuditOptions& options_;
  Communicator& communicator_;
  RiskStatistic phi_;
  TransformPlan plan_;
  TailShape shape_;
  AuditFacts facts_;
  std::optional<AuditState> found_;  ///< since the last take(), but for what is in reductions_
  SimdTarget target_;
  std::vector<std::unique_ptr<LatticeTransform<RiskStatistic>>> transforms_;
  std::vector<RiskReduction> reductions_;
  std::optional<AuditArrays> arrays_;
};

}  // namespace

Enumeration enumerate_all(const Problem& problem, const AuditOptions& options, Communicator& communicator) {
  return Exhaustive(problem, options, communicator).run();
}

}  // namespace throng
