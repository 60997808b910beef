// The arrays of an audit: slices on any number of ranks, kept in pieces while it is stopped and gone on with,
// and merged from shards, are those of an audit by one rank.
#include "audit/block_figures.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <mutex>

#include "audit_expectation.hpp"
#include "support/random_problem.hpp"
#include "support/stopped_leg.hpp"
#include "throng/core/error.hpp"

namespace throng {
namespace {

/// Pieces in memory.
class MemoryPieces {
 public:
  MemoryPieces() {
    store.keep = [this](const std::vector<std::string>& parts) {
      const std::lock_guard lock(mutex_);
      std::string name = "piece " + std::to_string(num_kept++);
      for (const std::string& part : parts) pieces[name] += part;
      return name;
    };
    store.open = [this](const std::string& name) {
      const std::lock_guard lock(mutex_);
      const auto found = pieces.find(name);
      if (found == pieces.end()) throw data_error(name + " is missing", "none");
      auto bytes = std::make_shared<const std::string>(found->second);
      return PieceStore::Piece{bytes, *bytes};
    };
    store.keep_only = [this](const std::vector<std::string>& names) {
      const std::lock_guard lock(mutex_);
      std::erase_if(pieces, [&](const auto& piece) { return std::ranges::count(names, piece.first) == 0; });
    };
  }

  PieceStore store;
  std::map<std::string, std::string> pieces;
  int num_kept = 0;

 private:
  std::mutex mutex_;
};

Problem nine_columns(std::uint64_t seed, std::size_t num_qi = 9) {
  return test::random_problem({num_qi, 400, 3}, seed);
}

AuditOptions block_options() {
  AuditOptions options;
  options.thresholds = {2, 5, 11};
  options.k = 5;
  options.keeps_arrays = true;
  return options;
}

/// The slices of all ranks in a row.
class Joined {
 public:
  void add(const AuditArrays& slice) {
    const std::lock_guard lock(mutex_);
    slices_[slice.first].push_back(slice);
  }
  void expect(const AuditArrays& expected) const {
    AuditArrays all;
    all.at_risk.resize(expected.at_risk.size());
    for (const auto& [first, slices] : slices_)
      for (const AuditArrays& slice : slices) {
        if (slice.classes.empty()) continue;
        EXPECT_EQ(first, all.classes.size());
        all.classes.insert(all.classes.end(), slice.classes.begin(), slice.classes.end());
        for (std::size_t t = 0; t < slice.at_risk.size(); ++t)
          all.at_risk[t].insert(all.at_risk[t].end(), slice.at_risk[t].begin(), slice.at_risk[t].end());
      }
    EXPECT_EQ(all.classes, expected.classes);
    EXPECT_EQ(all.at_risk, expected.at_risk);
  }

