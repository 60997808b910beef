// Builds the messages of Error.
#include "throng/core/error.hpp"

#include <cstring>

namespace throng {

namespace {
std::string compose(const Place& place, const std::string& message, const std::string& hint) {
  std::string text = to_string(place);
  if (!text.empty()) text += ": ";
  text += message;
  if (!hint.empty()) text += "; " + hint;
  return text;
}
}  // namespace

std::string to_string(const Place& place) {
  std::string text = place.file;
  if (text.empty() || place.line == 0) return text;
  text += ':' + std::to_string(place.line);
  if (place.column != 0) text += ':' + std::to_string(place.column);
  return text;
}

Error::Error(ExitCode code, const Place& place, const std::string& message, const std::string& hint)
    : std::runtime_error(compose(place, message, hint)), code_(code) {}

Error::Error(ExitCode code, const std::string& message, const std::string& hint)
    : Error(code, Place{}, message, hint) {}

Error usage_error(const std::string& message, const std::string& hint, const Place& place) {
  return {ExitCode::kUsage, place, message, hint};
}

Error data_error(const std::string& message, const std::string& hint, const Place& place) {
  return {ExitCode::kData, place, message, hint};
}

Error io_error(const std::string& path, const std::string& message, int error_number,
               const std::string& hint) {
  std::string all = error_number == 0 ? std::string() : std::strerror(error_number);
  if (!all.empty() && !hint.empty()) all += "; ";
  return {ExitCode::kIo, Place{path, 0, 0}, message, all + hint};
}

}  // namespace throng
