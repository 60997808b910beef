// throng generate: draw records from a statistical model and write them.
#include <fmt/format.h>

#include <filesystem>

#include "core/words.hpp"
#include "throng/core/parallel.hpp"
#include "throng/data/file.hpp"
#include "throng/generate/generate.hpp"
#include "values.hpp"
#include "verbs.hpp"

namespace throng {

ExitCode run_generate(const Command& command, Communicator& communicator, const Console& console) {
  const GenerateArguments& arguments = command.generate;
  fail_together(communicator, [&] {
    if (!communicator.is_root()) return;
    const std::uint64_t rows = parse_whole(arguments.rows, "option --rows");
    if (rows == 0) throw usage_error("option --rows is 0", "give a whole number from 1 on");
    const std::uint64_t seed = parse_whole(arguments.seed, "option --seed");
    const int threads = checked_threads(
        parse_whole(command.overrides.threads.value_or("0"), "option --threads"), {"option --threads", {}});
    const GeneratorModel model = read_model(arguments.model);
    const std::string directory = std::filesystem::path(arguments.output).parent_path().string();
    if (!directory.empty()) create_directories(directory);
    generate_csv(model, rows, seed, threads == 0 ? default_num_threads() : threads, arguments.output);
    console.note(fmt::format("{} of model {}, seed {}: {}", counted(rows, "record"), arguments.model, seed,
                             arguments.output));
  });
  return ExitCode::kPass;
}

}  // namespace throng
