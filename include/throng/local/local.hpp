// Local recoding: every record its own node, every class at least k records, with a proved lower bound.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string_view>
#include <vector>

#include "throng/core/communicator.hpp"
#include "throng/core/types.hpp"
#include "throng/lattice/problem.hpp"
#include "throng/loss/loss_metric.hpp"
#include "throng/privacy/k_anonymity.hpp"

namespace throng {

/// A class of the release: its node and its generalized tuple, both per QI in file order. No two classes of a
/// recoding cover the same leaves. A value that covers the same leaves at several levels has the lowest.
struct LocalClass {
  Node levels;
  std::vector<Code> values;  ///< number of the value at its level
  Count size = 0;            ///< records, at least k
};

/// Records of one tuple that are released in one class.
struct LocalShare {
  std::uint32_t of_class = 0;
  Weight records = 0;
};

/// Where every record goes. Records of one tuple may lie in several classes; what is missing is suppressed.
struct LocalRecoding {
  std::vector<LocalClass> classes;                ///< by values: the order of the records says nothing
  std::vector<std::vector<LocalShare>> of_tuple;  ///< per distinct tuple of the problem, by class
};

/// What a running recoding tells its watcher.
struct LocalProgress {
  double seconds = 0;
  std::uint64_t rounds = 0;
  double loss = 1;           ///< arithmetic, of what is built so far
  double lower_bound = 0;    ///< arithmetic, proved so far
  double fraction_done = 0;  ///< of the rounds, or of the time limit
};

struct LocalOptions {
  KAnonymity model;
  Count max_suppressed = ~Count{0};  ///< records
  Aggregate aggregate = Aggregate::kArithmetic;
  std::string_view metric = "loss";
  double time_limit_seconds = 0;           ///< 0: a fixed number of rounds, the same answer on every machine
  std::vector<std::vector<Level>> levels;  ///< allowed levels per QI, ascending; empty: all
  unsigned max_levels = 0;                 ///< at most so many different levels per QI; 0: any number
  int num_threads = 1;
  std::function<void(const LocalProgress&)> on_progress;  ///< called on rank 0, now and then; may be empty
};

/// The answer, the same for every number of ranks and threads unless a time limit stopped it.
struct LocalResult {
  std::optional<LocalRecoding> best;  ///< nothing: the suppression limit cannot be kept
  double loss = 1;
  std::vector<double> loss_per_qi;  ///< file order
  Count suppressed = 0;
  /// Released records per QI (file order) and level.
  std::vector<std::vector<Count>> records_at_level;
  double lower_bound = 0;  ///< no local recoding with the allowed levels has a smaller loss
  double gap = 0;          ///< (loss - lower_bound) / loss; 0 when the loss is 0
  bool is_proved_optimal = false;
  double seconds = 0;
  std::uint64_t rounds = 0;  ///< neighbourhoods that were dissolved and built again
};

/// *Collective.* Recodes `problem`; rank 0 works, every rank returns its answer. The work minimizes the
/// arithmetic loss; with the geometric aggregate its loss and a bound that holds for it are reported.
/// Errors: usage_error for an unknown metric.
LocalResult recode_locally(const Problem& problem, const LocalOptions& options, Communicator& communicator);

}  // namespace throng
