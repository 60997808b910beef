// Runs a parser that cannot be trusted with its input in a process of its own.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>

namespace throng {

/// What a confined process wrote, or how it ended.
struct ConfinedResult {
  enum class End {
    kDone,     ///< output holds all that was written
    kRefused,  ///< work threw: output holds what() of the exception
    kCrashed,  ///< it crashed, or went beyond its limits of time, memory and output
  };
  End end = End::kCrashed;
  std::string output;
};

struct ConfinedLimits {
  /// Beyond, a small file that unpacks to endless output would fill the memory of this process.
  std::size_t max_output_bytes = std::size_t{16} << 30;
  std::uint64_t max_cpu_seconds = 60;
};

/// Appends bytes to the output of the confined process.
using ConfinedWrite = std::function<void(std::string_view bytes)>;

/// Calls work(write) in a forked process that can write no file, dumps no core and has limits of memory and
/// processor time, and collects what it writes. Errors: io_error when no process can be started.
ConfinedResult run_confined(const std::function<void(const ConfinedWrite& write)>& work,
                            const ConfinedLimits& limits = {});

}  // namespace throng
