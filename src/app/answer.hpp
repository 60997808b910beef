// The answer of search and anonymize: what is found, in the words of the reports.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "solve.hpp"
#include "throng/app/config.hpp"
#include "throng/app/job.hpp"
#include "throng/lattice/problem.hpp"
#include "throng/search/search.hpp"
#include "throng/utility/compare.hpp"

namespace throng {

/// One quasi-identifier of the answer.
struct AnswerColumn {
  std::string name;
  unsigned height = 0;
  std::vector<std::string>
      examples;  ///< a value of each level, where levels do not come from the data; else empty
};

struct Answer {
  Count rows = 0;
  Count k = 0;
  std::vector<AnswerColumn> qi;
  std::optional<std::uint64_t> lattice_nodes;
  double approximate_lattice_nodes = 0;
  SearchResult result;
  /// Of a local recoding: released records per QI and level.
  std::vector<std::vector<Count>> records_at_level;
  std::optional<PlanDrift> drift;  ///< of a plan that was applied
  double planned_loss = 0;         ///< of the recoding the plan was made from
  std::string strategy, metric, aggregate;
  bool follows_from_release = true;  ///< the loss: it tells no more than the released rows
  double max_suppressed = 1;
  Count max_suppressed_records = 0;
  std::optional<Solution> redaction;  ///< what dropping the records below k, and nothing else, would give
  std::optional<Utility> utility;     ///< of the released quasi-identifiers
  std::vector<std::string> files;     ///< of the bundle
  bool is_verified = false;
  std::string reason;  ///< why there is no solution, when there is none
};

Answer make_answer(const Job& job, const Problem& problem, const Solved& solved);

/// The answer as one JSON object. The external form has no count in 1..k-1 about people and nothing it
/// follows from.
std::string answer_json(const Answer& answer, Audience audience);

/// The answer as a few lines for a release manager.
std::string answer_text(const Answer& answer);

/// Largest memory this process has used, in bytes.
std::uint64_t peak_rss_bytes();

}  // namespace throng
