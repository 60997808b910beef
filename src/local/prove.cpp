// Proves in stages: sets of few columns first, then larger ones.
#include "local/prove.hpp"

#include <algorithm>
#include <map>
#include <vector>

#include "local/bound.hpp"

namespace throng::local {

namespace {

constexpr int kRounds = 16;  // without a time limit
constexpr std::uint64_t kWork = 150'000'000;
constexpr int kMostRounds = 200;
constexpr double kShare = 0.7;           // of the time limit: after it the bound is not improved
constexpr double kWholeNodes = 1 << 14;  // of a lattice walked as one
constexpr double kFirstNodes = 1 << 6;   // of a set of columns, in the first stage with a time limit
constexpr double kPartNodes = 1 << 11;   // in the only stage without one
constexpr double kStageFactor = 8;

/// Prices to begin with on fewer columns: per tuple of `part` the greatest cost its records have in those
/// columns.
std::vector<Cost> costs_within(const Recoding& recoding, const CellSpace& part) {
  const CellSpace& space = recoding.space();
  std::vector<std::size_t> axes(part.num_axes());  // of the part in the whole
  for (std::size_t a = 0; a < axes.size(); ++a)
    while (space.axis(axes[a]).qi != part.axis(a).qi) ++axes[a];
  std::map<std::vector<Code>, Cost> by_leaves;
  std::vector<Code> leaves(axes.size());
  for (Tuple t = 0; t < space.num_tuples(); ++t) {
    for (std::size_t a = 0; a < axes.size(); ++a) leaves[a] = space.leaf(t, axes[a]);
    Cost& most = by_leaves[leaves];
    for (const Piece& piece : recoding.pieces(t)) {
      Cost cost = piece.id == kSuppressedClass ? part.suppressed_cost() : 0;
      for (std::size_t a = 0; piece.id != kSuppressedClass && a < axes.size(); ++a)
        cost += space.axis(axes[a]).cost[recoding.of(piece.id).cell[axes[a]]];
      most = std::max(most, cost);
    }
  }
  std::vector<Cost> costs;  // the map has the order of the part's tuples
  for (const auto& entry : by_leaves) costs.push_back(entry.second);
  return costs;
}

/// The bound from one partition of the columns; `end`: share of the time limit it may use.
class Stage {
 public:
  Stage(const Problem& problem, const LossModel& loss, const LocalOptions& options, const Recoding& start,
        const Clock& clock)
      : problem_(&problem), loss_(&loss), options_(&options), start_(&start), clock_(&clock) {}

  [[nodiscard]] Cost bound(const std::vector<std::vector<std::size_t>>& parts, double end) const {
    const double begin = clock_->share();
    BoundOptions bound{options_->model.k,
                       clock_->has_limit() ? kMostRounds : kRounds,
                       clock_->has_limit() ? ~std::uint64_t{0} : kWork,
                       {},
                       clock_->after(1)};
    Cost sum = 0;
    for (std::size_t i = 0; i < parts.size(); ++i) {
      const double done = static_cast<double>(i + 1) / static_cast<double>(parts.size());
      bound.is_late = clock_->after(begin + (end - begin) * done);
      if (parts.size() == 1) return lower_bound(start_->space(), shared_costs(*start_), bound);
      const CellSpace space(*problem_, *loss_, options_->levels, parts[i]);
      sum += lower_bound(space, costs_within(*start_, space), bound);
    }
    return sum;
  }

 private:
  const Problem* problem_;
  const LossModel* loss_;
  const LocalOptions* options_;
  const Recoding* start_;
  const Clock* clock_;
};

}  // namespace

Cost prove(const Problem& problem, const LossModel& loss, const LocalOptions& options, const Recoding& start,
           const Clock& clock, const std::function<void(Cost)>& on_proved) {
  const Stage stage(problem, loss, options, start, clock);
  const double all = num_nodes(problem, options.levels);
  Cost best = 0;
  double nodes = clock.has_limit() ? kFirstNodes : all <= kWholeNodes ? all : kPartNodes;
  for (;; nodes *= kStageFactor) {
    const bool is_last = !clock.has_limit() || nodes >= all;
    const double used = clock.share();
    // A stage may take as long as all that came before; the one that is the last is given the rest.
    const double end = is_last ? kShare : std::min(kShare, used + std::max(kShare / 10, used));
    best = std::max(best, stage.bound(small_parts(problem, options.levels, nodes), end));
    on_proved(best);
    if (is_last || clock.share() >= kShare) return best;
  }
}

}  // namespace throng::local
