// The checks of verification, each of which adds sentences to the report.
#include "throng/release/verify.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <unordered_map>

#include "core/words.hpp"
#include "manifest_checks.hpp"
#include "throng/core/error.hpp"
#include "throng/data/csv.hpp"
#include "throng/data/file.hpp"
#include "throng/data/hdf5.hpp"
#include "throng/data/table.hpp"
#include "throng/release/level_membership.hpp"
#include "throng/release/manifest.hpp"
#include "throng/release/writer.hpp"

namespace throng {

namespace {

constexpr std::string_view kHdf5Magic = "\x89HDF\r\n\x1a\n";

/// The released file as text, every column of it, by the names the columns have in the job.
struct ReleasedText {
  Table table;
  bool is_csv = true;

  [[nodiscard]] const std::string& cell(std::size_t row, std::size_t c) const {
    return table.columns[c].dictionary[table.columns[c].codes[row]];
  }
};

/// A quasi-identifier of the job as it stands in the released file.
struct VerifiedQi {
  std::size_t column;
  LevelMembership membership;
  const ManifestColumn* stated;  ///< what the manifest says, or null
};

ReleasedText read_released(const VerifyRequest& request, bool has_manifest) {
  ReleasedText text;
  text.is_csv = !MappedFile(request.file).bytes().starts_with(kHdf5Magic);
  InputSpec input;
  input.path = request.file;
  if (has_manifest) input.delimiter = kReleaseDelimiter;
  text.table =
      text.is_csv ? read_csv_table(input, request.num_threads) : read_hdf5_table(input, request.num_threads);
  if (text.is_csv)
    for (Column& column : text.table.columns) column.name = restore_neutralized(column.name);
  return text;
}

/// The job's columns, and those of the file it does not describe, in the default role.
std::vector<ColumnSpec> all_columns(const VerifyRequest& request, const ReleasedText& text) {
  std::vector<ColumnSpec> columns = request.input.columns;
  for (const Column& column : text.table.columns) {
    const auto is_it = [&](const ColumnSpec& spec) { return spec.name == column.name; };
    if (std::ranges::any_of(request.input.columns, is_it)) continue;
    ColumnSpec& spec = columns.emplace_back();
    spec.name = column.name;
    spec.role = request.input.default_role;
  }
  return columns;
}

void check_identifiers(const std::vector<ColumnSpec>& columns, const ReleasedText& text,
                       VerifyReport& report) {
  for (const ColumnSpec& spec : columns) {
    if (spec.role != Role::kIdentifier) continue;
    for (const Column& column : text.table.columns)
      if (column.name == spec.name)
        report.violations.push_back(
            fmt::format("column `{}` is an identifier: it must not be released", spec.name));
  }
}

/// What the manifest says about a quasi-identifier must be complete and about the same hierarchy.
void check_stated(const VerifiedQi& qi, const std::string& name, VerifyReport& report) {
  if (qi.stated == nullptr || !qi.stated->is_quasi_identifier())
    report.violations.push_back(fmt::format("column `{}`: the manifest does not state its level", name));
  else if (qi.stated->hierarchy_sha256 != qi.membership.hierarchy_sha256())
    report.violations.push_back(
        fmt::format("column `{}`: its hierarchy is not the one the release was made with", name));
}

std::vector<VerifiedQi> find_quasi_identifiers(const std::vector<ColumnSpec>& columns,
                                               const VerifyRequest& request, const ReleasedText& text,
                                               const Manifest* manifest, VerifyReport& report) {
  std::vector<VerifiedQi> qis;
  for (const ColumnSpec& spec : columns) {
    if (spec.role != Role::kQuasiIdentifier) continue;
    const std::size_t column = text.table.index_of(spec.name);
    if (column == text.table.columns.size()) {
      report.violations.push_back(
          fmt::format("column `{}`, a quasi-identifier of the job, is not in the file", spec.name));
      continue;
    }
    qis.push_back({column, LevelMembership(spec, request.input.missing),
                   manifest == nullptr ? nullptr : manifest->find_column(spec.name)});
    if (manifest != nullptr) check_stated(qis.back(), spec.name, report);
  }
  if (qis.empty())
    report.violations.emplace_back("the file has no quasi-identifier of the job: nothing can be verified");
  return qis;
}

/// Rows that hold `*` in every quasi-identifier, which "star" allows at any level.
std::vector<char> find_starred(const ReleasedText& text, const std::vector<VerifiedQi>& qis) {
  std::vector<char> is_starred(text.table.num_rows, 1);
  for (std::size_t row = 0; row < text.table.num_rows; ++row)
    for (const VerifiedQi& qi : qis)
      if (text.cell(row, qi.column) != kSuppressed) is_starred[row] = 0;
  return is_starred;
}

/// Per dictionary code: the first row that holds it outside the rows to skip, or the number of rows.
std::vector<std::size_t> first_rows(const Column& column, const std::vector<char>& is_skipped) {
  std::vector<std::size_t> first(column.dictionary.size(), column.codes.size());
  for (std::size_t row = column.codes.size(); row-- > 0;)
    if (is_skipped.empty() || is_skipped[row] == 0) first[column.codes[row]] = row;
  return first;
}

/// The first row whose value is of none of `levels`, or the number of rows.
std::size_t first_stranger(const ReleasedText& text, const VerifiedQi& qi,
                           const std::vector<std::size_t>& first, const std::vector<Level>& levels) {
  const Column& column = text.table.columns[qi.column];
  const auto is_member = [&](std::string_view cell) {
    return std::ranges::any_of(levels, [&](Level l) { return qi.membership.contains(l, cell); });
  };
  std::size_t stranger = column.codes.size();
  for (std::size_t code = 0; code < first.size(); ++code) {
    if (first[code] >= stranger) continue;
    const std::string& cell = column.dictionary[code];
    // A cell that begins with an apostrophe may be a neutralized one.
    const bool is_neutralized = text.is_csv && cell.starts_with('\'') && neutralize(cell.substr(1)) == cell;
    if (!is_member(cell) && !(is_neutralized && is_member(std::string_view(cell).substr(1))))
      stranger = first[code];
  }
  return stranger;
}

std::vector<Level> all_levels(const VerifiedQi& qi) {
  std::vector<Level> levels;
  for (unsigned l = 0; l <= qi.membership.height(); ++l) levels.push_back(static_cast<Level>(l));
  return levels;
}

std::size_t furthest_at_one_level(const ReleasedText& text, const VerifiedQi& qi,
                                  const std::vector<std::size_t>& first) {
  std::size_t furthest = 0;
  for (const Level level : all_levels(qi))
    furthest = std::max(furthest, first_stranger(text, qi, first, {level}));
  return furthest;
}

void check_levels(const ReleasedText& text, const std::vector<VerifiedQi>& qis,
                  const std::vector<char>& is_skipped, bool is_local, VerifyReport& report) {
  for (const VerifiedQi& qi : qis) {
    const std::vector<std::size_t> first = first_rows(text.table.columns[qi.column], is_skipped);
    const std::string& name = text.table.columns[qi.column].name;
    std::size_t row = 0;
    std::string what;
    if (qi.stated != nullptr && qi.stated->level) {
      row = first_stranger(text, qi, first, {*qi.stated->level});
      what = fmt::format("the value is not of level {} of the hierarchy, as the manifest states",
                         *qi.stated->level);
    } else if (qi.stated != nullptr && !qi.stated->levels.empty()) {
      row = first_stranger(text, qi, first, qi.stated->levels);
      what = fmt::format("the value is of none of the levels {} of the hierarchy, as the manifest states",
                         fmt::join(qi.stated->levels, ", "));
    } else if (is_local) {
      row = first_stranger(text, qi, first, all_levels(qi));
      what = "the value is of no level of the hierarchy";
    } else {
      row = furthest_at_one_level(text, qi, first);
      what = "with the rows above it, the values are of no single level of the hierarchy";
    }
    if (row < text.table.num_rows)
      report.violations.push_back(fmt::format("column `{}`, row {}: {}", name, row + 1, what));
  }
}

/// Grouping by the text of the cells: length-prefixed, so that no two tuples have the same key.
void check_classes(const ReleasedText& text, const std::vector<VerifiedQi>& qis, VerifyReport& report) {
  struct Class {
    Count size = 0;
    std::size_t first_row = 0;
  };
  std::unordered_map<std::string, Class> classes;
  std::string key;
  for (std::size_t row = 0; row < text.table.num_rows; ++row) {
    key.clear();
    for (const VerifiedQi& qi : qis) {
      const std::string& cell = text.cell(row, qi.column);
      key += std::to_string(cell.size()) + ':';
      key += cell;
    }
    Class& group = classes.try_emplace(key, Class{0, row}).first->second;
    ++group.size;
  }
  report.classes = classes.size();
  std::size_t num_small = 0;
  std::size_t first_row = text.table.num_rows;
  for (const auto& [cells, group] : classes) {
    if (group.size >= report.k) continue;
    ++num_small;
    first_row = std::min(first_row, group.first_row);
  }
  if (num_small > 0)
    report.violations.push_back(fmt::format(
        "{} of {} on {} {} fewer than k = {} records; the first begins at row {}", grouped(num_small),
        counted(classes.size(), "class"), counted(qis.size(), "quasi-identifier"),
        num_small == 1 ? "has" : "have", report.k, first_row + 1));
}

}  // namespace

VerifyReport verify_release(const VerifyRequest& request) {
  VerifyReport report;
  report.k = request.k;
  const std::optional<Manifest> manifest = find_manifest(request, report);
  ReleasedText text;
  try {
    text = read_released(request, manifest.has_value());
  } catch (const Error& error) {
    if (error.code() != ExitCode::kData) throw;
    report.violations.emplace_back("the released file is damaged: it cannot be read as a table");
    return report;
  }
  report.rows = text.table.num_rows;
  const std::vector<ColumnSpec> columns = all_columns(request, text);
  check_identifiers(columns, text, report);
  if (manifest) check_against_manifest(request, *manifest, text.table, report);
  const std::vector<VerifiedQi> qis =
      find_quasi_identifiers(columns, request, text, manifest ? &*manifest : nullptr, report);
  const SuppressedRecords treatment = manifest ? manifest->suppressed : request.suppressed;
  const bool may_be_starred = treatment == SuppressedRecords::kStar;
  check_levels(text, qis, may_be_starred ? find_starred(text, qis) : std::vector<char>(), request.is_local,
               report);
  check_classes(text, qis, report);
  return report;
}

}  // namespace throng
