// Applies the command line's values to a job, and fits a job to the records it is about.
#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cmath>

#include "core/words.hpp"
#include "throng/app/job.hpp"
#include "values.hpp"

namespace throng {

namespace {

template <typename T>
T parse_number(const std::string& text, const std::string& name, const char* wanted) {
  T value{};
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error == std::errc() && end == text.data() + text.size() && !text.empty()) return value;
  throw usage_error(fmt::format("{} `{}` is not {}", name, text, wanted), fmt::format("give {}", wanted));
}

std::vector<std::string> split(const std::string& text) {
  std::vector<std::string> parts(1);
  for (const char c : text) {
    if (c == ',')
      parts.emplace_back();
    else
      parts.back() += c;
  }
  return parts;
}

ColumnSpec& described(InputSpec& input, const std::string& name) {
  for (ColumnSpec& column : input.columns)
    if (column.name == name) return column;
  ColumnSpec& column = input.columns.emplace_back();
  column.name = name;
  column.place.file = "option --qi";
  return column;
}

/// The named columns are the quasi-identifiers; those that were and are no longer take the default role.
void replace_qi(Job& job, const std::string& text) {
  InputSpec& input = job.input;
  if (input.default_role == Role::kQuasiIdentifier) input.default_role = Role::kInsensitive;
  const std::vector<std::string> names = split(text);
  for (ColumnSpec& column : input.columns) {
    if (column.role != Role::kQuasiIdentifier) continue;
    if (std::ranges::find(names, column.name) == names.end()) job.no_longer_qi.push_back(column.name);
    column.role = input.default_role;
    job.origins["columns." + column.name + ".role"] = "option --qi";
  }
  for (const std::string& name : names) {
    if (name.empty())
      throw usage_error("option --qi names an empty column", "give names separated by commas: --qi a,b");
    if (std::ranges::count(names, name) > 1)
      throw usage_error("option --qi names `" + name + "` twice", "name each column once");
    ColumnSpec& column = described(input, name);
    if (column.role == Role::kIdentifier)
      throw usage_error("option --qi names `" + name + "`, which is an identifier",
                        "identifiers are never released: leave it out", column.place);
    column.role = Role::kQuasiIdentifier;
    job.origins["columns." + name + ".role"] = "option --qi";
  }
}

/// "10%" is 0.1 and "0,1" as well: said so, because nobody should have to guess.
void refuse_other_fractions(const std::string& text, const Source& source) {
  const auto refuse = [&](const std::string& meant) {
    throw usage_error(fmt::format("{} `{}` is not a number", source.name, text), "write " + meant);
  };
  double number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  const std::string_view rest(end, static_cast<std::size_t>(text.data() + text.size() - end));
  if (error == std::errc() && rest == "%") refuse(fmt::format("{}", number / 100));
  const bool is_decimal =
      rest.size() > 1 && rest.find_first_not_of("0123456789", 1) == std::string_view::npos;
  if (error == std::errc() && is_decimal && rest[0] == ',')
    refuse(fmt::format("{:.0f}.{}", number, rest.substr(1)));
}

/// Calls assign(text, source) when the option was given, and notes where the value of `key` comes from.
template <typename Assign>
void override_key(Job& job, const std::optional<std::string>& value, const char* key,
                  const std::string& option, const Assign& assign) {
  if (!value) return;
  assign(*value, Source{"option " + option, {}});
  job.origins[key] = "option " + option;
}

void override_search(Job& job, const Overrides& overrides) {
  const auto set = [&](const auto&... arguments) { override_key(job, arguments...); };
  set(overrides.k, "privacy.k", "--k", [&](const std::string& text, const Source& source) {
    job.k = checked_k(parse_number<std::uint64_t>(text, source.name, "a whole number from 2 on"), source);
  });
  set(overrides.max_suppressed, "privacy.max_suppressed", "--max-suppressed",
      [&](const std::string& text, const Source& source) {
        refuse_other_fractions(text, source);
        job.max_suppressed =
            checked_max_suppressed(parse_number<double>(text, source.name, "a number"), source);
      });
  set(overrides.threads, "search.threads", "--threads", [&](const std::string& text, const Source& source) {
    job.num_threads = checked_threads(parse_whole(text, source.name), source);
  });
  set(overrides.time_limit, "search.time_limit_seconds", "--time-limit",
      [&](const std::string& text, const Source& source) {
        job.time_limit_seconds =
            checked_time_limit(parse_number<double>(text, source.name, "a number of seconds"), source);
      });
  set(overrides.strategy, "search.strategy", "--strategy",
      [&](const std::string& text, const Source& source) { job.strategy = checked_strategy(text, source); });
  set(overrides.max_size, "audit.max_size", "--max-size",
      [&](const std::string& text, const Source& source) { job.max_size = parse_whole(text, source.name); });
}

void override_files(Job& job, const Overrides& overrides) {
  const auto set = [&](const auto&... arguments) { override_key(job, arguments...); };
  const auto require = [](const std::string& text, const Source& source, const char* what) {
    if (text.empty()) throw usage_error(source.name + " is empty", std::string("name a ") + what);
    return text;
  };
  set(overrides.seed, "output.seed", "--seed",
      [&](const std::string& text, const Source& source) { job.seed = parse_whole(text, source.name); });
  set(overrides.input, "input.path", "--input",
      [&](const std::string& text, const Source& source) { job.input.path = require(text, source, "file"); });
  set(overrides.output, "output.directory", "--output", [&](const std::string& text, const Source& source) {
    job.directory = require(text, source, "directory");
  });
}

void override_saving(Job& job, const Overrides& overrides) {
  const auto set = [&](const auto&... arguments) { override_key(job, arguments...); };
  const auto seconds = [](const std::string& text, const Source& source) {
    return parse_number<double>(text, source.name, "a number of seconds");
  };
  SavingSpec& saving = job.saving;
  set(overrides.checkpoint_dir, "checkpoint.directory", "--checkpoint-dir",
      [&](const std::string& text, const Source& source) {
        if (text.empty()) throw usage_error(source.name + " is empty", "name a directory");
        saving.directory = text;
      });
  set(overrides.checkpoint_interval, "checkpoint.interval_seconds", "--checkpoint-interval",
      [&](const std::string& text, const Source& source) {
        saving.interval_seconds = checked_interval(seconds(text, source), source);
      });
  set(overrides.resume, "checkpoint.resume", "--resume",
      [&](const std::string& text, const Source& source) { saving.resume = checked_resume(text, source); });
  set(overrides.stop_after, "checkpoint.stop_after", "--stop-after",
      [&](const std::string& text, const Source& source) {
        saving.stop_after_seconds = checked_interval(seconds(text, source), source);
      });
  set(overrides.shard, "shard", "--shard",
      [&](const std::string& text, const Source& source) { saving.shard = checked_shard(text, source); });
  if (overrides.shard_file) saving.shard_file = *overrides.shard_file;
}

}  // namespace

