// The shapes of the countries of the world, for the report's maps.
#pragma once

#include <span>
#include <string_view>

namespace throng {

/// A country in the map's own coordinates: Equal Earth, kMapWidth x kMapHeight.
struct CountryShape {
  std::string_view code;  ///< ISO 3166-1 alpha-3; empty where there is none
  std::string_view name;
  std::string_view path;  ///< of an SVG path element
};

inline constexpr int kMapWidth = 1030;
inline constexpr int kMapHeight = 435;

/// All of them, by code.
std::span<const CountryShape> country_shapes();

}  // namespace throng
