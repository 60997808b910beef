// Merges twice: the workers' dictionaries on each rank, then the ranks'.
#include "shared_dictionary.hpp"

#include <algorithm>
#include <cstring>
#include <limits>

namespace throng {

namespace {

constexpr Count kNever = std::numeric_limits<Count>::max();

/// A dictionary and where its values are first seen.
struct SeenValues {
  std::vector<std::string_view> values;
  std::vector<Count> first_records;
};

std::string serialized(const std::vector<std::string>& values, const std::vector<Count>& first_records) {
  std::string bytes;
  const auto append = [&](std::uint64_t word) {
    bytes.append(reinterpret_cast<const char*>(&word), sizeof word);
  };
  for (std::size_t code = 0; code < values.size(); ++code) {
    append(first_records[code]);
    append(values[code].size());
    bytes += values[code];
  }
  return bytes;
}

/// Views into `bytes`.
SeenValues parsed(std::string_view bytes) {
  SeenValues seen;
  const auto take = [&] {
    std::uint64_t word = 0;
    std::memcpy(&word, bytes.data(), sizeof word);
    bytes.remove_prefix(sizeof word);
    return word;
  };
  while (!bytes.empty()) {
    seen.first_records.push_back(take());
    const std::uint64_t size = take();
    seen.values.push_back(bytes.substr(0, size));
    bytes.remove_prefix(size);
  }
  return seen;
}

/// first[code of the merged dictionary] = the least of what the parts say.
std::vector<Count> merged_first(const MergedDictionary& merged,
                                const std::vector<const std::vector<Count>*>& first_of_part) {
  std::vector<Count> first(merged.values.size(), kNever);
  for (std::size_t part = 0; part < first_of_part.size(); ++part)
    for (std::size_t code = 0; code < first_of_part[part]->size(); ++code) {
      Count& least = first[merged.merged[part][code]];
      least = std::min(least, (*first_of_part[part])[code]);
    }
  return first;
}

}  // namespace

void merge_column(const std::vector<ShareWorker>& workers, std::size_t j, const MergeOptions& options,
                  TupleShare& share, Communicator& communicator) {
  std::vector<const ValueDictionary*> parts;
  std::vector<const std::vector<Count>*> first_of_part;
  for (const ShareWorker& worker : workers) {
    parts.push_back(&worker.dictionaries[j]);
    first_of_part.push_back(&worker.first_records[j]);
  }
  const MergedDictionary own = merge(parts, options.missing);
  std::vector<Count> own_first = merged_first(own, first_of_part);
  for (Count& record : own_first) record += options.rows_before;

  const std::vector<std::string> of_rank = communicator.all_gather(serialized(own.values, own_first));
  std::vector<ValueDictionary> dictionaries(of_rank.size());
  std::vector<SeenValues> seen;
  parts.clear();
  first_of_part.clear();
  for (std::size_t r = 0; r < of_rank.size(); ++r) {
    seen.push_back(parsed(of_rank[r]));
    for (const std::string_view value : seen[r].values) dictionaries[r].encode(value);
  }
  for (std::size_t r = 0; r < of_rank.size(); ++r) {
    parts.push_back(&dictionaries[r]);
    first_of_part.push_back(&seen[r].first_records);
  }
  MergedDictionary all = merge(parts, options.missing);
  share.columns[j].first_records = merged_first(all, first_of_part);
  share.columns[j].dictionary = std::move(all.values);
  const std::vector<Code>& final_code = all.merged[static_cast<std::size_t>(communicator.rank())];
  for (std::size_t w = 0; w < workers.size(); ++w) {
    std::vector<Code>& meaning = share.own[w].dictionary.emplace_back();
    for (const Code code : own.merged[w]) meaning.push_back(final_code[code]);
  }
}

}  // namespace throng
