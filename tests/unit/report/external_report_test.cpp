// Random small tables: the external report is a function of the released rows, and no count of people in it,
// and no difference of two, is 1 to k - 1.
#include <gtest/gtest.h>

#include <map>
#include <regex>
#include <set>

#include "support/temporary_directory.hpp"
#include "throng/core/hash.hpp"
#include "throng/report/report.hpp"
#include "unit/release/release_fixture.hpp"

namespace throng {
namespace {

using test::make_table;
using test::Rows;
using test::TemporaryDirectory;

/// Draws for one case.
class Random {
 public:
  explicit Random(std::uint64_t seed) : seed_(seed) {}
  std::uint64_t below(std::uint64_t limit) { return hash_at(seed_, next_++) % limit; }

 private:
  std::uint64_t seed_;
  std::uint64_t next_ = 0;
};

/// Towns with regions, ages in two levels, sexes; every value is a text that can stand nowhere by chance.
struct RandomCase {
  TemporaryDirectory directory;
  InputSpec input;
  Count k;
  StrategyKind strategy;
  Rows common;   ///< of classes of at least k, whatever comes to them
  Rows rare[2];  ///< 1 to k - 1 records whose values no other record holds, two ways

  explicit RandomCase(std::uint64_t seed) {
    Random random(seed);
    k = 2 + random.below(6);
    strategy = random.below(2) == 0 ? StrategyKind::kRedact : StrategyKind::kLocal;
    describe();
    const std::size_t classes = 1 + random.below(6);
    for (std::size_t c = 0; c < classes; ++c) {
      const std::vector<std::string> row = {"town-q" + std::to_string(random.below(4)),
                                            "age-q" + std::to_string(random.below(7)),
                                            "sex-q" + std::to_string(random.below(2)), ""};
      const Count size = k + random.below(2 * k);
      for (Count i = 0; i < size; ++i) {
        common.push_back(row);
        common.back()[3] = "CANARY-note-" + std::to_string(random.below(100));
      }
    }
    for (Rows& rows : rare) {
      const Count size = 1 + random.below(k - 1);
      const std::string i = std::to_string(random.below(3));
      for (Count r = 0; r < size; ++r)
        rows.push_back({"CANARY-town" + i, "CANARY-age" + i, "sex-q0", "CANARY-note"});
    }
  }

  /// The same hierarchies, which are public, whoever is in the table.
  void describe() {
    std::string towns, ages, sexes = "sex-q0;*\nsex-q1;*\n";
    for (int i = 0; i < 4; ++i)
      towns += "town-q" + std::to_string(i) + ";region-q" + std::to_string(i / 2) + ";*\n";
    for (int i = 0; i < 7; ++i)
      ages += "age-q" + std::to_string(i) + ";decade-q" + std::to_string(i / 3) + ";*\n";
    for (int i = 0; i < 3; ++i) {
      towns += "CANARY-town" + std::to_string(i) + ";region-q9;*\n";
      ages += "CANARY-age" + std::to_string(i) + ";decade-q9;*\n";
    }
    for (const auto& [name, text] : {std::pair("town", towns), {"age", ages}, {"sex", sexes}}) {
      ColumnSpec column{name, Role::kQuasiIdentifier, {}, 1.0, {}};
      column.hierarchy.kind = HierarchySpec::Kind::kExplicit;
      column.hierarchy.path = directory.write(std::string(name) + ".csv", text);
      input.columns.push_back(column);
    }
    input.columns.push_back({"note", Role::kSensitive, {}, 1.0, {}});
  }

