// Local recoding of tiny problems against the optimum of an integer program, solved by GLPK.
#include <gtest/gtest.h>

#include <cstdlib>
#include <sstream>
#include <string>

#include "support/random_problem.hpp"
#include "support/range_cells.hpp"
#include "support/temporary_directory.hpp"
#include "throng/local/local.hpp"

namespace throng {
namespace {

/// In CPLEX's format: x<t>_<c> records of tuple t in cell c, s<t> suppressed ones, y<c> = 1: cell c is open.
/// With the cells fixed the records are a flow, so x need not be asked to be whole.
class IntegerProgram {
 public:
  IntegerProgram(const Problem& problem, Count k) {
    balances_.resize(problem.tuples.size());
    for (const test::RangeCell& cell : test::all_cells(problem)) add_cell(problem, cell, k);
    for (std::size_t t = 0; t < balances_.size(); ++t) {
      const std::string name = "s" + std::to_string(t);
      objective_ += " + " + name + "\n";
      rows_ += balances_[t] + " + " + name + " = " + std::to_string(problem.tuples.weights[t]) + "\n";
    }
  }

  [[nodiscard]] std::string text() const {
    return "Minimize\n loss: " + objective_ + "Subject To\n" + rows_ + "Binary\n" + open_ + "End\n";
  }

 private:
  void add_cell(const Problem& problem, const test::RangeCell& cell, Count k) {
    const std::string number = std::to_string(num_cells_++);
    std::string members;
    for (std::size_t t = 0; t < balances_.size(); ++t) {
      if (!cell.covers(problem, t)) continue;
      const std::string x = "x" + std::to_string(t) + "_" + number;
      std::ostringstream cost;
      cost.precision(17);
      cost << cell.cost;
      objective_ += " + " + cost.str() + " " + x + "\n";
      balances_[t] += " + " + x + "\n";
      members += " + " + x + "\n";
      rows_ += " " + x + " - " + std::to_string(problem.tuples.weights[t]) + " y" + number + " <= 0\n";
    }
    rows_ += members + " - " + std::to_string(k) + " y" + number + " >= 0\n";
    open_ += " y" + number + "\n";
  }

  std::size_t num_cells_ = 0;
  std::string objective_, rows_, open_;
  std::vector<std::string> balances_;  ///< per tuple
};

/// The optimum, as a loss.
double solved(const Problem& problem, Count k) {
  const test::TemporaryDirectory directory;
  const std::string program = directory.write("program.lp", IntegerProgram(problem, k).text());
  const std::string solution = directory.path("solution.txt");
  EXPECT_EQ(std::system(("glpsol --cpxlp " + program + " -o " + solution + " >/dev/null 2>&1").c_str()), 0);
  std::ifstream lines(solution);
  double optimum = -1;
  bool is_optimal = false;
  for (std::string line; std::getline(lines, line);) {
    if (line.rfind("Status:", 0) == 0) is_optimal = line.find("INTEGER OPTIMAL") != std::string::npos;
    if (line.rfind("Objective:", 0) == 0) optimum = std::atof(line.c_str() + line.find('=') + 1);
  }
  EXPECT_TRUE(is_optimal);
  return optimum / static_cast<double>(problem.num_records());
}

TEST(LocalRecoding, EnclosesTheOptimumOfTheIntegerProgram) {
  if (std::system("command -v glpsol >/dev/null") != 0) GTEST_SKIP() << "needs glpsol (package glpk-utils)";
  int num_optimal = 0;
  for (std::uint64_t seed = 0; seed < 20; ++seed) {
    const Problem problem =
        test::random_problem({.num_qi = 2 + seed % 2, .num_records = 14 + seed, .max_leaves = 4}, seed);
    LocalOptions options;
    options.model.k = 2 + seed % 4;
    const LocalResult found = recode_locally(problem, options, *self_communicator());
    const double optimum = solved(problem, options.model.k);
    EXPECT_GE(found.loss, optimum - 1e-6) << "seed " << seed;
    EXPECT_LE(found.lower_bound, optimum + 1e-6) << "seed " << seed;
    if (found.loss < optimum + 1e-6) ++num_optimal;
  }
  EXPECT_GE(num_optimal, 15);
}

}  // namespace
}  // namespace throng
