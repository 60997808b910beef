// The file of `throng bench`: which strategies run on which data, for which k, limits and metrics.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "throng/app/job.hpp"

namespace throng {

/// The name of the local-recoding reference among the strategies of a bench file.
inline constexpr std::string_view kMondrian = "mondrian";

/// One data set: a job's input and columns, with the numbers of quasi-identifiers to try.
struct BenchDataset {
  std::string name;
  Job job;
  std::vector<std::string> qi;        ///< in the order in which they are taken
  std::vector<std::uint64_t> num_qi;  ///< the first so many of qi, one problem each
};

struct BenchPlan {
  std::vector<std::string> strategies;
  std::vector<std::string> metrics = {"loss"};
  std::vector<Count> k = {11};
  std::vector<double> max_suppressed = {1.0};  ///< as in a job: fraction or count
  std::vector<double> time_limits_seconds = {60};
  std::uint64_t repetitions = 3;
  std::uint64_t seed = 1;  ///< of the order of the runs
  int num_threads = 1;
  std::string directory = "out/bench";
  std::vector<BenchDataset> datasets;
};

/// Reads a bench file; paths in it, those of jobs too, are relative to it. Errors: as load_job(); usage_error
/// with line and column for unknown keys, names and values out of range.
BenchPlan parse_bench_plan(std::string_view text, const std::string& path);
BenchPlan load_bench_plan(const std::string& path);

}  // namespace throng
