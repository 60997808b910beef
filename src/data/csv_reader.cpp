// The strict CSV reader: the scanner, with values unquoted and defects turned into messages.
#include <algorithm>
#include <deque>
#include <utility>

#include "csv_scanner.hpp"
#include "throng/data/csv.hpp"
#include "utf8.hpp"

namespace throng {

namespace {

bool is_delimiter(char byte) {
  return byte != '"' && byte != '\n' && byte != '\r' && byte != '\0' &&
         static_cast<unsigned char>(byte) < 0x80;
}

}  // namespace

class CsvReader::Impl {
 public:
  Impl(std::string_view text, std::string file, char delimiter)
      : file_(std::move(file)), text_(check(text)), delimiter_(delimiter), scanner_(text_, delimiter) {}

  bool next(std::vector<std::string_view>& fields) {
    const std::string_view last = text_.substr(begin_, scanner_.position() - begin_);
    line_ += static_cast<std::uint64_t>(std::count(last.begin(), last.end(), '\n'));
    begin_ = std::min(scanner_.position(), text_.size());
    raw_.clear();
    fields.clear();
    unquoted_.clear();
    const CsvScanner::Outcome outcome = scanner_.next(raw_);
    if (outcome == CsvScanner::Outcome::kDefect) throw csv_error(text_, file_, scanner_.defect());
    for (const CsvField& field : raw_)
      fields.push_back(field.has_doubled_quotes ? unquoted_.emplace_back(unquote(field.text()))
                                                : field.text());
    return outcome == CsvScanner::Outcome::kRecord;
  }

  [[nodiscard]] std::uint64_t line() const { return line_; }
  [[nodiscard]] std::size_t position() const { return std::min(scanner_.position(), text_.size()); }

  [[nodiscard]] Place place(std::size_t index) const {
    std::size_t offset = begin_;
    if (index < raw_.size()) {
      offset = static_cast<std::size_t>(raw_[index].begin - text_.data()) - (raw_[index].is_quoted ? 1 : 0);
    } else if (!raw_.empty()) {
      const CsvField& last = raw_.back();
      offset = static_cast<std::size_t>(last.begin - text_.data()) + last.size + (last.is_quoted ? 1 : 0);
    }
    return place_at(text_, offset, file_);
  }

  void require_width(std::size_t width, const std::string& model) const {
    if (raw_.size() == width) return;
    const std::string counts = "the record has " + std::to_string(raw_.size()) + " field" +
                               (raw_.size() == 1 ? "" : "s") + ", " + model + " has " + std::to_string(width);
    if (raw_.size() > width)
      throw data_error(counts, "delete the surplus, or quote a field that holds the delimiter", place(width));
    if (raw_.size() == 1 && raw_[0].size == 0 && !raw_[0].is_quoted)
      throw data_error(
          "an empty line",
          "delete it; a record of missing values has " + std::to_string(width - 1) + " delimiters", place(0));
    throw data_error(counts,
                     std::string("add what is missing, or check that the delimiter is `") +
                         (delimiter_ == '\t' ? "\\t" : std::string(1, delimiter_)) + "`",
                     place(raw_.size()));
  }

 private:
  std::string_view check(std::string_view text) const {
    text = skip_byte_order_mark(text, file_);
    refuse_invalid_bytes(text, file_);
    return text;
  }

  std::string file_;
  std::string_view text_;
  char delimiter_;
  CsvScanner scanner_;
  std::vector<CsvField> raw_;
  std::deque<std::string> unquoted_;  // a deque, since views of its strings must survive its growth
  std::size_t begin_ = 0;             ///< offset of the last record
  std::uint64_t line_ = 1;
};

CsvReader::CsvReader(std::string_view text, std::string file, char delimiter) {
  if (!is_delimiter(delimiter))
    throw usage_error("the delimiter cannot be a quote, a line end, a NUL or outside ASCII",
                      "use one of , ; tab |");
  impl_ = std::make_unique<Impl>(text, std::move(file), delimiter);
}
CsvReader::~CsvReader() = default;
CsvReader::CsvReader(CsvReader&&) noexcept = default;

bool CsvReader::next(std::vector<std::string_view>& fields) { return impl_->next(fields); }
std::uint64_t CsvReader::line() const { return impl_->line(); }
Place CsvReader::place(std::size_t index) const { return impl_->place(index); }
std::size_t CsvReader::position() const { return impl_->position(); }
void CsvReader::require_width(std::size_t width, const std::string& model) const {
  impl_->require_width(width, model);
}

char detect_delimiter(std::string_view text) {
  constexpr std::string_view kCandidates = ",;\t|";
  std::size_t counts[kCandidates.size()] = {};
  bool is_inside = false;
  for (const char byte : text) {
    if (byte == '"') is_inside = !is_inside;
    if (is_inside) continue;
    if (byte == '\n' || byte == '\r') break;
    const std::size_t candidate = kCandidates.find(byte);
    if (candidate != std::string_view::npos) ++counts[candidate];
  }
  return kCandidates[static_cast<std::size_t>(std::max_element(counts, counts + kCandidates.size()) -
                                              counts)];
}

}  // namespace throng
