// Translates, packs and sums up the answer.
#include "local/answer.hpp"

#include <algorithm>
#include <cmath>
#include <cstring>
#include <map>

#include "throng/core/check.hpp"

namespace throng::local {

namespace {

template <typename T>
void append(std::string& bytes, T value) {
  bytes.append(reinterpret_cast<const char*>(&value), sizeof value);
}

template <typename T>
T take(std::string_view& bytes) {
  THRONG_CHECK(bytes.size() >= sizeof(T));
  T value;
  std::memcpy(&value, bytes.data(), sizeof value);
  bytes.remove_prefix(sizeof value);
  return value;
}

LocalClass local_class(const CellSpace& space, const OpenClass& from) {
  LocalClass to{Node(space.num_axes()), std::vector<Code>(space.num_axes()), from.size};
  for (std::size_t a = 0; a < space.num_axes(); ++a) {
    const CellAxis& axis = space.axis(a);
    to.levels[axis.qi] = axis.level[from.cell[a]];
    to.values[axis.qi] = axis.code[from.cell[a]];
  }
  return to;
}

/// The loss no recoding stays below when the arithmetic one is at least `arithmetic`: log(1 + x) >= x log 2
/// on [0, 1], so the geometric mean of 1 + loss is at least 2 to the arithmetic loss.
double bound_of(double arithmetic, Aggregate aggregate) {
  return aggregate == Aggregate::kArithmetic ? arithmetic : std::exp2(arithmetic) - 1;
}

}  // namespace

void fill_answer(const Recoding& recoding, const Problem& problem, LocalAnswer& answer) {
  const CellSpace& space = recoding.space();
  std::vector<std::pair<LocalClass, ClassId>> classes;
  for (ClassId id = 1; id < recoding.num_ids(); ++id)
    if (recoding.of(id).size > 0) classes.emplace_back(local_class(space, recoding.of(id)), id);
  std::ranges::sort(classes, [](const auto& x, const auto& y) {
    return x.first.values != y.first.values ? x.first.values < y.first.values
                                            : x.first.levels < y.first.levels;
  });
  answer.recoding.of_tuple.resize(problem.tuples.size());
  for (std::uint32_t i = 0; i < classes.size(); ++i) {
    answer.recoding.classes.push_back(classes[i].first);
    for (const Tuple t : recoding.of(classes[i].second).tuples)
      answer.recoding.of_tuple[space.original(t)].push_back({i, recoding.count(t, classes[i].second)});
  }
}

std::string pack(const LocalAnswer& answer) {
  std::string bytes;
  append(bytes, answer.bound);
  append(bytes, answer.rounds);
  append(bytes, answer.drift);
  append(bytes, answer.recoding.classes.size());
  for (const LocalClass& each : answer.recoding.classes) {
    append(bytes, each.levels.size());
    for (const Level level : each.levels) append(bytes, level);
    for (const Code value : each.values) append(bytes, value);
    append(bytes, each.size);
  }
  append(bytes, answer.recoding.of_tuple.size());
  for (const auto& shares : answer.recoding.of_tuple) {
    append(bytes, shares.size());
    for (const LocalShare& share : shares) append(bytes, share);
  }
  return bytes;
}

LocalAnswer unpack(std::string_view bytes) {
  LocalAnswer answer;
  answer.bound = take<Cost>(bytes);
  answer.rounds = take<std::uint64_t>(bytes);
  answer.drift = take<PlanDrift>(bytes);
  answer.recoding.classes.resize(take<std::size_t>(bytes));
  for (LocalClass& each : answer.recoding.classes) {
    each.levels.resize(take<std::size_t>(bytes));
    each.values.resize(each.levels.size());
    for (Level& level : each.levels) level = take<Level>(bytes);
    for (Code& value : each.values) value = take<Code>(bytes);
    each.size = take<Count>(bytes);
  }
  answer.recoding.of_tuple.resize(take<std::size_t>(bytes));
  for (auto& shares : answer.recoding.of_tuple) {
    shares.resize(take<std::size_t>(bytes));
    for (LocalShare& share : shares) share = take<LocalShare>(bytes);
  }
  return answer;
}

LocalResult make_result(const LocalAnswer& answer, const Problem& problem, const LossModel& loss,
                        const LocalOptions& options) {
  LocalResult result;
  const std::size_t d = problem.lattice.num_axes();
  std::vector<std::uint64_t> totals(d, 0);
  for (const Axis& axis : problem.lattice.axes)
    result.records_at_level.emplace_back(axis.hierarchy.labels.size(), Count{0});
  Count released = 0;
  for (const LocalClass& each : answer.recoding.classes) {
    THRONG_CHECK_LIGHT(options.model.is_satisfied_by(each.size));
    released += each.size;
    for (std::size_t j = 0; j < d; ++j) {
      totals[j] += each.size * loss.cell_cost(j, each.levels[j], each.values[j]);
      result.records_at_level[j][each.levels[j]] += each.size;
    }
  }
  result.suppressed = problem.num_records() - released;
  for (std::size_t j = 0; j < d; ++j) totals[j] += result.suppressed * loss.full_cost(j);
  for (std::size_t j = 0; j < d; ++j) result.loss_per_qi.push_back(loss.loss_of_qi(j, totals[j]));
  result.loss = loss.loss(totals);
  const double unit = static_cast<double>(kFullCost) * static_cast<double>(problem.num_records());
  if (problem.num_records() > 0)
    result.lower_bound =
        std::min(result.loss, bound_of(static_cast<double>(answer.bound) / unit, options.aggregate));
  // Costs are rounded down by 2^-30 per cell at most.
  result.is_proved_optimal = result.loss - result.lower_bound <= std::ldexp(static_cast<double>(d), -30);
  if (result.is_proved_optimal) result.lower_bound = result.loss;
  if (result.loss > 0) result.gap = (result.loss - result.lower_bound) / result.loss;
  result.rounds = answer.rounds;
  if (result.suppressed <= options.max_suppressed) result.best = answer.recoding;
  return result;
}

}  // namespace throng::local
