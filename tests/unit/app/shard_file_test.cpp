// Shards of a search that do not divide its nodes between them are not put together.
#include "app/shard_file.hpp"

#include <gtest/gtest.h>

#include "search/search_state.hpp"
#include "throng/core/error.hpp"

namespace throng {
namespace {

StateFile shard_of(std::size_t index, std::uint64_t division, double loss) {
  StateWriter writer;
  write_prefix(writer, {{0}, loss});
  writer.bytes(R"({"loss": )" + std::to_string(loss) + R"(, "telemetry": {"nodes_visited": 2}})");
  writer.number(division);
  return {{"search shard", "", "", {index, 2}}, std::move(writer).take()};
}

TEST(SearchShards, OfOneDivisionGiveTheBestOfAll) {
  bool has_solution = false;
  const std::string merged = merged_search_json({shard_of(0, 7, 0.5), shard_of(1, 7, 0.25)}, has_solution);
  EXPECT_TRUE(has_solution);
  EXPECT_NE(merged.find("\"loss\": 0.25"), std::string::npos) << merged;
  EXPECT_NE(merged.find("\"nodes_visited\": 4"), std::string::npos) << merged;
}

TEST(SearchShards, OfTwoDivisionsAreRefused) {
  bool has_solution = false;
  try {
    merged_search_json({shard_of(0, 7, 0.5), shard_of(1, 8, 0.25)}, has_solution);
    FAIL() << "merged";
  } catch (const Error& error) {
    EXPECT_EQ(error.code(), ExitCode::kData);
    EXPECT_NE(std::string(error.what()).find("may leave nodes out"), std::string::npos) << error.what();
  }
}

TEST(SearchShards, ADivisionIsTheOrderAndTheFrontier) {
  const std::vector<Prefix> frontier = {{{0, 1}, 0.25}, {{1}, 0.5}};
  const std::uint64_t division = division_of({0, 1}, frontier);
  EXPECT_EQ(division_of({0, 1}, frontier), division);
  EXPECT_NE(division_of({1, 0}, frontier), division);
  EXPECT_NE(division_of({0, 1}, {frontier[0]}), division);
  EXPECT_NE(division_of({0, 1}, {frontier[1], frontier[0]}), division);
  EXPECT_NE(division_of({0, 1}, {{{0, 1}, 0.26}, {{1}, 0.5}}), division);
}

}  // namespace
}  // namespace throng
