// Files of tests/bad_input, each named by its defect, against what the message about it must hold.
#pragma once

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <functional>
#include <set>
#include <string>
#include <vector>

#include "throng/core/error.hpp"

namespace throng::test {

struct BadFile {
  const char* defect;                  ///< file name without extension
  std::vector<std::string> fragments;  ///< the message holds them all
};

inline std::string bad_directory(const std::string& kind) {
  return std::string(THRONG_SOURCE_DIR) + "/tests/bad_input/" + kind;
}

/// The message with which `read` refuses `path`: bad data, named by the file, with a hint, and without any
/// cell that reads SECRET.
inline std::string message_about(const std::string& path, const std::function<void()>& read) {
  try {
    read();
  } catch (const Error& error) {
    const std::string message = error.what();
    EXPECT_EQ(error.code(), ExitCode::kData) << message;
    EXPECT_NE(message.find(path), std::string::npos) << message;
    EXPECT_NE(message.find("; "), std::string::npos) << "no hint: " << message;
    EXPECT_EQ(message.find("SECRET"), std::string::npos) << message;
    return message;
  }
  ADD_FAILURE() << path << " was accepted";
  return "";
}

inline void expect_fragments(const std::string& message, const std::vector<std::string>& fragments) {
  for (const std::string& fragment : fragments)
    EXPECT_NE(message.find(fragment), std::string::npos) << fragment << " is not in: " << message;
}

/// Every file of the directory has an expectation, and every expectation its file.
inline void expect_complete(const std::string& kind, const std::string& extension,
                            const std::vector<BadFile>& files) {
  std::set<std::string> expected, found;
  for (const BadFile& file : files)
    EXPECT_TRUE(expected.insert(file.defect + extension).second) << file.defect << " is there twice";
  for (const auto& entry : std::filesystem::directory_iterator(bad_directory(kind)))
    found.insert(entry.path().filename().string());
  EXPECT_EQ(found, expected);
}

inline std::string test_name(const testing::TestParamInfo<BadFile>& info) {
  std::string name = info.param.defect;
  for (char& c : name)
    if (c == '-') c = '_';
  return name;
}

}  // namespace throng::test
