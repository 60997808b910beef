// A small table with a hierarchy, its problem, and what it takes to write a bundle of it.
#pragma once

#include <algorithm>
#include <map>
#include <string>
#include <vector>

#include "support/temporary_directory.hpp"
#include "throng/data/table.hpp"
#include "throng/lattice/problem.hpp"
#include "throng/release/bundle.hpp"
#include "throng/release/recode.hpp"
#include "throng/release/sha256.hpp"

namespace throng::test {

using Rows = std::vector<std::vector<std::string>>;

/// A table with dictionaries sorted bytewise, as the readers make it.
inline Table make_table(const std::vector<std::string>& names, const std::vector<Role>& roles,
                        const Rows& rows) {
  Table table;
  table.source = "test";
  table.num_rows = rows.size();
  for (std::size_t c = 0; c < names.size(); ++c) {
    Column& column = table.columns.emplace_back();
    column.name = names[c];
    column.role = roles[c];
    std::map<std::string, Code> codes;
    for (const auto& row : rows) codes[row[c]] = 0;
    for (auto& [value, code] : codes) {
      code = static_cast<Code>(column.dictionary.size());
      column.dictionary.push_back(value);
    }
    for (const auto& row : rows) column.codes.push_back(codes[row[c]]);
  }
  return table;
}

/// Released rows as text.
inline Rows rows_of(const Release& release) {
  Rows rows(release.num_rows);
  for (std::size_t i = 0; i < rows.size(); ++i)
    for (const ReleasedColumn& column : release.columns) rows[i].push_back(column.labels[column.cells[i]]);
  return rows;
}

inline Rows sorted(Rows rows) {
  std::sort(rows.begin(), rows.end());
  return rows;
}

/// Two quasi-identifiers (country with a three-level hierarchy, gender flat) and a sensitive column.
struct SmallCase {
  TemporaryDirectory directory;
  InputSpec input;
  Table table;
  Problem problem;

  explicit SmallCase(const Rows& rows = default_rows()) {
    ColumnSpec country{"country", Role::kQuasiIdentifier, {}, 1.0, {}};
    country.hierarchy.kind = HierarchySpec::Kind::kExplicit;
    country.hierarchy.path = directory.write(
        "country.csv", "DEU;Europe;*\nFRA;Europe;*\nNPL;Asia;*\nIND;Asia;*\nCHN;Asia;*\n;unknown;*\n");
    input.columns = {
        country, {"gender", Role::kQuasiIdentifier, {}, 1.0, {}}, {"work", Role::kSensitive, {}, 1.0, {}}};
    table = table_of(rows);
    std::vector<std::string> warnings;
    problem = make_problem(table, input, 1, warnings);
  }

  static Table table_of(const Rows& rows) {
    return make_table({"country", "gender", "work"},
                      {Role::kQuasiIdentifier, Role::kQuasiIdentifier, Role::kSensitive}, rows);
  }

  /// Classes of (region, gender): Europe F 4, Asia F 3, Asia M 2, unknown M 1.
  static Rows default_rows() {
    return {{"DEU", "F", "a"}, {"DEU", "F", "b"}, {"FRA", "F", "c"}, {"FRA", "F", "a"},  {"NPL", "F", "b"},
            {"IND", "F", "c"}, {"CHN", "F", "a"}, {"NPL", "M", "b"}, {"IND", "M", "=c"}, {"", "M", "a"}};
  }

  [[nodiscard]] Release recoded(const Node& levels, Count k,
                                SuppressedRecords suppressed = SuppressedRecords::kDrop,
                                std::uint64_t seed = 1) const {
    RecodeOptions options;
    options.model.k = k;
    options.levels = levels;
    options.suppressed = suppressed;
    options.seed = seed;
    return recode(table, problem, options);
  }

  [[nodiscard]] Release recoded_locally(const LocalRecoding& recoding, Count k,
                                        SuppressedRecords suppressed = SuppressedRecords::kDrop,
                                        std::uint64_t seed = 1) const {
    RecodeOptions options;
    options.model.k = k;
    options.suppressed = suppressed;
    options.seed = seed;
    return recode(table, problem, recoding, options);
  }

  /// The content of a bundle of `release`.
  [[nodiscard]] BundleContent content(const Release& release, Count k) const {
    BundleContent content;
    content.name = "small";
    content.formats = {ReleaseFormat::kCsv, ReleaseFormat::kHdf5};
    content.external_report = "{\"external\": true}\n";
    content.internal_report = "{\"internal\": true}\n";
    content.manifest.creator = "test";
    content.manifest.k = k;
    if (release.starred > 0) content.manifest.suppressed = SuppressedRecords::kStar;
    content.manifest.input_sha256 = sha256_hex("input");
    content.manifest.config_sha256 = sha256_hex("config");
    content.manifest.configuration = {"privacy.k = " + std::to_string(k)};
    std::size_t j = 0;
    for (const ReleasedColumn& column : release.columns) {
      ManifestColumn entry{column.name, column.role, column.level, column.levels, std::nullopt, ""};
      if (entry.is_quasi_identifier()) {
        const Hierarchy& hierarchy = problem.lattice.axes[j++].hierarchy;
        entry.height = hierarchy.height();
        entry.hierarchy_sha256 = fingerprint(input.find(column.name)->hierarchy, hierarchy);
      }
      content.manifest.columns.push_back(entry);
    }
    return content;
  }

  /// Writes and commits a bundle under directory/NAME; returns the path of its release/.
  [[nodiscard]] std::string publish(const Release& release, Count k, const std::string& name = "out") const {
    StagedBundle bundle(directory.path(name));
    bundle.write(release, content(release, k), 1);
    bundle.commit();
    return directory.path(name) + "/release";
  }
};

}  // namespace throng::test
