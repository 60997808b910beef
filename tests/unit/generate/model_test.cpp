// The model file: what is refused, and how counts become probabilities.
#include <gtest/gtest.h>

#include "throng/core/error.hpp"
#include "throng/generate/generate.hpp"

namespace throng {
namespace {

const char* const kModel = R"({"format": "throng model 1", "min_count": 11, "columns": ["a", "b"], "draw": [
  {"name": "a", "tree": {"cells": {"x": 30, "y": 10}}},
  {"name": "b", "tree": {"cells": {"p": 30, "q": 20, "r": 10}, "column": "a", "value": "x",
     "yes": {"cells": {"p": 15}, "rest": 15}, "no": {"cells": {"q": 11}}}}]})";

std::string message_of(std::string text, const std::string& from, const std::string& to) {
  text.replace(text.find(from), from.size(), to);
  try {
    parse_model(text, "model.json");
  } catch (const Error& error) {
    EXPECT_EQ(error.code(), ExitCode::kData);
    return error.what();
  }
  return "";
}

TEST(Model, ARestIsDrawnFromTheValuesAboveThatTheTableDoesNotTell) {
  const GeneratorModel model = parse_model(kModel, "model.json");
  ASSERT_EQ(model.trees.size(), 2U);
  const DrawTree& tree = model.trees[1];
  const DrawTable& yes = tree.tables[tree.nodes[tree.nodes[0].yes].yes];
  // p: 15 of 30; the rest of 15 is split 2 : 1 between q and r.
  ASSERT_EQ(yes.codes, (std::vector<Code>{0, 1, 2}));
  const std::uint64_t unit = std::uint64_t{1} << 20;
  EXPECT_EQ(yes.cumulative, (std::vector<std::uint64_t>{15 * unit, 25 * unit, 30 * unit}));
  const DrawTable& no = tree.tables[tree.nodes[tree.nodes[0].no].yes];
  EXPECT_EQ(no.codes, std::vector<Code>{1});
}

TEST(Model, RefusesWhatIsNotAModelAndSaysWhere) {
  const auto refuses = [](const std::string& from, const std::string& to, const std::string& words) {
    const std::string message = message_of(kModel, from, to);
    EXPECT_NE(message.find(words), std::string::npos) << message;
    EXPECT_NE(message.find("model.json"), std::string::npos) << message;
  };
  refuses("throng model 1", "throng model 9", "the format is not");
  refuses("\"draw\"", "\"drawn\"", "key 'draw' not found");
  refuses("30, \"y\"", "0, \"y\"", "column `a`: a count is not a whole number");
  refuses("30, \"y\"", "-3, \"y\"", "column `a`: a count is not a whole number");
  refuses("30, \"y\"", "1.5, \"y\"", "column `a`: a count is not a whole number");
  refuses("\"column\": \"a\"", "\"column\": \"b\"", "asks for `b`, which is not drawn yet");
  refuses("\"value\": \"x\"", "\"value\": \"z\"", "asks for a value that `a` never holds");
  refuses("{\"x\": 30, \"y\": 10}", "{}", "a leaf has no values");
  refuses("{\"name\": \"b\"", "{\"name\": \"a\"", "drawn twice");
  refuses("{\"name\": \"b\"", "{\"name\": \"c\"", "`c` is drawn, but is not a column");
  refuses("[\"a\", \"b\"]", "[\"a\", \"b\", \"c\"]", "column `c` is never drawn");
  refuses("[\"a\", \"b\"]", "[\"a\", 7]", "is not a model");
  refuses("\"p\": 15}", "\"p\": 15", "is not a model");
}

TEST(Model, RefusesATreeThatWouldExhaustTheStack) {
  std::string tree = R"({"cells": {"x": 30}})";
  for (int depth = 0; depth < 2001; ++depth)
    tree = R"({"cells": {"x": 30}, "column": "a", "value": "x", "yes": )" + tree +
           R"(, "no": {"cells": {"x": 1}}})";
  const std::string message =
      message_of(kModel, R"({"cells": {"p": 30, "q": 20, "r": 10}, "column": "a", "value": "x",
     "yes": {"cells": {"p": 15}, "rest": 15}, "no": {"cells": {"q": 11}}})",
                 tree);
  EXPECT_NE(message.find("deeper than 2000"), std::string::npos) << message;
}

TEST(Model, SaysWhichFileIsMissing) {
  try {
    read_model("/nonexistent");
    FAIL();
  } catch (const Error& error) {
    EXPECT_EQ(error.code(), ExitCode::kIo);
    EXPECT_NE(std::string(error.what()).find("/nonexistent/model.json"), std::string::npos);
  }
}

}  // namespace
}  // namespace throng
