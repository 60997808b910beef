// The audit against two honest baselines, in one run: grouping every combination from the records, and from
// its smallest parent.
//
// Baselines: tuples packed into 64-bit keys. *Records*: mask the keys of all records, count equal ones in an
// open-addressing hash table that fits the cache. *Direct*: the same over the distinct tuples, adding up
// their records. *From parent*: the same, but over the classes of
// a combination with one column more (the one with the fewest classes), so that most tables are small.
#include <benchmark/benchmark.h>

#include <algorithm>
#include <bit>
#include <chrono>
#include <vector>

#include "sample.hpp"
#include "throng/audit/audit.hpp"
#include "throng/core/hash.hpp"
#include "throng/core/parallel.hpp"

namespace throng {
namespace {

constexpr std::size_t kGrowthQi = 20;
constexpr Count kThresholds[] = {2, 3, 5, 11};

struct Classes {
  std::vector<std::uint64_t> keys;
  std::vector<Weight> weights;
};

/// Adds up the weights of equal masked keys.
class Grouping {
 public:
  explicit Grouping(std::size_t capacity)
      : slots_(std::bit_ceil(2 * capacity)), keys_(slots_), weights_(slots_, 0) {}

  Classes group(const Classes& from, std::uint64_t mask) {
    Classes classes;
    used_.clear();
    for (std::size_t i = 0; i < from.keys.size(); ++i) add(from.keys[i] & mask, from.weights[i]);
    for (const std::size_t slot : used_) {
      classes.keys.push_back(keys_[slot]);
      classes.weights.push_back(weights_[slot]);
      weights_[slot] = 0;
    }
    return classes;
  }

 private:
  void add(std::uint64_t key, Weight weight) {
    std::size_t slot = mix(key) & (slots_ - 1);
    while (weights_[slot] != 0 && keys_[slot] != key) slot = (slot + 1) & (slots_ - 1);
    if (weights_[slot] == 0) used_.push_back(slot);
    keys_[slot] = key;
    weights_[slot] += weight;
  }

  std::size_t slots_;
  std::vector<std::uint64_t> keys_;
  std::vector<Weight> weights_;
  std::vector<std::size_t> used_;
};

struct Packed {
  Classes all;
  std::vector<std::uint64_t> mask_of_qi;

