// Runs the verb of a command line and turns errors into messages and exit codes.
#include "throng/app/app.hpp"

#include "console.hpp"
#include "verbs.hpp"

namespace throng {

namespace {

ExitCode run_verb(const Command& command, Communicator& communicator, const Console& console) {
  switch (command.verb) {
    case Verb::kPrint:
      console.print(command.text);
      return ExitCode::kPass;
    case Verb::kGenerate:
      return run_generate(command, communicator, console);
    case Verb::kSearch:
      return run_search(command, communicator, console);
    case Verb::kAnonymize:
    case Verb::kApply:
      return run_anonymize(command, communicator, console);
    case Verb::kVerify:
      return run_verify(command, communicator, console);
    case Verb::kVerifyProof:
      return run_verify_proof(command, communicator, console);
    case Verb::kAudit:
      return run_audit(command, communicator, console);
    case Verb::kFrontier:
      return run_frontier(command, communicator, console);
    case Verb::kBench:
      return run_bench_verb(command, communicator, console);
    case Verb::kConfig:
      return run_config(command, communicator, console);
    case Verb::kCompare:
      return run_compare(command, communicator, console);
    case Verb::kReport:
      return run_report(command, communicator, console);
    case Verb::kDescribe:
      return run_describe(command, communicator, console);
    case Verb::kInit:
      return run_init(command, communicator, console);
    case Verb::kExplain:
      return run_explain(command, communicator, console);
    case Verb::kMerge:
      return run_merge(command, communicator, console);
    case Verb::kSlurmScript:
      return run_slurm_script(command, communicator, console);
  }
  return ExitCode::kIo;
}

}  // namespace

ExitCode run_app(const std::vector<std::string>& arguments, Communicator& communicator) {
  Console console(communicator.is_root(), {});
  try {
    const Command command = parse_command_line(arguments);
    console = Console(communicator.is_root(), {command.is_quiet, command.has_color});
    const ExitCode code = run_verb(command, communicator, console);
    // stdout may be full on rank 0 alone, and every rank must return the same code.
    fail_together(communicator, [&] { console.flush(); });
    return code;
  } catch (const Error& error) {
    console.status("");
    console.error(error.what());
    return error.code();
  }
}

}  // namespace throng
