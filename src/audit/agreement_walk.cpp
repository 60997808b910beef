// Walks over what one record shares with all others.
#include "agreement_walk.hpp"

#include <algorithm>

#include "throng/core/check.hpp"

namespace throng {

namespace {

constexpr unsigned kMaxBlockAxes = 11;
/// Longer lists are searched for items that are covered: it costs more than a merge and saves later ones.
constexpr std::size_t kLongList = 256;
constexpr Code kNoValue = ~Code{0};

/// Where few QIs may be kept, most of a large block would be combinations that are too large.
unsigned choose_block_axes(std::size_t num_qi, std::size_t max_size) {
  const std::size_t wanted =
      max_size < num_qi ? std::min<std::size_t>(kMaxBlockAxes, 2 * max_size) : kMaxBlockAxes;
  return static_cast<unsigned>(std::min(num_qi, wanted));
}

}  // namespace

std::vector<std::vector<std::uint64_t>> pascal_triangle(std::size_t largest) {
  std::vector<std::vector<std::uint64_t>> binomial(largest + 1, std::vector<std::uint64_t>(largest + 1, 0));
  for (std::size_t n = 0; n <= largest; ++n) {
    binomial[n][0] = 1;
    for (std::size_t m = 1; m <= n; ++m) binomial[n][m] = binomial[n - 1][m - 1] + binomial[n - 1][m];
  }
  return binomial;
}

AgreementWalk::AgreementWalk(const Problem& problem, std::span<const std::size_t> order, Count k,
                             std::size_t max_size)
    : k_(k),
      max_size_(max_size),
      values_(order.size(), kNoValue),
      root_(problem.tuples.size()),
      block_depth_(order.size() - choose_block_axes(order.size(), max_size)),
      block_(choose_block_axes(order.size(), max_size), k),
      depths_(block_depth_),
      minimal_(block_.num_words()),
      binomial_(pascal_triangle(order.size())) {
  const DistinctTuples& tuples = problem.tuples;
  for (std::size_t t = 0; t < tuples.size(); ++t)
    root_[t].records = static_cast<std::uint32_t>(std::min<Count>(tuples.weights[t], k));
  for (const std::size_t j : order) tuples.read_codes(j, columns_.emplace_back());
}

void AgreementWalk::count(std::size_t tuple, const SizeCounts& counts) {
  if (root_[tuple].records >= k_) return;
  find_agreements(tuple);
  nodes_.clear();
  bits_.clear();
  counts_ = counts;
  const List list = sort_.sorted(root_, columns_.size());
  root_list_.resize(list.size());
  visit(0, 0, drop_covered(list, root_list_), {});
}

void AgreementWalk::find_agreements(std::size_t tuple) {
  for (std::size_t i = 0; i < columns_.size(); ++i) {
    const Code value = columns_[i][tuple];
    if (value == values_[i]) continue;
    values_[i] = value;
    const std::uint64_t bit = bit_of(i);
    const auto shift = columns_.size() - 1 - i;
    for (std::size_t t = 0; t < root_.size(); ++t)
      root_[t].qi = (root_[t].qi & ~bit) | std::uint64_t{columns_[i][t] == value} << shift;
  }
}

/// The combinations of `size` QIs kept so far, alone or with any from `depth` on; at least k agree.
AgreementWalk::NodeIndex AgreementWalk::visit(std::size_t depth, std::size_t size, List list,
                                              Relatives relatives) {
  if (size == max_size_ || is_safe(list, depth)) return kSafe;
  if (depth == block_depth_) return visit_block(size, list, relatives);
  const auto node = static_cast<NodeIndex>(nodes_.size());
  nodes_.emplace_back();
  Depth& here = depths_[depth];
  here.left_out.clear();
  here.kept.clear();
  for (const NodeIndex relative : relatives) {
    here.left_out.push_back(child(relative, kLeftOut));
    here.kept.push_back(child(relative, kKept));
  }
  const std::size_t num_without = count_without(list, bit_of(depth));
  List merged = merge_runs(list, num_without, bit_of(depth) - 1, here.merged);
  if (merged.size() > kLongList) merged = drop_covered(merged, here.merged);
  const NodeIndex left_out = visit(depth + 1, size, merged, here.left_out);
  nodes_[node].child[kLeftOut] = left_out;
  here.kept.push_back(left_out);
  const NodeIndex kept = visit_kept(depth, size + 1, list.subspan(num_without));
  nodes_[node].child[kKept] = kept;
  return node;
}

AgreementWalk::NodeIndex AgreementWalk::visit_kept(std::size_t depth, std::size_t size, List agreeing) {
  Depth& here = depths_[depth];
  if (is_below(agreeing)) {
    count_below(depth + 1, size, here.kept);
    return kBelow;
  }
  return visit(depth + 1, size, agreeing, here.kept);
}

AgreementWalk::NodeIndex AgreementWalk::visit_block(std::size_t size, List list, Relatives relatives) {
  const std::size_t num_words = block_.num_words();
  const auto node = static_cast<NodeIndex>(nodes_.size());
  const std::size_t first = bits_.size();
  nodes_.push_back({{static_cast<NodeIndex>(first), 0}});
  bits_.resize(first + num_words);
  const std::span<std::uint64_t> below(bits_.data() + first, num_words);
  block_.find_below(list, below);
  if (size == 0) below[0] &= ~std::uint64_t{1};  // who knows nothing puts nobody at risk
  std::ranges::copy(below, minimal_.begin());
  block_.keep_minimal(below, minimal_);
  for (const NodeIndex relative : relatives) {
    if (relative == kSafe) continue;
    const std::uint64_t* const theirs = bits_.data() + nodes_[relative].child[0];
    for (std::size_t i = 0; i < num_words; ++i) minimal_[i] &= ~theirs[i];
  }
  block_.count_by_size(below, size, counts_.below);
  block_.count_by_size(minimal_, size, counts_.minimal);
  return node;
}

/// `size` QIs before `depth` are below k, without the last they are not.
void AgreementWalk::count_below(std::size_t depth, std::size_t size, Relatives relatives) {
  const std::size_t num_left = columns_.size() - depth;
  for (std::size_t more = 0; more <= std::min(num_left, max_size_ - size); ++more)
    counts_.below[size + more] += binomial_[num_left][more];
  if (std::ranges::find(relatives, kBelow) == relatives.end()) ++counts_.minimal[size];
}

/// At least k agree on everything from `depth` on: the last of the list, if any do.
bool AgreementWalk::is_safe(List list, std::size_t depth) const {
  const std::uint64_t rest = depth == 0 ? ~std::uint64_t{0} >> (64 - columns_.size()) : bit_of(depth - 1) - 1;
  return !list.empty() && (list.back().qi & rest) == rest && list.back().records >= k_;
}

/// Drops items that agree on no more than another one of at least k records: whatever combination they count
/// for, that one is enough. The last ones agree on most.
AgreementWalk::List AgreementWalk::drop_covered(List list, std::span<Agreement> space) {
  covers_.clear();
  std::size_t begin = list.size();  // what is left gathers at the end of the space
  for (std::size_t i = list.size(); i-- > 0;) {
    const Agreement item = list[i];
    const auto covers = [&](std::uint64_t qi) { return (item.qi & ~qi) == 0; };
    if (std::ranges::any_of(covers_, covers)) continue;
    if (item.records >= k_) covers_.push_back(item.qi);
    space[--begin] = item;
  }
  return space.subspan(begin, list.size() - begin);
}

bool AgreementWalk::is_below(List list) const {
  Count records = 0;
  for (std::size_t i = list.size(); i-- > 0 && records < k_;) records += list[i].records;
  return records < k_;
}

}  // namespace throng
