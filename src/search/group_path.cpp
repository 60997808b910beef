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
  explicit StageMaker(const GroupRules& rules)
      : order_(rules.order),
        leaves_(leaf_counts(rules.problem.lattice)),
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
    const auto most = static_cast<std::size_t>(static_cast<double>(first.size()) / kTuplesRatio);
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
