// Branch and bound among threads and ranks, in rounds: walk the open prefixes by ticket, meet, save, go on.
//
// All that is left of a search is a list of open prefixes and the best node known. In a round the ranks share
// the list by ticket. It ends when the list is walked, when it is time to save or to stop and, among several
// ranks, after half a second: then every walker hands back what it has not visited of its subtree (siblings
// along its path), and the ranks put all of it together to the same new list, in the order of the walk.
// Invariant: the optimum is the best known or below an open prefix, so between two rounds the search can be
// saved, and go on with any number of workers; work left over is shared anew, so a slow rank holds up nobody.
#pragma once

#include <chrono>
#include <cstdint>
#include <memory>
#include <vector>

#include "search/branch_and_bound.hpp"
#include "search/search_state.hpp"

namespace throng {

/// One search: the walkers of this rank and what they share.
class ParallelSearch {
 public:
  ParallelSearch(const SearchTask& task, const WalkPlan& plan, StopRule rule);

  /// From the first dive on.
  Finding run() { return run(first_state(plan_.rules.order)); }
  /// From `state` on.
  Finding run(SearchState state);

 private:
  /// What is left of the prefix at `source` in the list of the round.
  struct Leftover {
    std::uint64_t source = 0;
    Prefix prefix;
  };

  void start();
  [[nodiscard]] Walker& walker_of(int worker);
  void make_frontier();
  void take_shard();
  void walk_round();
  void meet();
  [[nodiscard]] std::string message() const;
  void read_message(std::string_view message, std::vector<Leftover>& leftovers);
  void report(std::size_t index);
  void exchange_incumbent();
  [[nodiscard]] Finding finding() const;
  [[nodiscard]] StopRule::Deadline end_of_round() const;

  const SearchTask& task_;
  const WalkPlan& plan_;
  StopRule rule_;
  Incumbent incumbent_;
  std::vector<std::unique_ptr<Walker>> walkers_;  ///< one per thread; the first also makes the frontier
  SearchState state_;                             ///< of all ranks, at the last meeting
  bool must_dive_ = false;                        ///< in the next round, beside the walk
  std::uint64_t visited_before_ = 0;              ///< by this rank, at the last meeting
  std::vector<std::vector<Leftover>> leftovers_;  ///< per walker, of this round
  std::vector<double> least_bounds_;              ///< of the list of this round: from each prefix on
  std::size_t num_closed_ = 0;                    ///< prefixes of earlier rounds that are done
  bool is_stopped_ = false;
  bool is_save_due_ = false;
  StopRule::Deadline start_ = std::chrono::steady_clock::now();
  StopRule::Deadline next_save_ = StopRule::Deadline::max();
  double next_report_seconds_;
};

}  // namespace throng
