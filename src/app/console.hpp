// What the user sees: data on stdout, messages on stderr, nothing on ranks other than 0.
#pragma once

#include <string_view>

namespace throng {

/// Prints for rank 0 and stays silent elsewhere.
class Console {
 public:
  struct Options {
    bool is_quiet = false;  ///< no notes, no progress; warnings and errors remain
    bool has_color = true;  ///< allowed; used only on a terminal that can
  };

  Console(bool is_root, Options options);

  /// Writes to stdout; a failure shows in flush().
  void print(std::string_view text) const;
  /// Errors: io_error when not all that was printed could be written, as on a full disk.
  void flush() const;

  void note(std::string_view text) const;
  void warn(std::string_view text) const;
  void error(std::string_view text) const;

  /// True when a status line may be drawn on stderr.
  [[nodiscard]] bool has_status_line() const { return is_root_ && !is_quiet_ && is_terminal_; }
  /// True when progress may be told at all.
  [[nodiscard]] bool has_progress() const { return is_root_ && !is_quiet_; }
  /// Replaces the status line; an empty text removes it.
  void status(std::string_view text) const;

 private:
  void message(std::string_view prefix, std::string_view color, std::string_view text) const;

  bool is_root_;
  bool is_quiet_;
  bool is_terminal_;
  bool has_color_;
};

}  // namespace throng
