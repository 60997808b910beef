// Bounds of nodes from their coarser neighbours, and counts where these do not suffice.
#include "proof/family_closer.hpp"

#include <algorithm>
#include <numeric>
#include <utility>

namespace throng {

namespace {

/// To look at so many groups in turn takes as long as to look up one of an item.
constexpr std::size_t kGroupsPerItem = 4;

}  // namespace

FamilyCloser::FamilyCloser(const ProofTask& task, const Certificate& certificate, const CostBounds& bounds,
                           TailNodes& nodes)
    : task_(task),
      certificate_(certificate),
      bounds_(bounds),
      nodes_(nodes),
      maker_(nodes),
      claimed_terms_(task.loss.terms_of_loss(certificate.loss - kProofResolution)),
      terms_per_node_(certificate.tail.size() + 1),
      least_terms_(certificate.tail.size()),
      terms_(nodes.size() * terms_per_node_),
      suppressed_(nodes.size()),
      witness_(nodes.size()),
      costs_(certificate.branched.size()) {
  for (std::size_t i = 0; i < certificate.tail.size(); ++i)
    for (unsigned level = 0; level <= nodes.height(i); ++level)
      least_terms_[i].push_back(task.loss.term(
          certificate.tail[i], task.loss.column_cost(certificate.tail[i], static_cast<Level>(level))));
}

bool FamilyCloser::closes(const Family& family) {
  start(family);
  if (family.least_raised > free_.size()) return true;  // it is empty
  group_patterns();
  if (witness_ < nodes_.size() && is_open(witness_)) return false;
  for (std::size_t node = nodes_.size(); node-- > 0;) {
    if (node == witness_) continue;  // what it tells is there already
    infer(node);
    if (is_closed(node)) continue;
    raise_by_suppressed(node);
    if (is_closed(node)) continue;
    if (!is_open(node)) continue;
    witness_ = node;
    return false;
  }
  return true;
}

void FamilyCloser::start(const Family& family) {
  family_ = family;
  free_.clear();
  for (std::size_t b = 0; b < family.levels.size(); ++b)
    if (family.levels[b] == kFreeLevel) free_.push_back(b);
}

/// Patterns that agree in what the family fixes become one group.
void FamilyCloser::group_patterns() {
  groups_.start(nodes_.num_patterns());
  uneven_.clear();
  for (std::size_t b = 0; b < family_.levels.size(); ++b) {
    const Level level = family_.levels[b];
    if (level == kFreeLevel) continue;
    const std::size_t j = certificate_.branched[b];
    groups_.part(groups_,
                 column_at(task_.problem.lattice.axes[j].hierarchy, level, nodes_.pattern_leaves(b)));
    if (bounds_.is_uneven[j]) uneven_.push_back(b);
  }
  records_of_group_.assign(groups_.count, 0);
  group_costs_.resize(groups_.count * uneven_.size());
  for (std::size_t u = 0; u < uneven_.size(); ++u) {
    const std::size_t j = certificate_.branched[uneven_[u]];
    const Level level = family_.levels[uneven_[u]];
    const std::vector<Code>& value_of_leaf = task_.problem.lattice.axes[j].hierarchy.value_of_leaf[level];
    for (std::size_t p = 0; p < nodes_.num_patterns(); ++p)
      group_costs_[groups_.ids[p] * uneven_.size() + u] =
          task_.loss.cell_cost(j, level, value_of_leaf[nodes_.pattern_leaves(uneven_[u])[p]]);
  }
}

bool FamilyCloser::is_open(std::size_t node) {
  count_records(node);
  return !is_closed(node);
}

bool FamilyCloser::is_closed(std::size_t node) {
  if (suppressed_[node] > task_.max_suppressed) return true;
  const std::span<const double> terms = terms_of(node);
  return std::accumulate(terms.begin(), terms.end(), 0.0) >= claimed_terms_;
}

/// What the coarser neighbours say.
void FamilyCloser::infer(std::size_t node) {
  const std::span<double> terms = terms_of(node);
  for (std::size_t i = 0; i < least_terms_.size(); ++i) terms[i] = least_terms_[i][nodes_.level(node, i)];
  terms.back() = 0;
  suppressed_[node] = 0;
  for (std::size_t i = 0; i < least_terms_.size(); ++i) {
    if (nodes_.level(node, i) == nodes_.height(i)) continue;
    const std::size_t coarser = node + nodes_.stride(i);
    const std::span<const double> theirs = terms_of(coarser);
    const double own = terms[i];  // the only QI that may cost less here
    for (std::size_t x = 0; x < terms.size(); ++x) terms[x] = std::max(terms[x], theirs[x]);
    terms[i] = own;
    suppressed_[node] = std::max(suppressed_[node], suppressed_[coarser]);
  }
}

/// What so many suppressed records cost at least.
void FamilyCloser::raise_by_suppressed(std::size_t node) {
  const Count suppressed = suppressed_[node];
  const std::span<double> terms = terms_of(node);
  for (std::size_t i = 0; i < least_terms_.size(); ++i) {
    const std::size_t j = certificate_.tail[i];
    const Level level = nodes_.level(node, i);
    const std::uint64_t cost =
        task_.loss.column_cost(j, level) + suppressed * (task_.loss.full_cost(j) - bounds_.most[j][level]);
    terms[i] = std::max(terms[i], task_.loss.term(j, cost));
  }
  set_branched_costs(suppressed);
  terms.back() = std::max(terms.back(), branched_terms(suppressed));
}

/// What the records say.
void FamilyCloser::count_records(std::size_t node) {
  const TailNode& records = nodes_.at(node, maker_);
  lost_costs_.assign(records.uneven.size(), 0);
  kept_costs_.assign(uneven_.size(), 0);
  const Count lost = uneven_.empty() ? count_lost<false>(records) : count_lost<true>(records);
  set_terms(node, records, lost);
}

/// Records of the node's classes that are in groups below k; their costs at the uneven QIs of the tail.
template <bool kHasUneven>
Count FamilyCloser::count_lost(const TailNode& records) {
  const unsigned shift = nodes_.pattern_shift();
  const TailNode::Item mask = (TailNode::Item{1} << shift) - 1;
  const std::uint32_t* const group_of_pattern = groups_.ids.data();
  std::uint32_t* const counts = records_of_group_.data();
  const std::uint32_t* costs = records.costs.data();
  const TailNode::Item* item = records.items.data();
  Count all_lost = 0;
  for (const std::uint32_t end_of_class : records.class_ends) {
    const TailNode::Item* const first = item;
    const TailNode::Item* const end = records.items.data() + end_of_class;
    for (; item != end; ++item) counts[group_of_pattern[*item >> shift]] += *item & mask;
    const auto take = [&](std::uint32_t group) -> Count {
      const std::uint32_t in_group = std::exchange(counts[group], 0);
      const bool is_kept = task_.model.is_satisfied_by(in_group);
      if constexpr (kHasUneven)
        for (std::size_t u = 0; u < uneven_.size() && is_kept; ++u)
          kept_costs_[u] += std::uint64_t{in_group} * group_costs_[group * uneven_.size() + u];
      return is_kept ? 0 : in_group;
    };
    Count lost = 0;
    if (groups_.count < kGroupsPerItem * static_cast<std::size_t>(end - first)) {
      for (std::uint32_t group = 0; group < groups_.count; ++group) lost += take(group);
    } else {
      for (item = first; item != end; ++item) lost += take(group_of_pattern[*item >> shift]);
    }
    item = end;
    all_lost += lost;
    for (std::uint64_t& cost : lost_costs_) cost += lost * *costs++;
  }
  return all_lost;
}

void FamilyCloser::set_terms(std::size_t node, const TailNode& records, Count lost) {
  const Count kept = records.records - lost;
  const Count suppressed = task_.problem.num_records() - kept;
  suppressed_[node] = suppressed;
  const std::span<double> terms = terms_of(node);
  std::size_t u = 0;
  for (std::size_t i = 0; i < least_terms_.size(); ++i) {
    const std::size_t j = certificate_.tail[i];
    const bool is_uneven = u < records.uneven.size() && records.uneven[u] == i;
    const std::uint64_t lost_cost =
        is_uneven ? lost_costs_[u++] : lost * task_.loss.cell_cost(j, nodes_.level(node, i), 0);
    terms[i] = task_.loss.term(j, records.all_costs[i] - lost_cost + suppressed * task_.loss.full_cost(j));
  }
  set_branched_costs(suppressed);
  for (std::size_t x = 0; x < uneven_.size(); ++x)
    costs_[uneven_[x]] =
        kept_costs_[x] + suppressed * task_.loss.full_cost(certificate_.branched[uneven_[x]]);
  terms.back() = branched_terms(suppressed);
}

/// The least that the branched QIs cost when so many records are suppressed.
void FamilyCloser::set_branched_costs(Count suppressed) {
  const Count kept = task_.problem.num_records() - suppressed;
  for (std::size_t b = 0; b < costs_.size(); ++b) {
    const std::size_t j = certificate_.branched[b];
    const std::uint64_t full = task_.loss.full_cost(j);
    const Level level = family_.levels[b];
    costs_[b] = level == kFreeLevel
                    ? kept * bounds_.any[j] + suppressed * full
                    : task_.loss.column_cost(j, level) + suppressed * (full - bounds_.most[j][level]);
  }
}

/// Terms of the branched QIs, and what those of the free ones that are raised add: those that add least.
double FamilyCloser::branched_terms(Count suppressed) const {
  double sum = 0;
  for (std::size_t b = 0; b < costs_.size(); ++b) sum += task_.loss.term(certificate_.branched[b], costs_[b]);
  if (family_.least_raised == 0) return sum;
  const Count kept = task_.problem.num_records() - suppressed;
  std::vector<double> rises;
  for (const std::size_t b : free_) {
    const std::size_t j = certificate_.branched[b];
    const std::uint64_t raised = costs_[b] + kept * (bounds_.raised[j] - bounds_.any[j]);
    rises.push_back(task_.loss.term(j, raised) - task_.loss.term(j, costs_[b]));
  }
  std::sort(rises.begin(), rises.end());
  return std::accumulate(rises.begin(), rises.begin() + family_.least_raised, sum);
}

}  // namespace throng