 private:
  std::mutex mutex_;
  std::map<Combination, std::vector<AuditArrays>> slices_;
};

TEST(BlockFigures, SlicesOfAllRanksAreTheArrays) {
  for (const std::size_t num_qi : {1U, 2U, 9U}) {
    const Problem problem = nine_columns(5, num_qi);
    AuditOptions options = block_options();
    const AuditResult expected = audit(problem, options, *self_communicator());
    EXPECT_EQ(expected.arrays->classes.size(), std::size_t{1} << num_qi);
    for (int ranks = 1; ranks <= 5; ++ranks) {
      options.num_threads = 1 + ranks % 2;
      Joined joined;
      run_as_threads(ranks, [&](Communicator& communicator) {
        joined.add(*audit(problem, options, communicator).arrays);
      });
      joined.expect(*expected.arrays);
    }
  }
}

TEST(BlockFigures, KeptWhileTheAuditIsStoppedAgainAndAgain) {
  const Problem problem = nine_columns(6);
  AuditOptions options = block_options();
  const AuditResult expected = audit(problem, options, *self_communicator());
  MemoryPieces pieces;
  options.pieces = &pieces.store;
  std::string state;
  int num_legs = 0;
  for (bool is_stopped = true; is_stopped;) {
    AuditOptions leg = options;
    leg.num_threads = 1 + num_legs % 2;
    Joined joined;
    const AuditResult result = test::run_leg(leg, 1 + num_legs % 4, 1 + 4 * num_legs, state,
                                             [&](const AuditOptions& mine, Communicator& world) {
                                               AuditResult of_rank = audit(problem, mine, world);
                                               if (of_rank.arrays) joined.add(*of_rank.arrays);
                                               return of_rank;
                                             });
    is_stopped = result.is_stopped;
    EXPECT_EQ(result.arrays.has_value(), !is_stopped);
    if (!is_stopped) joined.expect(*expected.arrays);
    pieces.pieces["left by a run that was killed"] = "bytes";
    ASSERT_LT(++num_legs, 1000);
  }
  EXPECT_GT(num_legs, 1) << "the audit was too short to be stopped";
  EXPECT_GT(pieces.num_kept, 1);
}

TEST(BlockFigures, APieceThatIsMissingIsSeenBeforeTheWorkGoesOn) {
  const Problem problem = nine_columns(7);
  AuditOptions options = block_options();
  MemoryPieces pieces;
  options.pieces = &pieces.store;
  std::string state;
  const auto leg = [&](int patience) {
    return test::run_leg(options, 2, patience, state, [&](const AuditOptions& mine, Communicator& world) {
      return audit(problem, mine, world);
    });
  };
  EXPECT_TRUE(leg(1).is_stopped);
  for (int patience = 2; pieces.pieces.empty(); patience += 4) ASSERT_TRUE(leg(patience).is_stopped);
  pieces.pieces.clear();
  EXPECT_THROW(leg(1 << 20), Error);
}

TEST(BlockFigures, ShardsTogetherAreTheWholeOnAnyNumberOfRanks) {
  const Problem problem = nine_columns(8);
  AuditOptions options = block_options();
  const AuditResult expected = audit(problem, options, *self_communicator());
  MemoryPieces pieces;
  pieces.store.keep_only = [](const std::vector<std::string>&) {};
  options.pieces = &pieces.store;
  std::vector<std::string> states;
  for (std::size_t i = 3; i-- > 0;) {
    AuditOptions share = options;
    share.shard = {i, 3};
    run_as_threads(static_cast<int>(1 + i), [&](Communicator& communicator) {
      const AuditResult result = audit(problem, share, communicator);
      EXPECT_FALSE(result.arrays.has_value());
      if (communicator.is_root()) states.push_back(result.shard_state);
    });
  }
  for (const int ranks : {1, 2, 3, 4}) {
    Joined joined;
    run_as_threads(ranks, [&](Communicator& communicator) {
      joined.add(*merge_audit(states, options, communicator).arrays);
    });
    joined.expect(*expected.arrays);
  }
  // Figures of one block are cut off, or twice there.
  std::string& bytes = pieces.pieces.begin()->second;
  const std::string whole = bytes;
  for (const std::string& bad : {whole.substr(0, whole.size() - 4), whole + whole, std::string()}) {
    bytes = bad;
    EXPECT_THROW(merge_audit(states, options, *self_communicator()), Error);
  }
  options.keeps_arrays = false;
  expect_same(merge_audit(states, options, *self_communicator()), expected);
}

TEST(BlockFigures, BlocksCoverEachCombinationOnce) {
  for (unsigned block_axes = 0; block_axes <= 4; ++block_axes) {
    const BlockOrder blocks{{2, 0, 3, 1}, block_axes};
    std::vector<int> seen(16, 0);
    for (std::uint64_t block = 0; block < blocks.num_blocks(); ++block)
      for (const Combination mask : blocks.tail().mask) ++seen[blocks.prefix_mask(block) | mask];
    EXPECT_EQ(seen, std::vector<int>(16, 1));
  }
}

}  // namespace
}  // namespace throng
