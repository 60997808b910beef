// The answer of a comparison, for machines and for an analyst. Both forms are for the private side: they hold
// figures of the records before.
#pragma once

#include <string>

#include "throng/utility/compare.hpp"

namespace throng {

std::string compare_json(const Utility& utility);
std::string compare_text(const Utility& utility);

}  // namespace throng
