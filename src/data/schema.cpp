// Roles and the descriptions of columns.
#include "throng/data/schema.hpp"

#include <algorithm>

namespace throng {

namespace {

struct NamedRole {
  Role role;
  const char* name;
};

constexpr NamedRole kRoles[] = {{Role::kIdentifier, "identifier"},
                                {Role::kQuasiIdentifier, "quasi_identifier"},
                                {Role::kSensitive, "sensitive"},
                                {Role::kInsensitive, "insensitive"}};

}  // namespace

const char* to_string(Role role) { return std::ranges::find(kRoles, role, &NamedRole::role)->name; }

std::optional<Role> parse_role(std::string_view text) {
  for (const NamedRole& named : kRoles)
    if (text == named.name) return named.role;
  return std::nullopt;
}

const ColumnSpec* InputSpec::find(std::string_view name) const {
  const auto found = std::ranges::find(columns, name, &ColumnSpec::name);
  return found == columns.end() ? nullptr : &*found;
}

Role InputSpec::role_of(std::string_view name) const {
  const ColumnSpec* spec = find(name);
  return spec == nullptr ? default_role : spec->role;
}

}  // namespace throng
