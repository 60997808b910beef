// throng frontier: load, walk once, print the optimum for every limit or every k.
#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "core/words.hpp"
#include "throng/search/frontier.hpp"
#include "values.hpp"
#include "verbs.hpp"

namespace throng {

namespace {

using Json = nlohmann::ordered_json;

std::vector<Count> parse_ks(const std::string& text) {
  std::vector<Count> ks;
  for (std::size_t begin = 0; begin <= text.size();) {
    const std::size_t end = std::min(text.find(',', begin), text.size());
    ks.push_back(
        checked_k(parse_whole(text.substr(begin, end - begin), "option --each-k"), {"option --each-k", {}}));
    begin = end + 1;
  }
  std::sort(ks.begin(), ks.end());
  ks.erase(std::unique(ks.begin(), ks.end()), ks.end());
  return ks;
}

FrontierOptions frontier_options(const Loaded& loaded, const Command& command) {
  FrontierOptions options;
  options.ks = {loaded.job.k};
  if (command.each_k) {
    options.ks = parse_ks(*command.each_k);
    options.has_every_limit = false;
    Job job = loaded.job;
    job.k = options.ks.back();
    check_k_fits(job, loaded.problem.num_records());
  }
  options.max_suppressed = max_suppressed_records(loaded.job, loaded.problem.num_records());
  options.aggregate = loaded.job.aggregate;
  options.metric = loaded.job.metric;
  options.time_limit_seconds = loaded.job.time_limit_seconds;
  options.num_threads = loaded.num_threads;
  return options;
}

Json step_json(const Loaded& loaded, const Solution& step) {
  Json levels = Json::object();
  for (std::size_t j = 0; j < step.levels.size(); ++j)
    levels[loaded.problem.lattice.axes[j].name] = step.levels[j];
  return {{"suppressed", step.suppressed},
          {"retained", loaded.problem.num_records() - step.suppressed},
          {"loss", step.loss},
          {"classes", step.classes},
          {"levels", levels}};
}

std::string frontier_json(const Loaded& loaded, const FrontierOptions& options,
                          const FrontierResult& result) {
  Json names = Json::array();
  for (const Axis& axis : loaded.problem.lattice.axes) names.push_back(axis.name);
  Json json{{"rows", loaded.problem.num_records()},
            {"qi", names},
            {"lattice_nodes", loaded.problem.lattice.approximate_num_nodes()},
            {"metric", loaded.job.metric},
            {"max_suppressed_records", options.max_suppressed},
            {"proved_optimal", result.is_proved},
            {"frontiers", Json::array()}};
  if (const auto nodes = loaded.problem.lattice.num_nodes()) json["lattice_nodes"] = *nodes;
  for (const Frontier& frontier : result.frontiers) {
    Json one{{"k", frontier.k}, {"steps", Json::array()}};
    for (const Solution& step : frontier.steps) one["steps"].push_back(step_json(loaded, step));
    json["frontiers"].push_back(std::move(one));
  }
  json["telemetry"] = {
      {"seconds", result.seconds}, {"nodes_visited", result.nodes_visited}, {"threads", options.num_threads}};
  return json.dump(2, ' ', false, Json::error_handler_t::replace) + '\n';
}

std::string levels_text(const Solution& step) {
  std::vector<int> levels(step.levels.begin(), step.levels.end());
  return fmt::format("{}", fmt::join(levels, " "));
}

std::string frontier_text(const Loaded& loaded, const FrontierOptions& options,
                          const FrontierResult& result) {
  std::string text = options.has_every_limit
                         ? fmt::format("The least loss for every suppression limit, k = {}\n", options.ks[0])
                         : fmt::format("The least loss for every k, at most {} suppressed\n",
                                       counted(options.max_suppressed, "record"));
  text += fmt::format("{:>6}  {:>12}  {:>22}  {:>10}  levels in file order\n", "k", "suppressed", "kept",
                      loaded.job.metric);
  for (const Frontier& frontier : result.frontiers) {
    for (const Solution& step : frontier.steps)
      text += fmt::format("{:>6}  {:>12}  {:>22}  {:>10.6f}  {}\n", frontier.k, grouped(step.suppressed),
                          share(loaded.problem.num_records() - step.suppressed, loaded.problem.num_records()),
                          step.loss, levels_text(step));
    if (frontier.steps.empty()) text += fmt::format("{:>6}  no node suppresses so few records\n", frontier.k);
  }
  return text + (result.is_proved ? "proved: no node loses less for any suppression limit from a line's "
                                    "records up to the next line's\n"
                                  : "not proved: the time was up, so better steps may be missing\n");
}

}  // namespace

ExitCode run_frontier(const Command& command, Communicator& communicator, const Console& console) {
  const Loaded loaded = load(command, communicator, console);
  FrontierOptions options;
  fail_together(communicator, [&] { options = frontier_options(loaded, command); });
  const FrontierResult result = frontier(loaded.problem, options, communicator);
  console.print(command.is_json ? frontier_json(loaded, options, result)
                                : frontier_text(loaded, options, result));
  const bool has_step = std::any_of(result.frontiers.begin(), result.frontiers.end(),
                                    [](const Frontier& frontier) { return !frontier.steps.empty(); });
  return has_step ? ExitCode::kPass : ExitCode::kViolation;
}

}  // namespace throng
