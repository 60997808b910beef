// Keeps classes, pieces and covers of a recoding in step.
#include "local/recoding.hpp"

#include <algorithm>

#include "throng/core/check.hpp"
#include "throng/core/hash.hpp"

namespace throng::local {

std::size_t Recoding::CellHash::operator()(const Cell& cell) const {
  std::uint64_t hash = 0;
  for (const Value v : cell) hash = mix(hash ^ v);
  return hash;
}

Recoding::Recoding(const CellSpace& space, Count k)
    : space_(&space), k_(k), classes_(1), pieces_(space.num_tuples()), covers_(space.num_tuples()) {
  OpenClass& suppressed = classes_[kSuppressedClass];
  suppressed.cost = space.suppressed_cost();
  suppressed.size = space.num_records();
  total_ = suppressed.cost * static_cast<Cost>(suppressed.size);
  for (Tuple t = 0; t < space.num_tuples(); ++t) {
    pieces_[t].push_back({kSuppressedClass, space.weight(t)});
    suppressed.tuples.push_back(t);
  }
}

ClassId Recoding::find(const Cell& cell) const {
  const auto found = ids_.find(cell);
  return found == ids_.end() ? kSuppressedClass : found->second;
}

ClassId Recoding::cheapest(Tuple t, ClassId but) const {
  for (const ClassId id : covers_[t])
    if (id != but) return id;
  return kSuppressedClass;
}

Weight Recoding::count(Tuple t, ClassId id) const {
  const auto piece = std::ranges::find(pieces_[t], id, &Piece::id);
  return piece == pieces_[t].end() ? 0 : piece->count;
}

Cost Recoding::peak(Tuple t) const {
  Cost peak = 0;
  for (const Piece& piece : pieces_[t]) peak = std::max(peak, classes_[piece.id].cost);
  return peak;
}

void Recoding::note(Event::Kind kind, const Transfer& transfer) {
  if (is_remembering_) events_.push_back({kind, transfer});
}

/// Puts the class among the covers of the tuples below it.
void Recoding::cover(ClassId id) {
  const OpenClass& opened = classes_[id];
  ids_[opened.cell] = id;
  space_->members(opened.cell, scratch_);
  const auto is_before = [&](ClassId other) {
    const Cost cost = classes_[other].cost;
    return cost != opened.cost ? cost < opened.cost : other < id;
  };
  scratch_.for_each([&](Tuple t) {
    covers_[t].insert(std::partition_point(covers_[t].begin(), covers_[t].end(), is_before), id);
  });
}

void Recoding::uncover(ClassId id) {
  space_->members(classes_[id].cell, scratch_);
  scratch_.for_each([&](Tuple t) { std::erase(covers_[t], id); });
  ids_.erase(classes_[id].cell);
}

ClassId Recoding::open(const Cell& cell) {
  const auto id = static_cast<ClassId>(classes_.size());
  OpenClass& opened = classes_.emplace_back();
  opened.cell = cell;
  opened.cost = space_->cost(cell);
  cover(id);
  note(Event::Kind::kOpened, {0, 0, id, 0});
  return id;
}

void Recoding::close(ClassId id) {
  uncover(id);
  note(Event::Kind::kClosed, {0, 0, id, 0});
}

void Recoding::take(const Transfer& transfer) {
  std::vector<Piece>& pieces = pieces_[transfer.tuple];
  const auto piece = std::ranges::find(pieces, transfer.from, &Piece::id);
  THRONG_CHECK(piece != pieces.end() && piece->count >= transfer.count);
  piece->count -= transfer.count;
  OpenClass& from = classes_[transfer.from];
  from.size -= transfer.count;
  total_ -= from.cost * static_cast<Cost>(transfer.count);
  if (piece->count > 0) return;
  pieces.erase(piece);
  from.tuples.erase(std::ranges::lower_bound(from.tuples, transfer.tuple));
}

void Recoding::put(const Transfer& transfer) {
  std::vector<Piece>& pieces = pieces_[transfer.tuple];
  OpenClass& to = classes_[transfer.to];
  to.size += transfer.count;
  total_ += to.cost * static_cast<Cost>(transfer.count);
  const auto piece = std::ranges::find(pieces, transfer.to, &Piece::id);
  if (piece != pieces.end()) {
    piece->count += transfer.count;
    return;
  }
  pieces.push_back({transfer.to, transfer.count});
  to.tuples.insert(std::ranges::lower_bound(to.tuples, transfer.tuple), transfer.tuple);
}

void Recoding::apply(const std::vector<Transfer>& transfers) {
  for (const Transfer& transfer : transfers) {
    take(transfer);
    put(transfer);
    note(Event::Kind::kTransfer, transfer);
  }
  for (const Transfer& transfer : transfers) {
    const ClassId from = transfer.from;
    if (from == kSuppressedClass || find(classes_[from].cell) != from) continue;
    THRONG_CHECK(classes_[from].size == 0 || classes_[from].size >= k_);
    if (classes_[from].size == 0) close(from);
  }
}

void Recoding::settle(Tuple t) {
  std::vector<Transfer> transfers;
  for (const Piece& piece : pieces_[t]) {
    const ClassId to = cheapest(t, kSuppressedClass);
    if (to == kSuppressedClass || classes_[to].cost >= classes_[piece.id].cost) continue;
    const Count spare = std::min<Count>(piece.count, surplus(piece.id));
    if (spare > 0) transfers.push_back({t, piece.id, to, static_cast<Weight>(spare)});
  }
  apply(transfers);
}

void Recoding::remember() {
  is_remembering_ = true;
  events_.clear();
}

void Recoding::undo() {
  is_remembering_ = false;
  for (std::size_t i = events_.size(); i-- > 0;) {
    const Event& event = events_[i];
    const Transfer& done = event.transfer;
    if (event.kind == Event::Kind::kOpened) {
      uncover(done.to);
      classes_.pop_back();
    } else if (event.kind == Event::Kind::kClosed) {
      cover(done.to);
    } else {
      const Transfer back{done.tuple, done.to, done.from, done.count};
      take(back);
      put(back);
    }
  }
  events_.clear();
}

}  // namespace throng::local
