// Starts a recoding by cutting the records in two again and again: in a large lattice that beats a greedy
// start, which sees only part of it.
//
// A region is cut in the column that saves most per bit of information spent: the fall of the column's own
// cost over the entropy of the two halves. So columns are resolved where it costs least of the one thing that
// is short, records per class. Of a column with many leaves the cut nearest to the median is taken. A region
// that no cut leaves with k records on both sides is a class. Invariant: every region has at least k records.
// Cost: O(n' d) per cut and its region. After K. LeFevre, D. DeWitt, R. Ramakrishnan, Mondrian
// Multidimensional K-Anonymity, ICDE 2006 (cuts), and J. R. Quinlan, Induction of Decision Trees, 1986 (gain
// ratio).
#include <algorithm>
#include <cmath>
#include <optional>
#include <span>

#include "local/start.hpp"

namespace throng::local {

namespace {

using Region = std::span<Tuple>;

/// Leaves from `low` to `high` of one axis.
struct Leaves {
  Code low = ~Code{0};
  Code high = 0;

  void add(Code leaf) {
    low = std::min(low, leaf);
    high = std::max(high, leaf);
  }
};

struct Cut {
  std::size_t axis = 0;
  Code last = 0;  ///< last leaf of the lower half
  double score = 0;
};

/// The cheapest allowed value above all the leaves.
std::optional<Value> covering_value(const CellAxis& axis, Leaves leaves) {
  for (const std::vector<Value>& at : axis.at)
    if (at[leaves.low] == at[leaves.high]) return at[leaves.low];
  return std::nullopt;
}

double bits(double records) { return records > 0 ? records * std::log2(records) : 0; }

/// Records per leaf of one axis, in one region.
struct Histogram {
  Leaves leaves;
  std::vector<Count> records;  ///< from leaves.low on
  Count all = 0;

  [[nodiscard]] Count of(Code leaf) const { return records[leaf - leaves.low]; }
};

/// The two halves of a histogram.
struct Halves {
  Leaves lower, upper;
  Count lower_records = 0;
  Count smaller_records = 0;
};

class Cutter {
 public:
  explicit Cutter(Recoding& recoding) : recoding_(recoding), space_(recoding.space()) {}

  void run();

 private:
  void count(Region region, std::size_t a);
  [[nodiscard]] Halves halves() const;
  [[nodiscard]] std::optional<Cut> cut_of(Region region, std::size_t a);
  [[nodiscard]] std::optional<Cut> best_cut(Region region);
  void open(Region region);
  [[nodiscard]] double cost(std::size_t a, Leaves leaves) const {
    const std::optional<Value> value = covering_value(space_.axis(a), leaves);
    return static_cast<double>(value ? space_.axis(a).cost[*value] : kFullCost);
  }

  Recoding& recoding_;
  const CellSpace& space_;
  Histogram histogram_;
};

void Cutter::count(Region region, std::size_t a) {
  histogram_.leaves = {};
  histogram_.all = 0;
  for (const Tuple t : region) histogram_.leaves.add(space_.leaf(t, a));
  histogram_.records.assign(histogram_.leaves.high - histogram_.leaves.low + 1, 0);
  for (const Tuple t : region) {
    histogram_.records[space_.leaf(t, a) - histogram_.leaves.low] += space_.weight(t);
    histogram_.all += space_.weight(t);
  }
}

/// The cut that halves the records best.
Halves Cutter::halves() const {
  const Leaves all = histogram_.leaves;
  Halves best;
  Leaves lower;
  Count below = 0;
  for (Code leaf = all.low; leaf < all.high; ++leaf) {
    if (histogram_.of(leaf) == 0) continue;
    lower.add(leaf);
    below += histogram_.of(leaf);
    const Count smaller = std::min(below, histogram_.all - below);
    if (smaller > best.smaller_records) best = {lower, {}, below, smaller};
  }
  for (Code leaf = all.high; leaf > best.lower.high; --leaf)
    if (histogram_.of(leaf) > 0) best.upper.add(leaf);
  return best;
}

std::optional<Cut> Cutter::cut_of(Region region, std::size_t a) {
  count(region, a);
  if (histogram_.leaves.low == histogram_.leaves.high) return std::nullopt;
  const Halves half = halves();
  if (half.smaller_records < recoding_.k()) return std::nullopt;
  const auto all = static_cast<double>(histogram_.all);
  const auto lower = static_cast<double>(half.lower_records);
  const double saved =
      all * cost(a, histogram_.leaves) - lower * cost(a, half.lower) - (all - lower) * cost(a, half.upper);
  return Cut{a, half.lower.high, saved / (bits(all) - bits(lower) - bits(all - lower))};
}

std::optional<Cut> Cutter::best_cut(Region region) {
  std::optional<Cut> best;
  for (std::size_t a = 0; a < space_.num_axes(); ++a) {
    const std::optional<Cut> cut = cut_of(region, a);
    if (cut && (!best || cut->score > best->score)) best = cut;
  }
  return best;
}

/// Makes the region a class of the cheapest cell that covers it, if there is one.
void Cutter::open(Region region) {
  Cell cell;
  for (std::size_t a = 0; a < space_.num_axes(); ++a) {
    Leaves leaves;
    for (const Tuple t : region) leaves.add(space_.leaf(t, a));
    const std::optional<Value> value = covering_value(space_.axis(a), leaves);
    if (!value) return;
    cell.push_back(*value);
  }
  const ClassId known = recoding_.find(cell);
  const ClassId id = known == kSuppressedClass ? recoding_.open(cell) : known;
  std::ranges::sort(region);
  std::vector<Transfer> transfers;
  for (const Tuple t : region) transfers.push_back({t, kSuppressedClass, id, space_.weight(t)});
  recoding_.apply(transfers);
}

void Cutter::run() {
  std::vector<Tuple> tuples(space_.num_tuples());
  for (Tuple t = 0; t < space_.num_tuples(); ++t) tuples[t] = t;
  std::vector<Region> regions{tuples};
  while (!regions.empty()) {
    const Region region = regions.back();
    regions.pop_back();
    const std::optional<Cut> cut = best_cut(region);
    if (!cut) {
      open(region);
      continue;
    }
    const auto middle = std::partition(region.begin(), region.end(),
                                       [&](Tuple t) { return space_.leaf(t, cut->axis) <= cut->last; });
    const auto half = static_cast<std::size_t>(middle - region.begin());
    regions.push_back(region.subspan(half));
    regions.push_back(region.first(half));
  }
}

}  // namespace

void start_from_cuts(Recoding& recoding) {
  const CellSpace& space = recoding.space();
  if (space.num_records() < recoding.k()) return;
  Cutter(recoding).run();
  for (Tuple t = 0; t < space.num_tuples(); ++t) recoding.settle(t);
}

}  // namespace throng::local
