// Fuzz target: whatever the bytes, a hierarchy file is refused or keeps every promise of struct Hierarchy,
// and written out it reads back as the same hierarchy.
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>
#include <vector>

#include "throng/core/error.hpp"
#include "throng/data/csv.hpp"
#include "throng/data/hierarchy.hpp"
#include "unit/data/hierarchy_invariants.hpp"

namespace {

void require(bool is_true) {
  if (!is_true) std::abort();
}

std::string written(const throng::Hierarchy& hierarchy) {
  std::string text;
  for (throng::Code leaf = 0; leaf < hierarchy.num_leaves(); ++leaf)
    for (std::size_t l = 0; l < hierarchy.labels.size(); ++l) {
      throng::append_csv_field(text, hierarchy.labels[l][hierarchy.value_of_leaf[l][leaf]], ';');
      text += l + 1 == hierarchy.labels.size() ? '\n' : ';';
    }
  return text;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::vector<std::string> missing = {"NA", ""};
  std::vector<std::string> warnings;
  throng::Hierarchy hierarchy;
  try {
    hierarchy =
        throng::parse_hierarchy({reinterpret_cast<const char*>(data), size}, "h.csv", missing, warnings);
  } catch (const throng::Error&) {
    return 0;
  }
  require(throng::test::broken_promise(hierarchy).empty());
  if (hierarchy.labels.size() > 254) return 0;  // a file has one column less: its top is put on by the reader
  warnings.clear();
  const throng::Hierarchy again = throng::parse_hierarchy(written(hierarchy), "again.csv", missing, warnings);
  require(warnings.empty());
  require(again.labels == hierarchy.labels);
  require(again.first_leaf == hierarchy.first_leaf);
  require(again.value_of_leaf == hierarchy.value_of_leaf);
  return 0;
}
