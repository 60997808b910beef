// Evaluates and makes the move.
#include "local/move.hpp"

#include <algorithm>

namespace throng::local {

namespace {
constexpr std::uint32_t kNone = ~std::uint32_t{0};
}  // namespace

void MoveEvaluator::gather(const TupleSet& members, ClassId target) {
  for (const Donor& donor : donors_) donor_of_class_[donor.id] = kNone;
  donors_.clear();
  held_.clear();
  donor_of_class_.resize(recoding_->num_ids(), kNone);
  members.for_each([&](Tuple t) {
    for (const Piece& piece : recoding_->pieces(t)) {
      if (piece.id == target && target != kSuppressedClass) continue;
      std::uint32_t& at = donor_of_class_[piece.id];
      if (at == kNone) {
        at = static_cast<std::uint32_t>(donors_.size());
        donors_.push_back({piece.id});
      }
      donors_[at].below += piece.count;
      held_.push_back({t, piece.id, piece.count});
    }
  });
}

bool MoveEvaluator::is_below(Tuple t) const {
  const std::uint32_t w = t / 64;
  return w >= members_.begin && w < members_.end && (members_.words[w] >> (t % 64) & 1) != 0;
}

/// Where a record of the donor goes when the donor is given up.
ClassId MoveEvaluator::refuge(Tuple t, const Donor& donor) const {
  for (const ClassId id : recoding_->covers(t)) {
    if (id == donor.id) continue;
    const std::uint32_t at = donor_of_class_[id];
    if (at == kNone || !donors_[at].is_given_up) return id;
  }
  return kSuppressedClass;
}

/// What is lost when the donor's records that are not below the cell find another class; stops at `limit`.
Cost MoveEvaluator::given_up(const Donor& donor, Cost limit) {
  const OpenClass& from = recoding_->of(donor.id);
  refuges_.clear();
  Cost lost = 0;
  for (const Tuple t : from.tuples) {
    if (lost >= limit) return lost;
    if (is_below(t)) continue;
    refuges_.push_back(refuge(t, donor));
    lost +=
        (recoding_->of(refuges_.back()).cost - from.cost) * static_cast<Cost>(recoding_->count(t, donor.id));
  }
  return lost;
}

Cost MoveEvaluator::take_from(Donor& donor, Cost cost) {
  const Cost each = recoding_->of(donor.id).cost - cost;
  if (each <= 0) return 0;
  donor.taken = std::min(donor.below, recoding_->surplus(donor.id));
  const Cost kept = each * static_cast<Cost>(donor.taken);
  if (donor.taken == donor.below || donor.is_refuge || donor.id < kept_end_) return kept;
  const Cost all = each * static_cast<Cost>(donor.below);
  const Cost lost = given_up(donor, all - kept);
  if (all - lost <= kept) return kept;
  donor.taken = donor.below;
  donor.is_given_up = true;
  for (const ClassId id : refuges_)
    if (donor_of_class_[id] != kNone) donors_[donor_of_class_[id]].is_refuge = true;
  return all - lost;
}

/// What is lost when the donor as a whole, a class of at least k records, joins the cell; nothing when it
/// cannot.
std::optional<Cost> MoveEvaluator::merged(const Donor& donor, Cost cost) const {
  const OpenClass& from = recoding_->of(donor.id);
  const bool may_close = donor.id != kSuppressedClass && donor.id >= kept_end_ && !donor.is_refuge;
  if (!may_close || from.cost > cost || donor.below < from.size) return std::nullopt;
  return (cost - from.cost) * static_cast<Cost>(from.size);
}

Cost MoveEvaluator::borrow(Count missing, Cost cost) {
  Donor* whole = nullptr;
  Cost least = 0;
  for (Donor& donor : donors_) {
    const std::optional<Cost> lost = merged(donor, cost);
    if (!lost || (whole != nullptr && least <= *lost)) continue;
    whole = &donor;
    least = *lost;
  }
  const Cost lost = lend(missing, cost);
  if (whole == nullptr || (lost >= 0 && lost <= least)) return lost;
  for (const std::uint32_t i : lenders_) donors_[i].taken = 0;
  whole->taken = whole->below;
  return least;
}

Cost MoveEvaluator::lend(Count missing, Cost cost) {
  lenders_.clear();
  for (std::uint32_t i = 0; i < donors_.size(); ++i)
    if (donors_[i].id != kSuppressedClass && recoding_->of(donors_[i].id).cost <= cost &&
        recoding_->surplus(donors_[i].id) > 0)
      lenders_.push_back(i);
  std::ranges::sort(lenders_, [&](std::uint32_t a, std::uint32_t b) {
    const Cost x = recoding_->of(donors_[a].id).cost;
    const Cost y = recoding_->of(donors_[b].id).cost;
    return x != y ? x > y : a < b;
  });
  Cost lost = 0;
  for (const std::uint32_t i : lenders_) {
    Donor& lender = donors_[i];
    lender.taken = std::min({missing, lender.below, recoding_->surplus(lender.id)});
    lost += (cost - recoding_->of(lender.id).cost) * static_cast<Cost>(lender.taken);
    missing -= lender.taken;
    if (missing == 0) return lost;
  }
  return -1;
}

void MoveEvaluator::start(const TupleSet& members, ClassId target) {
  members_.words.resize(members.words.size());
  members_.begin = members.begin;
  members_.end = members.end;
  std::copy(members.words.begin() + members.begin, members.words.begin() + members.end,
            members_.words.begin() + members.begin);
  gather(members, target);
}

std::optional<Cost> MoveEvaluator::plan_release(const Cell& cell, Cost cost, const TupleSet& members) {
  const ClassId target = recoding_->find(cell);
  start(members, target);
  Count size = target == kSuppressedClass ? 0 : recoding_->of(target).size;
  Count released = 0;
  for (Donor& donor : donors_)
    if (donor.id == kSuppressedClass) released = donor.taken = donor.below;
  if (released == 0) return std::nullopt;
  size += released;
  const Cost change = (cost - recoding_->space().suppressed_cost()) * static_cast<Cost>(released);
  if (size >= recoding_->k()) return change;
  const Cost lost = borrow(recoding_->k() - size, cost);
  if (lost < 0) return std::nullopt;
  return change + lost;
}

Cost MoveEvaluator::gain(const Cell& cell, Cost cost, const TupleSet& members) {
  const ClassId target = recoding_->find(cell);
  start(members, target);
  Cost gained = 0;
  Count size = target == kSuppressedClass ? 0 : recoding_->of(target).size;
  for (Donor& donor : donors_) {
    gained += take_from(donor, cost);
    size += donor.taken;
  }
  if (gained == 0 || size >= recoding_->k()) return gained;
  const Cost lost = borrow(recoding_->k() - size, cost);
  return lost < 0 ? 0 : std::max<Cost>(0, gained - lost);
}

std::vector<Transfer> MoveEvaluator::transfers(ClassId to) const {
  std::vector<Transfer> transfers;
  std::vector<Count> left;
  for (const Donor& donor : donors_) left.push_back(donor.taken);
  for (const Held& held : held_) {
    Count& missing = left[donor_of_class_[held.id]];
    const auto count = static_cast<Weight>(std::min<Count>(missing, held.count));
    if (count > 0) transfers.push_back({held.tuple, held.id, to, count});
    missing -= count;
  }
  for (const Donor& donor : donors_) {
    if (!donor.is_given_up) continue;
    for (const Tuple t : recoding_->of(donor.id).tuples)
      if (!is_below(t)) transfers.push_back({t, donor.id, refuge(t, donor), recoding_->count(t, donor.id)});
  }
  return transfers;
}

bool make_move(Recoding& recoding, MoveEvaluator& evaluator, const Cell& cell, bool is_forced) {
  TupleSet members;
  recoding.space().members(cell, members);
  const Cost cost = recoding.space().cost(cell);
  const bool is_made = is_forced ? evaluator.plan_release(cell, cost, members).has_value()
                                 : evaluator.gain(cell, cost, members) > 0;
  if (!is_made) return false;
  ClassId to = recoding.find(cell);
  // The evaluator's tables name donors by class; a new class is opened after they were read.
  const std::vector<Transfer> transfers =
      evaluator.transfers(to == kSuppressedClass ? recoding.num_ids() : to);
  if (to == kSuppressedClass) to = recoding.open(cell);
  recoding.apply(transfers);
  return true;
}

}  // namespace throng::local
