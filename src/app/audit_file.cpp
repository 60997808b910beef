// Writes parts and their index.
#include "audit_file.hpp"

#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <filesystem>
#include <functional>
#include <numeric>
#include <optional>
#include <regex>

#include "core/state_bytes.hpp"
#include "throng/core/error.hpp"
#include "throng/core/gather.hpp"
#include "throng/core/partial_path.hpp"
#include "throng/data/file.hpp"
#include "throng/release/sha256.hpp"

namespace throng {

namespace {

namespace fs = std::filesystem;

constexpr std::size_t kIdDigits = 16;  // of a checksum, in the name of a part

struct Part {
  std::string name;
  std::string sha256;
  std::uint64_t bytes = 0;
  std::uint64_t first = 0;
  std::uint64_t size = 0;  ///< entries; 0 = this rank has none
};

/// A file that goes away again unless it is kept, or was there before.
class NewFile {
 public:
  explicit NewFile(std::string path) : path_(std::move(path)), was_there_(fs::exists(path_)) {
    if (!was_there_) partial_.emplace(path_);
  }
  ~NewFile() {
    if (!was_there_ && !is_kept_) ::unlink(path_.c_str());
  }
  NewFile(const NewFile&) = delete;
  NewFile& operator=(const NewFile&) = delete;

  [[nodiscard]] const std::string& path() const { return path_; }
  void keep() { is_kept_ = true; }
  /// A signal no longer removes it.
  void outlive_signals() { partial_.reset(); }