std::uint64_t parse_whole(const std::string& text, const std::string& name) {
  return parse_number<std::uint64_t>(text, name, "a whole number from 0 on");
}

void apply_overrides(Job& job, const Overrides& overrides) {
  if (overrides.qi) replace_qi(job, *overrides.qi);
  override_search(job, overrides);
  override_files(job, overrides);
  override_saving(job, overrides);
}

std::vector<Count> Job::audit_thresholds() const {
  std::vector<Count> result = thresholds.empty() ? std::vector<Count>{2, 3, 5, k} : thresholds;
  std::sort(result.begin(), result.end());
  result.erase(std::unique(result.begin(), result.end()), result.end());
  return result;
}

Count max_suppressed_records(const Job& job, Count num_records) {
  // 1e-9 absorbs the error of fractions like 0.07 * 100, far below one record.
  if (job.max_suppressed <= 1)
    return static_cast<Count>(std::floor(job.max_suppressed * static_cast<double>(num_records) + 1e-9));
  const auto count = static_cast<Count>(job.max_suppressed);
  if (count <= num_records) return count;
  throw usage_error(fmt::format("max_suppressed = {} is more than the {} of the input", count,
                                counted(num_records, "record")),
                    "write a smaller number, or 1.0 for no limit", {job.path, 0, 0});
}

void check_k_fits(const Job& job, Count num_records) {
  if (job.k <= num_records) return;
  throw usage_error(fmt::format("k = {} is more than the {} of the input: no class can be that large", job.k,
                                counted(num_records, "record")),
                    "write a smaller k", {job.path, 0, 0});
}

}  // namespace throng
