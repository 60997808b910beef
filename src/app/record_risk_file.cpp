// Writes the private file of record-level risk, as CSV or HDF5.
#include <fmt/format.h>

#include <filesystem>

#include "record_risk_answer.hpp"
#include "throng/core/error.hpp"
#include "throng/data/file.hpp"
#include "throng/data/hdf5.hpp"
#include "throng/data/row_writer.hpp"

namespace throng {

namespace {

/// DIS-SUDA is about sample uniques: it is written for k = 2 alone. sdcMicro's default fraction.
constexpr Count kUniquesK = 2;
constexpr double kDisFraction = 0.01;

bool is_hdf5(const std::string& path) {
  const std::string extension = std::filesystem::path(path).extension().string();
  return extension == ".h5" || extension == ".hdf5";
}

std::vector<double> dis_scores(const Loaded& loaded, const RecordRiskAnswer& answer) {
  if (loaded.job.k != kUniquesK || answer.risk.max_size < answer.risk.num_qi) return {};
  return dis_suda_scores(loaded.problem, answer.suda, kDisFraction);
}

void write_csv(const std::string& path, const Loaded& loaded, const RecordRiskAnswer& answer) {
  const std::vector<double> dis = dis_scores(loaded, answer);
  AtomicFile file(path);
  file.write("record,below_k_combinations,smallest_size,score,suda_score");
  file.write(dis.empty() ? "\n" : ",dis_suda\n");
  write_rows(file, loaded.problem.num_records(), loaded.num_threads,
             [&](Count begin, Count end, std::string& text) {
               for (Count i = begin; i < end; ++i) {
                 const std::size_t t = loaded.problem.tuples.tuple_of_record[i];
                 const std::size_t size = answer.risk.smallest_size(t);
                 text += fmt::format("{},{},{},{},{}", i + 1, answer.risk.num_below(t),
                                     size == 0 ? "" : std::to_string(size), answer.scores[t], answer.suda[t]);
                 if (!dis.empty()) text += fmt::format(",{}", dis[t]);
                 text += '\n';
               }
             });
  file.commit();
}

/// figure(t) for every record.
template <typename Figure>
auto per_record(const Loaded& loaded, const Figure& figure) {
  std::vector<decltype(figure(std::size_t{0}))> values;
  values.reserve(loaded.problem.num_records());
  for (const std::uint32_t t : loaded.problem.tuples.tuple_of_record) values.push_back(figure(t));
  return values;
}

void write_hdf5(const std::string& path, const Loaded& loaded, const RecordRiskAnswer& answer) {
  const RecordRisk& risk = answer.risk;
  const std::vector<double> dis = dis_scores(loaded, answer);
  Hdf5Table table;
  table.group = "/records";
  table.attributes = {{"format_version", "1"},
                      {"creator", "throng " THRONG_VERSION},
                      {"k", std::to_string(loaded.job.k)},
                      {"max_size", std::to_string(risk.max_size)}};
  const auto whole = [&](const std::string& name, const auto& figure) {
    table.whole_numbers.push_back({name, per_record(loaded, figure)});
  };
  const auto real = [&](const std::string& name, const std::vector<double>& of_tuple) {
    table.real_numbers.push_back({name, per_record(loaded, [&](std::size_t t) { return of_tuple[t]; })});
  };
  whole("below_k_combinations", [&](std::size_t t) { return risk.num_below(t); });
  whole("smallest_size", [&](std::size_t t) { return std::uint64_t{risk.smallest_size(t)}; });
  for (std::size_t s = 1; s <= risk.max_size; ++s) {
    whole(fmt::format("below_k_size_{}", s), [&, s](std::size_t t) { return risk.below_of(t, s); });
    whole(fmt::format("minimal_size_{}", s), [&, s](std::size_t t) { return risk.minimal_of(t, s); });
  }
  real("score", answer.scores);
  real("suda_score", answer.suda);
  if (!dis.empty()) real("dis_suda", dis);
  write_hdf5_table(path, table);
}

}  // namespace

void check_records_path(const std::string& path) {
  if (!is_hdf5(path) && std::filesystem::path(path).extension() != ".csv")
    throw usage_error("option --records: `" + path + "` is neither .csv nor .h5", "name a file records.csv");
}

void write_record_risk(const std::string& path, const Loaded& loaded, const RecordRiskAnswer& answer) {
  const std::string directory = std::filesystem::path(path).parent_path().string();
  if (!directory.empty()) create_directories(directory);
  if (is_hdf5(path))
    write_hdf5(path, loaded, answer);
  else
    write_csv(path, loaded, answer);
}

}  // namespace throng
