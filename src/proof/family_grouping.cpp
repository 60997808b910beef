// Keys of the levels fixed, as long as they fit a table, then dense numbers for them.
#include "proof/family_grouping.hpp"

#include <numeric>

namespace throng {

namespace {

/// Keys are numbered anew before there are more than so many: their table should stay in the cache.
constexpr std::uint64_t kMostKeys = std::uint64_t{1} << 18;

}  // namespace

FamilyGrouping::FamilyGrouping(const ProofTask& task, const TailTable& table,
                               std::span<const std::size_t> branched, const CostFloors& floors)
    : task_(task), table_(table), branched_(branched), floors_(floors) {}

void FamilyGrouping::start() {
  tuples_.resize(table_.weights.size());
  std::iota(tuples_.begin(), tuples_.end(), 0U);
  keys_.assign(tuples_.size(), 0);
  num_keys_ = 1;
}

void FamilyGrouping::split(std::size_t branch, Level level) {
  const Hierarchy& hierarchy = task_.problem.lattice.axes[branched_[branch]].hierarchy;
  const std::uint64_t num_values = hierarchy.labels[level].size();
  if (num_keys_ > 1 && num_keys_ * num_values > kMostKeys) number_groups();
  const std::vector<Code>& leaves = table_.leaves[branch];
  const std::vector<Code>& value_of_leaf = hierarchy.value_of_leaf[level];
  for (std::size_t i = 0; i < tuples_.size(); ++i)
    keys_[i] = keys_[i] * num_values + value_of_leaf[leaves[tuples_[i]]];
  num_keys_ *= num_values;
}

/// Makes each key the number of its group; tuples of groups below k leave.
void FamilyGrouping::number_groups() {
  weight_of_key_.assign(num_keys_, 0);
  group_of_key_.resize(num_keys_);
  for (std::size_t i = 0; i < tuples_.size(); ++i) weight_of_key_[keys_[i]] += table_.weights[tuples_[i]];
  std::uint32_t num_groups = 0;
  for (std::size_t key = 0; key < num_keys_; ++key)
    if (task_.model.is_satisfied_by(weight_of_key_[key])) group_of_key_[key] = num_groups++;
  std::size_t num_tuples = 0;
  for (std::size_t i = 0; i < tuples_.size(); ++i) {
    if (!task_.model.is_satisfied_by(weight_of_key_[keys_[i]])) continue;
    keys_[num_tuples] = group_of_key_[keys_[i]];
    tuples_[num_tuples++] = tuples_[i];
  }
  tuples_.resize(num_tuples);
  keys_.resize(num_tuples);
  num_keys_ = num_groups;
}

/// Sorts the tuples by group, in which they stay in the order of their suffixes, and makes items of them.
void FamilyGrouping::add_items(const Family& family, TailGroups& groups) const {
  std::vector<std::uint32_t> end(num_keys_ + 1, 0);
  for (const std::uint64_t key : keys_) ++end[key + 1];
  std::partial_sum(end.begin(), end.end(), end.begin());
  std::vector<std::uint32_t> sorted(tuples_.size());
  for (std::size_t i = 0; i < tuples_.size(); ++i) sorted[end[keys_[i]]++] = tuples_[i];
  for (std::size_t group = 0, i = 0; group < num_keys_; ++group) {
    add_costs(family, sorted[i], groups);
    GroupWriter writer(groups);
    while (i < end[group]) {
      const std::uint32_t suffix = table_.suffix_of_tuple[sorted[i]];
      Weight weight = 0;
      for (; i < end[group] && table_.suffix_of_tuple[sorted[i]] == suffix; ++i)
        weight += table_.weights[sorted[i]];
      writer.add(suffix, weight, table_.first_leaf[suffix]);
    }
    writer.finish();
  }
}

/// Costs of a group that `tuple` is in.
void FamilyGrouping::add_costs(const Family& family, std::uint32_t tuple, TailGroups& groups) const {
  for (std::size_t i = 0; i < branched_.size(); ++i) {
    const std::size_t j = branched_[i];
    const Level level = family.levels[i];
    if (level == kFreeLevel || !floors_.is_uneven[j]) continue;
    const Code value = task_.problem.lattice.axes[j].hierarchy.value_of_leaf[level][table_.leaves[i][tuple]];
    groups.costs.push_back(task_.loss.cell_cost(j, level, value));
  }
}

void FamilyGrouping::make(const Family& family, TailGroups& groups) {
  start();
  std::size_t num_costs = 0;
  for (std::size_t i = 0; i < branched_.size(); ++i) {
    if (family.levels[i] == kFreeLevel) continue;
    split(i, family.levels[i]);
    if (floors_.is_uneven[branched_[i]]) ++num_costs;
  }
  number_groups();
  groups.clear(tuples_.size(), num_costs);
  add_items(family, groups);
}

}  // namespace throng
