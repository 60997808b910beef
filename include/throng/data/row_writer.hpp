// Formats the rows of a text file in parallel and writes them in order.
#pragma once

#include <cstddef>
#include <functional>
#include <string>

#include "throng/core/types.hpp"
#include "throng/data/file.hpp"

namespace throng {

/// Writes the text of rows [0, num_rows) to `file`: append_rows(begin, end, text) appends that of [begin,
/// end). The cuts do not depend on num_threads; memory is bounded whatever num_rows is. Errors: as
/// AtomicFile::write(), and what append_rows throws.
void write_rows(AtomicFile& file, Count num_rows, int num_threads,
                const std::function<void(Count begin, Count end, std::string& text)>& append_rows);

}  // namespace throng
