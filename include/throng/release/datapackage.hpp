// The release described as a Frictionless Data Package with a Table Schema.
#pragma once

#include <string>

#include "throng/release/manifest.hpp"

namespace throng {

/// datapackage.json for the data files the manifest lists; `missing` is the cell that means missing. It tells
/// names, roles and levels, never values.
std::string datapackage_json(const Manifest& manifest, const std::string& name, const std::string& missing);

}  // namespace throng
