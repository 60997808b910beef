// Steps along a path.
#include "search/group_path.hpp"

#include <algorithm>

namespace throng {

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

/// Calls append(groups, their runs) for every group of `depth` that k or more records are in, and sets tags
/// and totals when that was not done before.
template <typename Append>
void GroupPath::for_each_kept(std::size_t depth, const Append& append) {
  const PrefixGroups& from = prefixes_[depth - 1];
  PrefixGroups& to = prefixes_[depth];
  const Groups& groups = groups_at(depth - 1);
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
  find_runs(groups_at(depth), stage_.suffixes.depths[depth], to.runs);
  to.is_counted = to.is_merged = true;
}

}  // namespace throng