  [[nodiscard]] std::uint64_t mask(Combination qi) const {
    std::uint64_t mask = 0;
    for (std::size_t j = 0; j < mask_of_qi.size(); ++j) mask |= (qi >> j & 1) != 0 ? mask_of_qi[j] : 0;
    return mask;
  }
};

Packed pack(const Problem& problem, benchmark::State& state) {
  const DistinctTuples& tuples = problem.tuples;
  Packed packed;
  if (tuples.words_per_tuple != 1) state.SkipWithError("the baselines take 64 bits per tuple");
  packed.all = {tuples.words, tuples.weights};
  for (std::size_t j = 0; j < tuples.num_qi(); ++j)
    packed.mask_of_qi.push_back(((std::uint64_t{1} << tuples.bits[j]) - 1) << tuples.shift[j]);
  return packed;
}

/// One entry per record.
Classes every_record(const Problem& problem, const Packed& packed) {
  Classes records;
  for (const std::uint32_t t : problem.tuples.tuple_of_record) records.keys.push_back(packed.all.keys[t]);
  records.weights.assign(records.keys.size(), 1);
  return records;
}

Count at_risk(const Classes& classes) {
  Count sum = 0;
  for (const Count threshold : kThresholds)
    for (const Weight weight : classes.weights) sum += weight < threshold ? weight : 0;
  return sum;
}

/// Calls run() for every iteration and tells how many times the audit's seconds it took, in this very run.
template <typename Run>
void compare(benchmark::State& state, const Problem& problem, int threads, const Run& run) {
  using Clock = std::chrono::steady_clock;
  AuditOptions options;
  options.num_threads = threads;
  const auto communicator = self_communicator();
  std::vector<double> audits;
  for (int i = 0; i < 5; ++i) audits.push_back(audit(problem, options, *communicator).seconds);
  std::ranges::sort(audits);
  const auto begin = Clock::now();
  for (auto _ : state) run();
  const std::chrono::duration<double> seconds = Clock::now() - begin;
  state.counters["times_the_audit"] =
      seconds.count() / static_cast<double>(state.iterations()) / audits[audits.size() / 2];
}

void report(benchmark::State& state, std::size_t num_qi) {
  state.counters["per_combination"] =
      benchmark::Counter(num_combinations(num_qi, 0),
                         benchmark::Counter::kIsIterationInvariantRate | benchmark::Counter::kInvert);
}

void transform(benchmark::State& state) {
  const auto num_qi = static_cast<std::size_t>(state.range(0));
  const Problem problem = load(num_qi);
  AuditOptions options;
  options.num_threads = static_cast<int>(state.range(1));
  const auto communicator = self_communicator();
  for (auto _ : state) benchmark::DoNotOptimize(audit(problem, options, *communicator));
  report(state, num_qi);
}

void group_each(benchmark::State& state, bool has_every_record) {
  const auto num_qi = static_cast<std::size_t>(state.range(0));
  const auto threads = static_cast<int>(state.range(1));
  const Problem problem = load(num_qi);
  const Packed packed = pack(problem, state);
  const Classes from = has_every_record ? every_record(problem, packed) : packed.all;
  compare(state, problem, threads, [&] {
    // There are never more classes than distinct tuples.
    std::vector<Grouping> groupings(static_cast<std::size_t>(threads), Grouping(packed.all.keys.size()));
    parallel_for(threads, (std::size_t{1} << num_qi) - 1, [&](std::size_t i, int worker) {
      benchmark::DoNotOptimize(
          at_risk(groupings[static_cast<std::size_t>(worker)].group(from, packed.mask(i + 1))));
    });
  });
  report(state, num_qi);
}

void records(benchmark::State& state) { group_each(state, true); }
void direct(benchmark::State& state) { group_each(state, false); }

/// How the cost of a combination grows with the number of records.
void growth(benchmark::State& state) {
  const Problem problem = load_generated(static_cast<std::size_t>(state.range(0)), kGrowthQi);
  if (problem.tuples.size() == 0) return state.SkipWithError("cannot generate records");
  AuditOptions options;
  const auto communicator = self_communicator();
  for (auto _ : state) benchmark::DoNotOptimize(audit(problem, options, *communicator));
  state.counters["distinct_tuples"] = static_cast<double>(problem.tuples.size());
  report(state, kGrowthQi);
}

/// Keeps the classes of all combinations, since each may be the smallest parent of another.
void from_parent(benchmark::State& state) {
  const auto num_qi = static_cast<std::size_t>(state.range(0));
  const Problem problem = load(num_qi);
  const Packed packed = pack(problem, state);
  compare(state, problem, 1, [&] {
    Grouping grouping(packed.all.keys.size());
    std::vector<Classes> classes(std::size_t{1} << num_qi);
    classes.back() = packed.all;
    for (Combination qi = classes.size() - 1; qi-- > 1;) {
      // Larger masks come first, so every parent is there.
      const Classes* smallest = nullptr;
      for (std::size_t j = 0; j < num_qi; ++j) {
        const Combination parent = qi | Combination{1} << j;
        if (parent != qi && (smallest == nullptr || classes[parent].keys.size() < smallest->keys.size()))
          smallest = &classes[parent];
      }
      classes[qi] = grouping.group(*smallest, packed.mask(qi));
      benchmark::DoNotOptimize(at_risk(classes[qi]));
    }
  });
  report(state, num_qi);
}

BENCHMARK(transform)
    ->ArgsProduct({{12, 14, 16, 20}, {1, 2}})
    ->ArgNames({"qi", "threads"})
    ->UseRealTime()
    ->Unit(benchmark::kMillisecond);
BENCHMARK(records)
    ->Args({12, 1})
    ->Args({14, 1})
    ->Args({16, 1})
    ->ArgNames({"qi", "threads"})
    ->UseRealTime()
    ->Unit(benchmark::kMillisecond);
BENCHMARK(growth)
    ->Arg(80000)
    ->Arg(800000)
    ->Arg(8000000)
    ->ArgNames({"records"})
    ->UseRealTime()
    ->Unit(benchmark::kMillisecond);
BENCHMARK(direct)
    ->Args({12, 1})
    ->Args({14, 1})
    ->Args({16, 1})
    ->ArgNames({"qi", "threads"})
    ->UseRealTime()
    ->Unit(benchmark::kMillisecond);
BENCHMARK(from_parent)
    ->Args({12})
    ->Args({14})
    ->ArgNames({"qi"})
    ->UseRealTime()
    ->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace throng

BENCHMARK_MAIN();
