// The figures of a bench as tables of named columns, and as files.
#pragma once

#include <nlohmann/json.hpp>
#include <string>
#include <utility>
#include <vector>

#include "bench_run.hpp"

namespace throng {

/// A string, a number, or null where there is no such figure.
using BenchCell = nlohmann::ordered_json;

struct BenchTable {
  std::vector<std::string> names;
  std::vector<std::vector<BenchCell>> rows;
};

/// One row per run, with its repetition.
BenchTable table_of_runs(const std::vector<BenchResult>& results);
/// One row per case: quartiles of the times over its repetitions, medians of what a time limit can vary.
BenchTable table_of_cases(const std::vector<BenchResult>& results);

/// What the figures were measured on: version, compiler, backend, processor, seed, ...
using Provenance = std::vector<std::pair<std::string, std::string>>;
Provenance provenance_of(const BenchPlan& plan, const std::string& path, int ranks);

std::string bench_csv(const BenchTable& table);
std::string bench_json(const Provenance& provenance, const BenchTable& cases, const BenchTable& runs);

/// Writes bench.csv (cases), bench-runs.csv, bench.json and bench.h5 (cases in /bench) into the plan's
/// directory, and returns their paths. Errors: io_error.
std::vector<std::string> write_bench(const std::string& directory, const Provenance& provenance,
                                     const std::vector<BenchResult>& results);

}  // namespace throng
