// SHA-256 through OpenSSL's EVP interface.
#include "throng/release/sha256.hpp"

#include <openssl/evp.h>

#include <array>

#include "throng/core/error.hpp"
#include "throng/data/file.hpp"

namespace throng {

std::string sha256_hex(std::string_view bytes) {
  std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
  unsigned size = 0;
  if (EVP_Digest(bytes.data(), bytes.size(), digest.data(), &size, EVP_sha256(), nullptr) != 1)
    throw Error(ExitCode::kIo, "cannot compute a SHA-256 checksum", "is the OpenSSL library whole?");
  constexpr std::string_view kDigits = "0123456789abcdef";
  std::string text;
  for (unsigned i = 0; i < size; ++i) {
    text += kDigits[digest[i] >> 4];
    text += kDigits[digest[i] & 15];
  }
  return text;
}

std::string sha256_of_file(const std::string& path) {
  const MappedFile file(path);
  return sha256_hex(file.bytes());
}

}  // namespace throng
