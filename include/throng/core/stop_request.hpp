// A wish to stop, sent as a signal, that work which saves its state grants at its next good moment.
#pragma once

namespace throng {

/// While one lives, SIGTERM, SIGINT and SIGUSR1 no longer end the process: they are remembered, and whoever
/// works asks for them.
class StopRequests {
 public:
  StopRequests();
  ~StopRequests();
  StopRequests(const StopRequests&) = delete;
  StopRequests& operator=(const StopRequests&) = delete;

  /// True once a signal came. Any thread may ask, as often as it likes.
  [[nodiscard]] static bool has_come();
};

/// Called by whoever waits for signals: true when `signal` was taken as a request, so the process goes on.
bool take_as_stop_request(int signal);

}  // namespace throng
