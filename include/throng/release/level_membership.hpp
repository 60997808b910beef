// Which texts belong to which level of a hierarchy, as verification needs it: without the data it was applied
// to.
#pragma once

#include <string>
#include <string_view>
#include <unordered_set>
#include <vector>

#include "throng/core/types.hpp"
#include "throng/data/hierarchy.hpp"
#include "throng/data/schema.hpp"

namespace throng {

/// Answers "is this text a value of that level?" for one quasi-identifier.
class LevelMembership {
 public:
  /// Reads the hierarchy file of an explicit hierarchy. Errors: as read_hierarchy().
  LevelMembership(const ColumnSpec& column, const std::vector<std::string>& missing);

  /// h_j: the top level.
  [[nodiscard]] Level height() const { return height_; }
  /// True when `text` is a value of `level`. At level 0 of a flat hierarchy every text but `*` is.
  [[nodiscard]] bool contains(Level level, std::string_view text) const;
  /// fingerprint() of the hierarchy.
  [[nodiscard]] const std::string& hierarchy_sha256() const { return hierarchy_sha256_; }

 private:
  [[nodiscard]] bool is_interval(Level level, std::string_view text) const;

  HierarchySpec spec_;
  std::string missing_;
  Level height_ = 1;
  std::vector<std::unordered_set<std::string>> labels_;  // per level, of an explicit hierarchy
  std::string hierarchy_sha256_;
};

}  // namespace throng
