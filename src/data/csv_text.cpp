// The header of CSV text, batches of its records, and its first defect.
#include "csv_text.hpp"

#include <algorithm>
#include <unordered_map>

#include "csv_defect.hpp"
#include "throng/core/check.hpp"
#include "throng/data/csv.hpp"
#include "utf8.hpp"

namespace throng {

namespace {

Error empty_error(const std::string& file) {
  return data_error("the file is empty", "a table begins with a line of column names", {file, 0, 0});
}

void check_names(const CsvReader& reader, const std::vector<std::string>& names) {
  std::unordered_map<std::string_view, std::size_t> first;
  for (std::size_t c = 0; c < names.size(); ++c) {
    if (names[c].empty())
      throw data_error(
          names.size() == 1 ? "the first line is empty" : "column " + std::to_string(c + 1) + " has no name",
          "the first line must name the columns", reader.place(c));
    const auto [found, is_new] = first.try_emplace(names[c], c);
    if (!is_new)
      throw data_error("two columns are named `" + printable(names[c]) + "`, the first is column " +
                           std::to_string(found->second + 1),
                       "rename one of them", reader.place(c));
  }
}

}  // namespace

CsvText read_csv_header(std::string_view text, const InputSpec& input) {
  CsvText result;
  result.file = input.path;
  result.all = skip_byte_order_mark(text, input.path);
  result.delimiter = input.delimiter.value_or(detect_delimiter(result.all));
  // Only the lines of the header, since a reader checks all the text it is given.
  std::size_t end = 0;
  for (bool is_inside = false; end < result.all.size() && (is_inside || result.all[end] != '\n'); ++end)
    is_inside ^= result.all[end] == '"';
  const std::string_view header = result.all.substr(0, std::min(end + 1, result.all.size()));
  CsvReader reader(header, input.path, result.delimiter);
  std::vector<std::string_view> fields;
  if (!reader.next(fields)) throw empty_error(input.path);
  result.names.assign(fields.begin(), fields.end());
  check_names(reader, result.names);
  result.records = result.all.substr(header.size());
  return result;
}

void require_records(const CsvText& text) {
  if (text.records.empty())
    throw data_error("there are no records, only a header", "add the records", {text.file, 1, 0});
}

void refuse_csv(const CsvText& text) {
  CsvReader reader(text.all, text.file, text.delimiter);
  std::vector<std::string_view> fields;
  while (reader.next(fields)) reader.require_width(text.names.size(), "the header");
  detail::check_failed("a piece was refused, the whole was not", __FILE__, __LINE__);
}

std::vector<std::size_t> keep_columns(const CsvText& text, const InputSpec& input,
                                      std::vector<Column>& columns) {
  std::vector<std::size_t> kept;
  for (std::size_t c = 0; c < text.names.size(); ++c) {
    const Role role = input.role_of(text.names[c]);
    if (role == Role::kIdentifier) continue;
    kept.push_back(c);
    columns.push_back({text.names[c], role, {}, {}});
  }
  return kept;
}

bool scan_batch(CsvScanner& scanner, std::size_t num_rows, std::size_t width, std::vector<CsvField>& fields) {
  fields.clear();
  for (std::size_t row = 1; row <= num_rows; ++row) {
    if (scanner.next(fields) != CsvScanner::Outcome::kRecord) return false;
    if (fields.size() != row * width) return false;
  }
  return true;
}

void encode_column(const std::vector<CsvField>& fields, std::size_t column, std::size_t width,
                   ValueDictionary& dictionary, Code* codes) {
  for (std::size_t i = column; i < fields.size(); i += width) {
    const CsvField& field = fields[i];
    *codes++ = field.has_doubled_quotes ? dictionary.encode_copy(unquote(field.text()))
                                        : dictionary.encode(field.text());
  }
}

}  // namespace throng
