// Reads the sections of the job file.
#include <fmt/format.h>

#include <algorithm>
#include <filesystem>

#include "job_columns.hpp"
#include "section.hpp"
#include "throng/app/job.hpp"
#include "throng/data/file.hpp"
#include "values.hpp"

namespace throng {

namespace {

char checked_delimiter(const std::string& text, const Place& place) {
  const bool is_usable = text.size() == 1 && text[0] != '"' && text[0] != '\n' && text[0] != '\r' &&
                         text[0] != '\0' && static_cast<unsigned char>(text[0]) < 0x80;
  if (is_usable) return text[0];
  throw usage_error("`delimiter` is not one character", "write delimiter = \",\" or \";\", \"\\t\", \"|\"",
                    place);
}

void read_input(Section section, Job& job) {
  const TomlEntry* path = section.read("path", job.input.path);
  if (path != nullptr && job.input.path.empty())
    throw usage_error("`path` is empty", "name a .csv or .h5 file", path->value.place);
  job.input.path = path == nullptr ? std::string() : resolved_path(job.input.path, job.path);
  std::string delimiter;
  if (const TomlEntry* entry = section.read("delimiter", delimiter))
    job.input.delimiter = checked_delimiter(delimiter, entry->value.place);
  const TomlEntry* missing = section.read("missing", job.input.missing);
  if (missing != nullptr && job.input.missing.empty())
    throw usage_error("`missing` is empty", "write missing = [\"\"] or name the cells that mean missing",
                      missing->value.place);
  std::string role;
  if (const TomlEntry* entry = section.read("default_role", role))
    job.input.default_role = checked_role("default_role", role, entry->value.place);
}

void read_privacy(Section section, Job& job) {
  if (const TomlEntry* entry = section.read("k", job.k)) job.k = checked_k(job.k, {"k", entry->value.place});
  if (const TomlEntry* entry = section.read("max_suppressed", job.max_suppressed, "0.05"))
    job.max_suppressed = checked_max_suppressed(job.max_suppressed, {"max_suppressed", entry->value.place});
}

void read_loss(Section section, Job& job) {
  const auto names = loss_metric_names();
  if (const TomlEntry* entry = section.read("metric", job.metric))
    if (std::find(names.begin(), names.end(), job.metric) == names.end())
      throw_not_one_of("metric", job.metric, {names.begin(), names.end()}, entry->value.place);
  std::string aggregate = "arithmetic";
  const TomlEntry* entry = section.read("aggregate", aggregate);
  if (aggregate != "arithmetic" && aggregate != "geometric")
    throw_not_one_of("aggregate", aggregate, {"arithmetic", "geometric"}, entry->value.place);
  job.aggregate = aggregate == "geometric" ? Aggregate::kGeometric : Aggregate::kArithmetic;
}

void read_search(Section section, Job& job) {
  std::string strategy;
  if (const TomlEntry* entry = section.read("strategy", strategy))
    job.strategy = checked_strategy(strategy, {"strategy", entry->value.place});
  if (const TomlEntry* entry = section.read("time_limit_seconds", job.time_limit_seconds))
    job.time_limit_seconds =
        checked_time_limit(job.time_limit_seconds, {"time_limit_seconds", entry->value.place});
  section.read("max_levels", job.max_levels);
  std::uint64_t threads = 0;
  if (const TomlEntry* entry = section.read("threads", threads))
    job.num_threads = checked_threads(threads, {"threads", entry->value.place});
}

void read_audit(Section section, Job& job) {
  const TomlEntry* entry = section.read("thresholds", job.thresholds);
  if (entry != nullptr &&
      (job.thresholds.empty() || std::ranges::any_of(job.thresholds, [](Count t) { return t < 2; })))
    throw usage_error("`thresholds` must be whole numbers from 2 on", "write for example [2, 3, 5, 11]",
                      entry->value.place);
  section.read("max_size", job.max_size);
}

void read_checkpoint(Section section, Job& job) {
  SavingSpec& saving = job.saving;
  const TomlEntry* directory = section.read("directory", saving.directory);
  if (directory != nullptr && saving.directory.empty())
    throw usage_error("`directory` is empty", "name the directory of the checkpoint", directory->value.place);
  if (directory != nullptr) saving.directory = resolved_path(saving.directory, job.path);
  if (const TomlEntry* entry = section.read("interval_seconds", saving.interval_seconds))
    saving.interval_seconds =
        checked_interval(saving.interval_seconds, {"interval_seconds", entry->value.place});
  std::string resume;
  if (const TomlEntry* entry = section.read("resume", resume))
    saving.resume = checked_resume(resume, {"resume", entry->value.place});
}

std::vector<ReleaseFormat> checked_formats(const std::vector<std::string>& names, const Place& place) {
  std::vector<ReleaseFormat> formats;
  for (const std::string& name : names) {
    if (name != "csv" && name != "hdf5") throw_not_one_of("formats", name, {"csv", "hdf5"}, place);
    const ReleaseFormat format = name == "csv" ? ReleaseFormat::kCsv : ReleaseFormat::kHdf5;
    if (std::find(formats.begin(), formats.end(), format) == formats.end()) formats.push_back(format);
  }
  if (formats.empty()) throw usage_error("`formats` is empty", "write formats = [\"csv\", \"hdf5\"]", place);
  return formats;
}

void check_name(const std::string& name, const Place& place) {
  const bool is_plain = !name.empty() && name[0] != '.' && name[0] != '-' &&
                        name.find_first_of(std::string_view("/\\\0\n", 4)) == std::string::npos;
  if (!is_plain || name.size() > 200)
    throw usage_error("`name` is not a plain file name", "write for example name = \"cases-2026\"", place);
}

void read_output(Section section, Job& job) {
  const TomlEntry* directory = section.read("directory", job.directory);
  if (directory != nullptr && job.directory.empty())
    throw usage_error("`directory` is empty", "name the directory of the release", directory->value.place);
  if (const TomlEntry* entry = section.read("name", job.name)) check_name(job.name, entry->value.place);
  std::vector<std::string> formats;
  if (const TomlEntry* entry = section.read("formats", formats))
    job.formats = checked_formats(formats, entry->value.place);
  std::string suppressed;
  if (const TomlEntry* entry = section.read("suppressed", suppressed)) {
    const auto treatment = parse_suppressed_records(suppressed);
    if (!treatment) throw_not_one_of("suppressed", suppressed, {"drop", "star"}, entry->value.place);
    job.suppressed = *treatment;
  }
  section.read("seed", job.seed);
}

}  // namespace

Job parse_job(std::string_view text, const std::string& path) {
  const TomlTable document = parse_toml(text, path);
  Job job;
  job.path = path;
  job.name = std::filesystem::path(path).stem().string();
  Section root(document, "",
               {"input", "columns", "privacy", "loss", "search", "audit", "checkpoint", "output"},
               job.origins);
  const auto section = [&](const char* name, std::vector<std::string> keys) {
    static const TomlTable kEmpty;
    const TomlEntry* entry = root.find(name);
    return Section(entry == nullptr ? kEmpty : as_table(*entry), name, std::move(keys), job.origins);
  };
  read_input(section("input", {"path", "delimiter", "missing", "default_role"}), job);
  if (job.input.path.empty())
    throw usage_error("the job names no input", "write [input] and path = \"records.csv\"", {path, 1, 1});
  if (const TomlEntry* columns = root.find("columns")) read_columns(*columns, job);
  read_privacy(section("privacy", {"k", "max_suppressed"}), job);
  read_loss(section("loss", {"metric", "aggregate"}), job);
  read_search(section("search", {"strategy", "time_limit_seconds", "max_levels", "threads"}), job);
  read_audit(section("audit", {"thresholds", "max_size"}), job);
  read_checkpoint(section("checkpoint", {"directory", "interval_seconds", "resume"}), job);
  read_output(section("output", {"directory", "name", "formats", "suppressed", "seed"}), job);
  job.directory = resolved_path(job.directory, path);
  return job;
}

Job load_job(const std::string& path) {
  for (const char* table : {".csv", ".tsv", ".h5", ".hdf5"})
    if (path.ends_with(table))
      throw usage_error("this is a table, not a job", "write a job for it: throng init " + path,
                        {path, 0, 0});
  const MappedFile file(path);
  return parse_job(file.bytes(), path);
}

}  // namespace throng
