// Checks certificates: the claim itself, that families hold every node, and that each of them closes.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "proof/claim.hpp"
#include "proof/family_closer.hpp"
#include "proof/family_cover.hpp"
#include "throng/core/gather.hpp"
#include "throng/core/tickets.hpp"

namespace throng {

namespace {

Level height_of(const ProofTask& task, std::size_t j) {
  return task.problem.lattice.axes[j].hierarchy.height();
}

/// The first thing that is no certificate of this problem at all.
std::optional<std::string> find_misshape(const ProofTask& task, const Certificate& certificate) {
  if (!task.loss.is_sum_over_cells()) return "the loss is no sum over cells";
  const std::size_t d = task.problem.lattice.num_axes();
  std::vector<std::size_t> all = certificate.branched;
  all.insert(all.end(), certificate.tail.begin(), certificate.tail.end());
  std::sort(all.begin(), all.end());
  bool is_each_once = all.size() == d && !certificate.tail.empty();
  for (std::size_t j = 0; j < d && is_each_once; ++j) is_each_once = all[j] == j;
  if (!is_each_once) return "not every quasi-identifier is once among `branched` or `tail`";
  if (certificate.levels.size() != d) return "the node claimed has not one level per quasi-identifier";
  for (std::size_t j = 0; j < d; ++j)
    if (certificate.levels[j] > height_of(task, j))
      return fmt::format("the node claimed has a level of {} that its hierarchy has not",
                         task.problem.lattice.axes[j].name);
  for (const std::size_t j : certificate.branched)
    if (height_of(task, j) > kMostBranchedHeight)
      return fmt::format("{} has too many levels to be branched", task.problem.lattice.axes[j].name);
  for (std::size_t f = 0; f < certificate.families.size(); ++f) {
    const std::vector<Level>& levels = certificate.families[f].levels;
    bool fits = levels.size() == certificate.branched.size();
    for (std::size_t i = 0; i < levels.size() && fits; ++i)
      fits = levels[i] == kFreeLevel || levels[i] <= height_of(task, certificate.branched[i]);
    if (!fits) return fmt::format("family {} does not fit the branched quasi-identifiers", f + 1);
  }
  return std::nullopt;
}

std::optional<std::string> find_false_claim(const ProofTask& task, const Certificate& certificate) {
  const Certificate claim = make_claim(task, certificate.levels);
  if (claim.suppressed != certificate.suppressed)
    return fmt::format("the node claimed suppresses {} records, not {}", claim.suppressed,
                       certificate.suppressed);
  if (!(std::abs(claim.loss - certificate.loss) <= kProofResolution))
    return fmt::format("the node claimed loses {:.12f}, not {:.12f}", claim.loss, certificate.loss);
  if (claim.suppressed > task.max_suppressed) return "the node claimed suppresses more records than allowed";
  // A checker keeps a table of the tail's nodes.
  const double most_nodes = std::max(task.most_tail_nodes, num_nodes(task.problem.lattice, claim.tail));
  if (num_nodes(task.problem.lattice, certificate.tail) > std::min(most_nodes, kMostTailNodes))
    return "`tail` has more nodes than a checker tries";
  return std::nullopt;
}

std::optional<std::string> find_gap(const ProofTask& task, const Certificate& certificate) {
  const std::vector<Level> heights = heights_of(task, certificate.branched);
  std::vector<bool> is_used;
  const auto levels = find_uncovered(certificate.families, heights, is_used);
  if (!levels) return std::nullopt;
  std::string nodes;
  for (std::size_t i = 0; i < levels->size(); ++i) {
    if ((*levels)[i] == kUndecided) continue;
    const std::string& name = task.problem.lattice.axes[certificate.branched[i]].name;
    nodes += (nodes.empty() ? "" : ", ") + name;
    nodes += (*levels)[i] == kRaised ? " above level 0" : fmt::format(" at level {}", (*levels)[i]);
  }
  return fmt::format("no family holds the nodes with {}", nodes.empty() ? "any level" : nodes);
}

/// *Collective.* The number of the first family that does not close; how many there are when all do.
std::size_t find_open_family(const ProofTask& task, const Certificate& certificate, int num_threads,
                             Communicator& communicator, const ProofProgress& progress) {
  TailNodes nodes(task, certificate);
  const CostBounds bounds(task);
  std::vector<FamilyCloser> closers;
  for (int w = 0; w < num_threads; ++w) closers.emplace_back(task, certificate, bounds, nodes);
  const std::size_t num_families = certificate.families.size();
  std::vector<std::size_t> open(closers.size(), num_families);  // per thread
  const auto close = [&](std::size_t f, int worker) {
    const auto w = static_cast<std::size_t>(worker);
    if (!closers[w].closes(certificate.families[f])) open[w] = std::min(open[w], f);
    if (worker == 0 && progress) progress(f, num_families);
  };
  share_work(communicator, num_threads, num_families, close, [] {});
  const std::size_t mine = *std::min_element(open.begin(), open.end());
  std::size_t first = num_families;
  for (const std::vector<std::size_t>& theirs : gather<std::size_t>(communicator, {mine}))
    first = std::min(first, theirs[0]);
  return first;
}

}  // namespace

std::optional<std::string> find_flaw(const ProofTask& task, const Certificate& certificate, int num_threads,
                                     Communicator& communicator, const ProofProgress& progress) {
  if (auto flaw = find_misshape(task, certificate)) return flaw;
  if (auto flaw = find_false_claim(task, certificate)) return flaw;
  if (auto flaw = find_gap(task, certificate)) return flaw;
  const std::size_t open = find_open_family(task, certificate, num_threads, communicator, progress);
  if (open == certificate.families.size()) return std::nullopt;
  return fmt::format("family {} may hold a node that loses less", open + 1);
}

}  // namespace throng
