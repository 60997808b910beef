// The part of verification that compares a released file and its neighbours with their manifest.
#pragma once

#include <optional>

#include "throng/data/table.hpp"
#include "throng/release/manifest.hpp"
#include "throng/release/verify.hpp"

namespace throng {

/// The manifest of the request, when there is one; a damaged one becomes a violation.
std::optional<Manifest> find_manifest(const VerifyRequest& request, VerifyReport& report);

/// Files beside the manifest (present, unchanged, no others), k, columns and rows.
void check_against_manifest(const VerifyRequest& request, const Manifest& manifest, const Table& table,
                            VerifyReport& report);

}  // namespace throng
