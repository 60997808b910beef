// The parallel seam: the few functions through which throng uses threads (oneTBB, OpenMP or none).
// After ParlayLib: algorithms call this contract and never a backend, so the backend is one .cpp.
#pragma once

#include <cstddef>
#include <functional>

namespace throng {

/// Name of the backend this build uses: "TBB", "OpenMP" or "serial".
const char* parallel_backend();

/// Threads to use when the user names none: the processors this process may run on.
int default_num_threads();

/// Calls body(index, worker) once for every index in [0, count), indices handed out dynamically in
/// ascending order to at most `num_threads` workers numbered from 0. No two calls with the same
/// worker overlap, so state per worker needs no lock.
/// Errors: the first exception thrown by `body` is rethrown here after every running call has ended.
void parallel_for(int num_threads, std::size_t count,
                  const std::function<void(std::size_t index, int worker)>& body);

/// Cuts [0, count) into chunks of `chunk` indices and calls body(begin, end, worker) for each.
/// The cuts do not depend on the number of threads.
void parallel_chunks(int num_threads, std::size_t count, std::size_t chunk,
                     const std::function<void(std::size_t begin, std::size_t end, int worker)>& body);

}  // namespace throng
