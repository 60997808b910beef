// Dissolves the classes around a random tuple and opens others greedily, prices disturbed.
//
// G. Schrimpf et al., Record Breaking Optimization Results Using the Ruin and Recreate Principle, Journal of
// Computational Physics 159 (2000).
#include "local/ruin.hpp"

#include <algorithm>

#include "local/greedy.hpp"
#include "throng/core/hash.hpp"

namespace throng::local {

namespace {

constexpr std::uint64_t kMinRuined = 2;  // classes
constexpr std::uint64_t kMaxRuined = 20;
constexpr Cost kPercent = 200;  // coarse steps of the price: a round is short

/// Classes around tuple t: those with records below a random cell above it, grown axis by axis until there
/// are enough of them.
class Neighbourhood {
 public:
  explicit Neighbourhood(const Recoding& recoding) : recoding_(&recoding) {}

  std::vector<ClassId> around(Tuple t, std::uint64_t random) {
    const CellSpace& space = recoding_->space();
    const std::uint64_t size = kMinRuined + scale_to(mix(random), kMaxRuined - kMinRuined + 1);
    Cell cell;
    for (std::size_t a = 0; a < space.num_axes(); ++a) cell.push_back(space.chain(t, a).front());
    std::vector<ClassId> ids;
    for (std::uint64_t step = 0; ids.size() < size; ++step) {
      if (!grow(cell, t, hash_at(random, step))) break;
      space.members(cell, members_);
      ids = classes(size);
    }
    return ids;
  }

 private:
  bool grow(Cell& cell, Tuple t, std::uint64_t random) const {
    const CellSpace& space = recoding_->space();
    const auto first = static_cast<std::size_t>(scale_to(random, cell.size()));
    for (std::size_t i = 0; i < cell.size(); ++i) {
      const std::size_t a = (first + i) % cell.size();
      const auto& chain = space.chain(t, a);
      const auto at = std::ranges::find(chain, cell[a]);
      if (at + 1 == chain.end()) continue;
      cell[a] = *(at + 1);
      return true;
    }
    return false;
  }

  std::vector<ClassId> classes(std::size_t limit) const {
    std::vector<ClassId> ids;
    members_.for_each([&](Tuple t) {
      for (const Piece& piece : recoding_->pieces(t))
        if (recoding_->of(piece.id).cost > 0 && piece.id != kSuppressedClass) ids.push_back(piece.id);
    });
    std::ranges::sort(ids);
    ids.erase(std::unique(ids.begin(), ids.end()), ids.end());
    if (ids.size() > limit) {
      const std::size_t skip = ids.size() / 2 > limit / 2 ? ids.size() / 2 - limit / 2 : 0;
      ids.erase(ids.begin(), ids.begin() + static_cast<std::ptrdiff_t>(skip));
      ids.resize(std::min(ids.size(), limit));
    }
    return ids;
  }

  const Recoding* recoding_;
  TupleSet members_;
};

void dissolve(Recoding& recoding, const std::vector<ClassId>& ids) {
  std::vector<Transfer> transfers;
  for (const ClassId id : ids)
    for (const Tuple t : recoding.of(id).tuples)
      transfers.push_back({t, id, kSuppressedClass, recoding.count(t, id)});
  recoding.apply(transfers);
}

}  // namespace

std::uint64_t ruin_and_recreate(Recoding& recoding, const RuinOptions& options) {
  GreedyOptions greedy;
  greedy.percent = kPercent;
  greedy.branches = options.branches;
  Neighbourhood neighbourhood(recoding);
  greedy.is_over = [] { return false; };
  std::uint64_t round = 0;
  for (; round < options.rounds && !options.is_over(); ++round) {
    const std::uint64_t random = hash_at(options.seed, round);
    const auto t = static_cast<Tuple>(scale_to(random, recoding.space().num_tuples()));
    const Cost cost = recoding.total();
    const std::vector<ClassId> ids = neighbourhood.around(t, random);
    std::vector<Tuple> ruined;
    for (const ClassId id : ids)
      ruined.insert(ruined.end(), recoding.of(id).tuples.begin(), recoding.of(id).tuples.end());
    recoding.remember();
    dissolve(recoding, ids);
    greedy.seed = mix(random ^ 1) | 1;
    open_greedily(recoding, greedy);
    for (const Tuple u : ruined) recoding.settle(u);
    if (recoding.total() >= cost) recoding.undo();
    if (options.on_round) options.on_round(round + 1);
  }
  return round;
}

}  // namespace throng::local
