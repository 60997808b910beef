// The MPI world keeps the contract of Communicator, and the search gives one answer on any number of ranks.
#include <gtest/gtest.h>

#include <memory>

#include "support/random_problem.hpp"
#include "throng/core/error.hpp"
#include "throng/core/tickets.hpp"
#include "throng/search/search.hpp"

namespace throng {
namespace {

/// MPI can be entered once per process, so all tests share the world.
class MpiWorld : public ::testing::Environment {
 public:
  void SetUp() override { world = mpi_communicator(); }
  void TearDown() override { world.reset(); }
  static std::unique_ptr<Communicator> world;
};
std::unique_ptr<Communicator> MpiWorld::world;
const ::testing::Environment* const kWorld = ::testing::AddGlobalTestEnvironment(new MpiWorld);

Communicator& world() { return *MpiWorld::world; }

TEST(MpiCommunicator, GathersBytesOfAnyLengthInRankOrder) {
  const std::string mine(static_cast<std::size_t>(world().rank()) * 1000,
                         static_cast<char>('a' + world().rank()));
  const std::vector<std::string> all = world().all_gather(mine);
  ASSERT_EQ(all.size(), static_cast<std::size_t>(world().size()));
  for (std::size_t r = 0; r < all.size(); ++r) {
    EXPECT_EQ(all[r], std::string(r * 1000, static_cast<char>('a' + r)));
  }
}

TEST(MpiCommunicator, SendsToEachRankItsOwn) {
  std::vector<std::string> to_rank;
  for (int r = 0; r < world().size(); ++r)
    to_rank.push_back(
        std::string(static_cast<std::size_t>(r) * 1000, static_cast<char>('a' + world().rank())));
  const std::vector<std::string> from_rank = world().all_to_all(to_rank);
  ASSERT_EQ(from_rank.size(), to_rank.size());
  for (std::size_t r = 0; r < from_rank.size(); ++r)
    EXPECT_EQ(from_rank[r], std::string(static_cast<std::size_t>(world().rank()) * 1000,
                                        static_cast<char>('a' + static_cast<int>(r))));
}

TEST(MpiCommunicator, TicketsAreHandedOutOnce) {
  constexpr std::size_t kCount = 103;
  std::string done(kCount, '0');
  share_work(
      world(), 2, kCount, [&](std::size_t index, int) { done[index] = '1'; }, [] {});
  std::vector<int> times(kCount, 0);
  for (const std::string& each : world().all_gather(done)) {
    for (std::size_t i = 0; i < kCount; ++i) times[i] += each[i] == '1' ? 1 : 0;
  }
  EXPECT_EQ(times, std::vector<int>(kCount, 1));
}

TEST(MpiCommunicator, MinimumIsShared) {
  world().set_word(Communicator::Word::kIncumbent, 1000);
  world().fetch_min(Communicator::Word::kIncumbent, 100 + static_cast<std::uint64_t>(world().rank()));
  world().all_gather("");
  EXPECT_EQ(world().fetch_min(Communicator::Word::kIncumbent, 5000), 100U);
}

TEST(MpiCommunicator, OneRanksErrorIsEveryRanksError) {
  const int last = world().size() - 1;
  try {
    fail_together(world(), [&] {
      if (world().rank() == last) throw data_error("bad", "mend it");
    });
    FAIL() << "no error";
  } catch (const Error& error) {
    EXPECT_EQ(error.code(), ExitCode::kData);
    EXPECT_STREQ(error.what(), "bad; mend it");
  }
}

TEST(MpiCommunicator, DivergenceIsSeen) {
  EXPECT_TRUE(is_same_on_all_ranks(world(), "same"));
  EXPECT_EQ(is_same_on_all_ranks(world(), std::to_string(world().rank())), world().size() == 1);
}

TEST(MpiSearch, EqualsTheSearchOfOneRank) {
  for (std::uint64_t seed = 0; seed < 20; ++seed) {
    const Problem problem = test::random_problem({6, 300, 7}, seed);
    SearchOptions options;
    options.model.k = 5;
    options.num_threads = 2;
    const SearchResult alone = search(problem, options, *self_communicator());
    const SearchResult shared = search(problem, options, world());
    ASSERT_TRUE(alone.best && shared.best);
    EXPECT_EQ(alone.best->levels, shared.best->levels);
    EXPECT_EQ(alone.best->loss, shared.best->loss);
    EXPECT_EQ(alone.lower_bound, shared.lower_bound);
    EXPECT_TRUE(shared.proved_optimal);
  }
}

}  // namespace
}  // namespace throng
