// Steps along a path, and the lengths of the stages.
#include "search/group_path.hpp"

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
    for (Code g = 1; g < hierarchy.labels[l].size(); ++g) {
      const auto level = static_cast<Level>(l);
      if (loss.cell_cost(j, level, g) != loss.cell_cost(j, level, 0)) return true;
    }
  }
  return false;
}

/// Number of the first QI in which each tuple differs from the one before, in the order of the suffixes.
std::vector<std::size_t> first_differences(const DistinctTuples& tuples,
                                           const std::vector<std::uint32_t>& sorted,
                                           std::span<const std::size_t> order) {
  std::vector<std::size_t> first(sorted.size(), 0);
  for (std::size_t r = 1; r < sorted.size(); ++r)
    while (tuples.code(sorted[r - 1], order[first[r]]) == tuples.code(sorted[r], order[first[r]])) ++first[r];
  return first;
}

DistinctTuples without_records(const DistinctTuples& tuples) {
  return {tuples.bits, tuples.word, tuples.shift, tuples.words_per_tuple, tuples.words, tuples.weights, {}};
}

/// The full table, and the tables cut from it.
class StageMaker {
 public:
  StageMaker(const GroupRules& rules, double tuples_ratio)
      : order_(rules.order),
        leaves_(leaf_counts(rules.problem.lattice)),
        tuples_ratio_(tuples_ratio),
        tuples_(without_records(rules.problem.tuples)) {
    if (order_.size() < leaves_.size()) leave_out_others();
  }

  std::vector<Stage> make();

 private:
  void add_stage(std::size_t end);
  void leave_out_others();
  void cut(const std::vector<std::size_t>& first_difference, std::size_t end);
  void put_together(const std::vector<std::uint32_t>& sorted, const std::vector<bool>& is_new);
  [[nodiscard]] std::vector<std::uint32_t> sorted() const;

  std::span<const std::size_t> order_;
  std::vector<Code> leaves_;
  double tuples_ratio_;
  DistinctTuples tuples_;      ///< of the stage made last
  std::vector<Stage> stages_;  ///< from the longest to the shortest
};

void StageMaker::add_stage(std::size_t end) {
  stages_.push_back({end, make_suffix_table(tuples_, leaves_, order_.first(end)), tuples_.weights, {}});
}

/// The tuples of the last stage in the order of their suffixes.
std::vector<std::uint32_t> StageMaker::sorted() const {
  const std::vector<Suffix>& rank = stages_.back().suffixes.root;
  std::vector<std::uint32_t> by_rank(rank.size());
  for (std::size_t t = 0; t < rank.size(); ++t) by_rank[rank[t]] = static_cast<std::uint32_t>(t);
  return by_rank;
}

/// Puts the tuples together that agree in all QIs of the order.
void StageMaker::leave_out_others() {
  const std::vector<Suffix> rank = make_suffix_table(tuples_, leaves_, order_).root;
  std::vector<std::uint32_t> by_rank(rank.size());
  std::iota(by_rank.begin(), by_rank.end(), 0U);
  std::stable_sort(by_rank.begin(), by_rank.end(),
                   [&](std::uint32_t a, std::uint32_t b) { return rank[a] < rank[b]; });
  std::vector<bool> is_new(rank.size(), true);
  for (std::size_t r = 1; r < rank.size(); ++r) is_new[r] = rank[by_rank[r]] != rank[by_rank[r - 1]];
  put_together(by_rank, is_new);
}

/// Puts the tuples together that agree before `end`.
void StageMaker::cut(const std::vector<std::size_t>& first_difference, std::size_t end) {
  std::vector<bool> is_new(first_difference.size(), true);
  for (std::size_t r = 1; r < is_new.size(); ++r) is_new[r] = first_difference[r] < end;
  put_together(sorted(), is_new);
}

/// Makes one of each new tuple and the ones after it that are not new.
void StageMaker::put_together(const std::vector<std::uint32_t>& sorted, const std::vector<bool>& is_new) {
  DistinctTuples shorter{tuples_.bits, tuples_.word, tuples_.shift, tuples_.words_per_tuple, {}, {}, {}};
  for (std::size_t r = 0; r < sorted.size(); ++r) {
    const std::uint32_t tuple = sorted[r];
    if (!is_new[r]) {
      shorter.weights.back() += tuples_.weights[tuple];
      continue;
    }
    const auto words = tuples_.words.begin() + static_cast<std::ptrdiff_t>(tuple * tuples_.words_per_tuple);
    shorter.words.insert(shorter.words.end(), words,
                         words + static_cast<std::ptrdiff_t>(tuples_.words_per_tuple));
    shorter.weights.push_back(tuples_.weights[tuple]);
  }
  tuples_ = std::move(shorter);
}

