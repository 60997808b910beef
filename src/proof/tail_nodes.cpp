// Classes of distinct tails, then the tuples of each class merged by pattern.
#include "proof/tail_nodes.hpp"

#include <algorithm>
#include <bit>
#include <numeric>
#include <tuple>
#include <utility>

#include "proof/claim.hpp"
#include "throng/core/check.hpp"

namespace throng {

namespace {

const Hierarchy& hierarchy_of(const ProofTask& task, std::size_t j) {
  return task.problem.lattice.axes[j].hierarchy;
}

/// Numbers the tuples by their leaves of some QIs, which come with them: per QI and tuple.
std::vector<std::vector<Code>> number_tuples(const ProofTask& task, const std::vector<std::size_t>& axes,
                                             Numbering& numbering) {
  numbering.start(task.problem.tuples.size());
  std::vector<std::vector<Code>> leaves(axes.size());
  for (std::size_t i = 0; i < axes.size(); ++i) {
    task.problem.tuples.read_codes(axes[i], leaves[i]);
    numbering.part(numbering, column_at(hierarchy_of(task, axes[i]), 0, leaves[i]));
  }
  return leaves;
}

std::size_t bytes_of(const TailNode& node) {
  return node.items.size() * sizeof(TailNode::Item) +
         (node.class_ends.size() + node.costs.size()) * sizeof(std::uint32_t) + sizeof(TailNode);
}

}  // namespace

TailNodes::TailNodes(const ProofTask& task, const Certificate& certificate, std::size_t most_bytes)
    : task_(task),
      certificate_(certificate),
      heights_(heights_of(task, certificate.tail)),
      strides_(heights_.size()),
      most_bytes_(most_bytes) {
  number_nodes();
  sort_by_tail(number_patterns());
  made_ = std::make_unique<std::atomic<const TailNode*>[]>(num_nodes_);
}

void TailNodes::number_nodes() {
  for (std::size_t i = heights_.size(); i-- > 0;) {
    strides_[i] = num_nodes_;
    num_nodes_ *= heights_[i] + std::size_t{1};
  }
  for (std::size_t node = 0; node < num_nodes_; ++node)
    for (std::size_t i = 0; i < heights_.size(); ++i)
      levels_.push_back(static_cast<Level>(node / strides_[i] % (heights_[i] + std::size_t{1})));
}

TailNodes::~TailNodes() {
  for (std::size_t node = 0; node < num_nodes_; ++node) delete made_[node].load();
}

/// Numbers the distinct choices of the branched QIs' leaves.
Numbering TailNodes::number_patterns() {
  Numbering patterns;
  const std::vector<std::vector<Code>> leaves = number_tuples(task_, certificate_.branched, patterns);
  num_patterns_ = patterns.count;
  pattern_leaves_.assign(leaves.size(), std::vector<Code>(num_patterns_));
  for (std::size_t b = 0; b < leaves.size(); ++b)
    for (std::size_t t = 0; t < leaves[b].size(); ++t) pattern_leaves_[b][patterns.ids[t]] = leaves[b][t];
  THRONG_CHECK_LIGHT(num_patterns_ <= std::uint32_t{1} << 31);  // one bit at least counts records
  shift_ = std::min(static_cast<unsigned>(std::countl_zero(num_patterns_ - 1)), 31U);
  return patterns;
}

/// Puts tuples of the same tail together.
void TailNodes::sort_by_tail(const Numbering& patterns) {
  const DistinctTuples& tuples = task_.problem.tuples;
  Numbering tails;
  const std::vector<std::vector<Code>> leaves = number_tuples(task_, certificate_.tail, tails);
  tail_leaves_.assign(leaves.size(), std::vector<Code>(tails.count));
  records_of_tail_.assign(tails.count, 0);
  std::vector<std::uint32_t> order(tuples.size());
  std::iota(order.begin(), order.end(), 0U);
  std::sort(order.begin(), order.end(), [&](std::uint32_t a, std::uint32_t b) {
    return std::tie(tails.ids[a], patterns.ids[a]) < std::tie(tails.ids[b], patterns.ids[b]);
  });
  end_of_tail_.assign(tails.count, 0);
  for (const std::uint32_t t : order) {
    const std::uint32_t tail = tails.ids[t];
    for (std::size_t i = 0; i < leaves.size(); ++i) tail_leaves_[i][tail] = leaves[i][t];
    records_of_tail_[tail] += tuples.weights[t];
    tuples_.push_back({patterns.ids[t], tuples.weights[t]});
    end_of_tail_[tail] = static_cast<std::uint32_t>(tuples_.size());
  }
}

const TailNode& TailNodes::at(std::size_t node, Maker& maker) {
  const TailNode* found = made_[node].load(std::memory_order_acquire);
  if (found != nullptr) return *found;
  if (maker.spare_ && maker.spare_node_ == node) return *maker.spare_;
  maker.spare_ = maker.make(node);
  maker.spare_node_ = node;
  const std::size_t bytes = bytes_of(*maker.spare_);
  if (bytes_made_.fetch_add(bytes) + bytes > most_bytes_) {
    bytes_made_.fetch_sub(bytes);
    return *maker.spare_;
  }
  if (made_[node].compare_exchange_strong(found, maker.spare_.get())) return *maker.spare_.release();
  bytes_made_.fetch_sub(bytes);  // another thread was first; both made the same
  return *found;
}

TailNodes::Maker::Maker(const TailNodes& of)
    : of_(of),
      classes_(of.heights_.size() + 1),
      records_of_pattern_(of.num_patterns_, 0),
      seen_(of.num_patterns_ + std::size_t{1}) {
  classes_[0].start(of.records_of_tail_.size());
}

std::unique_ptr<TailNode> TailNodes::Maker::make(std::size_t node) {
  class_tails(node);
  auto made = std::make_unique<TailNode>();
  start_node(node, *made);
  made->items.reserve(of_.tuples_.size());
  for (std::uint32_t c = 0; c < records_of_class_.size(); ++c)
    if (of_.task_.model.is_satisfied_by(records_of_class_[c])) add_class(c, node, *made);
  made->items.shrink_to_fit();
  made->class_ends.shrink_to_fit();
  made->costs.shrink_to_fit();
  return made;
}

/// Sorts the distinct tails by their class at the node. Nodes that are asked for in turn often agree in their
/// first levels: what these part is kept.
void TailNodes::Maker::class_tails(std::size_t node) {
  std::size_t depth = 0;
  while (depth < levels_.size() && levels_[depth] == of_.level(node, depth)) ++depth;
  levels_.resize(of_.heights_.size());
  for (; depth < levels_.size(); ++depth) {
    levels_[depth] = of_.level(node, depth);
    const Hierarchy& hierarchy = hierarchy_of(of_.task_, of_.certificate_.tail[depth]);
    classes_[depth + 1].part(classes_[depth], column_at(hierarchy, levels_[depth], of_.tail_leaves_[depth]));
  }
  const Numbering& classes = classes_.back();
  records_of_class_.assign(classes.count, 0);
  first_of_class_.assign(classes.count + std::size_t{1}, 0);
  for (std::size_t tail = 0; tail < classes.ids.size(); ++tail) {
    records_of_class_[classes.ids[tail]] += of_.records_of_tail_[tail];
    ++first_of_class_[classes.ids[tail]];
  }
  std::exclusive_scan(first_of_class_.begin(), first_of_class_.end(), first_of_class_.begin(), 0U);
  tails_.resize(classes.ids.size());
  for (std::uint32_t tail = 0; tail < classes.ids.size(); ++tail)
    tails_[first_of_class_[classes.ids[tail]]++] = tail;
  std::shift_right(first_of_class_.begin(), first_of_class_.end(), 1);
  first_of_class_[0] = 0;
}

void TailNodes::Maker::start_node(std::size_t node, TailNode& made) const {
  made.all_costs.assign(of_.heights_.size(), 0);
  for (std::size_t i = 0; i < of_.heights_.size(); ++i) {
    const std::span<const std::uint32_t> costs =
        of_.task_.loss.cell_costs(of_.certificate_.tail[i], of_.level(node, i));
    if (std::any_of(costs.begin(), costs.end(), [&](std::uint32_t cost) { return cost != costs[0]; }))
      made.uneven.push_back(i);
  }
}

/// Merges the tuples of class `c`.
void TailNodes::Maker::add_class(std::uint32_t c, std::size_t node, TailNode& made) {
  const std::uint32_t first = first_of_class_[c];
  const Count records = records_of_class_[c];
  std::size_t num_seen = 0;
  for (std::uint32_t x = first; x < first_of_class_[c + 1]; ++x) {
    const std::uint32_t tail = tails_[x];
    for (std::uint32_t t = tail == 0 ? 0 : of_.end_of_tail_[tail - 1]; t < of_.end_of_tail_[tail]; ++t) {
      const Tuple tuple = of_.tuples_[t];
      Weight& sum = records_of_pattern_[tuple.pattern];
      seen_[num_seen] = tuple.pattern;  // counts only if it is new: a branch would be foreseen badly
      num_seen += sum == 0 ? 1 : 0;
      sum += tuple.records;
    }
  }
  for (std::size_t s = 0; s < num_seen; ++s)
    add_items(seen_[s], std::exchange(records_of_pattern_[seen_[s]], 0), made);
  made.records += records;
  made.class_ends.push_back(static_cast<std::uint32_t>(made.items.size()));
  for (std::size_t i = 0, u = 0; i < of_.heights_.size(); ++i) {
    const Hierarchy& hierarchy = hierarchy_of(of_.task_, of_.certificate_.tail[i]);
    const Level level = of_.level(node, i);
    const Code value = hierarchy.value_of_leaf[level][of_.tail_leaves_[i][tails_[first]]];
    const std::uint32_t cost = of_.task_.loss.cell_cost(of_.certificate_.tail[i], level, value);
    made.all_costs[i] += records * cost;
    if (u == made.uneven.size() || made.uneven[u] != i) continue;
    made.costs.push_back(cost);
    ++u;
  }
}

/// As many items as it takes to write the number of records in the bits beside the pattern.
void TailNodes::Maker::add_items(std::uint32_t pattern, Count records, TailNode& made) const {
  const Count most = (Count{1} << of_.shift_) - 1;
  for (; records > 0; records -= std::min(records, most))
    made.items.push_back(
        static_cast<TailNode::Item>((Count{pattern} << of_.shift_) | std::min(records, most)));
}

}  // namespace throng
