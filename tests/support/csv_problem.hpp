// A problem from a table written in the test: every column is a quasi-identifier without a hierarchy.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "throng/data/csv.hpp"
#include "throng/lattice/problem.hpp"

namespace throng::test {

inline Problem problem_of_csv(std::string_view csv) {
  InputSpec input;
  input.path = "table.csv";
  input.default_role = Role::kQuasiIdentifier;
  std::vector<std::string> warnings;
  return make_problem(parse_csv_table(csv, input, 1), input, 1, warnings);
}

}  // namespace throng::test
