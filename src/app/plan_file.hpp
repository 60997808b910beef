// The plan of a local recoding as a private TOML file: written after a run, read to be applied to the next
// table.
#pragma once

#include <string>
#include <vector>

#include "loaded.hpp"
#include "solve.hpp"
#include "throng/local/plan.hpp"

namespace throng {

/// What a plan file says, in the numbering of the present table's hierarchies.
struct PlanFile {
  StrategyKind strategy = StrategyKind::kLocal;
  double loss = 1;  ///< of the recoding it was made from
  std::vector<PlannedClass> classes;
  Count absent = 0;  ///< further classes, of values that the present table has not
};

/// Errors: usage_error when `path` cannot be the place of a plan: the strategy has none, or the file would
/// lie among what is released; io_error when its directory is not there.
void check_plan_path(const std::string& path, const Job& job);

/// Writes the classes of `solved` by their labels, mode 0600, whole or not at all. Errors: io_error.
void write_plan(const std::string& path, const Loaded& loaded, const Solved& solved);

/// Reads a plan for `loaded`. Errors: usage_error with place and fix for a text that is no plan, and for a
/// plan of another format version, k, schema or hierarchy; io_error.
PlanFile read_plan(const std::string& path, const Loaded& loaded);

}  // namespace throng
