// Fuzz target: whatever the bytes, parsing a job file gives a job or an Error, and a job's configuration
// parses again.
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "throng/app/config.hpp"
#include "throng/app/job.hpp"
#include "throng/core/error.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  throng::Job job;
  try {
    job = throng::parse_job({reinterpret_cast<const char*>(data), size}, "job.toml");
  } catch (const throng::Error&) {
    return 0;
  }
  std::string text;
  for (const std::string& line : throng::configuration_lines(job, throng::Audience::kInternal))
    text += line + '\n';
  try {
    static_cast<void>(throng::parse_job(text, "/again.toml"));
  } catch (const throng::Error&) {
    std::abort();  // what throng prints as a job file must be one
  }
  return 0;
}
