// The ranges of single settings and their reasons.
#include "values.hpp"

#include <fmt/format.h>

#include <charconv>
#include <cmath>
#include <filesystem>
#include <limits>

#include "section.hpp"

namespace throng {

namespace {
constexpr std::uint64_t kMaxThreads = 4096;
constexpr std::size_t kMaxShards = 1000000;
}  // namespace

Count checked_k(std::uint64_t k, const Source& source) {
  if (k >= 2) return k;
  throw usage_error(fmt::format("{} = {}: k = 1 protects nobody, and 0 even less", source.name, k),
                    "write k = 2 or more; 11 is usual for records about trafficked people", source.place);
}

double checked_max_suppressed(double value, const Source& source) {
  const bool is_fraction = value >= 0 && value <= 1;
  const bool is_count = value > 1 && value <= 4294967295.0 && std::floor(value) == value;
  if (is_fraction || is_count) return value;
  throw usage_error(fmt::format("{} = {} is neither a fraction from 0 to 1 nor a whole number of records",
                                source.name, value),
                    "write for example 0.05 (5 % of the records), 200 (records) or 1.0 (no limit)",
                    source.place);
}

double checked_time_limit(double seconds, const Source& source) {
  if (seconds >= 0 && std::isfinite(seconds)) return seconds;
  throw usage_error(fmt::format("{} = {} is not a time", source.name, seconds),
                    "write seconds from 0 on; 0 means no limit", source.place);
}

double checked_interval(double seconds, const Source& source) {
  if (seconds > 0 && std::isfinite(seconds)) return seconds;
  throw usage_error(fmt::format("{} = {} is not a time", source.name, seconds),
                    "write seconds above 0, as in 300", source.place);
}

Resume checked_resume(const std::string& text, const Source& source) {
  for (const Resume resume : {Resume::kAuto, Resume::kNever, Resume::kRequire})
    if (text == to_string(resume)) return resume;
  throw_not_one_of(source.name, text, {"auto", "never", "require"}, source.place);
}

Shard checked_shard(const std::string& text, const Source& source) {
  Shard shard;
  const char* const end = text.data() + text.size();
  const auto index = std::from_chars(text.data(), end, shard.index);
  if (index.ec == std::errc() && index.ptr != end && *index.ptr == '/') {
    const auto count = std::from_chars(index.ptr + 1, end, shard.count);
    if (count.ec == std::errc() && count.ptr == end && shard.index >= 1 && shard.index <= shard.count &&
        shard.count <= kMaxShards) {
      --shard.index;
      return shard;
    }
  }
  throw usage_error(fmt::format("{} `{}` is no share of the work", source.name, text),
                    "write i/n with i from 1 to n, as in 3/8", source.place);
}

const char* to_string(Resume resume) {
  return resume == Resume::kAuto ? "auto" : resume == Resume::kNever ? "never" : "require";
}

std::string to_string(const Shard& shard) { return fmt::format("{}/{}", shard.index + 1, shard.count); }

double checked_weight(double weight, const Source& source) {
  if (weight > 0 && std::isfinite(weight)) return weight;
  throw usage_error(fmt::format("{} = {} is not a weight", source.name, weight),
                    "write a number above 0; 1.0 is the default", source.place);
}

int checked_threads(std::uint64_t threads, const Source& source) {
  if (threads <= kMaxThreads) return static_cast<int>(threads);
  throw usage_error(fmt::format("{} = {} is more than {}", source.name, threads, kMaxThreads),
                    "write 0 for all processors", source.place);
}

StrategyKind checked_strategy(const std::string& text, const Source& source) {
  if (const auto strategy = parse_strategy(text)) return *strategy;
  const auto names = strategy_names();
  throw_not_one_of(source.name, text, {names.begin(), names.end()}, source.place);
}

std::string resolved_path(const std::string& path, const std::string& job_path) {
  return (std::filesystem::path(job_path).parent_path() / path).lexically_normal().string();
}

}  // namespace throng
