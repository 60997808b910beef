// The bundle is whole or absent, and replaces only what throng wrote.
#include "throng/release/bundle.hpp"

#include <gtest/gtest.h>
#include <sys/stat.h>

#include <filesystem>
#include <set>

#include "release_fixture.hpp"
#include "throng/core/error.hpp"

namespace throng {
namespace {

namespace fs = std::filesystem;
using test::read_text;
using test::SmallCase;

std::set<std::string> names_in(const std::string& directory) {
  std::set<std::string> names;
  for (const auto& entry : fs::directory_iterator(directory)) names.insert(entry.path().filename().string());
  return names;
}

TEST(Bundle, HasTwoSidesThatNeverMix) {
  const SmallCase small;
  const std::string release = small.publish(small.recoded({1, 0}, 3), 3);
  EXPECT_EQ(names_in(small.directory.path("out")), (std::set<std::string>{"release", "private"}));
  EXPECT_EQ(names_in(release), (std::set<std::string>{"small.csv", "small.h5", "datapackage.json",
                                                      "report.json", "manifest.json"}));
  EXPECT_EQ(names_in(small.directory.path("out/private")), (std::set<std::string>{"report.json"}));
  EXPECT_EQ(read_text(release + "/report.json"), "{\"external\": true}\n");
  EXPECT_EQ(read_text(small.directory.path("out/private/report.json")), "{\"internal\": true}\n");
}

TEST(Bundle, ManifestListsEveryOtherFile) {
  const SmallCase small;
  const std::string release = small.publish(small.recoded({1, 0}, 3), 3);
  const Manifest manifest = parse_manifest(read_text(release + "/manifest.json"), "manifest.json");
  EXPECT_EQ(manifest.rows, 7U);
  ASSERT_EQ(manifest.files.size(), 4U);
  for (const ManifestFile& file : manifest.files) {
    EXPECT_EQ(file.bytes, fs::file_size(release + "/" + file.path));
    EXPECT_EQ(file.sha256, sha256_of_file(release + "/" + file.path));
  }
}

TEST(Bundle, FilesAreForTheOwnerOnly) {
  const SmallCase small;
  const std::string release = small.publish(small.recoded({1, 0}, 3), 3);
  for (const auto& entry : fs::recursive_directory_iterator(small.directory.path("out"))) {
    struct stat status {};
    ASSERT_EQ(::stat(entry.path().c_str(), &status), 0);
    if (S_ISREG(status.st_mode)) {
      EXPECT_EQ(status.st_mode & 0077U, 0U) << entry.path();
    }
  }
}

TEST(Bundle, WithoutCommitNothingIsLeft) {
  const SmallCase small;
  const Release release = small.recoded({1, 0}, 3);
  {
    StagedBundle bundle(small.directory.path("out"));
    bundle.write(release, small.content(release, 3), 1);
    EXPECT_EQ(bundle.staged_data_files().size(), 2U);
    EXPECT_FALSE(fs::exists(small.directory.path("out/release")));
  }
  EXPECT_TRUE(fs::is_empty(small.directory.path("out")));
}

TEST(Bundle, ReplacesAnEarlierReleaseAsAWhole) {
  const SmallCase small;
  std::string release = small.publish(small.recoded({1, 0}, 3), 3);
  const Release second = small.recoded({2, 0}, 3);
  BundleContent content = small.content(second, 3);
  content.formats = {ReleaseFormat::kCsv};
  StagedBundle bundle(small.directory.path("out"));
  bundle.write(second, content, 1);
  const std::vector<std::string> files = bundle.commit();
  EXPECT_EQ(names_in(release),
            (std::set<std::string>{"small.csv", "datapackage.json", "report.json", "manifest.json"}));
  for (const std::string& file : files) EXPECT_TRUE(fs::exists(file)) << file;
}

TEST(Bundle, KeepsOtherPrivateFiles) {
  const SmallCase small;
  fs::create_directories(small.directory.path("out/private"));
  small.directory.write("out/private/checkpoint", "x");
  static_cast<void>(small.publish(small.recoded({1, 0}, 3), 3));
  EXPECT_EQ(read_text(small.directory.path("out/private/checkpoint")), "x");
}

TEST(Bundle, RefusesToDeleteForeignFiles) {
  const SmallCase small;
  const Release release = small.recoded({1, 0}, 3);
  const std::string directory = small.publish(release, 3);
  small.directory.write("out/release/notes.txt", "mine");
  EXPECT_THROW(static_cast<void>(small.publish(release, 3)), Error);
  EXPECT_EQ(read_text(directory + "/notes.txt"), "mine");
  fs::create_directories(small.directory.path("other/release"));
  small.directory.write("other/release/notes.txt", "mine");
  EXPECT_THROW(static_cast<void>(small.publish(release, 3, "other")), Error);
  EXPECT_EQ(read_text(small.directory.path("other/release/notes.txt")), "mine");
}

TEST(Bundle, AFileInThePlaceOfTheDirectoryIsAnError) {
  const SmallCase small;
  small.directory.write("out", "a file");
  try {
    static_cast<void>(small.publish(small.recoded({1, 0}, 3), 3));
    FAIL();
  } catch (const Error& error) {
    EXPECT_EQ(error.code(), ExitCode::kIo);
  }
  EXPECT_EQ(read_text(small.directory.path("out")), "a file");
}

}  // namespace
}  // namespace throng
