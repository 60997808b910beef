// Checks of single settings, shared by the job file and the command line.
#pragma once

#include <string>

#include "throng/app/job.hpp"

namespace throng {

/// What a checked value is called in messages, and where it stands.
struct Source {
  std::string name;  ///< "k", "option --k"
  Place place;
};

/// Each returns the value or throws usage_error with the source's name and place.
Count checked_k(std::uint64_t k, const Source& source);
double checked_max_suppressed(double value, const Source& source);
double checked_time_limit(double seconds, const Source& source);
double checked_weight(double weight, const Source& source);
int checked_threads(std::uint64_t threads, const Source& source);
double checked_interval(double seconds, const Source& source);
Resume checked_resume(const std::string& text, const Source& source);
/// i/n with 1 <= i <= n.
Shard checked_shard(const std::string& text, const Source& source);
StrategyKind checked_strategy(const std::string& text, const Source& source);

/// "auto", ...
const char* to_string(Resume resume);
/// "3/8": shards count from 1 where people read them.
std::string to_string(const Shard& shard);

/// An option's text as a whole number. Errors: usage_error naming the option.
std::uint64_t parse_whole(const std::string& text, const std::string& name);

/// `path` taken relative to the directory of the job file.
std::string resolved_path(const std::string& path, const std::string& job_path);

}  // namespace throng
