// Codes by first appearance, also where keys collide, and the merge of several dictionaries.
#include "data/value_dictionary.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <string>
#include <vector>

#include "throng/core/hash.hpp"

namespace throng {
namespace {

using namespace std::string_literals;
using Values = std::vector<std::string>;

TEST(ValueDictionary, NumbersValuesByFirstAppearance) {
  ValueDictionary dictionary;
  EXPECT_EQ(dictionary.encode("b"), 0U);
  EXPECT_EQ(dictionary.encode("a"), 1U);
  EXPECT_EQ(dictionary.encode(""), 2U);
  EXPECT_EQ(dictionary.encode("a"), 1U);
  EXPECT_EQ(dictionary.encode("b"), 0U);
  EXPECT_EQ(dictionary.values(), (std::vector<std::string_view>{"b", "a", ""}));
}

TEST(ValueDictionary, TheEmptyValueMayComeFirst) {
  ValueDictionary dictionary;
  EXPECT_EQ(dictionary.encode(""), 0U);
  EXPECT_EQ(dictionary.encode(std::string_view("\0", 1)), 1U);  // same key, another size
  EXPECT_EQ(dictionary.encode(std::string_view("\0\0", 2)), 2U);
  EXPECT_EQ(dictionary.encode(""), 0U);
}

/// All strings of up to five bytes over three letters, and long ones that differ in one byte.
TEST(ValueDictionary, AgreesWithAMap) {
  std::vector<std::string> values;
  for (std::size_t length = 0; length <= 5; ++length)
    for (std::size_t code = 0; code < (std::size_t{1} << (2 * length)); ++code) {
      std::string value;
      for (std::size_t i = 0; i < length; ++i) value += "ab\0\xFF"[(code >> (2 * i)) % 4];
      values.push_back(value);
    }
  for (std::size_t size = 6; size < 40; ++size)
    for (std::size_t at = 0; at < size; ++at) {
      values.emplace_back(size, 'x');
      values.back()[at] = 'y';
    }
  ValueDictionary dictionary;
  std::map<std::string, Code> expected;
  for (std::size_t i = 0; i < 20000; ++i) {
    const std::string& value = values[mix(i) % values.size()];
    const auto [found, is_new] = expected.try_emplace(value, static_cast<Code>(expected.size()));
    ASSERT_EQ(dictionary.encode(value), found->second) << i;
  }
  ASSERT_EQ(dictionary.values().size(), expected.size());
  for (const auto& [value, code] : expected) EXPECT_EQ(dictionary.values()[code], value);
}

TEST(ValueDictionary, CopiesOutliveTheirOrigin) {
  ValueDictionary dictionary;
  for (int i = 0; i < 1000; ++i) {
    const std::string value = "value " + std::to_string(i);
    EXPECT_EQ(dictionary.encode_copy(value), static_cast<Code>(i));
  }
  EXPECT_EQ(dictionary.values()[0], "value 0");
  EXPECT_EQ(dictionary.encode("value 999"), 999U);
}

TEST(MergedDictionary, IsSortedAndTranslatesEveryPart) {
  ValueDictionary first, second;
  for (const char* value : {"b", "a", "\xC3\xA9"}) first.encode(value);
  for (const char* value : {"c", "b"}) second.encode(value);
  const std::vector<const ValueDictionary*> parts = {&first, &second};
  const MergedDictionary merged = merge(parts, {""});
  EXPECT_EQ(merged.values, (Values{"a", "b", "c", "\xC3\xA9"}));
  EXPECT_EQ(merged.merged[0], (std::vector<Code>{1, 0, 3}));
  EXPECT_EQ(merged.merged[1], (std::vector<Code>{2, 1}));
}

TEST(MergedDictionary, FoldsMissingValuesEvenWhereTheFirstIsAbsent) {
  ValueDictionary first, second;
  for (const char* value : {"-99", "x"}) first.encode(value);
  for (const char* value : {"", "y"}) second.encode(value);
  const std::vector<const ValueDictionary*> parts = {&first, &second};
  const MergedDictionary merged = merge(parts, {"NA", "", "-99"});
  EXPECT_EQ(merged.values, (Values{"NA", "x", "y"}));
  EXPECT_EQ(merged.merged[0], (std::vector<Code>{0, 1}));
  EXPECT_EQ(merged.merged[1], (std::vector<Code>{0, 2}));
  EXPECT_EQ(merge(parts, {}).values, (Values{"", "-99", "x", "y"}));
}

TEST(MergedDictionary, DoesNotDependOnHowValuesAreSpread) {
  ValueDictionary whole;
  std::vector<ValueDictionary> thirds(3);
  for (std::size_t i = 0; i < 3000; ++i) {
    const std::string value = std::to_string(mix(i) % 500);
    whole.encode_copy(value);
    thirds[i % 3].encode_copy(value);
  }
  const std::vector<const ValueDictionary*> one = {&whole};
  const std::vector<const ValueDictionary*> three = {&thirds[0], &thirds[1], &thirds[2]};
  EXPECT_EQ(merge(three, {"7"}).values, merge(one, {"7"}).values);
}

TEST(MergedDictionary, OfNothingIsEmpty) {
  const ValueDictionary empty;
  const std::vector<const ValueDictionary*> parts = {&empty};
  EXPECT_TRUE(merge(parts, {""}).values.empty());
  EXPECT_TRUE(merge({}, {""}).merged.empty());
}

}  // namespace
}  // namespace throng
