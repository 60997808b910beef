// What the user says about the input: roles, hierarchies and weights of columns, and what "missing" is.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "throng/core/error.hpp"

namespace throng {

/// What a column is to an adversary, and what happens to it in a release.
enum class Role {
  kIdentifier,       ///< names a person: dropped at load, never encoded, never written
  kQuasiIdentifier,  ///< what an adversary may know: generalized or suppressed
  kSensitive,        ///< what must not be learned: kept
  kInsensitive,      ///< neither: kept
};

/// "identifier", "quasi_identifier", "sensitive", "insensitive".
const char* to_string(Role role);
std::optional<Role> parse_role(std::string_view text);

/// Where the generalization hierarchy of a quasi-identifier comes from.
struct HierarchySpec {
  enum class Kind {
    kFlat,       ///< {original, *}
    kExplicit,   ///< a CSV file, `value;level1;...;*`
    kIntervals,  ///< numbers cut into intervals of the given widths, one level per width
  };
  Kind kind = Kind::kFlat;
  std::string path;            ///< kExplicit: the file
  std::vector<double> widths;  ///< kIntervals: ascending, each a multiple of the one before
  double origin = 0;           ///< kIntervals: where an interval starts
};

/// One column as the user describes it.
struct ColumnSpec {
  std::string name;
  Role role = Role::kInsensitive;
  HierarchySpec hierarchy;
  double weight = 1.0;  ///< share in the loss, > 0
  Place place;          ///< where it is described, for messages
};

/// The input file and its columns.
struct InputSpec {
  std::string path;                         ///< .csv or .h5
  std::optional<char> delimiter;            ///< detected among , ; tab | when absent
  std::vector<std::string> missing = {""};  ///< cells that mean missing; all become the first of them
  Role default_role = Role::kInsensitive;   ///< role of columns not described
  std::vector<ColumnSpec> columns;
  /// A release has lost its identifiers; in any other table one that is not there is a slip of the pen that
  /// could publish names.
  bool may_lack_identifiers = false;

  /// The description of `name`, or null.
  [[nodiscard]] const ColumnSpec* find(std::string_view name) const;
  [[nodiscard]] Role role_of(std::string_view name) const;
};

}  // namespace throng
