// Settles by the parities of quotes where every rank's share of the records begins.
#include "csv_share.hpp"

#include <algorithm>
#include <cstdint>
#include <string>
#include <vector>

#include "throng/core/gather.hpp"

namespace throng {

namespace {

constexpr std::uint64_t kNone = ~std::uint64_t{0};

/// What a rank tells of its bytes.
struct ShareTally {
  std::uint64_t has_odd_quotes = 0;
  std::uint64_t first_end_inside =
      kNone;  ///< behind the first record that ends here, if it begins inside quotes
};

/// Behind the line end nearest to part/parts of the text.
std::size_t cut(std::string_view text, std::size_t part, std::size_t parts) {
  const auto wanted = static_cast<std::size_t>(static_cast<unsigned __int128>(text.size()) * part / parts);
  if (wanted == 0) return 0;
  const std::size_t feed = text.find('\n', wanted - 1);
  return feed == std::string_view::npos ? text.size() : feed + 1;
}

std::uint64_t first_end_inside(std::string_view text) {
  for (std::size_t at = text.find('"'); at != std::string_view::npos; at = text.find('"', at + 1)) {
    at = text.find_first_of("\"\n", at + 1);  // outside until the next quote
    if (at == std::string_view::npos) break;
    if (text[at] == '\n') return at + 1;
  }
  return kNone;
}

/// Where the share of each rank begins, and behind the last one's where the text ends.
std::vector<std::size_t> begins(std::string_view text, const std::vector<std::vector<ShareTally>>& tallies) {
  const std::size_t parts = tallies.size();
  std::vector<std::size_t> begin(parts + 1, text.size());
  std::vector<std::uint64_t> found;
  bool is_inside = false;
  for (std::size_t r = 0; r < parts; ++r) {
    const ShareTally& tally = tallies[r][0];
    const bool has_begin = !is_inside || tally.first_end_inside != kNone;
    found.push_back(!has_begin ? kNone : cut(text, r, parts) + (is_inside ? tally.first_end_inside : 0));
    is_inside = is_inside != (tally.has_odd_quotes != 0);
  }
  for (std::size_t r = parts; r-- > 0;) begin[r] = found[r] == kNone ? begin[r + 1] : found[r];
  return begin;
}

}  // namespace

std::string_view share_of_records(std::string_view records, Communicator& communicator) {
  if (communicator.size() == 1) return records;
  const auto rank = static_cast<std::size_t>(communicator.rank());
  const auto parts = static_cast<std::size_t>(communicator.size());
  const std::size_t from = cut(records, rank, parts);
  const std::string_view own = records.substr(from, cut(records, rank + 1, parts) - from);
  ShareTally tally;
  tally.has_odd_quotes = static_cast<std::uint64_t>(std::count(own.begin(), own.end(), '"') % 2);
  tally.first_end_inside = first_end_inside(own);
  const std::vector<std::size_t> begin =
      begins(records, gather(communicator, std::vector<ShareTally>{tally}));
  return records.substr(begin[rank], begin[rank + 1] - begin[rank]);
}

}  // namespace throng
