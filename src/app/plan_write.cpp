// Writes plans.
#include <fmt/format.h>

#include "plan_file.hpp"
#include "plan_format.hpp"
#include "private_path.hpp"
#include "throng/app/config.hpp"
#include "throng/core/error.hpp"
#include "throng/data/file.hpp"
#include "throng/release/manifest.hpp"

namespace throng {

namespace {

std::string columns_text(const Loaded& loaded) {
  std::string text = "columns = [\n";
  for (const Axis& axis : loaded.problem.lattice.axes)
    text += fmt::format("  {{ name = {}, hierarchy_sha256 = {} }},\n", toml_string(axis.name),
                        toml_string(plan_fingerprint(loaded, axis)));
  return text + "]\n";
}

std::string classes_text(const Lattice& lattice, const LocalRecoding& recoding) {
  std::string text = "classes = [\n";
  for (const LocalClass& each : recoding.classes) {
    std::vector<std::string> labels;
    for (std::size_t j = 0; j < each.levels.size(); ++j)
      labels.push_back(toml_string(lattice.axes[j].hierarchy.labels[each.levels[j]][each.values[j]]));
    text += fmt::format("  {{ records = {}, levels = [{}], values = [{}] }},\n", each.size,
                        fmt::join(each.levels, ", "), fmt::join(labels, ", "));
  }
  return text + "]\n";
}

}  // namespace

std::string plan_fingerprint(const Loaded& loaded, const Axis& axis) {
  const ColumnSpec* spec = loaded.job.input.find(axis.name);
  return fingerprint(spec == nullptr ? HierarchySpec() : spec->hierarchy, axis.hierarchy);
}

void check_plan_path(const std::string& path, const Job& job) {
  if (is_of_one_node(job.strategy))
    throw usage_error(
        fmt::format("option --plan: the strategy `{}` has one node and no plan", to_string(job.strategy)),
        "add --strategy local or --strategy suppress-cells");
  check_private_path({"--plan", "a plan", "plan.toml"}, path, job);
}

void write_plan(const std::string& path, const Loaded& loaded, const Solved& solved) {
  const LocalResult& local = *solved.local;
  std::string text = fmt::format(
      "# A plan of throng. PRIVATE: it tells how records were recoded. See docs/file-formats.md.\n"
      "{} = {}\ncreator = {}\nk = {}\nstrategy = {}\nrows = {}\nsuppressed = {}\nloss = {:.17e}\n",
      kPlanKey, kPlanVersion, toml_string("throng " THRONG_VERSION), loaded.job.k,
      toml_string(to_string(loaded.job.strategy)), loaded.problem.num_records(), local.suppressed,
      local.loss);
  text += columns_text(loaded);
  text += classes_text(loaded.problem.lattice, *local.best);
  write_file(path, text);
}

}  // namespace throng
