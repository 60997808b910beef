// What the tasks that ranks take by ticket cost, one by one, as CSV: the input of
// scripts/simulate_scaling.py.
//
// Usage: bench_task_costs audit|search NUM_QI. Columns: what, workers, first, count, CPU microseconds of one
// thread. `setup`, `bound`, `frontier` and `finish` are what every rank does itself. `task`: `count` tasks
// from `first` on, in the order of the tickets. `apart`: what a batch costs more on average when the batches
// between went to `workers` - 1 other ranks. `subtrees`: how many there are; those without a line are pruned
// at once. `found`: a subtree that holds a better node than those before. Where `workers` is 0 it does not
// matter.
#include <fmt/format.h>
#include <time.h>

#include <algorithm>
#include <bit>
#include <string>

#include "audit/audit_state.hpp"
#include "lattice/lattice_transform.hpp"
#include "sample.hpp"
#include "search/parallel_search.hpp"

namespace throng {
namespace {

constexpr std::uint64_t kBatch = 4;     // as in core/tickets.cpp, for one thread
constexpr std::uint64_t kLines = 2048;  // of tasks, about
constexpr std::uint64_t kSamples = 48;  // batches apart
constexpr std::size_t kSubtreesPerWorker = 16;

double cpu_microseconds() {
  timespec now{};
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
  return 1e6 * static_cast<double>(now.tv_sec) + 1e-3 * static_cast<double>(now.tv_nsec);
}

template <typename Work>
double cost_of(const Work& work) {
  const double begin = cpu_microseconds();
  work();
  return cpu_microseconds() - begin;
}

void print(const char* what, std::uint64_t workers, std::uint64_t first, std::uint64_t count, double cost) {
  fmt::print("{},{},{},{},{:.0f}\n", what, workers, first, count, cost);
}

/// Small costs of neighbours are added up, so that there are at most about 2 kLines lines; large ones stay as
/// they are.
void print_tasks(std::uint64_t workers, const std::vector<double>& costs) {
  double total = 0;
  for (const double cost : costs) total += cost;
  double sum = 0;
  for (std::uint64_t first = 0, i = 0; i < costs.size(); ++i) {
    const bool is_large = costs[i] >= total / kLines;
    if (is_large && i > first) {
      print("task", workers, first, i - first, sum);
      first = i;
      sum = 0;
    }
    sum += costs[i];
    if (sum < total / kLines && i + 1 < costs.size()) continue;
    print("task", workers, first, i + 1 - first, sum);
    first = i + 1;
    sum = 0;
  }
}

TailShape shape_of(const TransformPlan& plan) {
  TailShape shape;
  for (std::size_t u = 0; u < plan.block_size(); ++u) {
    Combination mask = 0;
    for (unsigned bit = 0; bit < plan.block_axes; ++bit)
      if ((u >> bit & 1) == 0) mask |= Combination{1} << plan.order[plan.order.size() - 1 - bit];
    shape.mask.push_back(mask);
    shape.size.push_back(static_cast<std::uint8_t>(std::popcount(mask)));
  }
  return shape;
}

/// The blocks of the audit of all combinations, by one worker.
class AuditTasks {
 public:
  explicit AuditTasks(const Problem& problem)
      : phi_(options_.thresholds),
        plan_(make_transform_plan(problem, keep_or_star(problem.lattice), max_block_axes(phi_))),
        transform_(problem, plan_, phi_, supported_simd_targets().back()),
        state_(facts_of(problem, plan_.order, plan_.num_blocks), options_),
        shape_(shape_of(plan_)) {}

  [[nodiscard]] std::uint64_t size() const { return plan_.num_blocks; }
  void visit(std::uint64_t block) {
    const auto values = transform_.compute(block);
    Combination prefix = 0;
    for (std::size_t i = 0; const auto choice : plan_.prefix_of(block)) {
      if (choice == 0) prefix |= Combination{1} << plan_.order[i];
      ++i;
    }
    state_.reduction.add_block(prefix, shape_, values);
    auto& safe = std::get<SafeBits>(state_.safe);
    for (std::size_t u = 0; u < values.size(); ++u)
      if (values[u].at_risk(options_.k_index()) == 0) safe.mark(block * plan_.block_size() + u);
  }
  void finish() {
    AuditResult result;
    state_.finish(options_, result);
  }

