// The candidate nearest to a misspelt name, for hints.
#pragma once

#include <span>
#include <string>
#include <string_view>

namespace throng {

/// The candidate with the smallest edit distance to `wanted` (letter case ignored; ties: the first), or ""
/// when there is none.
std::string nearest_name(std::string_view wanted, std::span<const std::string> candidates);

/// The same when it is so near that it may be meant: at most a quarter of the letters differ, or one; else
/// "".
std::string likely_name(std::string_view wanted, std::span<const std::string> candidates);

/// "did you mean `role`? " and `rest`, a sentence, for the nearest candidate when at most half of the letters
/// differ; else `rest` alone, with a small letter first. `quote` stands around the name.
std::string did_you_mean(std::string_view wanted, std::span<const std::string> candidates, std::string rest,
                         char quote = '`');

}  // namespace throng
