// Every combination: blocks of the lattice transform, shared among ranks and threads, reduced as they come.
#include <algorithm>
#include <memory>

#include "block_figures.hpp"
#include "enumerate.hpp"
#include "lattice/lattice_transform.hpp"
#include "watch.hpp"

namespace throng {

namespace {

class Exhaustive {
 public:
  Exhaustive(const Problem& problem, const AuditOptions& options, Communicator& communicator)
      : problem_(problem),
        options_(options),
        communicator_(communicator),
        phi_(options.thresholds),
        plan_(make_transform_plan(problem, keep_or_star(problem.lattice), max_block_axes(phi_))),
        blocks_{{plan_.order.begin(), plan_.order.end()}, plan_.block_axes},
        shape_(blocks_.tail()),
        facts_(facts_of(problem, plan_.order, plan_.num_blocks)),
        found_(std::in_place, facts_, options),
        target_(supported_simd_targets().back()) {
    if (!options.keeps_arrays) return;
    const std::size_t num_thresholds = options.thresholds.size();
    // One rank that keeps nothing outside its memory owns every entry.
    if (communicator.size() == 1 && options.pieces == nullptr)
      arrays_.emplace(blocks_, num_thresholds, 0, 1);
    else
      figures_.emplace(blocks_, num_thresholds, options.num_threads);
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
    if (arrays_)
      result.arrays = std::move(*arrays_).take();
    else if (figures_ && !result.is_stopped && options_.shard.count == 1)
      result.arrays = put_in_order(blocks_, options_.thresholds.size(), figures_->take(), result.found.pieces,
                                   options_.pieces, communicator_);
    if (options_.pieces != nullptr && !result.is_stopped)
      fail_together(communicator_, [&] {
        if (communicator_.is_root()) options_.pieces->keep_only(result.found.pieces);
      });
    return result;
  }

 private:
  AuditState take() {
    for (const RiskReduction& reduction : reductions_) found_->reduction.merge(reduction);
    reset_reductions();
    AuditState found = std::move(*found_);
    found_.emplace(facts_, options_);
    if (options_.pieces != nullptr)
      fail_together(communicator_, [&] {
        const std::vector<std::string> records = figures_->take();
        if (!records.empty()) found.pieces = {options_.pieces->keep(records)};
      });
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
    const Combination prefix = blocks_.prefix_mask(block);
    reductions_[worker].add_block(prefix, shape_, values);
    mark_safe(block, values);
    if (figures_) figures_->add(block, static_cast<int>(worker), values);
    for (std::size_t u = 0; arrays_ && u < values.size(); ++u)
      arrays_->set(prefix | shape_.mask[u], values[u].lanes.data());
  }

  void mark_safe(std::uint64_t block, std::span<const RiskCounts> values) {
    const std::size_t k_index = options_.k_index();
    auto& safe = std::get<SafeBits>(found_->safe);
    for (std::size_t u = 0; u < values.size(); ++u)
      if (values[u].at_risk(k_index) == 0) safe.mark(block * plan_.block_size() + u);
  }

  const Problem& problem_;
  const AuditOptions& options_;
  Communicator& communicator_;
  RiskStatistic phi_;
  TransformPlan plan_;
  BlockOrder blocks_;
  TailShape shape_;
  AuditFacts facts_;
  std::optional<AuditState> found_;  ///< since the last take(), but for what is in reductions_
  SimdTarget target_;
  std::vector<std::unique_ptr<LatticeTransform<RiskStatistic>>> transforms_;
  std::vector<RiskReduction> reductions_;
  std::optional<BlockFigures> figures_;  ///< of blocks done since the last take()
  std::optional<ArraySlice> arrays_;     ///< in their place where nobody else needs them
};

}  // namespace

Enumeration enumerate_all(const Problem& problem, const AuditOptions& options, Communicator& communicator) {
  return Exhaustive(problem, options, communicator).run();
}

}  // namespace throng
