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
  add_stage(end);
  put_in_order(stages_.back().suffixes.root);
  find_first_differences();
  if (end < leaves_.size()) {  // tuples may agree in all QIs of the order
    stages_.clear();
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

void PrefixGroups::clear_totals() {
  tags.clear();
  totals.kept = 0;
  totals.tagged_costs.assign(tags_per_group, 0);
}

void PrefixGroups::add_to_totals(Count weight) {
  totals.kept += weight;
  const std::uint32_t* of_group = tags.data() + tags.size() - tags_per_group;
  for (std::size_t t = 0; t < tags_per_group; ++t) totals.tagged_costs[t] += weight * of_group[t];
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
    merge(shared);
    prefixes_[shared + 1].is_counted = prefixes_[shared + 1].is_merged = false;
    path_.push_back(path[shared]);
  }
  count(depth);
  return prefixes_[depth];
}

const Groups& GroupPath::groups_at(std::size_t depth) {
  merge(depth);
  return depth == first_depth_ ? stage_.root : prefixes_[depth].groups;
}

/// Calls append(groups, their runs) for every group of `depth` that k or more records are in, and sets tags
/// and totals when that was not done before.
template <typename Append>
void GroupPath::for_each_kept(std::size_t depth, const Append& append) {
  const PrefixGroups& from = prefixes_[depth - 1];
  PrefixGroups& to = prefixes_[depth];
  const Groups& groups = depth - 1 == first_depth_ ? stage_.root : from.groups;
  const std::size_t j = rules_.order[depth - 1];
  const Level level = path_[depth - 1];
  const bool is_new = !to.is_counted;
  if (is_new) to.clear_totals();
  for (std::size_t g = 0; g < groups.size(); ++g) {
    for_each_value(from.runs.of_group(g), rules_.hierarchy_at(depth - 1).value_of_leaf[level],
                   [&](std::span<const Run> runs, Code value, Count weight) {
                     if (!rules_.model.is_satisfied_by(weight)) return;
                     append(groups, runs);
                     if (!is_new) return;
                     const std::uint32_t* tags = from.tags.data() + g * from.tags_per_group;
                     to.tags.insert(to.tags.end(), tags, tags + from.tags_per_group);
                     if (rules_.is_tagged[j]) to.tags.push_back(rules_.loss.cell_cost(j, level, value));
                     to.add_to_totals(weight);
                   });
  }
  to.is_counted = true;
}

/// Counts the prefix of `depth` on the path, whose parent is merged.
void GroupPath::count(std::size_t depth) {
  PrefixGroups& to = prefixes_[depth];
  if (to.is_counted) return;
  if (depth == first_depth_) return merge(depth);
  to.runs.clear();
  for_each_kept(depth, [&](const Groups& groups, std::span<const Run> runs) {
    counter_.append(groups, runs, stage_.suffixes.depths[depth - 1], stage_.suffixes.depths[depth], to.runs);
  });
}

/// Merges the prefix of `depth` on the path, whose parent is merged.
void GroupPath::merge(std::size_t depth) {
  PrefixGroups& to = prefixes_[depth];
  if (to.is_merged) return;
  if (depth > first_depth_) {
    to.groups.clear();
    for_each_kept(depth, [&](const Groups& groups, std::span<const Run> runs) {
      merger_.append(groups, runs, stage_.suffixes.depths[depth - 1], to.groups);
    });
  }
  find_runs(depth == first_depth_ ? stage_.root : to.groups, stage_.suffixes.depths[depth], to.runs);
  to.is_counted = to.is_merged = true;
}

}  // namespace throng
