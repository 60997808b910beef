// Certificates: what is proved is least, every false claim and every broken certificate is refused.
#include <gtest/gtest.h>
// The bridge needs gtest before it.
#include <rapidcheck/gtest.h>

#include <algorithm>

#include "proof/claim.hpp"
#include "proof/family_closer.hpp"
#include "support/random_case.hpp"
#include "support/reference_search.hpp"
#include "throng/proof/certificate.hpp"

namespace throng {
namespace {

struct ProofCase {
  test::SearchCase search;
  LossModel loss;
  double most_tail_nodes;

  [[nodiscard]] ProofTask task() const {
    return {search.problem, loss, search.options.model, search.options.max_suppressed, most_tail_nodes};
  }
  [[nodiscard]] std::optional<std::string> flaw_of(const Certificate& certificate) const {
    return find_flaw(task(), certificate, 1, *self_communicator());
  }
};

ProofCase random_proof_case() {
  test::SearchCase c = test::random_search_case();
  c.options.metric = *rc::gen::element<std::string_view>("loss", "precision", "entropy");
  c.options.max_suppressed = test::drawn<Count>(0, c.problem.num_records() + 1);
  LossModel loss(c.problem, make_loss_metric(c.options.metric), c.options.aggregate);
  // A tail of one or a few nodes leaves most QIs to the families.
  return {std::move(c), std::move(loss), *rc::gen::element(1.0, 4.0, 16.0, 4096.0)};
}

RC_GTEST_PROP(Proof, TheOptimumHasACertificateThatProvesIt, ()) {
  const ProofCase c = random_proof_case();
  const auto best = test::reference_search(c.search.problem, c.search.options);
  RC_PRE(best.has_value());
  const auto certificate = make_certificate(c.task(), best->levels, 1);
  RC_ASSERT(certificate.has_value());
  RC_ASSERT(certificate->suppressed == best->suppressed);
  const auto flaw = c.flaw_of(*certificate);
  if (flaw) RC_FAIL(*flaw);
}

RC_GTEST_PROP(Proof, ANodeThatLosesMoreHasNoCertificate, ()) {
  const ProofCase c = random_proof_case();
  const auto best = test::reference_search(c.search.problem, c.search.options);
  RC_PRE(best.has_value());
  Node node;
  for (const Axis& axis : c.search.problem.lattice.axes)
    node.push_back(*rc::gen::inRange<Level>(0, static_cast<Level>(axis.hierarchy.height() + 1)));
  const Solution other = evaluate_node(c.search.problem, c.loss, c.search.options.model, node);
  RC_PRE(other.loss > best->loss + 1e-9);
  RC_ASSERT(!make_certificate(c.task(), node, 1).has_value());
  // Nor does the optimum's own certificate prove it.
  auto certificate = make_certificate(c.task(), best->levels, 1);
  certificate->levels = node;
  certificate->loss = other.loss;
  certificate->suppressed = other.suppressed;
  RC_ASSERT(c.flaw_of(*certificate).has_value());
}

/// True when some family holds the node, by definition.
bool is_held(const Certificate& certificate, const Node& node) {
  return std::any_of(certificate.families.begin(), certificate.families.end(), [&](const Family& family) {
    unsigned raised = 0;
    for (std::size_t i = 0; i < family.levels.size(); ++i) {
      const Level level = node[certificate.branched[i]];
      if (family.levels[i] == kFreeLevel)
        raised += level > 0 ? 1 : 0;
      else if (family.levels[i] != level)
        return false;
    }
    return raised >= family.least_raised;
  });
}

RC_GTEST_PROP(Proof, WithoutAFamilyACertificateIsRefusedWhenANodeIsLeftOut, ()) {
  const ProofCase c = random_proof_case();
  const auto best = test::reference_search(c.search.problem, c.search.options);
  RC_PRE(best.has_value());
  auto certificate = make_certificate(c.task(), best->levels, 1);
  const auto gone = *rc::gen::inRange<std::size_t>(0, certificate->families.size());
  certificate->families.erase(certificate->families.begin() + static_cast<std::ptrdiff_t>(gone));
  bool are_all_held = true;
  Node node = c.search.problem.lattice.bottom();
  do are_all_held = are_all_held && is_held(*certificate, node);
  while (next_node(c.search.problem.lattice, node));
  RC_ASSERT(c.flaw_of(*certificate).has_value() == !are_all_held);
}

RC_GTEST_PROP(Proof, AFamilyThatHoldsANodeOfLessLossIsRefused, ()) {
  const ProofCase c = random_proof_case();
  const auto best = test::reference_search(c.search.problem, c.search.options);
  RC_PRE(best.has_value());
  auto certificate = make_certificate(c.task(), best->levels, 1);
  // A claim of more than the least: some family must be open, whatever the families are.
  const Node top = c.search.problem.lattice.top();
  const Solution worst = evaluate_node(c.search.problem, c.loss, c.search.options.model, top);
  RC_PRE(worst.suppressed <= c.search.options.max_suppressed && worst.loss > best->loss + 1e-9);
  certificate->levels = top;
  certificate->loss = worst.loss;
  certificate->suppressed = worst.suppressed;
  const auto flaw = c.flaw_of(*certificate);
  RC_ASSERT(flaw.has_value());
  RC_ASSERT(flaw->find("may hold a node that loses less") != std::string::npos);
}

/// A random family against every node that it holds.
void assert_closes_soundly(const ProofCase& c, Certificate claim, FamilyCloser& closer) {
  const ProofTask task = c.task();
  Family family;
  for (const Level height : heights_of(task, claim.branched)) {
    const auto level = test::drawn<Level>(0, static_cast<Level>(height + 2));
    family.levels.push_back(level > height ? kFreeLevel : level);
  }
  family.least_raised = test::drawn(0U, 3U);
  claim.families = {family};
  double least = 2;
  Node node = c.search.problem.lattice.bottom();
  do {
    if (!is_held(claim, node)) continue;
    const Solution solution = evaluate_node(c.search.problem, c.loss, task.model, node);
    if (solution.suppressed <= task.max_suppressed) least = std::min(least, solution.loss);
  } while (next_node(c.search.problem.lattice, node));
  const bool is_closed = closer.closes(family);
  if (is_closed) RC_ASSERT(least > claim.loss - 1e-9);
  // Where all levels are fixed, the bound is the loss.
  const bool has_free = std::count(family.levels.begin(), family.levels.end(), kFreeLevel) > 0;
  if (!has_free && least > claim.loss + 1e-9) RC_ASSERT(is_closed);
}

RC_GTEST_PROP(Proof, AFamilyClosesOnlyWhereNoneOfItsNodesLosesLess, ()) {
  const ProofCase c = random_proof_case();
  const ProofTask task = c.task();
  Certificate claim = make_claim(task, c.search.problem.lattice.top());
  claim.loss *= test::drawn(0, 101) / 100.0;
  const CostBounds bounds(task);
  TailNodes nodes(task, claim);
  FamilyCloser closer(task, claim, bounds, nodes);
  for (int times = 0; times < 3; ++times) assert_closes_soundly(c, claim, closer);
}

RC_GTEST_PROP(Proof, IsTheSameForEveryNumberOfThreadsAndRanks, ()) {
  const ProofCase c = random_proof_case();
  const auto best = test::reference_search(c.search.problem, c.search.options);
  RC_PRE(best.has_value());
  const auto certificate = make_certificate(c.task(), best->levels, 1);
  RC_ASSERT(make_certificate(c.task(), best->levels, 2)->families == certificate->families);
  Certificate broken = *certificate;
  broken.loss += 1e-6;
  for (const int ranks : {1, 2, 3, 4})
    run_as_threads(ranks, [&](Communicator& communicator) {
      RC_ASSERT(!find_flaw(c.task(), *certificate, 2, communicator).has_value());
      RC_ASSERT(find_flaw(c.task(), broken, 2, communicator).has_value());
    });
}

}  // namespace
}  // namespace throng
