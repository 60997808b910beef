// The figures of every combination from an earlier audit, so that a report needs no second one.
#pragma once

#include <string>
#include <vector>

#include "loaded.hpp"
#include "throng/audit/audit.hpp"

namespace throng {

/// Reads what `throng audit --output FILE.h5` wrote, at the ascending `thresholds`, k among them. Figures
/// that are quickly computed are computed again and compared. Errors: data_error when the file holds no such
/// audit or not one of these records and columns; io_error.
AuditResult read_audit(const std::string& path, const Loaded& loaded, const std::vector<Count>& thresholds,
                       Communicator& communicator);

}  // namespace throng
