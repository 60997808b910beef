// Records of blocks, and their way to the ranks that own the entries.
#include "block_figures.hpp"

#include <algorithm>
#include <bit>
#include <cstring>

#include "throng/core/error.hpp"
#include "throng/core/gather.hpp"

namespace throng {

namespace {

constexpr std::size_t kPieceBytes = std::size_t{1} << 24;  // handed out and sent at a time
constexpr std::size_t kNumberBytes = sizeof(std::uint64_t);

std::size_t record_bytes(const BlockOrder& blocks, std::size_t num_lanes) {
  return kNumberBytes + blocks.block_size() * num_lanes * sizeof(std::uint32_t);
}

std::uint64_t number_at(const char* bytes) {
  std::uint64_t number = 0;
  std::memcpy(&number, bytes, sizeof number);
  return number;
}

void append(std::string& to, const void* from, std::size_t size) {
  to.append(static_cast<const char*>(from), size);
}

/// What this rank puts in: records in memory and its share of the pieces, as one row of messages.
class Sources {
 public:
  Sources(std::vector<std::string> records, std::vector<PieceStore::Piece> pieces, std::size_t record_size)
      : records_(std::move(records)), pieces_(std::move(pieces)), record_size_(record_size) {}

  /// All are whole records.
  [[nodiscard]] bool is_whole() const {
    const auto is_good = [&](std::string_view bytes) { return bytes.size() % record_size_ == 0; };
    return std::ranges::all_of(records_, is_good) &&
           std::ranges::all_of(pieces_, is_good, &PieceStore::Piece::bytes);
  }
  [[nodiscard]] std::uint64_t num_records() const {
    std::uint64_t bytes = 0;
    for (const std::string& each : records_) bytes += each.size();
    for (const PieceStore::Piece& each : pieces_) bytes += each.bytes.size();
    return bytes / record_size_;
  }
  /// Some more records, valid until the next call; nothing at the end.
  std::string_view next() {
    const std::size_t most = std::max(kPieceBytes / record_size_, std::size_t{1}) * record_size_;
    while (rest_.empty() && !(records_.empty() && pieces_.empty())) open_next();
    const std::string_view some = rest_.substr(0, most);
    rest_.remove_prefix(some.size());
    return some;
  }

 private:
  void open_next() {
    if (!records_.empty()) {
      current_ = std::move(records_.back());
      records_.pop_back();
      rest_ = current_;
    } else {
      piece_ = std::move(pieces_.back());
      pieces_.pop_back();
      rest_ = piece_.bytes;
    }
  }

  std::vector<std::string> records_;
  std::vector<PieceStore::Piece> pieces_;
  std::size_t record_size_;
  std::string current_;
  PieceStore::Piece piece_;
  std::string_view rest_;
};

/// The records of a message among the owners of their entries.
class Exchange {
 public:
  Exchange(const BlockOrder& blocks, std::size_t num_thresholds, Communicator& communicator)
      : blocks_(blocks),
        tail_(blocks.tail()),
        num_lanes_(1 + num_thresholds),
        record_size_(record_bytes(blocks, num_lanes_)),
        communicator_(communicator),
        slice_(blocks, num_thresholds, communicator.rank(), communicator.size()) {}

  /// *Collective.*
  AuditArrays run(Sources sources) {
    while (true) {
      const std::string_view records = sources.next();
      bool has_any = false;
      for (const auto& each : gather(communicator_, std::vector<char>(records.empty() ? 0 : 1)))
        has_any = has_any || !each.empty();
      if (!has_any) return std::move(slice_).take();
      for (const std::string& message : communicator_.all_to_all(sort_by_owner(records))) receive(message);
    }
  }

 private:
  [[nodiscard]] std::size_t owner_of(Combination qi) const {
    const auto num_ranks = static_cast<std::uint64_t>(communicator_.size());
    return ((qi + 1) * num_ranks - 1) >> blocks_.order.size();
  }

  /// Per rank: block, then the figures of the entries that it owns, in the order of the block.
  [[nodiscard]] std::vector<std::string> sort_by_owner(std::string_view records) const {
    std::vector<std::string> to_rank(static_cast<std::size_t>(communicator_.size()));
    std::vector<char> has_block(to_rank.size());
    for (std::size_t at = 0; at < records.size(); at += record_size_) {
      const std::uint64_t block = number_at(records.data() + at);
      const Combination prefix = blocks_.prefix_mask(block);
      const char* lanes = records.data() + at + kNumberBytes;
      std::ranges::fill(has_block, 0);
      for (const Combination mask : tail_.mask) {
        const std::size_t owner = owner_of(prefix | mask);
        if (has_block[owner] == 0) append(to_rank[owner], &block, sizeof block);
        has_block[owner] = 1;
        append(to_rank[owner], lanes, num_lanes_ * sizeof(std::uint32_t));
        lanes += num_lanes_ * sizeof(std::uint32_t);
      }
    }
    return to_rank;
  }