 private:
  AuditOptions options_;
  RiskStatistic phi_;
  TransformPlan plan_;
  LatticeTransform<RiskStatistic> transform_;
  AuditState state_;
  TailShape shape_;
};

/// Batches as one of `ranks` equally fast ranks takes them, against the same batches among all others.
double cost_apart(AuditTasks& tasks, const std::vector<double>& costs, std::uint64_t ranks,
                  std::uint64_t& num_samples) {
  double sum = 0;
  num_samples = 0;
  const std::uint64_t stride = ranks * kBatch;
  for (std::uint64_t first = 0; first + kBatch <= costs.size() && num_samples < kSamples; first += stride) {
    for (std::uint64_t i = first; i < first + kBatch; ++i) {
      const double cost = cost_of([&] { tasks.visit(i); });
      if (first > 0) sum += cost - costs[i];
    }
    num_samples += first > 0;
  }
  return num_samples == 0 ? 0 : sum / static_cast<double>(num_samples);
}

void audit_costs(const Problem& problem) {
  std::optional<AuditTasks> tasks;
  print("setup", 0, 0, 1, cost_of([&] { tasks.emplace(problem); }));
  std::vector<double> costs;
  for (std::uint64_t i = 0; i < tasks->size(); ++i) costs.push_back(cost_of([&] { tasks->visit(i); }));
  print("finish", 0, 0, 1, cost_of([&] { tasks->finish(); }));
  for (std::uint64_t ranks = 2; ranks * kBatch * 2 <= tasks->size(); ranks *= 2) {
    std::uint64_t num_samples = 0;
    const double apart = cost_apart(*tasks, costs, ranks, num_samples);
    print("apart", ranks, 0, num_samples, apart);
  }
  print_tasks(0, costs);
}

/// The subtrees of one search, by one worker.
class SearchTasks {
 public:
  explicit SearchTasks(const SearchTask& task) : task_(task), plan_(task) {}

  /// As search_branch_and_bound() does before it shares work.
  void bound_last_qis() {
    const std::size_t d = plan_.num_depths();
    for (std::size_t depth = d - 1; depth > d - d / 2; --depth) {
      plan_.start_at(depth);
      plan_.rest_terms[depth] = task_.loss.terms_of_loss(ParallelSearch(task_, plan_, {}).run().lower_bound);
    }
    plan_.start_at(0);
    plan_.look_ahead();
  }

  /// The subtrees for so many workers: each with the best node that those before hold.
  void print_costs(std::uint64_t workers) {
    Incumbent incumbent;
    Walker walker(plan_, incumbent, {});
    std::vector<Prefix> subtrees;
    print("frontier", workers, 0, 1, cost_of([&] {
            walker.dive();
            subtrees = walker.frontier(workers * kSubtreesPerWorker);
          }));
    print("subtrees", workers, 0, subtrees.size(), 0);
    print_tasks(workers, costs_of_walk(workers, walker, incumbent, subtrees));
  }

 private:
  static std::vector<double> costs_of_walk(std::uint64_t workers, Walker& walker, Incumbent& incumbent,
                                           const std::vector<Prefix>& subtrees) {
    std::vector<double> costs;
    for (const Prefix& subtree : subtrees) {
      const double known = incumbent.loss();
      costs.push_back(cost_of([&] { walker.walk(subtree); }));
      if (incumbent.loss() < known) print("found", workers, costs.size() - 1, 1, costs.back());
    }
    // The last ones are pruned at once.
    while (!costs.empty() && costs.back() < 0.5) costs.pop_back();
    return costs;
  }

  const SearchTask& task_;
  WalkPlan plan_;
};

void search_costs(const Problem& problem) {
  const SearchOptions options;
  const LossModel loss(problem, make_loss_metric(options.metric), options.aggregate);
  const auto alone = self_communicator();
  const SearchTask task{problem, options, loss, *alone};
  SearchTasks tasks(task);
  print("bound", 0, 0, 1, cost_of([&] { tasks.bound_last_qis(); }));
  for (const std::uint64_t workers : {4U, 64U, 1024U}) tasks.print_costs(workers);
}

}  // namespace
}  // namespace throng

int main(int argc, char** argv) {
  const std::string what = argc == 3 ? argv[1] : "";
  if (what != "audit" && what != "search") {
    fmt::print(stderr, "usage: {} audit|search NUM_QI\n", argv[0]);
    return 2;
  }
  const std::optional<throng::Problem> problem = throng::load_for_search(std::stoul(argv[2]));
  if (!problem) {
    fmt::print(stderr, "no data: run scripts/run.sh first\n");
    return 2;
  }
  fmt::print("what,workers,first,count,microseconds\n");
  what == "audit" ? throng::audit_costs(*problem) : throng::search_costs(*problem);
  return 0;
}
