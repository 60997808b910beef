// Chooses the pairs of columns that show trends and counts them.
#include <fmt/format.h>

#include <algorithm>
#include <numeric>
#include <tuple>

#include "content.hpp"
#include "numeric_labels.hpp"

namespace throng {

namespace {

constexpr std::size_t kMostSeries = 6;    ///< lines that are told apart, that of all others among them
constexpr std::size_t kMostValues = 400;  ///< of a column that is no line
constexpr std::size_t kFewCells = 80;     ///< of bars, so that those that are shown tell most
constexpr std::size_t kMostLines = 6;     ///< pairs of quasi-identifiers with a line
constexpr std::size_t kMostPairs = 12;    ///< all pairs of quasi-identifiers
constexpr std::size_t kMostBeside = 4;    ///< pairs with a column that is none

/// A column and its values that occur.
struct Side {
  std::size_t column = 0;  ///< place in the original table, in the external form in the released one
  Role role = Role::kQuasiIdentifier;
  std::string name;
  std::vector<std::string> labels;
  std::vector<std::size_t> places;  ///< of the labels among all leaves or codes
  bool is_line = false;

  [[nodiscard]] bool is_qi() const { return role == Role::kQuasiIdentifier; }
  [[nodiscard]] bool is_told_apart() const {
    return !is_line && labels.size() >= 2 && labels.size() <= kMostValues;
  }
};

struct Choice {
  std::size_t first, second;  ///< places among the sides
  bool is_line;
  Role role;    ///< of the second
  bool is_cut;  ///< its bars show only the largest counts
  double association;
};

void add_value(Side& side, const std::string& label, std::size_t place) {
  side.labels.push_back(label);
  side.places.push_back(place);
}

Side side_of_values(const Column& column, std::size_t place) {
  Side side{place, column.role, column.name, {}, {}, false};
  for (std::size_t v = 0; v < column.dictionary.size(); ++v) add_value(side, column.dictionary[v], v);
  return side;
}

/// Of the released rows alone. Columns that are no quasi-identifiers are left out: few rows of a class may
/// hold one of their values, so that a count of them could be small.
std::vector<Side> released_sides(const Content& content) {
  std::vector<Side> sides;
  for (std::size_t j = 0; j < content.lattice().num_axes(); ++j) {
    const std::size_t place = content.released->index_of(content.qi_name(j));
    sides.push_back(side_of_values(content.released->columns[place], place));
  }
  return sides;
}

std::vector<Side> original_sides(const Content& content) {
  const ReportRequest& request = content.request;
  std::vector<Side> sides;
  for (std::size_t j = 0; j < content.lattice().num_axes(); ++j) {
    const LeafCounts& counts = content.leaves[j];
    Side& side = sides.emplace_back(
        Side{request.problem.columns[j], Role::kQuasiIdentifier, content.qi_name(j), {}, {}, false});
    for (std::size_t v = 0; v < counts.labels.size(); ++v)
      if (counts.before[v] > 0) add_value(side, counts.labels[v], v);
  }
  for (std::size_t c = 0; c < request.table.columns.size(); ++c) {
    const Column& column = request.table.columns[c];
    const bool is_released = content.released->index_of(column.name) < content.released->columns.size();
    if (column.role != Role::kQuasiIdentifier && is_released) sides.push_back(side_of_values(column, c));
  }
  return sides;
}

std::vector<Side> sides_of(const Content& content) {
  std::vector<Side> sides = content.is_external() ? released_sides(content) : original_sides(content);
  for (Side& side : sides) side.is_line = is_numeric(side.labels);
  return sides;
}

const PairUtility* utility_of(const Content& content, const std::string& a, const std::string& b) {
  if (!content.utility) return nullptr;
  for (const PairUtility& pair : content.utility->pairs) {
    const std::string& first = content.utility->columns[pair.a].name;
    const std::string& second = content.utility->columns[pair.b].name;
    if ((first == a && second == b) || (first == b && second == a)) return &pair;
  }
  return nullptr;
}

/// Whether `a`, a quasi-identifier, is drawn along and `b` told apart; of two that could be either, the one
/// with more values. A column that is no quasi-identifier goes along a line where there is one.
bool is_choice(const Side& a, const Side& b, bool has_line) {
  if (!a.is_qi() || !b.is_told_apart()) return false;
  if (!b.is_qi()) return has_line ? a.is_line : a.is_told_apart();
  if (a.is_line) return true;
  if (!a.is_told_apart()) return false;
  return a.labels.size() != b.labels.size() ? a.labels.size() > b.labels.size() : a.column < b.column;
}

/// Lines first, sensitive columns before insensitive ones, what is shown whole before what is cut, then those
/// that depend on each other most.
bool comes_before(const Choice& a, const Choice& b) {
  const auto rank = [](const Choice& choice) {
    return std::tuple(!choice.is_line, choice.role != Role::kSensitive, choice.is_cut, -choice.association);
  };
  return rank(a) < rank(b);
}

Choice choice_of(const Content& content, const std::vector<Side>& sides, std::size_t a, std::size_t b) {
  const Side& first = sides[a];
  const Side& second = sides[b];
  const PairUtility* utility = utility_of(content, first.name, second.name);
  return {a,
          b,
          first.is_line,
          second.role,
          !first.is_line && first.labels.size() * second.labels.size() > kFewCells,
          utility == nullptr ? 0 : utility->cramers_v_before};
}

std::vector<Choice> choices_of(const Content& content, const std::vector<Side>& sides) {
  std::vector<Choice> pairs, beside;
  const bool has_line = std::ranges::any_of(sides, [](const Side& s) { return s.is_qi() && s.is_line; });
  for (std::size_t a = 0; a < sides.size(); ++a)
    for (std::size_t b = 0; b < sides.size(); ++b) {
      if (a == b || !is_choice(sides[a], sides[b], has_line)) continue;
      (sides[b].is_qi() ? pairs : beside).push_back(choice_of(content, sides, a, b));
    }
  std::ranges::stable_sort(pairs, comes_before);
  std::ranges::stable_sort(beside, comes_before);
  const auto lines = static_cast<std::size_t>(std::ranges::count(pairs, true, &Choice::is_line));
  if (lines > kMostLines)
    pairs.erase(pairs.begin() + kMostLines, pairs.begin() + static_cast<std::ptrdiff_t>(lines));
  pairs.resize(std::min(kMostPairs, pairs.size()));
  beside.resize(std::min(kMostBeside, beside.size()));
  pairs.insert(pairs.end(), beside.begin(), beside.end());
  std::ranges::stable_sort(pairs, std::greater<>(), &Choice::is_line);
  return pairs;
}

void count_released(const Content& content, const Side& a, const Side& b, TwoWay& pair) {
  const Column& first = content.released->columns[a.column];
  const Column& second = content.released->columns[b.column];
  pair.after.assign(a.labels.size() * b.labels.size(), 0);
  for (std::size_t i = 0; i < first.codes.size(); ++i)
    pair.after[first.codes[i] * b.labels.size() + second.codes[i]] += 1;
}

void count_leaves(const Content& content, const Side& a, const Side& b, TwoWay& pair) {
  const ReportRequest& request = content.request;
  const PairCounts counts =
      pair_counts(request.table, *content.released, request.problem, a.column, b.column);
  for (const std::size_t x : a.places)
    for (const std::size_t y : b.places) {
      pair.before.push_back(static_cast<double>(counts.before[x * counts.num_b + y]));
      pair.after.push_back(counts.after[x * counts.num_b + y]);
      pair.is_estimate.push_back(counts.is_estimate[x * counts.num_b + y]);
    }
  if (const PairUtility* utility = utility_of(content, a.name, b.name))
    pair.error = utility->error.mean_from_k;
}

}  // namespace

namespace {

/// The values of the second column that most records hold, in their order.
std::vector<std::size_t> largest_series(const TwoWay& pair) {
  const std::size_t width = pair.second_labels.size();
  const std::vector<double>& weight = pair.before.empty() ? pair.after : pair.before;
  std::vector<double> records(width, 0);
  for (std::size_t cell = 0; cell < weight.size(); ++cell) records[cell % width] += weight[cell];
  std::vector<std::size_t> kept(width);
  std::iota(kept.begin(), kept.end(), std::size_t{0});
  std::ranges::stable_sort(kept, std::greater<>(), [&](std::size_t y) { return records[y]; });
  kept.resize(kMostSeries - 1);
  std::ranges::sort(kept);
  return kept;
}

}  // namespace

void fold(TwoWay& pair) {
  const std::size_t width = pair.second_labels.size();
  if (width <= kMostSeries) return;
  const std::vector<std::size_t> kept = largest_series(pair);
  std::vector<std::size_t> to(width, kept.size());
  std::vector<std::string> labels;
  for (const std::size_t y : kept) {
    to[y] = labels.size();
    labels.push_back(pair.second_labels[y]);
  }
  labels.push_back(fmt::format("all others ({} values)", width - kept.size()));
  TwoWay folded{pair.first, pair.second, pair.first_labels, labels, {}, {}, {}, pair.error};
  const std::size_t cells = pair.first_labels.size() * labels.size();
  folded.before.assign(pair.before.empty() ? 0 : cells, 0);
  folded.after.assign(cells, 0);
  folded.is_estimate.assign(pair.is_estimate.empty() ? 0 : cells, false);
  for (std::size_t cell = 0; cell < pair.after.size(); ++cell) {
    const std::size_t into = cell / width * labels.size() + to[cell % width];
    folded.after[into] += pair.after[cell];
    if (!pair.before.empty()) folded.before[into] += pair.before[cell];
    if (!pair.is_estimate.empty() && pair.is_estimate[cell]) folded.is_estimate[into] = true;
  }
  pair = std::move(folded);
}

std::vector<TwoWay> two_way_of(const Content& content) {
  std::vector<TwoWay> pairs;
  const std::vector<Side> sides = sides_of(content);
  for (const Choice& choice : choices_of(content, sides)) {
    const Side& a = sides[choice.first];
    const Side& b = sides[choice.second];
    TwoWay pair{a.name, b.name, a.labels, b.labels, {}, {}, {}, {}};
    if (content.is_external())
      count_released(content, a, b, pair);
    else
      count_leaves(content, a, b, pair);
    if (choice.is_line) fold(pair);
    pairs.push_back(std::move(pair));
  }
  return pairs;
}

}  // namespace throng
