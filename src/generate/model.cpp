// Reads model.json and turns its counts into tables to draw from.
#include <algorithm>
#include <map>
#include <nlohmann/json.hpp>

#include "throng/core/error.hpp"
#include "throng/data/file.hpp"
#include "throng/generate/generate.hpp"

namespace throng {

namespace {

using Json = nlohmann::json;
/// Integer probability weights of values.
using Weights = std::map<Code, std::uint64_t>;

constexpr std::string_view kFormat = "throng model 1";
constexpr std::uint64_t kMaxCount = std::uint64_t{1} << 32;
constexpr unsigned kFractionBits = 20;  // a pooled rest is shared in parts of 2^-20 records
constexpr int kMaxDepth = 2000;         // a recursion below the smallest stack

/// Builds one tree; messages name its column.
class TreeReader {
 public:
  TreeReader(GeneratorModel& model, std::uint32_t column, const std::vector<bool>& is_drawn, Place place)
      : model_(model), is_drawn_(is_drawn), place_(std::move(place)) {
    tree_.column = column;
  }

  DrawTree read(const Json& root) {
    add_node(root, {}, 0);
    return std::move(tree_);
  }

 private:
  [[noreturn]] void refuse(const std::string& what) const {
    throw data_error("column `" + model_.columns[tree_.column] + "`: " + what,
                     "fit the model again with scripts/fit_model.py", place_);
  }

  /// Code of `value` in the column that is drawn, a new one when it has not been seen.
  Code code_of(const std::string& value) {
    std::vector<std::string>& values = model_.values[tree_.column];
    const auto code = static_cast<Code>(std::ranges::find(values, value) - values.begin());
    if (code == values.size()) values.push_back(value);
    return code;
  }

  [[nodiscard]] std::uint64_t count(const Json& json) const {
    if (!json.is_number_unsigned() || json.get<std::uint64_t>() == 0 || json.get<std::uint64_t>() > kMaxCount)
      refuse("a count is not a whole number from 1 to 2^32");
    return json.get<std::uint64_t>();
  }

  /// Weights of a node's own cells and of its rest, shared as `above` (the node above) has the other values.
  Weights weights(const Json& json, const Weights& above) {
    Weights result;
    for (const auto& [value, cell] : json.at("cells").items())
      result[code_of(value)] = count(cell) << kFractionBits;
    if (!json.contains("rest")) return result;
    const std::uint64_t rest = count(json.at("rest")) << kFractionBits;
    std::uint64_t total = 0;
    for (const auto& [code, weight] : above) total += result.contains(code) ? 0 : weight;
    Weights shares;
    for (const auto& [code, weight] : above)
      if (!result.contains(code))
        shares[code] = static_cast<std::uint64_t>(static_cast<unsigned __int128>(rest) * weight / total);
    result.merge(shares);
    return result;
  }

  std::uint32_t add_node(const Json& json, const Weights& above, int depth) {
    if (depth > kMaxDepth) refuse("the tree is deeper than 2000 questions");
    const auto index = static_cast<std::uint32_t>(tree_.nodes.size());
    tree_.nodes.emplace_back();
    const Weights own = weights(json, above);
    if (!json.contains("column")) {
      tree_.nodes[index].yes = add_table(own);
      return index;
    }
    const auto& name = json.at("column").get_ref<const std::string&>();
    const auto found = std::ranges::find(model_.columns, name);
    const auto asked = static_cast<std::uint32_t>(found - model_.columns.begin());
    if (found == model_.columns.end() || !is_drawn_[asked])
      refuse("asks for `" + name + "`, which is not drawn yet");
    const std::vector<std::string>& values = model_.values[asked];
    const auto value = std::ranges::find(values, json.at("value").get_ref<const std::string&>());
    if (value == values.end()) refuse("asks for a value that `" + name + "` never holds");
    const auto code = static_cast<Code>(value - values.begin());
    const std::uint32_t yes = add_node(json.at("yes"), own, depth + 1);
    const std::uint32_t no = add_node(json.at("no"), own, depth + 1);
    tree_.nodes[index] = {asked, code, yes, no};
    return index;
  }

  std::uint32_t add_table(const Weights& own) {
    DrawTable table;
    std::uint64_t total = 0;
    for (const auto& [code, weight] : own) {
      if (weight == 0) continue;
      table.codes.push_back(code);
      table.cumulative.push_back(total += weight);
    }
    if (table.codes.empty()) refuse("a leaf has no values to draw");
    tree_.tables.push_back(std::move(table));
    return static_cast<std::uint32_t>(tree_.tables.size() - 1);
  }

  GeneratorModel& model_;
  const std::vector<bool>& is_drawn_;
  Place place_;
  DrawTree tree_;
};

GeneratorModel build(const Json& json, const Place& place) {
  const auto refuse = [&](const std::string& what) {
    throw data_error(what, "see docs/file-formats.md", place);
  };
  if (json.at("format") != kFormat) refuse("the format is not \"" + std::string(kFormat) + "\"");
  GeneratorModel model;
  model.columns = json.at("columns").get<std::vector<std::string>>();
  model.values.resize(model.columns.size());
  std::vector<bool> is_drawn(model.columns.size());
  for (const Json& drawn : json.at("draw")) {
    const auto& name = drawn.at("name").get_ref<const std::string&>();
    const auto found = std::ranges::find(model.columns, name);
    if (found == model.columns.end()) refuse("`" + name + "` is drawn, but is not a column");
    const auto column = static_cast<std::size_t>(found - model.columns.begin());
    if (is_drawn[column]) refuse("column `" + name + "` is drawn twice");
    TreeReader reader(model, static_cast<std::uint32_t>(column), is_drawn, place);
    model.trees.push_back(reader.read(drawn.at("tree")));
    is_drawn[column] = true;
  }
  for (std::size_t c = 0; c < is_drawn.size(); ++c)
    if (!is_drawn[c]) refuse("column `" + model.columns[c] + "` is never drawn");
  if (model.columns.empty()) refuse("there are no columns");
  return model;
}

}  // namespace

GeneratorModel parse_model(std::string_view text, const std::string& name) {
  const Place place{name, 0, 0};
  try {
    return build(Json::parse(text), place);
  } catch (const Json::exception& error) {
    // The library's messages may quote the text; a model holds no record.
    throw data_error(std::string("is not a model: ") + error.what(), "see docs/file-formats.md", place);
  }
}

GeneratorModel read_model(const std::string& directory) {
  const std::string path = directory + "/model.json";
  const MappedFile file(path);
  return parse_model(file.bytes(), path);
}

}  // namespace throng
