// HDF5 identifiers that close themselves, and calls that cannot fail unseen.
#pragma once

#include <hdf5.h>

#include <stdexcept>
#include <string>
#include <utility>

namespace throng {

/// An HDF5 call failed; whoever knows the file turns it into an Error.
struct Hdf5Failure : std::runtime_error {
  using std::runtime_error::runtime_error;
};

/// `result`, an identifier, a status or a count. Errors: Hdf5Failure("cannot <action>") when it is negative.
template <typename Result>
Result hdf5_call(Result result, const std::string& action) {
  if (result < 0) throw Hdf5Failure("cannot " + action);
  return result;
}

/// Owns an HDF5 identifier. Movable, not copyable.
class Hdf5Handle {
 public:
  using Close = herr_t (*)(hid_t);

  /// Errors: as hdf5_call().
  Hdf5Handle(hid_t id, Close closer, const std::string& action)
      : id_(hdf5_call(id, action)), close_(closer) {}
  ~Hdf5Handle() {
    if (id_ >= 0) close_(id_);
  }
  Hdf5Handle(Hdf5Handle&& other) noexcept : id_(std::exchange(other.id_, -1)), close_(other.close_) {}
  Hdf5Handle(const Hdf5Handle&) = delete;
  Hdf5Handle& operator=(const Hdf5Handle&) = delete;
  Hdf5Handle& operator=(Hdf5Handle&&) = delete;

  [[nodiscard]] hid_t get() const { return id_; }
  /// Closes now, for identifiers whose closing writes. Errors: as hdf5_call().
  void close(const std::string& action) { hdf5_call(close_(std::exchange(id_, -1)), action); }

 private:
  hid_t id_;
  Close close_;
};

}  // namespace throng
