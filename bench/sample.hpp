// The tables of the audit's benchmarks: the sample, else the bundled data, or any number of generated
// records.
#pragma once

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "throng/core/parallel.hpp"
#include "throng/lattice/problem.hpp"

namespace throng {

/// The first `num_qi` columns are the quasi-identifiers.
inline Problem load_from(const std::string& path, std::size_t num_qi) {
  InputSpec input;
  input.path = path;
  Table table = read_table(input, default_num_threads());
  for (std::size_t c = 0; c < num_qi; ++c) {
    table.columns[c].role = Role::kQuasiIdentifier;
    ColumnSpec& spec = input.columns.emplace_back();
    spec.name = table.columns[c].name;
    spec.role = Role::kQuasiIdentifier;
  }
  std::vector<std::string> warnings;
  return make_problem(table, input, default_num_threads(), warnings);
}

inline Problem load(std::size_t num_qi) {
  const std::string shared = THRONG_SHARED_DIR "/data/ctdc-sample/ctdc-sample-80000.csv";
  return load_from(std::filesystem::exists(shared) ? shared : THRONG_SOURCE_DIR "/out/ctdc-like.csv", num_qi);
}

/// The same columns with DIRECTORY/hierarchy_NAME.csv where there is one.
inline Problem load_with_hierarchies(const std::string& path, const std::string& directory,
                                     std::size_t num_qi) {
  InputSpec input;
  input.path = path;
  input.default_role = Role::kInsensitive;
  Table table = read_table(input, default_num_threads());
  for (std::size_t c = 0; c < std::min(num_qi, table.columns.size()); ++c) {
    ColumnSpec& spec = input.columns.emplace_back();
    spec.name = table.columns[c].name;
    spec.role = table.columns[c].role = Role::kQuasiIdentifier;
    const std::string hierarchy = directory + "/hierarchy_" + spec.name + ".csv";
    if (std::filesystem::exists(hierarchy))
      spec.hierarchy = {HierarchySpec::Kind::kExplicit, hierarchy, {}, 0};
  }
  std::vector<std::string> warnings;
  return make_problem(table, input, default_num_threads(), warnings);
}

/// The sample, else the bundled data; nothing where neither is.
inline std::optional<Problem> load_for_search(std::size_t num_qi) {
  const std::string shared = THRONG_SHARED_DIR "/data/ctdc-sample";
  const bool has_shared = std::filesystem::exists(shared);
  const std::string path =
      has_shared ? shared + "/ctdc-sample-80000.csv" : THRONG_SOURCE_DIR "/out/ctdc-like.csv";
  if (!std::filesystem::exists(path)) return std::nullopt;
  return load_with_hierarchies(path, has_shared ? shared : THRONG_SOURCE_DIR "/datasets/ctdc-like", num_qi);
}

/// Records drawn by the bundled model, as THRONG_BINARY writes them.
inline Problem load_generated(std::size_t num_records, std::size_t num_qi) {
  const std::string path = std::filesystem::temp_directory_path() / "throng-bench-audit.csv";
  const std::string command = std::string(THRONG_BINARY) +
                              " generate --quiet --model " THRONG_SOURCE_DIR "/datasets/ctdc-like --rows " +
                              std::to_string(num_records) + " --output " + path;
  if (std::system(command.c_str()) != 0) return {};
  Problem problem = load_from(path, num_qi);
  std::filesystem::remove(path);
  return problem;
}

}  // namespace throng
