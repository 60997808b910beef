// Cuts tables from the longest to the shortest.
#include "search/stages.hpp"

#include <algorithm>
#include <numeric>
#include <utility>

namespace throng {

namespace {

/// Shorter tables are not worth a stage.
constexpr std::size_t kLeastTuples = 16;

/// True when the cells of some level of QI j do not all cost the same: then each group must remember its
/// cost.
bool has_uneven_costs(const LossModel& loss, std::size_t j, const Hierarchy& hierarchy) {
  for (std::size_t l = 0; l < hierarchy.labels.size(); ++l) {
    const std::span<const std::uint32_t> costs = loss.cell_costs(j, static_cast<Level>(l));
    if (std::ranges::any_of(costs, [&](std::uint32_t cost) { return cost != costs[0]; })) return true;
  }
  return false;
}

DistinctTuples without_records(const DistinctTuples& tuples) {
  return {tuples.bits, tuples.word, tuples.shift, tuples.words_per_tuple, tuples.words, tuples.weights, {}};
}

/// The full table, and the tables cut from it.
class StageMaker {
 public:
  explicit StageMaker(const GroupRules& rules)
      : order_(rules.order),
        leaves_(leaf_counts(rules.problem.lattice)),
        tuples_(without_records(rules.problem.tuples)) {}

  std::vector<Stage> make();

 private:
  void add_stage(std::size_t end);
  void put_in_order(const std::vector<Suffix>& rank);
  void find_first_differences();
  void cut(std::size_t end);
  [[nodiscard]] std::vector<std::size_t> count_distinct() const;

  std::span<const std::size_t> order_;
  std::vector<Code> leaves_;
  DistinctTuples tuples_;                     ///< of the stage made last, in the order of their suffixes
  std::vector<std::size_t> first_different_;  ///< per tuple: first QI of the order unlike the tuple before
  std::vector<Stage> stages_;                 ///< from the longest to the shortest
};

void StageMaker::add_stage(std::size_t end) {
  stages_.push_back({end, make_suffix_table(tuples_, leaves_, order_.first(end)), tuples_.weights, {}});
}

/// Puts the tuples in the order of their suffixes, `rank`.
void StageMaker::put_in_order(const std::vector<Suffix>& rank) {
  std::vector<std::uint32_t> place(rank.size() + 1, 0);
  for (const Suffix suffix : rank) ++place[suffix + 1];
  std::partial_sum(place.begin(), place.end(), place.begin());
  const DistinctTuples from = tuples_;
  for (std::size_t t = 0; t < rank.size(); ++t) {
    const std::size_t r = place[rank[t]]++;
    const auto words = from.words.begin() + static_cast<std::ptrdiff_t>(t * from.words_per_tuple);
    std::copy_n(words, from.words_per_tuple,
                tuples_.words.begin() + static_cast<std::ptrdiff_t>(r * from.words_per_tuple));
    tuples_.weights[r] = from.weights[t];
  }
}

void StageMaker::find_first_differences() {
  first_different_.assign(tuples_.size(), 0);
  for (std::size_t r = 1; r < tuples_.size(); ++r) {
    std::size_t& i = first_different_[r];
    while (i < order_.size() && tuples_.code(r - 1, order_[i]) == tuples_.code(r, order_[i])) ++i;
  }
}

/// Makes one of each tuple and those after it that agree with it before `end`.
void StageMaker::cut(std::size_t end) {
  DistinctTuples shorter{tuples_.bits, tuples_.word, tuples_.shift, tuples_.words_per_tuple, {}, {}, {}};
  std::vector<std::size_t> first_different;
  for (std::size_t r = 0; r < tuples_.size(); ++r) {
    if (r > 0 && first_different_[r] >= end) {
      shorter.weights.back() += tuples_.weights[r];
      continue;
    }
    const auto words = tuples_.words.begin() + static_cast<std::ptrdiff_t>(r * tuples_.words_per_tuple);
    shorter.words.insert(shorter.words.end(), words,
                         words + static_cast<std::ptrdiff_t>(tuples_.words_per_tuple));
    shorter.weights.push_back(tuples_.weights[r]);
    first_different.push_back(first_different_[r]);
  }
  tuples_ = std::move(shorter);
  first_different_ = std::move(first_different);
}

/// How many tuples differ in the first m QIs of the order, per m.
std::vector<std::size_t> StageMaker::count_distinct() const {
  std::vector<std::size_t> distinct(order_.size() + 2, 0);
  for (std::size_t r = 1; r < first_different_.size(); ++r) ++distinct[first_different_[r] + 1];
  distinct[0] = 1;
  std::partial_sum(distinct.begin(), distinct.end(), distinct.begin());
  return distinct;
}

std::vector<Stage> StageMaker::make() {
  std::size_t end = order_.size();
  const bool is_whole = end == leaves_.size();  // else tuples may agree in all QIs of the order
  if (is_whole) add_stage(end);
  put_in_order(is_whole ? stages_.back().suffixes.root : make_suffix_table(tuples_, leaves_, order_).root);
  find_first_differences();
  if (!is_whole) {
    cut(end);
    add_stage(end);
  }
  const std::vector<std::size_t> distinct = count_distinct();
  for (;;) {
    const auto most = static_cast<std::size_t>(static_cast<double>(distinct[end]) / kTuplesRatio);
    while (end > 0 && distinct[end] > most) --end;
    if (end == 0 || distinct[end] < kLeastTuples) break;
    cut(end);
    add_stage(end);
  }
  std::reverse(stages_.begin(), stages_.end());
  return std::move(stages_);
}

}  // namespace

GroupRules::GroupRules(const Problem& the_problem, const LossModel& the_loss, KAnonymity the_model)
    : problem(the_problem), loss(the_loss), model(the_model), order(varied_domains_first(problem)) {
  for (std::size_t j = 0; j < order.size(); ++j)
    is_tagged.push_back(has_uneven_costs(loss, j, problem.lattice.axes[j].hierarchy));
}

std::vector<Level> GroupRules::heights(std::size_t begin, std::size_t end) const {
  std::vector<Level> heights;
  for (std::size_t i = begin; i < end; ++i) heights.push_back(hierarchy_at(i).height());
  return heights;
}

Stage full_stage(const GroupRules& rules) {
  const DistinctTuples& tuples = rules.problem.tuples;
  Stage stage{rules.num_depths(),
              make_suffix_table(tuples, leaf_counts(rules.problem.lattice), rules.order),
              tuples.weights,
              {}};
  stage.root = root_group(stage.suffixes, stage.weights);
  return stage;
}

std::vector<Stage> make_stages(const GroupRules& rules) { return StageMaker(rules).make(); }

}  // namespace throng
