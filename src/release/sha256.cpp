// SHA-256 through OpenSSL's EVP interface.
#include "throng/release/sha256.hpp"

#include <openssl/evp.h>

#include <array>
#include <memory>

#include "throng/core/error.hpp"
#include "throng/data/file.hpp"

namespace throng {

std::string sha256_hex(std::string_view bytes) { return sha256_hex(std::vector<std::string_view>{bytes}); }

std::string sha256_hex(const std::vector<std::string_view>& parts) {
  std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
  unsigned size = 0;
  const std::unique_ptr<EVP_MD_CTX, decltype(&EVP_MD_CTX_free)> context(EVP_MD_CTX_new(), EVP_MD_CTX_free);
  bool is_good = context != nullptr && EVP_DigestInit_ex(context.get(), EVP_sha256(), nullptr) == 1;
  for (const std::string_view part : parts)
    is_good = is_good && EVP_DigestUpdate(context.get(), part.data(), part.size()) == 1;
  if (!is_good || EVP_DigestFinal_ex(context.get(), digest.data(), &size) != 1)
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
