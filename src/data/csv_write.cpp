// Writes CSV fields, quoted where needed and harmless in a spreadsheet.
#include <string>
#include <string_view>

#include "throng/data/csv.hpp"

namespace throng {

void append_csv_field(std::string& out, std::string_view field, char delimiter) {
  const char special[] = {delimiter, '"', '\n', '\r'};
  // A byte order mark at the very start would be taken for the file's.
  const bool is_plain = field.find_first_of({special, sizeof special}) == std::string_view::npos &&
                        !field.starts_with("\xEF\xBB\xBF");
  if (is_plain) {
    out += field;
    return;
  }
  out += '"';
  for (const char byte : field) {
    out += byte;
    if (byte == '"') out += '"';
  }
  out += '"';
}

void append_safe_csv_field(std::string& out, std::string_view field, char delimiter) {
  append_csv_field(out, neutralize(field), delimiter);
}

namespace {
/// True when a spreadsheet would run `field` once its leading apostrophes were gone.
bool is_dangerous(std::string_view field) {
  const std::size_t first = field.find_first_not_of('\'');
  constexpr std::string_view kDangerous = "=+-@\t\r";
  return first != std::string_view::npos && kDangerous.find(field[first]) != std::string_view::npos;
}
}  // namespace

std::string neutralize(std::string_view field) {
  return (is_dangerous(field) ? "'" : "") + std::string(field);
}

std::string restore_neutralized(std::string_view field) {
  if (field.starts_with('\'') && is_dangerous(field)) field.remove_prefix(1);
  return std::string(field);
}

}  // namespace throng
