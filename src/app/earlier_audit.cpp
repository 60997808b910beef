// Reads the arrays of an audit and checks them where that is cheap.
#include "earlier_audit.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

#include "audit_file.hpp"
#include "throng/core/parallel.hpp"

namespace throng {

namespace {

[[noreturn]] void refuse_audit(const std::string& path, const std::string& why) {
  throw data_error(
      "the audit is not one of this job: " + why,
      "give what `throng audit JOB.toml --output FILE.h5` wrote for the same records, or leave it out",
      {path, 0, 0});
}

const std::vector<std::string>& list_named(const std::vector<Hdf5List>& lists, const std::string& name,
                                           const std::string& path) {
  const auto found = std::ranges::find(lists, name, &Hdf5List::name);
  if (found == lists.end()) refuse_audit(path, "it has no `" + name + "`");
  return found->cells;
}

std::vector<std::uint32_t> numbers_of(const std::vector<Hdf5List>& lists, const std::string& name,
                                      const Loaded& loaded, const std::string& path) {
  const std::vector<std::string>& cells = list_named(lists, name, path);
  if (cells.size() != std::size_t{1} << loaded.problem.lattice.num_axes())
    refuse_audit(path, "`" + name + "` has another length");
  std::vector<std::uint32_t> numbers;
  numbers.reserve(cells.size());
  for (const std::string& cell : cells) {
    std::uint32_t number = 0;
    const auto [end, error] = std::from_chars(cell.data(), cell.data() + cell.size(), number);
    if (error != std::errc() || end != cell.data() + cell.size() || number > loaded.problem.num_records())
      refuse_audit(path, "`" + name + "` holds something that is no number of records");
    numbers.push_back(number);
  }
  return numbers;
}

AuditArrays arrays_of(const std::string& path, const Loaded& loaded, const std::vector<Count>& thresholds) {
  const std::size_t d = loaded.problem.lattice.num_axes();
  if (d > kMaxExhaustiveQi) refuse_audit(path, "this job has more quasi-identifiers than are audited so");
  const std::vector<Hdf5List> lists = read_audit_file(path);
  std::vector<std::string> qi;
  for (const Axis& axis : loaded.problem.lattice.axes) qi.push_back(axis.name);
  if (list_named(lists, "qi", path) != qi) refuse_audit(path, "it has other quasi-identifiers");
  AuditArrays arrays;
  arrays.classes = numbers_of(lists, "classes", loaded, path);
  for (const Count threshold : thresholds)
    arrays.at_risk.push_back(numbers_of(lists, fmt::format("at_risk_{}", threshold), loaded, path));
  return arrays;
}

/// Single columns and pairs are looked at again.
void check_small(const AuditArrays& arrays, const Loaded& loaded, const AuditOptions& options,
                 const AuditResult& small, const std::string& path) {
  for (const SizeSummary& size : small.by_size)
    for (const CombinationRisk& risk : size.worst)
      for (std::size_t t = 0; t < options.thresholds.size(); ++t)
        if (arrays.classes[risk.qi] != risk.classes || arrays.at_risk[t][risk.qi] != risk.at_risk[t])
          refuse_audit(path, "it has other figures here");
  if (arrays.classes.back() != loaded.problem.tuples.size()) refuse_audit(path, "it has other figures here");
}

}  // namespace

AuditResult read_audit(const std::string& path, const Loaded& loaded, const std::vector<Count>& thresholds,
                       Communicator& communicator) {
  AuditOptions options;
  options.k = loaded.job.k;
  options.thresholds = thresholds;
  options.num_threads = loaded.num_threads;
  AuditOptions of_pairs = options;
  of_pairs.max_size = std::min<std::size_t>(2, loaded.problem.lattice.num_axes());
  of_pairs.num_worst = loaded.problem.lattice.num_axes() * loaded.problem.lattice.num_axes();
  const AuditResult small = audit(loaded.problem, of_pairs, communicator);
  AuditResult result;
  fail_together(communicator, [&] {
    const AuditArrays arrays = arrays_of(path, loaded, thresholds);
    check_small(arrays, loaded, options, small, path);
    result = audit_of_arrays(loaded.problem, options, arrays);
  });
  return result;
}

}  // namespace throng
