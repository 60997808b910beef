// Membership by look-up (explicit), by computing the interval a text claims to be (intervals), or by `*`
// (flat).
#include "throng/release/level_membership.hpp"

#include "throng/core/error.hpp"
#include "throng/release/manifest.hpp"

namespace throng {

LevelMembership::LevelMembership(const ColumnSpec& column, const std::vector<std::string>& missing)
    : spec_(column.hierarchy), missing_(missing.empty() ? std::string() : missing.front()) {
  Hierarchy hierarchy;
  if (spec_.kind == HierarchySpec::Kind::kExplicit) {
    std::vector<std::string> warnings;
    hierarchy = read_hierarchy(spec_.path, missing, warnings);
    height_ = hierarchy.height();
    for (const auto& labels : hierarchy.labels) labels_.emplace_back(labels.begin(), labels.end());
  }
  if (spec_.kind == HierarchySpec::Kind::kIntervals) height_ = static_cast<Level>(spec_.widths.size() + 1);
  hierarchy_sha256_ = fingerprint(spec_, hierarchy);
}

bool LevelMembership::contains(Level level, std::string_view text) const {
  if (level > height_) return false;
  if (level == height_) return text == kSuppressed;
  if (spec_.kind == HierarchySpec::Kind::kExplicit) return labels_[level].contains(std::string(text));
  if (spec_.kind == HierarchySpec::Kind::kFlat) return text != kSuppressed;
  return is_interval(level, text);
}

bool LevelMembership::is_interval(Level level, std::string_view text) const {
  if (text == missing_) return true;
  // The interval of the first number in the text must be the text.
  const std::size_t begin = text.find_first_of("+-.0123456789");
  if (begin == std::string_view::npos) return false;
  const std::size_t size = text.substr(begin).find_first_not_of("+-.0123456789eE");
  Column column;
  column.dictionary = {std::string(text.substr(begin, size))};
  try {
    const Hierarchy hierarchy = interval_hierarchy(column, spec_, missing_);
    for (const std::string& label : hierarchy.labels[level])
      if (label == text) return true;
  } catch (const Error&) {
    return false;  // not a number, so of no level
  }
  return false;
}

}  // namespace throng
