// What to do about a job of more quasi-identifiers than can be searched and audited in one go.
#pragma once

#include <cstddef>
#include <string>

namespace throng {

/// More quasi-identifiers than this are many: the audit of all combinations takes minutes, the search perhaps
/// days.
inline constexpr std::size_t kManyColumns = 24;

/// The largest size of combinations, at least 1, of which those up to it are audited in seconds.
std::size_t quick_size(std::size_t num_qi);

/// "37 columns are quasi-identifiers: 274,877,906,944 nodes to search and 137,438,953,471 combinations to
/// audit"; empty when they are not many.
std::string many_columns(std::size_t num_qi, double num_nodes);

/// How to cut the work on `num_qi` quasi-identifiers, for a sentence's end; empty when they are not many.
std::string cut_advice(std::size_t num_qi);

}  // namespace throng
