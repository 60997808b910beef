// Tests of SHA-256 against the examples of FIPS 180-4.
#include "throng/release/sha256.hpp"

#include <gtest/gtest.h>

#include "support/temporary_directory.hpp"
#include "throng/core/error.hpp"

namespace throng {
namespace {

TEST(Sha256, OfKnownTexts) {
  EXPECT_EQ(sha256_hex(""), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  EXPECT_EQ(sha256_hex("abc"), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
}

TEST(Sha256, OfAFile) {
  const test::TemporaryDirectory directory;
  EXPECT_EQ(sha256_of_file(directory.write("file", "abc")), sha256_hex("abc"));
  EXPECT_THROW(sha256_of_file(directory.path("absent")), Error);
}

}  // namespace
}  // namespace throng
