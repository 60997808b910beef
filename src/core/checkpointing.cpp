// How often to save.
#include "throng/core/checkpointing.hpp"

#include <algorithm>

namespace throng {

namespace {
/// Work for so many times as long as saving takes: no interval, however short, costs more than a tenth.
constexpr double kWorkPerSave = 10;
/// Less than this and a round might end before any work is done.
constexpr double kLeastSeconds = 1e-3;
}  // namespace

std::chrono::steady_clock::time_point seconds_from_now(double seconds) {
  using std::chrono::steady_clock;
  return steady_clock::now() +
         std::chrono::duration_cast<steady_clock::duration>(std::chrono::duration<double>(seconds));
}

double seconds_to_next_save(double interval_seconds, double save_seconds) {
  return std::max({interval_seconds, kWorkPerSave * save_seconds, kLeastSeconds});
}

}  // namespace throng
