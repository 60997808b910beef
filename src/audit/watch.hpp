// Tells the watcher of an audit how far it is.
#pragma once

#include <chrono>
#include <cstddef>

#include "throng/audit/audit.hpp"
#include "throng/core/communicator.hpp"

namespace throng {

/// Pieces of work are handed out in ascending order over all ranks, so that the number of the one that rank 0
/// has just done tells how far all are. Only worker 0 tells: its calls never overlap.
class AuditWatch {
 public:
  AuditWatch(const AuditOptions& options, Communicator& communicator, std::size_t num_pieces,
             double num_combinations)
      : options_(options),
        is_watched_(options.on_progress && communicator.is_root()),
        num_pieces_(static_cast<double>(num_pieces)),
        num_combinations_(num_combinations) {}

  void done(std::size_t piece, int worker) const {
    if (!is_watched_ || worker != 0) return;
    const std::chrono::duration<double> elapsed = std::chrono::steady_clock::now() - start_;
    const double fraction = static_cast<double>(piece + 1) / num_pieces_;
    options_.on_progress({elapsed.count(), fraction * num_combinations_, fraction});
  }

 private:
  const AuditOptions& options_;
  bool is_watched_;
  double num_pieces_;
  double num_combinations_;
  std::chrono::steady_clock::time_point start_ = std::chrono::steady_clock::now();
};

}  // namespace throng
