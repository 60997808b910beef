// Two flags: whether requests are taken, and whether one came.
#include "throng/core/stop_request.hpp"

#include <atomic>
#include <csignal>

namespace throng {

namespace {
std::atomic<int> num_living{0};
std::atomic<bool> has_one_come{false};
}  // namespace

StopRequests::StopRequests() {
  if (num_living++ == 0) has_one_come = false;
}

StopRequests::~StopRequests() { --num_living; }

bool StopRequests::has_come() { return has_one_come.load(std::memory_order_relaxed); }

bool take_as_stop_request(int signal) {
  if (num_living == 0 || (signal != SIGTERM && signal != SIGINT && signal != SIGUSR1)) return false;
  has_one_come = true;
  return true;
}

}  // namespace throng
