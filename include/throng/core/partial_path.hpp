// Files and directories that are not finished: a process that is told to stop removes them first.
#pragma once

#include <mutex>
#include <string>

namespace throng {

/// While it lives, `path` is removed (with all that is in it) by remove_partial_paths(). To be made
/// before the path is, or a signal in between would leave it; the path itself is then to be made under a
/// RemovalPause, or a removal just before would miss it. It does not remove the path itself: whoever made it
/// does, under a pause, too, or both could stop half way.
class PartialPath {
 public:
  explicit PartialPath(std::string path);
  ~PartialPath();
  PartialPath(const PartialPath&) = delete;
  PartialPath& operator=(const PartialPath&) = delete;

 private:
  std::string path_;
};

/// While it lives, remove_partial_paths() waits; once that has begun, the making of one waits for the end of
/// the process. What a thread does meanwhile is done whole or not at all: to make a partial path, to give
/// several files their final names. Not to be held where a PartialPath is made or goes away.
class RemovalPause {
 public:
  RemovalPause();

 private:
  std::unique_lock<std::mutex> lock_;
};

/// Removes everything registered, and lets nobody register or finish any more: to be called when the process
/// is about to end.
void remove_partial_paths();

/// Makes SIGINT, SIGTERM, SIGHUP and SIGUSR1 remove the partial paths before they end the process as they
/// always do; but those that StopRequests takes do not end it.
/// To be called before the first thread is started.
void remove_partial_paths_on_signals();

}  // namespace throng
