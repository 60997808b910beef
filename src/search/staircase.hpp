// The best candidate for every suppression limit: a falling staircase.
#pragma once

#include <iterator>
#include <map>
#include <utility>

#include "search/candidate.hpp"

namespace throng {

/// Maps a number of suppressed records to the best candidate that suppresses no more. Steps that do not
/// improve on a smaller limit are not kept, so the keys ascend and the candidates get strictly better.
class Staircase {
 public:
  /// True when a candidate that suppresses `suppressed` records, or more, and comes no earlier than `least`
  /// in the order on answers, changes nothing.
  [[nodiscard]] bool is_beaten(Count suppressed, const Candidate& least) const {
    const auto above = steps_.upper_bound(suppressed);
    return above != steps_.begin() && !is_better(least, std::prev(above)->second);
  }

  void add(Count suppressed, const Candidate& candidate) {
    if (is_beaten(suppressed, candidate)) return;
    auto next = steps_.insert_or_assign(suppressed, candidate).first;
    ++next;
    while (next != steps_.end() && !is_better(next->second, candidate)) next = steps_.erase(next);
  }

  [[nodiscard]] const std::map<Count, Candidate>& steps() const { return steps_; }

 private:
  std::map<Count, Candidate> steps_;
};

}  // namespace throng
