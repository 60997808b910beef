// Draws synthetic records from a statistical model: one classification tree per column.
//
// Sequential synthesis (Reiter, Using CART to generate partially synthetic public use microdata, J. Off.
// Stat. 21, 2005): a column is drawn from the table of the leaf that the columns drawn before it lead to.
// What a table pools as `rest` (values too rare to be told there) is drawn from the tables above. All
// arithmetic is on integers and every draw a hash of (seed, record, column): same seed, same bytes, whatever
// the machine and the threads. docs/file-formats.md describes the file, scripts/fit_model.py fits it.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "throng/core/types.hpp"

namespace throng {

/// The values a leaf draws from: value i with probability (cumulative[i] - cumulative[i - 1]) /
/// cumulative.back().
struct DrawTable {
  std::vector<std::uint64_t> cumulative;
  std::vector<Code> codes;
};

/// A question, or a leaf: the records whose `column` holds `value` go to `yes`, the others to `no`.
struct DrawNode {
  static constexpr std::uint32_t kLeaf = ~std::uint32_t{0};
  std::uint32_t column = kLeaf;  ///< index into GeneratorModel::columns
  Code value = 0;
  std::uint32_t yes = 0;  ///< index of a node; of the table when this is a leaf
  std::uint32_t no = 0;
};

/// How one column is drawn: node 0 is the root.
struct DrawTree {
  std::uint32_t column = 0;
  std::vector<DrawNode> nodes;
  std::vector<DrawTable> tables;
};

struct GeneratorModel {
  std::vector<std::string> columns;              ///< in file order
  std::vector<std::vector<std::string>> values;  ///< per column, indexed by Code
  std::vector<DrawTree> trees;                   ///< in the order they are drawn
};

/// Reads `directory`/model.json. Errors: io_error; data_error naming the file and the column that is wrong.
GeneratorModel read_model(const std::string& directory);
/// The same from text in memory; `name` is used in messages.
GeneratorModel parse_model(std::string_view text, const std::string& name);

/// Writes `rows` records as CSV to `path`, atomically. The first r records of a seed are the same for every
/// `rows` >= r. Errors: io_error.
void generate_csv(const GeneratorModel& model, std::uint64_t rows, std::uint64_t seed, int num_threads,
                  const std::string& path);

}  // namespace throng
