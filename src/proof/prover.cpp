// Makes certificates: closes families from the widest on until they hold every node.
//
// States are nodes known in part, from nothing known on. A state that a family holds is done. Otherwise the
// family of the state is tried: its exact levels fixed, as many of the others raised as are known to be, or
// fewer, as long as it closes. When it does not, one more QI is decided. States are taken in rounds of fixed
// size, side by side, so the families do not depend on the threads.
#include <algorithm>
#include <deque>

#include "proof/claim.hpp"
#include "proof/family_closer.hpp"
#include "proof/family_cover.hpp"
#include "throng/core/parallel.hpp"

namespace throng {

namespace {

/// States tried side by side before their families are known to all: more waste, but work for more threads.
constexpr std::size_t kStatesPerRound = 64;

using State = std::vector<Level>;

class Prover {
 public:
  Prover(const ProofTask& task, Certificate certificate, int num_threads);

  /// False when some family that should close does not: the claim is false.
  bool run(const ProofProgress& progress);
  [[nodiscard]] Certificate take() { return std::move(certificate_); }

 private:
  std::vector<State> next_states();
  std::vector<std::optional<Family>> close_states(const std::vector<State>& states);
  [[nodiscard]] static std::optional<Family> closed_family(const State& state, FamilyCloser& closer);
  bool branch(const State& state);
  void keep_needed_families();

  const ProofTask& task_;
  Certificate certificate_;
  TailNodes nodes_;
  CostBounds bounds_;
  std::vector<FamilyCloser> closers_;  ///< per thread
  std::vector<Level> heights_;
  std::deque<State> waiting_;
};

Prover::Prover(const ProofTask& task, Certificate certificate, int num_threads)
    : task_(task),
      certificate_(std::move(certificate)),
      nodes_(task, certificate_),
      bounds_(task),
      heights_(heights_of(task, certificate_.branched)) {
  for (int w = 0; w < num_threads; ++w) closers_.emplace_back(task_, certificate_, bounds_, nodes_);
  waiting_.emplace_back(heights_.size(), kUndecided);
}

/// The next states that no family holds.
std::vector<State> Prover::next_states() {
  std::vector<State> states;
  while (!waiting_.empty() && states.size() < kStatesPerRound) {
    const bool is_held =
        std::any_of(certificate_.families.begin(), certificate_.families.end(),
                    [&](const Family& family) { return holds_all(family, waiting_.front()); });
    if (!is_held) states.push_back(std::move(waiting_.front()));
    waiting_.pop_front();
  }
  return states;
}

Family family_of(const State& state) {
  Family family{state, 0};
  for (Level& level : family.levels) {
    if (level == kRaised) ++family.least_raised;
    if (level == kRaised) level = kFreeLevel;
  }
  return family;
}

/// The family of the state, with as few raised as it can have and still close; nothing when it does not
/// close. To free levels as well, one after the other, makes hardly fewer families (docs/performance.md).
std::optional<Family> Prover::closed_family(const State& state, FamilyCloser& closer) {
  Family family = family_of(state);
  if (!closer.closes(family)) return std::nullopt;
  for (; family.least_raised > 0; --family.least_raised)
    if (!closer.closes({family.levels, family.least_raised - 1})) break;
  return family;
}

std::vector<std::optional<Family>> Prover::close_states(const std::vector<State>& states) {
  std::vector<std::optional<Family>> families(states.size());
  parallel_for(static_cast<int>(closers_.size()), states.size(), [&](std::size_t i, int worker) {
    families[i] = closed_family(states[i], closers_[static_cast<std::size_t>(worker)]);
  });
  return families;
}

/// Decides one more QI: level 0 or above, and when that is said of all, which level above. False when all is
/// said.
bool Prover::branch(const State& state) {
  const auto decide = [&](std::size_t i, Level level) {
    waiting_.push_back(state);
    waiting_.back()[i] = level;
  };
  for (std::size_t i = 0; i < state.size(); ++i) {
    if (state[i] != kUndecided) continue;
    decide(i, 0);
    if (heights_[i] > 0) decide(i, kRaised);
    return true;
  }
  for (std::size_t i = 0; i < state.size(); ++i) {
    if (state[i] != kRaised) continue;
    for (Level level = 1; level <= heights_[i]; ++level) decide(i, level);
    return true;
  }
  return false;
}

bool Prover::run(const ProofProgress& progress) {
  while (!waiting_.empty()) {
    const std::vector<State> states = next_states();
    const std::vector<std::optional<Family>> families = close_states(states);
    for (std::size_t i = 0; i < states.size(); ++i) {
      if (!families[i]) {
        if (!branch(states[i])) return false;
      } else if (std::find(certificate_.families.begin(), certificate_.families.end(), *families[i]) ==
                 certificate_.families.end()) {
        certificate_.families.push_back(*families[i]);
      }
    }
    if (progress) progress(certificate_.families.size(), waiting_.size());
  }
  keep_needed_families();
  return true;
}

/// Leaves out families that wider ones make needless.
void Prover::keep_needed_families() {
  std::vector<Family>& families = certificate_.families;
  const auto num_free = [](const Family& f) {
    return std::count(f.levels.begin(), f.levels.end(), kFreeLevel);
  };
  std::stable_sort(families.begin(), families.end(), [&](const Family& a, const Family& b) {
    return num_free(a) != num_free(b) ? num_free(a) > num_free(b) : a.least_raised < b.least_raised;
  });
  std::vector<bool> is_used;
  find_uncovered(families, heights_, is_used);
  std::vector<Family> needed;
  for (std::size_t f = 0; f < families.size(); ++f)
    if (is_used[f]) needed.push_back(families[f]);
  families = std::move(needed);
}

}  // namespace

std::optional<Certificate> make_certificate(const ProofTask& task, const Node& levels, int num_threads,
                                            const ProofProgress& progress) {
  check_certifiable(task.problem.lattice);
  Prover prover(task, make_claim(task, levels), num_threads);
  if (!prover.run(progress)) return std::nullopt;
  return prover.take();
}

}  // namespace throng
