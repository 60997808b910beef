// A walk of the levels of the branched QIs with the families that may still hold them.
#include "proof/family_cover.hpp"

#include <algorithm>
#include <cstdint>
#include <numeric>

namespace throng {

namespace {

class CoverWalk {
 public:
  CoverWalk(std::span<const Family> families, std::span<const Level> heights, std::vector<bool>& is_used)
      : families_(families), heights_(heights), is_used_(is_used), levels_(heights.size(), kUndecided) {}

  /// True when all nodes below the path are held by `candidates`, which agree with it.
  bool visit(std::size_t depth, const std::vector<std::uint32_t>& candidates);
  [[nodiscard]] const std::vector<Level>& path() const { return levels_; }

 private:
  [[nodiscard]] std::vector<Level> branches(std::size_t depth,
                                            const std::vector<std::uint32_t>& candidates) const;

  std::span<const Family> families_;
  std::span<const Level> heights_;
  std::vector<bool>& is_used_;
  std::vector<Level> levels_;
};

/// 0, the levels that some candidate fixes, and all others above 0 as one.
std::vector<Level> CoverWalk::branches(std::size_t depth,
                                       const std::vector<std::uint32_t>& candidates) const {
  std::vector<bool> is_fixed(std::size_t{heights_[depth]} + 1, false);
  for (const std::uint32_t c : candidates)
    if (families_[c].levels[depth] != kFreeLevel) is_fixed[families_[c].levels[depth]] = true;
  std::vector<Level> branches{0};
  bool has_others = false;
  for (Level level = 1; level <= heights_[depth]; ++level) {
    if (is_fixed[level]) branches.push_back(level);
    has_others |= !is_fixed[level];
  }
  if (has_others) branches.push_back(kRaised);
  return branches;
}

bool CoverWalk::visit(std::size_t depth, const std::vector<std::uint32_t>& candidates) {
  for (const std::uint32_t c : candidates) {
    if (!holds_all(families_[c], levels_)) continue;
    is_used_[c] = true;
    return true;
  }
  if (depth == levels_.size() || candidates.empty()) return false;
  for (const Level level : branches(depth, candidates)) {
    levels_[depth] = level;
    std::vector<std::uint32_t> agreeing;
    for (const std::uint32_t c : candidates)
      if (families_[c].levels[depth] == kFreeLevel || families_[c].levels[depth] == level)
        agreeing.push_back(c);
    if (!visit(depth + 1, agreeing)) return false;
  }
  levels_[depth] = kUndecided;
  return true;
}

}  // namespace

bool holds_all(const Family& family, std::span<const Level> levels) {
  unsigned raised = 0;
  for (std::size_t i = 0; i < levels.size(); ++i) {
    if (family.levels[i] != kFreeLevel && family.levels[i] != levels[i]) return false;
    if (family.levels[i] == kFreeLevel && levels[i] != kUndecided && levels[i] > 0) ++raised;
  }
  return raised >= family.least_raised;
}

std::optional<std::vector<Level>> find_uncovered(std::span<const Family> families,
                                                 std::span<const Level> heights, std::vector<bool>& is_used) {
  is_used.assign(families.size(), false);
  std::vector<std::uint32_t> all(families.size());
  std::iota(all.begin(), all.end(), 0U);
  CoverWalk walk(families, heights, is_used);
  if (walk.visit(0, all)) return std::nullopt;
  return walk.path();
}

}  // namespace throng
