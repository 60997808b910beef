// Chooses the pairs of columns that show trends and counts them.
#include <algorithm>

#include "content.hpp"
#include "numeric_labels.hpp"

namespace throng {

namespace {

constexpr std::size_t kMostSeries = 6;  ///< values of a column that are told apart beside another
constexpr std::size_t kMostRows = 12;   ///< values of a column that is no line
constexpr std::size_t kMostLines = 6;   ///< pairs with a line
constexpr std::size_t kMostPairs = 12;  ///< all pairs

/// A quasi-identifier and its values that occur.
struct Side {
  std::size_t qi = 0;
  std::string name;
  std::vector<std::string> labels;
  std::vector<std::size_t> places;  ///< of the labels among all leaves or codes
  bool is_line = false;

  [[nodiscard]] bool is_series() const { return labels.size() >= 2 && labels.size() <= kMostSeries; }
  [[nodiscard]] bool is_row() const { return is_line || (labels.size() >= 2 && labels.size() <= kMostRows); }
};

struct Choice {
  std::size_t first, second;  ///< places among the sides
  bool is_line;
  double association;
};

void add_value(Side& side, const std::string& label, std::size_t place) {
  side.labels.push_back(label);
  side.places.push_back(place);
}

const Column& released_column(const Content& content, std::size_t j) {
  return content.released->columns[content.released->index_of(content.qi_name(j))];
}

std::vector<Side> sides_of(const Content& content) {
  std::vector<Side> sides;
  for (std::size_t j = 0; j < content.lattice().num_axes(); ++j) {
    Side& side = sides.emplace_back();
    side.qi = j;
    side.name = content.qi_name(j);
    if (content.is_external()) {
      const Column& column = released_column(content, j);
      for (std::size_t v = 0; v < column.dictionary.size(); ++v) add_value(side, column.dictionary[v], v);
    } else {
      const LeafCounts& counts = content.leaves[j];
      for (std::size_t v = 0; v < counts.labels.size(); ++v)
        if (counts.before[v] > 0) add_value(side, counts.labels[v], v);
    }
    side.is_line = is_numeric(side.labels);
  }
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

/// Whether `a` is drawn along and `b` told apart; of two that could be either, the one with more values.
bool is_choice(const Side& a, const Side& b) {
  if (!a.is_row() || !b.is_series() || b.is_line) return false;
  if (!a.is_series() || a.is_line) return true;
  return a.labels.size() != b.labels.size() ? a.labels.size() > b.labels.size() : a.qi < b.qi;
}

std::vector<Choice> choices_of(const Content& content, const std::vector<Side>& sides) {
  std::vector<Choice> choices;
  for (std::size_t a = 0; a < sides.size(); ++a)
    for (std::size_t b = 0; b < sides.size(); ++b) {
      if (a == b || !is_choice(sides[a], sides[b])) continue;
      const PairUtility* utility = utility_of(content, sides[a].name, sides[b].name);
      choices.push_back({a, b, sides[a].is_line, utility == nullptr ? 0 : utility->cramers_v_before});
    }
  std::ranges::stable_sort(choices, std::greater<>(), &Choice::association);
  std::ranges::stable_sort(choices, std::greater<>(), &Choice::is_line);
  const auto lines = static_cast<std::size_t>(std::ranges::count(choices, true, &Choice::is_line));
  if (lines > kMostLines)
    choices.erase(choices.begin() + kMostLines, choices.begin() + static_cast<std::ptrdiff_t>(lines));
  if (choices.size() > kMostPairs) choices.erase(choices.begin() + kMostPairs, choices.end());
  return choices;
}

void count_released(const Content& content, const Side& a, const Side& b, TwoWay& pair) {
  const Column& first = released_column(content, a.qi);
  const Column& second = released_column(content, b.qi);
  pair.after.assign(a.labels.size() * b.labels.size(), 0);
  for (std::size_t i = 0; i < first.codes.size(); ++i)
    pair.after[first.codes[i] * b.labels.size() + second.codes[i]] += 1;
}

void count_leaves(const Content& content, const Side& a, const Side& b, TwoWay& pair) {
  const ReportRequest& request = content.request;
  const PairCounts counts = pair_counts(request.table, *content.released, request.problem, a.qi, b.qi);
  for (const std::size_t x : a.places)
    for (const std::size_t y : b.places) {
      pair.before.push_back(static_cast<double>(counts.before[x * counts.num_b + y]));
      pair.after.push_back(counts.after[x * counts.num_b + y]);
    }
  if (const PairUtility* utility = utility_of(content, a.name, b.name))
    pair.error = utility->error.mean_from_k;
}

}  // namespace

std::vector<TwoWay> two_way_of(const Content& content) {
  std::vector<TwoWay> pairs;
  const std::vector<Side> sides = sides_of(content);
  for (const Choice& choice : choices_of(content, sides)) {
    const Side& a = sides[choice.first];
    const Side& b = sides[choice.second];
    TwoWay pair{a.name, b.name, a.labels, b.labels, {}, {}, {}};
    if (content.is_external())
      count_released(content, a, b, pair);
    else
      count_leaves(content, a, b, pair);
    pairs.push_back(std::move(pair));
  }
  return pairs;
}

}  // namespace throng
