// SHA-256 of bytes and files, as lower-case hexadecimal.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace throng {

/// SHA-256 (FIPS 180-4) of `bytes`. Errors: an Error (exit 4) when the cryptographic library fails.
std::string sha256_hex(std::string_view bytes);

/// SHA-256 of the bytes of all `parts` in a row.
std::string sha256_hex(const std::vector<std::string_view>& parts);

/// SHA-256 of the file at `path`. Errors: io_error when it cannot be read.
std::string sha256_of_file(const std::string& path);

}  // namespace throng
