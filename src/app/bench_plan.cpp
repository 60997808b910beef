// Reads the sections of a bench file.
#include "bench_plan.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "core/words.hpp"
#include "section.hpp"
#include "throng/data/file.hpp"
#include "values.hpp"

namespace throng {

namespace {

constexpr std::uint64_t kMaxRepetitions = 1000;

std::vector<std::string> strings_of(const std::vector<std::string_view>& names) {
  return {names.begin(), names.end()};
}

void check_names(const std::vector<std::string>& names, const std::vector<std::string>& valid,
                 const TomlEntry& entry) {
  for (const std::string& name : names)
    if (std::find(valid.begin(), valid.end(), name) == valid.end())
      throw_not_one_of(entry.key, name, valid, entry.value.place);
}

template <typename T>
void check_not_empty(const std::vector<T>& values, const TomlEntry& entry) {
  if (values.empty())
    throw usage_error(fmt::format("`{}` is empty", entry.key), "name at least one", entry.value.place);
}

void read_names(Section& section, BenchPlan& plan) {
  std::vector<std::string> strategies = strings_of(strategy_names());
  strategies.emplace_back(kMondrian);
  if (const TomlEntry* entry = section.read("strategies", plan.strategies)) {
    check_not_empty(plan.strategies, *entry);
    check_names(plan.strategies, strategies, *entry);
  } else {
    plan.strategies = strategies;
  }
  if (const TomlEntry* entry = section.read("metrics", plan.metrics)) {
    check_not_empty(plan.metrics, *entry);
    check_names(plan.metrics, strings_of(loss_metric_names()), *entry);
  }
}

void read_questions(Section& section, BenchPlan& plan) {
  if (const TomlEntry* entry = section.read("k", plan.k)) {
    check_not_empty(plan.k, *entry);
    for (const Count k : plan.k) static_cast<void>(checked_k(k, {"k", entry->value.place}));
  }
  if (const TomlEntry* entry = section.read("max_suppressed", plan.max_suppressed)) {
    check_not_empty(plan.max_suppressed, *entry);
    for (const double limit : plan.max_suppressed)
      static_cast<void>(checked_max_suppressed(limit, {"max_suppressed", entry->value.place}));
  }
  if (const TomlEntry* entry = section.read("time_limits_seconds", plan.time_limits_seconds)) {
    check_not_empty(plan.time_limits_seconds, *entry);
    for (const double limit : plan.time_limits_seconds)
      static_cast<void>(checked_time_limit(limit, {"time_limits_seconds", entry->value.place}));
  }
}

void read_bench(Section section, BenchPlan& plan, const std::string& path) {
  read_names(section, plan);
  read_questions(section, plan);
  const TomlEntry* repetitions = section.read("repetitions", plan.repetitions);
  if (repetitions != nullptr && (plan.repetitions == 0 || plan.repetitions > kMaxRepetitions))
    throw usage_error(fmt::format("repetitions = {} is not from 1 to {}", plan.repetitions, kMaxRepetitions),
                      "3 give a median, 5 a spread", repetitions->value.place);
  section.read("seed", plan.seed);
  std::uint64_t threads = 1;
  if (const TomlEntry* entry = section.read("threads", threads))
    plan.num_threads = checked_threads(threads, {"threads", entry->value.place});
  const TomlEntry* directory = section.read("directory", plan.directory);
  if (directory != nullptr && plan.directory.empty())
    throw usage_error("`directory` is empty", "name the directory of the figures", directory->value.place);
  plan.directory = resolved_path(plan.directory, path);
}

std::vector<std::string> quasi_identifiers(const Job& job) {
  std::vector<std::string> names;
  for (const ColumnSpec& column : job.input.columns)
    if (column.role == Role::kQuasiIdentifier) names.push_back(column.name);
  return names;
}

BenchDataset read_dataset(const TomlEntry& entry, const std::string& path) {
  Origins origins;
  Section section(as_table(entry), "datasets." + entry.key, {"job", "qi", "num_qi"}, origins);
  std::string job;
  if (section.read("job", job) == nullptr || job.empty())
    throw usage_error(fmt::format("data set `{}` names no job", entry.key),
                      "write job = \"../jobs/ctdc-like.toml\", whose input and columns are taken",
                      entry.place);
  BenchDataset dataset{entry.key, load_job(resolved_path(job, path)), {}, {}};
  dataset.qi = quasi_identifiers(dataset.job);
  if (const TomlEntry* qi = section.read("qi", dataset.qi)) check_not_empty(dataset.qi, *qi);
  dataset.num_qi = {dataset.qi.size()};
  const TomlEntry* sizes = section.read("num_qi", dataset.num_qi);
  for (const std::uint64_t size : dataset.num_qi)
    if (size == 0 || size > dataset.qi.size())
      throw usage_error(fmt::format("num_qi = {} of data set `{}`, which has {}", size, entry.key,
                                    counted(dataset.qi.size(), "quasi-identifier")),
                        "write numbers from 1 to that, or list more in qi",
                        sizes == nullptr ? entry.place : sizes->value.place);
  return dataset;
}

}  // namespace

BenchPlan parse_bench_plan(std::string_view text, const std::string& path) {
  const TomlTable document = parse_toml(text, path);
  Origins origins;
  Section root(document, "", {"bench", "datasets"}, origins);
  BenchPlan plan;
  const TomlTable nothing;
  const TomlEntry* bench = root.find("bench");
  read_bench(Section(bench == nullptr ? nothing : as_table(*bench), "bench",
                     {"strategies", "metrics", "k", "max_suppressed", "time_limits_seconds", "repetitions",
                      "threads", "seed", "directory"},
                     origins),
             plan, path);
  if (const TomlEntry* datasets = root.find("datasets"))
    for (const TomlEntry& entry : as_table(*datasets).entries)
      plan.datasets.push_back(read_dataset(entry, path));
  if (plan.datasets.empty())
    throw usage_error("the bench names no data set",
                      "write [datasets.NAME] and job = \"../jobs/ctdc-like.toml\"", {path, 1, 1});
  return plan;
}

BenchPlan load_bench_plan(const std::string& path) {
  const MappedFile file(path);
  return parse_bench_plan(file.bytes(), path);
}

}  // namespace throng