  void receive(std::string_view message) {
    std::vector<std::uint32_t> lanes(num_lanes_);
    const char* at = message.data();
    while (at != message.data() + message.size()) {
      const Combination prefix = blocks_.prefix_mask(number_at(at));
      at += kNumberBytes;
      for (const Combination mask : tail_.mask) {
        if (!slice_.holds(prefix | mask)) continue;
        std::memcpy(lanes.data(), at, num_lanes_ * sizeof(std::uint32_t));
        at += num_lanes_ * sizeof(std::uint32_t);
        slice_.set(prefix | mask, lanes.data());
      }
    }
  }

  const BlockOrder& blocks_;
  TailShape tail_;
  std::size_t num_lanes_;
  std::size_t record_size_;
  Communicator& communicator_;
  ArraySlice slice_;
};

/// The pieces that this rank reads.
std::vector<PieceStore::Piece> open_share(const PieceStore* store, const std::vector<std::string>& names,
                                          const Communicator& communicator) {
  std::vector<PieceStore::Piece> pieces;
  for (auto i = static_cast<std::size_t>(communicator.rank()); i < names.size();
       i += static_cast<std::size_t>(communicator.size()))
    pieces.push_back(store->open(names[i]));
  return pieces;
}

}  // namespace

Combination BlockOrder::prefix_mask(std::uint64_t block) const {
  Combination mask = 0;
  const std::size_t depths = order.size() - block_axes;
  for (std::size_t depth = 0; depth < depths; ++depth)
    if ((block >> (depths - 1 - depth) & 1) == 0) mask |= Combination{1} << order[depth];
  return mask;
}

TailShape BlockOrder::tail() const {
  TailShape shape;
  for (std::size_t u = 0; u < block_size(); ++u) {
    Combination mask = 0;
    for (unsigned bit = 0; bit < block_axes; ++bit)
      if ((u >> bit & 1) == 0) mask |= Combination{1} << order[order.size() - 1 - bit];
    shape.mask.push_back(mask);
    shape.size.push_back(static_cast<std::uint8_t>(std::popcount(mask)));
  }
  return shape;
}

BlockFigures::BlockFigures(const BlockOrder& blocks, std::size_t num_thresholds, int num_workers)
    : num_lanes_(1 + num_thresholds),
      record_bytes_(record_bytes(blocks, num_lanes_)),
      of_worker_(static_cast<std::size_t>(num_workers)) {}

void BlockFigures::add(std::uint64_t block, int worker, std::span<const RiskCounts> values) {
  std::vector<std::string>& mine = of_worker_[static_cast<std::size_t>(worker)];
  if (mine.empty() || mine.back().size() + record_bytes_ > kPieceBytes) mine.emplace_back();
  append(mine.back(), &block, sizeof block);
  for (const RiskCounts& value : values)
    append(mine.back(), value.lanes.data(), num_lanes_ * sizeof(std::uint32_t));
}

std::vector<std::string> BlockFigures::take() {
  std::vector<std::string> all;
  for (std::vector<std::string>& mine : of_worker_) {
    std::ranges::move(mine, std::back_inserter(all));
    mine.clear();
  }
  return all;
}

ArraySlice::ArraySlice(const BlockOrder& blocks, std::size_t num_thresholds, int rank, int num_ranks) {
  const std::uint64_t size = std::uint64_t{1} << blocks.order.size();
  const auto parts = static_cast<std::uint64_t>(num_ranks);
  arrays_.first = size * static_cast<std::uint64_t>(rank) / parts;
  const std::uint64_t end = size * (static_cast<std::uint64_t>(rank) + 1) / parts;
  arrays_.classes.resize(end - arrays_.first);
  arrays_.at_risk.assign(num_thresholds, std::vector<std::uint32_t>(end - arrays_.first));
}

void check_pieces(const PieceStore& store, const std::vector<std::string>& names,
                  Communicator& communicator) {
  fail_together(communicator, [&] { static_cast<void>(open_share(&store, names, communicator)); });
}

AuditArrays put_in_order(const BlockOrder& blocks, std::size_t num_thresholds,
                         std::vector<std::string> records, const std::vector<std::string>& names,
                         const PieceStore* store, Communicator& communicator) {
  std::vector<PieceStore::Piece> pieces;
  fail_together(communicator, [&] { pieces = open_share(store, names, communicator); });
  Sources sources(std::move(records), std::move(pieces), record_bytes(blocks, 1 + num_thresholds));
  std::uint64_t found = 0;
  bool is_whole = true;
  const std::vector<std::uint64_t> mine = {sources.num_records(), sources.is_whole() ? 1U : 0U};
  for (const auto& theirs : gather(communicator, mine)) {
    found += theirs[0];
    is_whole = is_whole && theirs[1] != 0;
  }
  if (!is_whole || found != blocks.num_blocks())
    throw data_error("the figures kept are not those of every combination", "start anew: --resume never");
  return Exchange(blocks, num_thresholds, communicator).run(std::move(sources));
}

}  // namespace throng
