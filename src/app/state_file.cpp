// Writes and reads the label line by line; the checksum covers all that follows it.
#include "state_file.hpp"

#include <fmt/format.h>

#include "throng/core/error.hpp"
#include "throng/release/sha256.hpp"
#include "values.hpp"

namespace throng {

namespace {

constexpr std::string_view kMagic = "throng saved state ";
constexpr std::string_view kStateVersion = "2";

/// Takes the line up to the next line end off `rest`; nothing when there is none.
std::string_view next_line(std::string_view& rest) {
  const std::size_t end = rest.find('\n');
  if (end == std::string_view::npos) return {};
  const std::string_view line = rest.substr(0, end);
  rest.remove_prefix(end + 1);
  return line;
}

/// The value of the next line, which must be `key value`.
std::string next_value(std::string_view& rest, std::string_view key) {
  const std::string_view line = next_line(rest);
  if (!line.starts_with(key) || line.size() <= key.size() || line[key.size()] != ' ') return {};
  return std::string(line.substr(key.size() + 1));
}

Error damaged(const std::string& path) {
  return data_error("the saved state is cut off or damaged: its checksum does not match",
                    "copy it again, or start anew with --resume never", {path, 0, 0});
}

}  // namespace

std::string encode_state_file(const StateLabel& label, std::string_view state) {
  std::string body = fmt::format("kind {}\ninput_sha256 {}\nanswer_sha256 {}\nshard {}\n", label.kind,
                                 label.input_sha256, label.answer_sha256, to_string(label.shard));
  body += state;
  return fmt::format("{}{}\nsha256 {}\n", kMagic, kStateVersion, sha256_hex(body)) + body;
}

StateFile decode_state_file(std::string_view bytes, const std::string& path) {
  std::string_view rest = bytes;
  const std::string_view first = next_line(rest);
  if (!first.starts_with(kMagic))
    throw data_error("is no saved state of throng", "name another file or directory", {path, 0, 0});
  if (const std::string_view version = first.substr(kMagic.size()); version != kStateVersion)
    throw data_error(
        fmt::format("is a saved state of version {}, this throng reads version {}", version, kStateVersion),
        "go on with the throng that wrote it, or start anew with --resume never", {path, 0, 0});
  const std::string checksum = next_value(rest, "sha256");
  if (checksum.empty() || checksum != sha256_hex(rest)) throw damaged(path);
  StateFile file;
  file.label.kind = next_value(rest, "kind");
  file.label.input_sha256 = next_value(rest, "input_sha256");
  file.label.answer_sha256 = next_value(rest, "answer_sha256");
  file.label.shard = checked_shard(next_value(rest, "shard"), {"shard", {path, 0, 0}});
  file.state = rest;
  return file;
}

}  // namespace throng
