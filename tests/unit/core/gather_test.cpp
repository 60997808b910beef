// Reductions over ranks: slices that are combined by one rank each, and put together again.
#include "throng/core/gather.hpp"

#include <gtest/gtest.h>

#include <functional>

namespace throng {
namespace {

class Combining : public ::testing::TestWithParam<int> {};

TEST_P(Combining, SumsAreOverAllRanks) {
  // Fewer values than ranks leave some ranks an empty slice.
  for (const std::size_t num_values : {0U, 1U, 2U, 3U, 7U, 1000U}) {
    run_as_threads(GetParam(), [&](Communicator& communicator) {
      const auto num_ranks = static_cast<std::uint64_t>(communicator.size());
      const auto rank = static_cast<std::uint64_t>(communicator.rank());
      std::vector<std::uint64_t> values;
      for (std::uint64_t i = 0; i < num_values; ++i) values.push_back(1000 * rank + i);
      combine_over_ranks(communicator, values, std::plus<>());
      ASSERT_EQ(values.size(), num_values);
      for (std::uint64_t i = 0; i < num_values; ++i)
        EXPECT_EQ(values[i], 1000 * num_ranks * (num_ranks - 1) / 2 + num_ranks * i);
    });
  }
}

TEST_P(Combining, ValuesMeetInRankOrder) {
  run_as_threads(GetParam(), [](Communicator& communicator) {
    std::vector<std::uint32_t> values(5, static_cast<std::uint32_t>(communicator.rank()) + 1);
    // Not commutative: the digits tell the order.
    combine_over_ranks(communicator, values, [](std::uint32_t a, std::uint32_t b) { return 10 * a + b; });
    std::uint32_t digits = 0;
    for (int r = 1; r <= communicator.size(); ++r) digits = 10 * digits + static_cast<std::uint32_t>(r);
    EXPECT_EQ(values, std::vector<std::uint32_t>(5, digits));
  });
}

/// Counts what a rank sends and gets.
class CountedWorld final : public Communicator {
 public:
  explicit CountedWorld(Communicator& world) : world_(world) {}

  [[nodiscard]] int rank() const override { return world_.rank(); }
  [[nodiscard]] int size() const override { return world_.size(); }
  [[nodiscard]] const char* world() const override { return world_.world(); }
  std::vector<std::string> all_gather(std::string_view bytes) override {
    return counted(world_.all_gather(bytes));
  }
  std::vector<std::string> all_to_all(const std::vector<std::string>& to_rank) override {
    return counted(world_.all_to_all(to_rank));
  }
  void set_word(Word word, std::uint64_t value) override { world_.set_word(word, value); }
  std::uint64_t fetch_add(Word word, std::uint64_t amount) override { return world_.fetch_add(word, amount); }
  std::uint64_t fetch_min(Word word, std::uint64_t value) override { return world_.fetch_min(word, value); }

  [[nodiscard]] std::size_t bytes_received() const { return bytes_received_; }

 private:
  std::vector<std::string> counted(std::vector<std::string> parts) {
    for (const std::string& part : parts) bytes_received_ += part.size();
    return parts;
  }

  Communicator& world_;
  std::size_t bytes_received_ = 0;
};

TEST_P(Combining, ARankGetsNoMoreWithMoreRanks) {
  run_as_threads(GetParam(), [](Communicator& communicator) {
    CountedWorld world(communicator);
    std::vector<std::uint64_t> values(1200, 1);
    combine_over_ranks(world, values, std::plus<>());
    EXPECT_LE(world.bytes_received(), 2 * 1200 * sizeof(std::uint64_t));
  });
}

INSTANTIATE_TEST_SUITE_P(Ranks, Combining, ::testing::Values(1, 2, 3, 4));

}  // namespace
}  // namespace throng
