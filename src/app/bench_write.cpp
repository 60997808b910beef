// Writes the tables of a bench as CSV, JSON and HDF5, with what they were measured on.
#include <chrono>
#include <cmath>
#include <ctime>
#include <fstream>
#include <thread>

#include "bench_table.hpp"
#include "throng/core/parallel.hpp"
#include "throng/data/csv.hpp"
#include "throng/data/file.hpp"
#include "throng/data/hdf5.hpp"
#include "throng/release/sha256.hpp"

namespace throng {

namespace {

using Json = nlohmann::ordered_json;

std::string text_of(const BenchCell& cell) {
  if (cell.is_string()) return cell.get<std::string>();
  return cell.is_null() ? "" : cell.dump();
}

Json json_of(const BenchTable& table) {
  Json rows = Json::array();
  for (const auto& row : table.rows) {
    Json object = Json::object();
    for (std::size_t c = 0; c < row.size(); ++c) object[table.names[c]] = row[c];
    rows.push_back(std::move(object));
  }
  return rows;
}

/// The processor's own name; "unknown" where the system does not tell.
std::string processor() {
  std::ifstream file("/proc/cpuinfo");
  for (std::string line; std::getline(file, line);)
    if (line.starts_with("model name") && line.find(": ") != std::string::npos)
      return line.substr(line.find(": ") + 2);
  return "unknown";
}

std::string utc_now() {
  const std::time_t now = std::chrono::system_clock::to_time_t(std::chrono::system_clock::now());
  std::tm utc{};
  ::gmtime_r(&now, &utc);
  std::string text(32, '\0');
  text.resize(std::strftime(text.data(), text.size(), "%Y-%m-%dT%H:%M:%SZ", &utc));
  return text;
}

bool is_text(const BenchTable& table, std::size_t c) {
  for (const auto& row : table.rows)
    if (row[c].is_string()) return true;
  return false;
}

/// The columns of a table in the form the HDF5 writer takes, and their memory.
struct Hdf5Columns {
  std::vector<std::vector<std::string>> texts;
  std::vector<std::vector<double>> numbers;
  std::vector<Code> every;

  explicit Hdf5Columns(const BenchTable& table) : texts(table.names.size()), numbers(table.names.size()) {
    for (std::size_t r = 0; r < table.rows.size(); ++r) every.push_back(static_cast<Code>(r));
    for (std::size_t c = 0; c < table.names.size(); ++c)
      for (const auto& row : table.rows) {
        if (is_text(table, c))
          texts[c].push_back(text_of(row[c]));
        else
          numbers[c].push_back(row[c].is_null() ? std::nan("") : row[c].get<double>());
      }
  }
};

void write_hdf5(const std::string& path, const Provenance& provenance, const BenchTable& table) {
  const Hdf5Columns columns(table);
  Hdf5Table hdf5;
  hdf5.group = "/bench";
  hdf5.attributes = provenance;
  for (std::size_t c = 0; c < table.names.size(); ++c) {
    if (is_text(table, c))
      hdf5.columns.push_back({table.names[c], columns.texts[c], columns.every});
    else
      hdf5.real_numbers.push_back({table.names[c], columns.numbers[c]});
  }
  write_hdf5_table(path, hdf5);
}

}  // namespace

Provenance provenance_of(const BenchPlan& plan, const std::string& path, int ranks) {
  return {{"format_version", "1"},
          {"creator", "throng " THRONG_VERSION},
          {"compiler", __VERSION__},
          {"backend", parallel_backend()},
          {"bench_sha256", sha256_of_file(path)},
          {"time", utc_now()},
          {"processor", processor()},
          {"cores", std::to_string(std::thread::hardware_concurrency())},
          {"ranks", std::to_string(ranks)},
          {"threads", std::to_string(plan.num_threads)},
          {"repetitions", std::to_string(plan.repetitions)},
          {"seed", std::to_string(plan.seed)}};
}

std::string bench_csv(const BenchTable& table) {
  std::string csv;
  const auto add_row = [&csv](const auto& cells, const auto& text) {
    for (std::size_t c = 0; c < cells.size(); ++c) {
      if (c > 0) csv += ',';
      append_safe_csv_field(csv, text(cells[c]), ',');
    }
    csv += '\n';
  };
  add_row(table.names, [](const std::string& name) { return name; });
  for (const auto& row : table.rows) add_row(row, text_of);
  return csv;
}

std::string bench_json(const Provenance& provenance, const BenchTable& cases, const BenchTable& runs) {
  Json json = Json::object();
  for (const auto& [name, value] : provenance) json["provenance"][name] = value;
  json["cases"] = json_of(cases);
  json["runs"] = json_of(runs);
  return json.dump(1, ' ', false, Json::error_handler_t::replace) + '\n';
}

std::vector<std::string> write_bench(const std::string& directory, const Provenance& provenance,
                                     const std::vector<BenchResult>& results) {
  const BenchTable cases = table_of_cases(results);
  const BenchTable runs = table_of_runs(results);
  create_directories(directory);
  const std::string stem = directory + "/bench";
  write_file(stem + ".csv", bench_csv(cases));
  write_file(stem + "-runs.csv", bench_csv(runs));
  write_file(stem + ".json", bench_json(provenance, cases, runs));
  write_hdf5(stem + ".h5", provenance, cases);
  return {stem + ".csv", stem + "-runs.csv", stem + ".json", stem + ".h5"};
}

}  // namespace throng
