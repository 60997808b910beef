// throng config show: the resolved configuration as a job file.
#include <fmt/format.h>

#include "throng/app/config.hpp"
#include "verbs.hpp"

namespace throng {

ExitCode run_config(const Command& command, Communicator& communicator, const Console& console) {
  Job job;
  fail_together(communicator, [&] { job = job_of(command); });
  for (const Setting& setting : settings_of(job, Audience::kInternal)) {
    const std::string line = setting.key + " = " + setting.value;
    console.print(command.has_origin ? fmt::format("{:<60}  # {}\n", line, setting.origin) : line + '\n');
  }
  return ExitCode::kPass;
}

}  // namespace throng
