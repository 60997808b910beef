// Which format a table is in, by the name of its file.
#pragma once

#include <string>

namespace throng {

enum class TableFormat { kCsv, kHdf5 };

/// Errors: usage_error when the name does not tell.
TableFormat format_of(const std::string& path);

}  // namespace throng