 private:
  std::string path_;
  bool was_there_;
  bool is_kept_ = false;
  std::optional<PartialPath> partial_;
};

std::string stem_of(const std::string& path) {
  const std::string name = fs::path(path).filename().string();
  return name.ends_with(".h5") ? name.substr(0, name.size() - 3) : name;
}

std::string beside(const std::string& path, const std::string& name) {
  return (fs::path(path).parent_path() / name).string();
}

std::vector<std::string> array_names(const AuditAnswer& answer) {
  std::vector<std::string> names = {"classes"};
  for (const Count threshold : answer.options.thresholds)
    names.push_back(fmt::format("at_risk_{}", threshold));
  return names;
}

/// Group /audit but for the arrays. `every` must outlive it: 0, 1, ... per QI.
Hdf5Table table_of(const AuditFileLabel& label, const AuditAnswer& answer, const std::vector<Code>& every) {
  Hdf5Table table;
  table.group = "/audit";
  table.attributes = {{"format_version", "1"},
                      {"creator", "throng " THRONG_VERSION},
                      {"config_sha256", label.config_sha256},
                      {"input_sha256", label.input_sha256},
                      {"k", std::to_string(answer.options.k)},
                      {"qi", fmt::format("{}", fmt::join(answer.qi, ","))}};
  table.columns.push_back({"qi", answer.qi, every});
  return table;
}

std::vector<Code> every_qi(const AuditAnswer& answer) {
  std::vector<Code> every(answer.qi.size());
  std::iota(every.begin(), every.end(), Code{0});
  return every;
}

void add_arrays(Hdf5Table& table, const AuditAnswer& answer) {
  const AuditArrays& arrays = *answer.result.arrays;
  const std::vector<std::string> names = array_names(answer);
  table.arrays.push_back({names[0], arrays.classes});
  for (std::size_t t = 0; t < arrays.at_risk.size(); ++t)
    table.arrays.push_back({names[1 + t], arrays.at_risk[t]});
}

/// By all that a part holds: another content never gets the name of one that an index counts on.
std::string part_name(const std::string& path, const Hdf5Table& table, const Communicator& communicator) {
  std::vector<std::string_view> content;
  for (const auto& [name, value] : table.attributes) content.insert(content.end(), {name, "\n", value, "\n"});
  for (const Hdf5Array& array : table.arrays) {
    content.insert(content.end(), {array.name, "\n"});
    content.emplace_back(reinterpret_cast<const char*>(array.values.data()), array.values.size_bytes());
  }
  return fmt::format("{}.part-{}-of-{}-{}.h5", stem_of(path), communicator.rank() + 1, communicator.size(),
                     sha256_hex(content).substr(0, kIdDigits));
}

/// Writes this rank's part, read back for its checksum.
Part write_part(const std::string& path, const AuditFileLabel& label, const AuditAnswer& answer,
                const Communicator& communicator, std::optional<NewFile>& file) {
  const AuditArrays& arrays = *answer.result.arrays;
  const std::vector<Code> every = every_qi(answer);
  Hdf5Table table = table_of(label, answer, every);
  table.attributes.emplace_back("first_entry", std::to_string(arrays.first));
  add_arrays(table, answer);
  Part part;
  part.name = part_name(path, table, communicator);
  file.emplace(beside(path, part.name));
  write_hdf5_table(file->path(), table);
  part.sha256 = sha256_of_file(file->path());
  part.bytes = fs::file_size(file->path());
  part.first = arrays.first;
  part.size = arrays.classes.size();
  return part;
}

/// The parts of all ranks that have one.
std::vector<Part> gather_parts(const Part& mine, Communicator& communicator) {
  StateWriter writer;
  for (const std::string* text : {&mine.name, &mine.sha256}) writer.bytes(*text);
  for (const std::uint64_t number : {mine.bytes, mine.first, mine.size}) writer.number(number);
  std::vector<Part> parts;
  for (const std::string& message : communicator.all_gather(std::move(writer).take())) {
    StateReader reader(message);
    Part part;
    for (std::string* text : {&part.name, &part.sha256}) *text = reader.bytes();
    for (std::uint64_t* number : {&part.bytes, &part.first, &part.size}) *number = reader.number();
    if (part.size != 0) parts.push_back(std::move(part));
  }
  return parts;
}

void write_index(const std::string& path, const AuditFileLabel& label, const AuditAnswer& answer,
                 const std::vector<Part>& parts) {
  const std::vector<Code> every = every_qi(answer);
  Hdf5Table audit = table_of(label, answer, every);
  for (const std::string& name : array_names(answer)) {
    Hdf5Joined& joined = audit.joined.emplace_back();
    joined.name = name;
    for (const Part& part : parts) joined.parts.push_back({part.name, part.size});
  }
  Hdf5Table list;
  list.group = "/parts";
  std::vector<std::string> names, checksums;
  std::vector<Code> rows;
  list.whole_numbers = {{"bytes", {}}, {"first_entry", {}}, {"entries", {}}};
  for (const Part& part : parts) {
    rows.push_back(static_cast<Code>(rows.size()));
    names.push_back(part.name);
    checksums.push_back(part.sha256);
    list.whole_numbers[0].values.push_back(part.bytes);
    list.whole_numbers[1].values.push_back(part.first);
    list.whole_numbers[2].values.push_back(part.size);
  }
  list.columns = {{"name", names, rows}, {"sha256", checksums, rows}};
  write_hdf5_tables(path, {audit, list});
}

/// Of the file that has the name `path` now; 0 = none.
std::uint64_t file_number(const std::string& path) {
  struct stat status {};
  return ::stat(path.c_str(), &status) == 0 ? status.st_ino : 0;
}

/// *Collective.* Rank 0 writes the file that users name. `parts_stay` is called where it has its name, even
/// if what follows fails: it would be broken without its parts.
void write_last(const std::string& path, Communicator& communicator, const std::function<void()>& write,
                const std::function<void()>& parts_stay) {
  const std::uint64_t before = file_number(path);
  try {
    fail_together(communicator, [&] {
      if (communicator.is_root()) write();
    });
  } catch (const Error&) {
    const std::vector<std::uint64_t> now = {file_number(path) == before ? 0U : 1U};
    if (gather(communicator, now)[0][0] != 0) parts_stay();
    throw;
  }
  parts_stay();
}

/// Parts of earlier runs, and what killed ones left.
void remove_other_parts(const std::string& path, const std::vector<Part>& parts) {
  const std::string start = stem_of(path) + ".part-";
  const std::regex pattern("[0-9]+-of-[0-9]+-[0-9a-f]{16}\\.h5(\\.tmp-[0-9]+-[0-9]+)?");
  const fs::path directory = fs::path(path).parent_path();
  std::error_code error;  // what cannot be removed is only in the way
  for (const auto& entry : fs::directory_iterator(directory.empty() ? "." : directory, error)) {
    const std::string name = entry.path().filename().string();
    if (!name.starts_with(start) || !std::regex_match(name.substr(start.size()), pattern)) continue;
    if (std::ranges::find(parts, name, &Part::name) == parts.end()) fs::remove(entry.path(), error);
  }
}

}  // namespace

void write_audit_file(const std::string& path, const AuditFileLabel& label, const AuditAnswer& answer,
                      Communicator& communicator) {
  std::optional<NewFile> file;
  Part part;
  fail_together(communicator, [&] {
    const std::string directory = fs::path(path).parent_path().string();
    if (!directory.empty()) create_directories(directory);
    if (communicator.size() > 1 && !answer.result.arrays->classes.empty())
      part = write_part(path, label, answer, communicator, file);
  });
  // From here on rank 0 may give the file its name, which needs all parts. If it does not, the next run
  // removes them.
  if (file) file->outlive_signals();
  const std::vector<Part> parts = gather_parts(part, communicator);
  const auto write = [&] {
    if (communicator.size() > 1) return write_index(path, label, answer, parts);
    const std::vector<Code> every = every_qi(answer);
    Hdf5Table table = table_of(label, answer, every);
    add_arrays(table, answer);
    write_hdf5_table(path, table);
  };
  write_last(path, communicator, write, [&] {
    if (file) file->keep();
  });
  if (communicator.is_root()) remove_other_parts(path, parts);
}

}  // namespace throng
