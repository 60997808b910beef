// The job file: dataset, roles, privacy model, search and output of one run, with where each value comes
// from.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "throng/core/checkpointing.hpp"
#include "throng/core/types.hpp"
#include "throng/data/schema.hpp"
#include "throng/loss/loss_metric.hpp"
#include "throng/release/bundle.hpp"
#include "throng/release/recode.hpp"
#include "throng/search/search.hpp"

namespace throng {

/// Where a value comes from: "default", "job.toml:12" or "option --k"; by key, such as "privacy.k".
using Origins = std::map<std::string, std::string>;

/// The levels that local recoding may use of a column.
struct AllowedLevels {
  std::vector<Level> levels;  ///< ascending
  Place place;                ///< where they stand, for messages
};

enum class Resume {
  kAuto,     ///< go on where there is a checkpoint, else start
  kNever,    ///< start
  kRequire,  ///< go on, or fail
};

/// How a run can be stopped and gone on with, and which share of the work it does.
struct SavingSpec {
  std::string directory;  ///< of the checkpoint; empty = none
  double interval_seconds = 300;
  Resume resume = Resume::kAuto;
  double stop_after_seconds = 0;  ///< 0 = never
  Shard shard;
  std::string shard_file;  ///< empty = in the output directory
};

/// A job as the file, the options and the defaults together describe it; paths are ready to be opened.
struct Job {
  std::string path;
  InputSpec input;
  Count k = 11;
  double max_suppressed = 1.0;  ///< up to 1 a fraction of the records, above a whole count
  std::string metric = "loss";
  Aggregate aggregate = Aggregate::kArithmetic;
  StrategyKind strategy = StrategyKind::kOptimal;
  double time_limit_seconds = 0;                ///< 0 = none
  std::uint64_t max_levels = 0;                 ///< of a column, by local recoding; 0 = any number
  std::map<std::string, AllowedLevels> levels;  ///< by column, where not all are allowed
  std::vector<Count> thresholds;                ///< of the audit; empty = 2, 3, 5 and k
  std::uint64_t max_size = 0;                   ///< of the audit's combinations; 0 = every size
  SavingSpec saving;
  std::string directory = "out";
  std::string name;  ///< of the data files; default: the job file's
  std::vector<ReleaseFormat> formats = {ReleaseFormat::kCsv, ReleaseFormat::kHdf5};
  SuppressedRecords suppressed = SuppressedRecords::kDrop;
  std::uint64_t seed = 1;                 ///< of the order of released rows
  int num_threads = 0;                    ///< 0 = all processors this process may use
  std::vector<std::string> no_longer_qi;  ///< quasi-identifiers of the file that --qi leaves out
  Origins origins;                        ///< of what is not a default

  /// The thresholds with their default, ascending, none twice.
  [[nodiscard]] std::vector<Count> audit_thresholds() const;
};

/// What the command line replaces, as it was typed.
struct Overrides {
  std::optional<std::string> qi, k, max_suppressed, threads, seed, output, strategy, time_limit, input,
      max_size;
  std::optional<std::string> checkpoint_dir, checkpoint_interval, resume, stop_after, shard, shard_file;
};

/// Reads a job from text. `path` is used in messages, and relative paths are relative to its directory.
/// Errors: usage_error with line and column for malformed TOML, unknown keys (with the nearest valid one),
/// wrong types and values out of range.
Job parse_job(std::string_view text, const std::string& path);

/// parse_job() of a file. Errors: also io_error when it cannot be read.
Job load_job(const std::string& path);

/// Errors: usage_error naming the option.
void apply_overrides(Job& job, const Overrides& overrides);

/// `max_suppressed` as a number of records. Errors: usage_error when it exceeds `num_records`.
Count max_suppressed_records(const Job& job, Count num_records);

/// Errors: usage_error when no class can have k of `num_records` records.
void check_k_fits(const Job& job, Count num_records);

}  // namespace throng