std::vector<Stage> StageMaker::make() {
  std::size_t end = order_.size();
  add_stage(end);
  for (;;) {
    const std::vector<std::size_t> first = first_differences(tuples_, sorted(), order_);
    std::vector<std::size_t> distinct(end + 1, 1);  // per number of QIs
    for (std::size_t r = 1; r < first.size(); ++r) ++distinct[first[r] + 1];
    for (std::size_t m = 1; m <= end; ++m) distinct[m] += distinct[m - 1] - (m == 1 ? 0 : 1);
    const auto most = static_cast<std::size_t>(static_cast<double>(first.size()) / tuples_ratio_);
    while (end > 0 && distinct[end] > most) --end;
    if (end == 0 || distinct[end] < kLeastTuples) break;
    cut(first, end);
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

std::vector<Stage> make_stages(const GroupRules& rules, double tuples_ratio) {
  return StageMaker(rules, tuples_ratio).make();
}

GroupPath::GroupPath(const GroupRules& rules, const Stage& stage, std::size_t first_depth)
    : rules_(rules), stage_(stage), first_depth_(first_depth), prefixes_(stage.end) {
  std::size_t tags = 0;
  for (std::size_t i = first_depth; i < stage.end; ++i) {
    // A prefix never has more items than there are tuples, and no more than groups times suffixes.
    if (i > first_depth) prefixes_[i].groups = Groups(stage.root.num_items());
    prefixes_[i].tags_per_group = tags;
    if (rules.is_tagged[rules.order[i]]) ++tags;
  }
  if (first_depth < stage.end) prefixes_[first_depth].totals.kept = stage.root.weight(0);
  path_.assign(first_depth, 0);
}

const PrefixGroups& GroupPath::at(std::span<const Level> path, std::size_t depth) {
  std::size_t shared = first_depth_;
  while (shared < std::min(depth, path_.size()) && path_[shared] == path[shared]) ++shared;
  // What lies deeper stays valid only while nothing above it changed; simplest is to forget it.
  path_.resize(shared);
  for (; shared < depth; ++shared) {
    require_runs(shared);
    refine(shared, path[shared]);
    path_.push_back(path[shared]);
  }
  require_runs(depth);
  return prefixes_[depth];
}

void GroupPath::require_runs(std::size_t depth) {
  if (prefixes_[depth].has_runs) return;
  find_runs(groups_at(depth), stage_.suffixes.depths[depth], prefixes_[depth].runs);
  prefixes_[depth].has_runs = true;
}

/// Makes the state of the next depth: the QI of `depth` decided at `level`, groups below k gone.
void GroupPath::refine(std::size_t depth, Level level) {
  const PrefixGroups& from = prefixes_[depth];
  PrefixGroups& to = prefixes_[depth + 1];
  const Groups& groups = groups_at(depth);
  const std::size_t j = rules_.order[depth];
  to.groups.clear();
  to.tags.clear();
  to.has_runs = false;
  to.totals.kept = 0;
  to.totals.tagged_costs.assign(to.tags_per_group, 0);
  for (std::size_t g = 0; g < groups.size(); ++g) {
    const auto tags = from.tags.begin() + static_cast<std::ptrdiff_t>(g * from.tags_per_group);
    for_each_value(from.runs.of_group(g), rules_.hierarchy_at(depth).value_of_leaf[level],
                   [&](std::span<const Run> runs, Code value, Count weight) {
                     if (!rules_.model.is_satisfied_by(weight)) return;
                     merger_.append(groups, runs, stage_.suffixes.depths[depth], to.groups);
                     to.tags.insert(to.tags.end(), tags,
                                    tags + static_cast<std::ptrdiff_t>(from.tags_per_group));
                     if (rules_.is_tagged[j]) to.tags.push_back(rules_.loss.cell_cost(j, level, value));
                     add_group(to, weight);
                   });
  }
}

/// Adds the group just appended to the totals.
void GroupPath::add_group(PrefixGroups& to, Count weight) {
  to.totals.kept += weight;
  const std::uint32_t* tags = to.tags.data() + to.tags.size() - to.tags_per_group;
  for (std::size_t t = 0; t < to.tags_per_group; ++t) to.totals.tagged_costs[t] += weight * tags[t];
}

}  // namespace throng
