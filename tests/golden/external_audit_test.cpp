// The external answer of an audit: every number of people is a multiple of k, so no sum or difference of any
// of them is a count of 1 to k - 1.
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>
#include <set>

#include "run_binary.hpp"
#include "support/temporary_directory.hpp"
#include "throng/core/hash.hpp"
#include "throng/core/types.hpp"

namespace throng {
namespace {

using nlohmann::json;
using test::run_binary;
using test::TemporaryDirectory;

/// Skewed values, so that combinations of all kinds occur.
std::string random_table(std::uint64_t seed) {
  std::string text = "a,b,c,d\n";
  const std::uint64_t num_records = 20 + hash_at(seed, 0) % 150;
  for (std::uint64_t cell = 0; cell < 4 * num_records; ++cell) {
    const std::uint64_t random = hash_at(seed, cell + 1);
    text += std::to_string(random % 3 == 0 ? random / 3 % 6 : 0);
    text += cell % 4 == 3 ? '\n' : ',';
  }
  return text;
}

void expect_multiples(const json& answer, Count k) {
  const auto expect = [&](const json& number) {
    EXPECT_EQ(number.get<double>(), static_cast<double>(number.get<Count>() / k * k)) << answer;
  };
  EXPECT_EQ(answer["rounded_down_to_multiples_of"], k);
  expect(answer["rows"]);
  for (const json& size : answer["by_size"])
    for (const char* of_people : {"median", "max", "mean"}) expect(size[of_people]);
}

/// A new figure must be thought about, here too.
void expect_known_keys(const json& answer) {
  std::set<std::string> keys;
  for (const auto& [key, value] : answer.items()) keys.insert(key);
  for (const auto& [key, value] : answer["by_size"][0].items()) keys.insert("by_size." + key);
  const std::set<std::string> known{"by_size",
                                    "by_size.combinations",
                                    "by_size.max",
                                    "by_size.mean",
                                    "by_size.median",
                                    "by_size.safe",
                                    "by_size.size",
                                    "combinations",
                                    "k",
                                    "max_size",
                                    "minimal_unsafe",
                                    "missing",
                                    "qi",
                                    "num_minimal_unsafe",
                                    "rows",
                                    "rounded_down_to_multiples_of",
                                    "safe_combinations"};
  for (const std::string& key : keys) EXPECT_TRUE(known.contains(key)) << key;
}

TEST(ExternalAudit, TellsMultiplesOfKAlone) {
  const TemporaryDirectory directory;
  for (std::uint64_t seed = 0; seed < 40; ++seed) {
    const Count k = seed % 3 == 0 ? 3 : seed % 3 == 1 ? 5 : 11;
    directory.write("in.csv", random_table(seed));
    directory.write("job.toml",
                    "[input]\npath = \"in.csv\"\ndefault_role = \"quasi_identifier\"\n[privacy]\nk = " +
                        std::to_string(k) + "\n");
    const auto result = run_binary({"audit", directory.path("job.toml"), "--external", "--json"});
    ASSERT_EQ(result.exit_code, 0) << result.err;
    const json answer = json::parse(result.out);
    expect_multiples(answer, k);
    expect_known_keys(answer);
  }
}

/// The answer does not tell whether a group has 1 or k - 1 records.
TEST(ExternalAudit, IsTheSameForAllSizesOfASmallGroup) {
  const TemporaryDirectory directory;
  directory.write("job.toml",
                  "[input]\npath = \"in.csv\"\ndefault_role = \"quasi_identifier\"\n[privacy]\nk = 5\n");
  std::string first;
  for (int small = 1; small < 5; ++small) {
    std::string text = "a,b\n";
    for (int i = 0; i < 20; ++i) text += "x,y\n";
    for (int i = 0; i < small; ++i) text += "z,y\n";
    directory.write("in.csv", text);
    const auto result = run_binary({"audit", directory.path("job.toml"), "--external", "--json"});
    ASSERT_EQ(result.exit_code, 0) << result.err;
    if (first.empty()) first = result.out;
    EXPECT_EQ(result.out, first) << small;
  }
}

}  // namespace
}  // namespace throng
