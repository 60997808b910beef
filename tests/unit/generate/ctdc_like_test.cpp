// The bundled model: fit to be public, and its records like those it was fitted on.
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <filesystem>
#include <functional>
#include <map>
#include <nlohmann/json.hpp>
#include <set>

#include "support/temporary_directory.hpp"
#include "throng/data/csv.hpp"
#include "throng/data/file.hpp"
#include "throng/data/hierarchy.hpp"
#include "throng/generate/generate.hpp"
#include "throng/release/sha256.hpp"

namespace throng {
namespace {

const std::string kModelDirectory = THRONG_SOURCE_DIR "/datasets/ctdc-like";
const std::string kSample = THRONG_SHARED_DIR "/data/ctdc-sample/ctdc-sample-80000.csv";
const std::vector<std::string> kQis = {
    "yearOfRegistration",    "gender",         "ageBroad",       "citizenship",
    "CountryOfExploitation", "isForcedLabour", "isSexualExploit"};

std::string file_text(const std::string& path) { return std::string(MappedFile(path).bytes()); }

std::string generated_text(std::uint64_t rows, std::uint64_t seed, int num_threads) {
  const test::TemporaryDirectory directory;
  const std::string path = directory.path("generated.csv");
  generate_csv(read_model(kModelDirectory), rows, seed, num_threads, path);
  return file_text(path);
}

Table parse(const std::string& text) {
  InputSpec input;
  input.path = "table.csv";
  return parse_csv_table(text, input, 2);
}

/// How many records hold each combination of values of `columns`.
std::map<std::vector<std::string>, double> frequencies(const Table& table,
                                                       const std::vector<std::string>& columns) {
  std::map<std::vector<std::string>, double> result;
  for (Count row = 0; row < table.num_rows; ++row) {
    std::vector<std::string> cells;
    for (const std::string& name : columns) {
      const Column& column = table.columns[table.index_of(name)];
      cells.push_back(column.dictionary[column.codes[row]]);
    }
    result[cells] += 1.0 / static_cast<double>(table.num_rows);
  }
  return result;
}

std::vector<double> differences(const Table& left, const Table& right,
                                const std::vector<std::string>& columns) {
  const auto p = frequencies(left, columns);
  auto q = frequencies(right, columns);
  std::vector<double> result;
  for (const auto& [cells, frequency] : p) {
    result.push_back(std::abs(frequency - q[cells]));
    q.erase(cells);
  }
  for (const auto& [cells, frequency] : q) result.push_back(frequency);
  return result;
}

std::vector<std::string> all_names(const Table& table) {
  std::vector<std::string> names;
  for (const Column& column : table.columns) names.push_back(column.name);
  return names;
}

TEST(CtdcLike, NoCountOfTheModelIsBelowEleven) {
  std::uint64_t smallest = 1 << 30;
  std::size_t num_counts = 0;
  const std::function<void(const nlohmann::json&)> walk = [&](const nlohmann::json& node) {
    for (const auto& [value, count] : node.at("cells").items()) {
      smallest = std::min(smallest, count.get<std::uint64_t>());
      ++num_counts;
    }
    if (node.contains("rest")) smallest = std::min(smallest, node.at("rest").get<std::uint64_t>());
    if (!node.contains("column")) return;
    walk(node.at("yes"));
    walk(node.at("no"));
  };
  const nlohmann::json model = nlohmann::json::parse(file_text(kModelDirectory + "/model.json"));
  for (const auto& drawn : model.at("draw")) walk(drawn.at("tree"));
  EXPECT_GE(smallest, 11U);
  EXPECT_GT(num_counts, 1000U);
}

TEST(CtdcLike, SameSeedSameBytesOnEveryMachineAndThreadCount) {
  const std::string text = generated_text(80000, 1, 1);
  EXPECT_EQ(sha256_hex(text), "d217a72fb99e0a85ea9d1650923191904c3ea9f42bf0e9252f1f0e4d31bc69ba");
  EXPECT_EQ(text, generated_text(80000, 1, 2));
  EXPECT_EQ(text, generated_text(80000, 1, 7));
  EXPECT_NE(text, generated_text(80000, 2, 1));
}

TEST(CtdcLike, TheFirstRecordsDoNotDependOnHowManyFollow) {
  const std::string few = generated_text(5000, 3, 2);
  EXPECT_EQ(few, generated_text(80000, 3, 2).substr(0, few.size()));
}

TEST(CtdcLike, ItsHierarchiesHoldEveryValue) {
  const Table table = parse(generated_text(80000, 1, 2));
  EXPECT_EQ(table.columns.size(), 37U);
  for (const std::string name : {"yearOfRegistration", "ageBroad", "citizenship", "CountryOfExploitation"}) {
    std::vector<std::string> warnings;
    const Hierarchy hierarchy =
        read_hierarchy(kModelDirectory + "/hierarchy_" + name + ".csv", {""}, warnings);
    EXPECT_TRUE(warnings.empty());
    EXPECT_NO_THROW(leaf_of_code(table.columns[table.index_of(name)], hierarchy, table.source));
  }
}

TEST(CtdcLike, LosesToRedactionWhatThePublishedPracticeLoses) {
  const auto classes = frequencies(parse(generated_text(80000, 1, 2)), kQis);
  double at_risk = 0;
  for (const auto& [cells, frequency] : classes) at_risk += frequency * 80000 < 10.5 ? frequency : 0;
  EXPECT_GE(at_risk, 0.30);
  EXPECT_LE(at_risk, 0.41);
}

TEST(CtdcLike, IsLikeTheSample) {
  if (!std::filesystem::exists(kSample)) GTEST_SKIP() << "needs " << kSample;
  const Table generated = parse(generated_text(80000, 1, 2));
  const Table sample = parse(file_text(kSample));
  ASSERT_EQ(all_names(generated), all_names(sample));
  for (const std::string& name : all_names(sample))
    EXPECT_LE(std::ranges::max(differences(generated, sample, {name})), 0.01) << name;
  for (std::size_t a = 0; a < kQis.size(); ++a)
    for (std::size_t b = a + 1; b < kQis.size(); ++b) {
      double sum = 0;
      for (const double difference : differences(generated, sample, {kQis[a], kQis[b]})) sum += difference;
      EXPECT_LE(sum / 2, 0.08) << kQis[a] << " x " << kQis[b];
    }
  const auto num_generated = static_cast<double>(frequencies(generated, all_names(sample)).size());
  const auto num_sample = static_cast<double>(frequencies(sample, all_names(sample)).size());
  EXPECT_EQ(num_sample, 32382);
  EXPECT_NEAR(num_generated, num_sample, 0.25 * num_sample);
}

}  // namespace
}  // namespace throng
