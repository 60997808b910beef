// What writer and reader of plans share.
#pragma once

#include <string>

#include "loaded.hpp"

namespace throng {

inline constexpr const char* kPlanKey = "throng_plan";
inline constexpr std::uint64_t kPlanVersion = 1;

/// fingerprint() of the axis.
std::string plan_fingerprint(const Loaded& loaded, const Axis& axis);

}  // namespace throng
