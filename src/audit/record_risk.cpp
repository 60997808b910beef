// Shares the tuples among ranks and threads; each is walked on its own.
#include "throng/audit/record_risk.hpp"
#include "throng/core/gather.hpp"

#include <algorithm>
#include <chrono>
#include <functional>
#include <memory>
#include <numeric>

#include "agreement_walk.hpp"
#include "lattice/transform_plan.hpp"
#include "throng/audit/audit.hpp"
#include "throng/core/check.hpp"
#include "throng/core/error.hpp"
#include "throng/core/tickets.hpp"

namespace throng {

namespace {

constexpr std::size_t kTuplesPerTask = 16;

void check_size(std::size_t num_qi, std::size_t max_size) {
  const std::size_t most = max_size < num_qi ? kMaxRecordRiskQi : kMaxExhaustiveQi;
  if (num_qi > most)
    throw usage_error("record-level risk of " + std::to_string(num_qi) + " quasi-identifiers is too much",
                      "choose at most " + std::to_string(most) + " with --qi" +
                          (max_size < num_qi ? "" : ", or limit the size of combinations: --max-size 3"));
}

/// QIs with many values first, as they tell records apart best, and the tuples in their order: neighbours
/// share the values of the first QIs.
struct TupleOrder {
  std::vector<std::size_t> qi;
  std::vector<std::uint32_t> tuples;
};

TupleOrder order_of(const Problem& problem) {
  TransformPlan plan = make_transform_plan(problem, keep_or_star(problem.lattice), 0);
  TupleOrder order{std::move(plan.order), std::vector<std::uint32_t>(problem.tuples.size())};
  for (std::uint32_t t = 0; t < order.tuples.size(); ++t) order.tuples[plan.suffixes.root[t]] = t;
  return order;
}

/// Fills the rows of this rank's share of the tuples.
void count_rows(const Problem& problem, const RecordRiskOptions& options, Communicator& communicator,
                RecordRisk& risk) {
  const TupleOrder order = order_of(problem);
  std::vector<std::unique_ptr<AgreementWalk>> walks(static_cast<std::size_t>(options.num_threads));
  for (auto& walk : walks)
    walk = std::make_unique<AgreementWalk>(problem, order.qi, options.k, risk.max_size);
  const std::size_t width = risk.max_size + 1;
  const auto visit = [&](std::size_t task, int worker) {
    const std::size_t end = std::min((task + 1) * kTuplesPerTask, order.tuples.size());
    for (std::size_t i = task * kTuplesPerTask; i < end; ++i) {
      const std::size_t row = order.tuples[i] * width;
      walks[static_cast<std::size_t>(worker)]->count(
          order.tuples[i],
          {std::span(risk.below).subspan(row, width), std::span(risk.minimal).subspan(row, width)});
    }
  };
  share_work(communicator, options.num_threads, (order.tuples.size() + kTuplesPerTask - 1) / kTuplesPerTask,
             visit, [] {});
}

}  // namespace

std::uint64_t RecordRisk::num_below(std::size_t tuple) const {
  const auto row = below.begin() + static_cast<std::ptrdiff_t>(tuple * (max_size + 1));
  return std::accumulate(row, row + static_cast<std::ptrdiff_t>(max_size + 1), std::uint64_t{0});
}

std::size_t RecordRisk::smallest_size(std::size_t tuple) const {
  for (std::size_t size = 1; size <= max_size; ++size)
    if (below_of(tuple, size) != 0) return size;
  return 0;
}

RecordRisk record_risk(const Problem& problem, const RecordRiskOptions& options, Communicator& communicator) {
  const std::size_t d = problem.lattice.num_axes();
  THRONG_CHECK(d > 0 && options.k >= 2);
  RecordRisk risk;
  risk.num_qi = d;
  risk.max_size = options.max_size == 0 ? d : std::min(options.max_size, d);
  check_size(d, risk.max_size);
  const auto start = std::chrono::steady_clock::now();
  risk.below.assign(problem.tuples.size() * (risk.max_size + 1), 0);
  risk.minimal.assign(risk.below.size(), 0);
  count_rows(problem, options, communicator, risk);
  combine_over_ranks(communicator, risk.below, std::plus<>());
  combine_over_ranks(communicator, risk.minimal, std::plus<>());
  const std::chrono::duration<double> elapsed = std::chrono::steady_clock::now() - start;
  risk.seconds = elapsed.count();
  return risk;
}

}  // namespace throng