  /// The external page when the rare records are `which` and the common classes are released as they are.
  [[nodiscard]] std::string page(int which) const {
    Rows rows = common;
    rows.insert(rows.end(), rare[which].begin(), rare[which].end());
    const Table table = make_table(
        {"town", "age", "sex", "note"},
        {Role::kQuasiIdentifier, Role::kQuasiIdentifier, Role::kQuasiIdentifier, Role::kSensitive}, rows);
    std::vector<std::string> warnings;
    const Problem problem = make_problem(table, input, 1, warnings);
    SearchOptions options;
    options.model.k = k;
    options.strategy = StrategyKind::kRedact;
    SearchResult result = search(problem, options, *self_communicator());
    options.strategy = strategy;
    RecodeOptions recoding;
    recoding.model.k = k;
    recoding.levels = problem.lattice.bottom();
    const Release release = recode(table, problem, recoding);
    ReportRequest request{table, problem, options, result, "cases"};
    request.thresholds = {k};
    if (strategy == StrategyKind::kLocal) {
      result.best->levels.clear();
      request.local = LocalRows{released_table(release), 0, {}};
      for (const Axis& axis : problem.lattice.axes) {
        request.local->records_at_level.emplace_back(std::size_t{axis.hierarchy.height()} + 1, 0);
        request.local->records_at_level.back()[0] = release.num_rows;
      }
    }
    return report_page(request, ReportForm::kExternal, *self_communicator()).html;
  }
};

constexpr std::uint64_t kCases = 60;

TEST(ExternalReport, IsTheSameWhoeverWasSuppressed) {
  for (std::uint64_t seed = 0; seed < kCases; ++seed) {
    const RandomCase c(seed);
    ASSERT_EQ(c.page(0), c.page(1)) << "seed " << seed;
  }
}

TEST(ExternalReport, HoldsNoValueThatIsNotReleasedAndNoSensitiveOne) {
  for (std::uint64_t seed = 0; seed < kCases; ++seed) {
    const RandomCase c(seed);
    const std::string page = c.page(0);
    ASSERT_EQ(page.find("CANARY"), std::string::npos) << "seed " << seed;
    std::set<std::string> released;
    for (const auto& row : c.common) released.insert(row.begin(), row.begin() + 3);
    const std::regex value("(town|age|sex)-q[0-9]");
    for (std::sregex_iterator at(page.begin(), page.end(), value), end; at != end; ++at)
      ASSERT_TRUE(released.contains(at->str())) << "seed " << seed << ": " << at->str();
  }
}

/// The counts of the bars under each heading: the first number behind each.
std::map<std::string, std::vector<Count>> bars_of(const std::string& page) {
  std::map<std::string, std::vector<Count>> bars;
  const std::regex part(
      "<div class=\"bars\" role=\"group\" aria-label=\"([^\"]*)\">|<span class=\"small\">([0-9,]+)");
  std::string heading;
  for (std::sregex_iterator at(page.begin(), page.end(), part), end; at != end; ++at) {
    if ((*at)[1].matched) {
      heading = (*at)[1].str();
      continue;
    }
    bars[heading].push_back(std::stoull(std::regex_replace((*at)[2].str(), std::regex(","), "")));
  }
  return bars;
}

TEST(ExternalReport, NoCountAndNoDifferenceIsSmall) {
  std::size_t seen = 0;
  for (std::uint64_t seed = 0; seed < kCases; ++seed) {
    const RandomCase c(seed);
    const auto bars = bars_of(c.page(0));
    ASSERT_GE(bars.size(), 4U) << "classes and three columns";
    for (const auto& [heading, counts] : bars) {
      Count total = 0;
      for (const Count count : counts) {
        ASSERT_TRUE(count == 0 || count >= c.k) << "seed " << seed << ", " << heading << ": " << count;
        total += count;
      }
      // Every picture counts all rows, so that every part of it subtracted from the whole is whole classes.
      ASSERT_EQ(total, c.common.size()) << "seed " << seed << ", " << heading;
      for (const Count count : counts)
        ASSERT_TRUE(total == count || total - count >= c.k) << "seed " << seed << ", " << heading;
      seen += counts.size();
    }
  }
  EXPECT_GT(seen, 10 * kCases);
}

}  // namespace
}  // namespace throng
