// Interval hierarchies: cuts, nesting under rounding, labels, the missing value, refusals.
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <limits>
#include <numeric>
#include <string>
#include <vector>

#include "hierarchy_invariants.hpp"
#include "throng/core/error.hpp"
#include "throng/core/hash.hpp"

namespace throng {
namespace {

using test::broken_promise;
using Values = std::vector<std::string>;

HierarchySpec widths(std::vector<double> widths, double origin = 0) {
  HierarchySpec spec;
  spec.kind = HierarchySpec::Kind::kIntervals;
  spec.widths = std::move(widths);
  spec.origin = origin;
  return spec;
}

Hierarchy cut(Values dictionary, const HierarchySpec& spec, const std::string& missing = "") {
  std::sort(dictionary.begin(), dictionary.end());
  std::vector<Code> codes(dictionary.size());
  std::iota(codes.begin(), codes.end(), Code{0});
  const Column column{"age", Role::kQuasiIdentifier, std::move(dictionary), std::move(codes)};
  Hierarchy hierarchy = interval_hierarchy(column, spec, missing);
  EXPECT_EQ(broken_promise(hierarchy), "");
  return hierarchy;
}

/// The label of `value` at `level`.
std::string label(const Hierarchy& hierarchy, const std::string& value, std::size_t level) {
  const auto found = std::find(hierarchy.labels[0].begin(), hierarchy.labels[0].end(), value);
  const auto leaf = static_cast<std::size_t>(found - hierarchy.labels[0].begin());
  return hierarchy.labels[level][hierarchy.value_of_leaf[level][leaf]];
}

std::pair<ExitCode, std::string> refusal(const Values& dictionary, const HierarchySpec& spec) {
  try {
    static_cast<void>(cut(dictionary, spec));
  } catch (const Error& error) {
    return {error.code(), error.what()};
  }
  return {ExitCode::kPass, ""};
}

TEST(Intervals, AreHalfOpenAndInNumericOrder) {
  const Hierarchy hierarchy = cut({"0", "4", "5", "9", "10", "100"}, widths({5, 10}));
  EXPECT_EQ(hierarchy.labels[0], (Values{"0", "4", "5", "9", "10", "100"}));
  EXPECT_EQ(hierarchy.labels[1], (Values{"[0, 5)", "[5, 10)", "[10, 15)", "[100, 105)"}));
  EXPECT_EQ(hierarchy.labels[2], (Values{"[0, 10)", "[10, 20)", "[100, 110)"}));
  EXPECT_EQ(hierarchy.height(), 3);
}

TEST(Intervals, GoBelowZeroAndFromAnyOrigin) {
  const Hierarchy hierarchy = cut({"-1", "-5", "-6", "0"}, widths({5, 10}));
  EXPECT_EQ(hierarchy.labels[1], (Values{"[-10, -5)", "[-5, 0)", "[0, 5)"}));
  EXPECT_EQ(label(hierarchy, "-1", 2), "[-10, 0)");
  EXPECT_EQ(label(cut({"17", "18", "22"}, widths({5}, 18)), "17", 1), "[13, 18)");
  EXPECT_EQ(label(cut({"17", "18", "22"}, widths({5}, 18)), "22", 1), "[18, 23)");
}

TEST(Intervals, TheMissingValueIsItsOwnInterval) {
  const Hierarchy hierarchy = cut({"", "0", "7"}, widths({5, 10}));
  EXPECT_EQ(hierarchy.labels[1], (Values{"", "[0, 5)", "[5, 10)"}));
  EXPECT_EQ(hierarchy.labels[2], (Values{"", "[0, 10)"}));
  EXPECT_EQ(label(cut({"NA", "0"}, widths({5}), "NA"), "NA", 1), "NA");
  EXPECT_EQ(cut({""}, widths({5})).labels[1], Values{""});
}

TEST(Intervals, DecimalWidthsMeanWhatTheySay) {
  // In binary floating point, 0.3 / 0.1 is below 3 and 3 * 0.1 above 0.3.
  const Hierarchy hierarchy = cut({"0.1", "0.2", "0.3", "0.7", "0.29999"}, widths({0.1, 0.2}));
  EXPECT_EQ(label(hierarchy, "0.3", 1), "[0.3, 0.4)");
  EXPECT_EQ(label(hierarchy, "0.29999", 1), "[0.2, 0.3)");
  EXPECT_EQ(label(hierarchy, "0.7", 1), "[0.7, 0.8)");
  EXPECT_EQ(label(hierarchy, "0.3", 2), "[0.2, 0.4)");
  EXPECT_EQ(label(cut({"-0", "1e1", "05"}, widths({10})), "-0", 1), "[0, 10)");
}

TEST(Intervals, DifferentTextsOfOneNumberAreDifferentLeaves) {
  const Hierarchy hierarchy = cut({"5", "5.0", "05", "1e1"}, widths({1}));
  EXPECT_EQ(hierarchy.num_leaves(), 4U);
  EXPECT_EQ(hierarchy.labels[1], (Values{"[5, 6)", "[10, 11)"}));
}

/// Times in milliseconds have 13 digits: they must be cut in the right place, and intervals look different.
TEST(Intervals, LabelsOfLargeNumbersStayDifferent) {
  const Hierarchy hierarchy = cut({"1700000000001", "1700000000009", "1700000000011"}, widths({5}));
  EXPECT_EQ(hierarchy.labels[1], (Values{"[1700000000000, 1700000000005)", "[1700000000005, 1700000000010)",
                                         "[1700000000010, 1700000000015)"}));
  EXPECT_EQ(cut({"12345.00000001", "12345.00000002"}, widths({1e-8})).labels[1],
            (Values{"[12345.00000001, 12345.00000002)", "[12345.00000002, 12345.00000003)"}));
  EXPECT_EQ(cut({"0.00003"}, widths({1e-5})).labels[1], Values{"[3e-05, 4e-05)"});
  EXPECT_EQ(cut({"1e20"}, widths({1e19})).labels[1], Values{"[1e+20, 1.1e+20)"});
}

/// Against the definition in long double, away from the edges where rounding decides.
TEST(Intervals, EveryNumberIsInsideItsInterval) {
  for (std::uint64_t seed = 0; seed < 500; ++seed) {
    const double width =
        std::ldexp(1.0 + static_cast<double>(mix(seed) % 1000), -static_cast<int>(seed % 12));
    const double origin = static_cast<double>(mix(seed + 1) % 2000) / 16 - 60;
    Values dictionary;
    for (std::uint64_t i = 0; i < 20; ++i)
      dictionary.push_back(std::to_string(static_cast<std::int64_t>(hash_at(seed, i) % 100000) - 50000));
    std::sort(dictionary.begin(), dictionary.end());
    dictionary.erase(std::unique(dictionary.begin(), dictionary.end()), dictionary.end());
    const Hierarchy hierarchy = cut(dictionary, widths({width, 2 * width, 6 * width}, origin));
    for (const std::string& text : dictionary)
      for (std::size_t level = 1; level < 4; ++level) {
        const std::string interval = label(hierarchy, text, level);
        const double low = std::strtod(interval.c_str() + 1, nullptr);
        const double high = std::strtod(interval.c_str() + interval.find(", ") + 2, nullptr);
        const double number = std::strtod(text.c_str(), nullptr);
        ASSERT_LE(low, number + 1e-6) << interval;
        ASSERT_GT(high, number - 1e-6) << interval;
      }
  }
}

TEST(Intervals, RefuseWhatIsNotANumber) {
  for (const char* value : {"abc", "5 ", " 5", "+5", "5,0", "0x10", "nan", "inf", "1e999", "--5", "*"}) {
    const auto [code, message] = refusal({value}, widths({5}));
    EXPECT_EQ(code, ExitCode::kData) << value;
    EXPECT_NE(message.find("column `age`: value `" + std::string(value) + "` (record 1) is not a number"),
              std::string::npos)
        << message;
  }
  EXPECT_NE(refusal({"1e300"}, widths({5})).second.find("too large"), std::string::npos);
  EXPECT_EQ(refusal({"1e300"}, widths({5})).first, ExitCode::kData);
}

TEST(Intervals, RefuseWidthsThatDoNotFit) {
  constexpr double kInfinity = std::numeric_limits<double>::infinity();
  const double kNan = std::nan("");
  for (const auto& bad : std::vector<std::vector<double>>{{},
                                                          {0},
                                                          {-5},
                                                          {kNan},
                                                          {kInfinity},
                                                          {5, 5},
                                                          {10, 5},
                                                          {5, 12},
                                                          {5, kNan},
                                                          {1e-12, 1e12},
                                                          std::vector<double>(251, 1)}) {
    const auto [code, message] = refusal({"1"}, widths(bad));
    EXPECT_EQ(code, ExitCode::kUsage) << testing::PrintToString(bad);
    EXPECT_NE(message.find("column `age`"), std::string::npos) << message;
  }
  EXPECT_EQ(refusal({"1"}, widths({5}, kNan)).first, ExitCode::kUsage);
  EXPECT_EQ(refusal({"1"}, widths({5}, kInfinity)).first, ExitCode::kUsage);
  EXPECT_EQ(refusal({"1e18"}, widths({100}, 1e18)).first, ExitCode::kUsage);  // cuts beyond all precision
}

TEST(Intervals, TakeManyWidths) {
  std::vector<double> many;
  for (int i = 0; i < 43; ++i) many.push_back(std::ldexp(1.0, i));
  EXPECT_EQ(cut({"1", "3", "1000"}, widths(many)).height(), 44);
}

}  // namespace
}  // namespace throng
