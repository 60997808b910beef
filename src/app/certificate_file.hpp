// Certificates of optimality as private JSON files.
#pragma once

#include <string>

#include "loaded.hpp"
#include "throng/proof/certificate.hpp"

namespace throng {

/// Errors, before any work: usage_error when the job's search proves nothing (another strategy, a shard) or
/// `path` lies among what is released; io_error when its directory is not there.
void check_certificate_path(const std::string& path, const Job& job);

/// Writes a certificate for the problem of `loaded`, mode 0600, whole or not at all
/// (docs/file-formats.md, "Certificates"). Errors: io_error.
void write_certificate(const std::string& path, const Loaded& loaded, const Certificate& certificate);

/// Reads a certificate of the problem of `loaded`. What it claims is not checked: see find_flaw(). Errors:
/// data_error for a text that is no certificate, and for one of another table or of other settings; io_error.
Certificate read_certificate(const std::string& path, const Loaded& loaded);

}  // namespace throng
