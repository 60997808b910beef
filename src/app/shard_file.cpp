// Writes, collects and joins shards.
#include "shard_file.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <nlohmann/json.hpp>
#include <set>

#include "piece_files.hpp"
#include "saving.hpp"
#include "search/search_state.hpp"
#include "throng/app/config.hpp"
#include "throng/core/error.hpp"
#include "throng/data/file.hpp"
#include "throng/release/sha256.hpp"
#include "values.hpp"

namespace throng {

namespace {

using Json = nlohmann::ordered_json;

constexpr std::string_view kShard = " shard";

void write_shard(const std::string& kind, const std::string& path, const Loaded& loaded,
                 std::string_view content) {
  const std::string directory = std::filesystem::path(path).parent_path().string();
  if (!directory.empty()) create_directories(directory);
  StateLabel label = label_of(kind, loaded);
  label.kind += kShard;
  write_file(path, encode_state_file(label, content));
}

Error not_a_shard() {
  return data_error("the shards hold no answer that can be put together", "run them again");
}

void write_text(StateWriter& writer, const std::vector<std::string>& texts) {
  writer.number(texts.size());
  for (const std::string& text : texts) writer.bytes(text);
}

std::vector<std::string> read_text(StateReader& reader) {
  std::vector<std::string> texts(reader.count(sizeof(std::uint64_t)));
  for (std::string& text : texts) text = reader.bytes();
  return texts;
}

/// Refuses a shard that does not go with those before it.
void check_together(const StateFile& shard, const std::string& path, const StateFile& first,
                    const std::string& first_path) {
  const StateLabel& a = shard.label;
  const StateLabel& b = first.label;
  const char* difference = nullptr;
  const auto is_audit = [](const StateLabel& label) { return label.kind.starts_with("audit"); };
  if (is_audit(a) != is_audit(b))
    difference = "one is of a search, the other of an audit";
  else if (a.kind != b.kind)
    difference = "one was made with --output, the other without";
  else if (a.input_sha256 != b.input_sha256)
    difference = "their inputs were different files";
  else if (a.answer_sha256 != b.answer_sha256)
    difference = "their settings or hierarchies were different";
  else if (a.shard.count != b.shard.count)
    difference = "they are shards of different numbers";
  if (difference != nullptr)
    throw usage_error(fmt::format("{} does not belong to {}: {}", path, first_path, difference),
                      "merge the shards of one run");
}

bool holds_figures(const StateLabel& label) { return label.kind == audit_kind(true) + std::string(kShard); }

/// Takes what a shard of an audit holds beside its `state`; returns the seconds it took.
double read_audit_shard(const StateFile& shard, MergedAudit& merged, std::string& state) {
  AuditAnswer& answer = merged.answer;
  StateReader reader(shard.state);
  const std::vector<std::uint64_t> numbers = reader.numbers();
  answer.options.thresholds = reader.numbers();
  answer.qi = read_text(reader);
  const double seconds = reader.real();
  state = reader.bytes();
  if (holds_figures(shard.label)) merged.label = {std::string(reader.bytes()), shard.label.input_sha256};
  if (!reader.is_whole() || numbers.size() != 6) throw not_a_shard();
  answer.rows = numbers[0];
  answer.distinct_tuples = numbers[1];
  answer.options.k = numbers[2];
  answer.options.max_size = numbers[3];
  answer.options.num_worst = numbers[4];
  answer.options.max_minimal_unsafe = numbers[5];
  return seconds;
}

}  // namespace

std::string audit_kind(bool keeps_arrays) { return keeps_arrays ? "audit --output" : "audit"; }

std::string shard_path(const std::string& kind, const Job& job) {
  const SavingSpec& saving = job.saving;
  if (!saving.shard_file.empty()) return saving.shard_file;
  return fmt::format("{}/{}-{}-{}-of-{}.shard", job.directory, job.name, kind, saving.shard.index + 1,
                     saving.shard.count);
}

void write_search_shard(const Loaded& loaded, const Answer& answer) {
  StateWriter writer;
  const std::optional<Solution>& best = answer.result.best;
  write_prefix(writer, best ? Prefix{best->levels, best->loss} : Prefix{});
  writer.bytes(answer_json(answer, Audience::kInternal));
  writer.number(answer.result.division);
  write_shard("search", shard_path("search", loaded.job), loaded, std::move(writer).take());
}

void write_audit_shard(const Loaded& loaded, const AuditAnswer& answer) {
  StateWriter writer;
  const AuditOptions& options = answer.options;
  writer.numbers({answer.rows, answer.distinct_tuples, options.k, options.max_size, options.num_worst,
                  options.max_minimal_unsafe});
  writer.numbers(options.thresholds);
  write_text(writer, answer.qi);
  writer.real(answer.result.seconds);
  writer.bytes(answer.result.shard_state);
  if (options.keeps_arrays) writer.bytes(audit_file_label(loaded).config_sha256);
  write_shard(audit_kind(options.keeps_arrays), shard_path("audit", loaded.job), loaded,
              std::move(writer).take());
}

std::vector<StateFile> read_shards(const std::vector<std::string>& paths) {
  std::vector<StateFile> found;
  for (const std::string& path : paths) {
    found.push_back(decode_state_file(MappedFile(path).bytes(), path));
    if (!found.back().label.kind.ends_with(kShard))
      throw usage_error(path + " is a checkpoint, not a shard", "give the files of --shard-file");
    check_together(found.back(), path, found.front(), paths.front());
  }
  std::vector<StateFile> shards(found.front().label.shard.count);
  std::vector<std::string> path_of(shards.size());
  for (std::size_t i = 0; i < found.size(); ++i) {
    const std::size_t index = found[i].label.shard.index;
    if (!path_of[index].empty())
      throw usage_error(fmt::format("{} and {} are both shard {}", path_of[index], paths[i],
                                    to_string(found[i].label.shard)),
                        "give each shard once");
    path_of[index] = paths[i];
    shards[index] = std::move(found[i]);
  }
  for (std::size_t i = 0; i < shards.size(); ++i)
    if (path_of[i].empty())
      throw usage_error(fmt::format("shard {} is missing", to_string(Shard{i, shards.size()})),
                        "give the files of all shards");
  return shards;
}

std::string merged_search_json(const std::vector<StateFile>& shards, bool& has_solution) {
  Candidate best;
  Json answer;
  std::set<std::uint64_t> divisions;
  std::uint64_t visited = 0;
  double seconds = 0;
  for (const StateFile& shard : shards) {
    StateReader reader(shard.state);
    Prefix prefix = read_prefix(reader);
    Candidate candidate{prefix.bound, std::move(prefix.levels)};
    const std::string_view text = reader.bytes();
    Json theirs = Json::parse(text, nullptr, false);
    divisions.insert(reader.number());
    if (!reader.is_whole() || !theirs.is_object() || !theirs["telemetry"].is_object()) throw not_a_shard();
    visited += theirs["telemetry"].value("nodes_visited", std::uint64_t{0});
    seconds = std::max(seconds, theirs["telemetry"].value("seconds", 0.0));
    if (!answer.is_null() && !is_better(candidate, best)) continue;
    best = std::move(candidate);
    answer = std::move(theirs);
  }
  if (divisions.size() > 1)
    throw data_error(
        "the shards were cut from different lists of subtrees: together they may leave nodes out",
        "run all of them again with one version of throng");
  has_solution = best.exists();
  answer["telemetry"]["nodes_visited"] = visited;
  answer["telemetry"]["seconds"] = seconds;
  return answer.dump(2, ' ', false, Json::error_handler_t::replace) + '\n';
}

AuditFileLabel audit_file_label(const Loaded& loaded) {
  return {
      sha256_hex(fmt::format("{}", fmt::join(configuration_lines(loaded.job, Audience::kExternal), "\n"))),
      sha256_of_file(loaded.job.input.path)};
}

MergedAudit merged_audit(const std::vector<StateFile>& shards, const std::vector<std::string>& paths,
                         bool keeps_arrays, Communicator& communicator) {
  const StateLabel& label = shards.front().label;
  const bool has_figures = holds_figures(label);
  if (keeps_arrays && !has_figures)
    throw usage_error("the shards hold no figures of every combination",
                      "audit with --shard and --output, or merge without --output");
  MergedAudit merged;
  AuditAnswer& answer = merged.answer;
  std::vector<std::string> states;
  double seconds = 0;
  for (const StateFile& shard : shards)
    seconds = std::max(seconds, read_audit_shard(shard, merged, states.emplace_back()));
  const auto& thresholds = answer.options.thresholds;
  if (thresholds.size() > kMaxAuditThresholds ||
      std::find(thresholds.begin(), thresholds.end(), answer.options.k) == thresholds.end())
    throw not_a_shard();
  const PieceStore pieces = piece_files_of(paths);
  if (has_figures) answer.options.pieces = &pieces;
  answer.options.keeps_arrays = keeps_arrays;
  answer.result = merge_audit(states, answer.options, communicator);
  answer.options.pieces = nullptr;
  answer.result.seconds = seconds;
  return merged;
}

}  // namespace throng
