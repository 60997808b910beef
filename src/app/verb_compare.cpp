// throng compare: reads a table and a release of it and says what the release still tells.
#include "compare_answer.hpp"
#include "throng/core/parallel.hpp"
#include "verbs.hpp"

namespace throng {

ExitCode run_compare(const Command& command, Communicator& communicator, const Console& console) {
  Utility utility;
  fail_together(communicator, [&] {
    if (!communicator.is_root()) return;
    Job job = job_of(command);
    const int num_threads = job.num_threads > 0 ? job.num_threads : default_num_threads();
    const Table after = read_release(job, command.file, num_threads);
    job.input.path = command.before;
    const Table before = read_table(job.input, num_threads);
    std::vector<std::string> warnings;
    const Problem problem = make_problem(before, job.input, num_threads, warnings);
    for (const std::string& warning : warnings) console.warn(warning);
    utility = compare(before, after, problem, {job.k, num_threads});
  });
  console.print(command.is_json ? compare_json(utility) : compare_text(utility));
  return ExitCode::kPass;
}

}  // namespace throng
