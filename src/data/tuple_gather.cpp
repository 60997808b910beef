// Leaves instead of codes, tuples to the rank that owns their hash, and all of them to every rank.
//
// Idea: rank r of P owns the hashes from r/P to (r + 1)/P of the range; it sums the weights of equal tuples
// and sorts by hash. Ranks' parts one after the other are then in order of the hash, whatever P is. Messages
// go in rounds of bounded size. Cost: O(n' d / P) to pack, O(n') to gather, n' distinct tuples.
#include <algorithm>
#include <cstring>
#include <numeric>

#include "throng/core/gather.hpp"
#include "throng/data/tuple_share.hpp"
#include "tuple_index.hpp"

namespace throng {

namespace {

/// Tuples as words: each `width` packed words and its weight.
using Words = std::vector<std::uint64_t>;

std::size_t owner_of(std::uint64_t hash, int num_ranks) {
  return static_cast<std::size_t>(scale_to(hash, static_cast<std::uint64_t>(num_ranks)));
}

DistinctTuples empty_tuples(std::span<const LeafMap> leaves) {
  std::vector<Code> num_leaves;
  for (const LeafMap& map : leaves) num_leaves.push_back(map.num_leaves);
  DistinctTuples tuples;
  lay_out(num_leaves, tuples);
  return tuples;
}

/// The rank's own tuples, of leaves.
DistinctTuples tuples_of_leaves(std::vector<CodedTuples> parts, std::span<const LeafMap> leaves) {
  DistinctTuples tuples = empty_tuples(leaves);
  TupleIndex index(tuples);
  Words row(tuples.words_per_tuple);
  for (CodedTuples& part : parts) {
    const CodedTuples own = std::move(part);  // its memory ends with it
    for (std::size_t t = 0; t < own.tuples.size(); ++t) {
      pack_tuple(
          tuples,
          [&](std::size_t j) { return leaves[j].leaf_of_code[own.dictionary[j][own.tuples.code(t, j)]]; },
          row);
      tuples.weights[index.find_or_add(row.data())] += own.tuples.weights[t];
    }
  }
  return tuples;
}

void append(Words& words, const DistinctTuples& tuples, std::size_t t) {
  const auto row = tuples.words.begin() + static_cast<std::ptrdiff_t>(t * tuples.words_per_tuple);
  words.insert(words.end(), row, row + static_cast<std::ptrdiff_t>(tuples.words_per_tuple));
  words.push_back(tuples.weights[t]);
}

/// *Collective.* The largest of the ranks' numbers.
std::size_t largest(std::size_t own, Communicator& communicator) {
  std::size_t result = 0;
  for (const auto& each : gather(communicator, std::vector<std::size_t>{own}))
    result = std::max(result, each[0]);
  return result;
}

std::string_view bytes_of(const Words& words, std::size_t begin, std::size_t count) {
  begin = std::min(begin, words.size());
  count = std::min(count, words.size() - begin);
  return {reinterpret_cast<const char*>(words.data() + begin), count * sizeof(std::uint64_t)};
}

/// Whole tuples to or from each of `parts` ranks in one round.
std::size_t words_per_round(std::size_t round_bytes, std::size_t parts, std::size_t words_per_tuple) {
  return words_per_tuple *
         std::max<std::size_t>(round_bytes / sizeof(std::uint64_t) / parts / words_per_tuple, 1);
}

/// Calls add(row, weight) for every tuple in `bytes`.
template <typename Add>
void for_each_tuple(const std::string& bytes, std::size_t width, const Add& add) {
  Words tuple(width + 1);
  const std::size_t tuple_bytes = tuple.size() * sizeof(std::uint64_t);
  for (std::size_t at = 0; at < bytes.size(); at += tuple_bytes) {
    std::memcpy(tuple.data(), bytes.data() + at, tuple_bytes);
    add(tuple.data(), static_cast<Weight>(tuple[width]));
  }
}

/// *Collective.* The tuples of all ranks whose hash this rank owns.
DistinctTuples shuffle(const DistinctTuples& own, DistinctTuples owned, std::size_t round_bytes,
                       Communicator& communicator) {
  const std::size_t width = own.words_per_tuple;
  std::vector<Words> to_rank(static_cast<std::size_t>(communicator.size()));
  for (std::size_t t = 0; t < own.size(); ++t)
    append(to_rank[owner_of(hash_tuple(own.words.data() + t * width, width), communicator.size())], own, t);
  const std::size_t per_round = words_per_round(round_bytes, to_rank.size(), width + 1);
  std::size_t longest = 0;
  for (const Words& words : to_rank) longest = std::max(longest, words.size());
  longest = largest(longest, communicator);
  TupleIndex index(owned);
  for (std::size_t begin = 0; begin < longest; begin += per_round) {
    std::vector<std::string> message;
    for (const Words& words : to_rank) message.emplace_back(bytes_of(words, begin, per_round));
    for (const std::string& bytes : communicator.all_to_all(message))
      for_each_tuple(bytes, width, [&](const std::uint64_t* row, Weight weight) {
        owned.weights[index.find_or_add(row)] += weight;
      });
  }
  return owned;
}

/// The tuples in order of hash, then words.
Words in_order(const DistinctTuples& tuples) {
  const std::size_t width = tuples.words_per_tuple;
  std::vector<std::pair<std::uint64_t, std::size_t>> order;
  order.reserve(tuples.size());
  for (std::size_t t = 0; t < tuples.size(); ++t)
    order.emplace_back(hash_tuple(tuples.words.data() + t * width, width), t);
  std::ranges::sort(order, [&](const auto& a, const auto& b) {
    if (a.first != b.first) return a.first < b.first;
    const std::uint64_t* row = tuples.words.data();
    return std::lexicographical_compare(row + a.second * width, row + (a.second + 1) * width,
                                        row + b.second * width, row + (b.second + 1) * width);
  });
  Words words;
  words.reserve(tuples.size() * (width + 1));
  for (const auto& [hash, t] : order) append(words, tuples, t);
  return words;
}

/// *Collective.* Every rank's words, rank after rank; calls add(row, weight) for every tuple.
template <typename Add>
void gather_in_rounds(const Words& own, std::size_t width, std::size_t round_bytes,
                      Communicator& communicator, const Add& add) {
  const auto num_ranks = static_cast<std::size_t>(communicator.size());
  if (num_ranks == 1) {
    for (std::size_t t = 0; t < own.size(); t += width + 1) add(&own[t], static_cast<Weight>(own[t + width]));
    return;
  }
  const std::size_t per_round = words_per_round(round_bytes, num_ranks, width + 1);
  const std::size_t longest = largest(own.size(), communicator);
  std::vector<std::string> of_rank(num_ranks);
  for (std::size_t begin = 0; begin < longest; begin += per_round) {
    const std::vector<std::string> round = communicator.all_gather(bytes_of(own, begin, per_round));
    for (std::size_t r = 0; r < num_ranks; ++r) of_rank[r] += round[r];
  }
  for (std::string& bytes : of_rank) {
    for_each_tuple(bytes, width, add);
    bytes = std::string();
  }
}

}  // namespace

DistinctTuples gather_tuples(TupleShare share, std::span<const LeafMap> leaves, Communicator& communicator,
                             std::size_t round_bytes) {
  Words own;
  {
    DistinctTuples tuples = tuples_of_leaves(std::move(share.own), leaves);
    if (communicator.size() > 1) tuples = shuffle(tuples, empty_tuples(leaves), round_bytes, communicator);
    own = in_order(tuples);
  }
  DistinctTuples all = empty_tuples(leaves);
  const std::size_t width = all.words_per_tuple;
  gather_in_rounds(own, width, round_bytes, communicator, [&](const std::uint64_t* row, Weight weight) {
    all.words.insert(all.words.end(), row, row + width);
    all.weights.push_back(weight);
  });
  all.records = share.num_rows;
  return all;
}

}  // namespace throng
