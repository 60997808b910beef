// Policy files: what they say, and every way to write one wrong.
#include "app/policy_file.hpp"

#include <gtest/gtest.h>

#include "throng/core/error.hpp"

namespace throng {
namespace {

TEST(PolicyFile, ReadsEveryRule) {
  const Policy policy = parse_policy(
      "[policy]\nname = \"mine\"\ntitle = \"Mine\"\nsource = \"me\"\n[require]\nmax_risk = 0.09\n"
      "max_average_risk = 0.03\nmin_retained = 0.5\nmax_loss = 0.4\n[[at_risk]]\nmax_size = 2\nmax_share = "
      "0\n"
      "[[at_risk]]\nmax_share = 0.05\n[columns.citizenship]\nmin_count = 100\nmin_values = 3\n",
      "mine.toml");
  EXPECT_EQ(policy.name, "mine");
  EXPECT_EQ(policy.k, 12U);
  EXPECT_EQ(policy.max_risk->text, "0.09");
  EXPECT_EQ(policy.max_average_risk->numerator, 3U);
  EXPECT_EQ(policy.min_retained->text, "0.5");
  EXPECT_EQ(policy.max_loss->text, "0.4");
  ASSERT_EQ(policy.at_risk.size(), 2U);
  EXPECT_EQ(policy.at_risk[0].max_size, 2U);
  EXPECT_EQ(policy.at_risk[1].max_size, 0U);
  EXPECT_EQ(policy.columns.at(0).min_count, 100U);
  EXPECT_EQ(policy.columns.at(0).min_values, 3U);
}

TEST(PolicyFile, MistakesHavePlaceAndFix) {
  struct Mistake {
    const char* text;
    const char* place;
    const char* fragment;
  };
  const Mistake mistakes[] = {
      {"", "p.toml:1:1", "no rule"},
      {"[require]\n", "p.toml:1:1", "k = 11"},
      {"[require]\nk = 1\n", "p.toml:2:5", "protects nobody"},
      {"[require]\nk = \"11\"\n", "p.toml:2:5", "a string, not a whole number"},
      {"[require]\nmax_rsik = 0.09\n", "p.toml:2:1", "did you mean `max_risk`?"},
      {"[requires]\nk = 11\n", "p.toml:1:", "did you mean `require`?"},
      {"[require]\nmax_risk = 9\n", "p.toml:2:12", "0.03 for 3 %"},
      {"[require]\nmax_risk = 0.0\n", "p.toml:1", "above 0"},
      {"[require]\nmax_risk = 1.0\n", "p.toml:1", "below 1"},
      {"[require]\nk = 11\nmax_risk = 0.09\n", "p.toml:1", "a risk of 0.09 is k = 12"},
      {"[require]\nk = 11\n[at_risk]\nmax_share = 0\n", "p.toml:3", "[[at_risk]]"},
      {"[require]\nk = 11\n[[at_risk]]\nmax_size = 2\n", "p.toml:3", "no `max_share`"},
      {"[[at_risk]]\nmax_share = 0\n", "p.toml:1:1", "k = 11"},
      {"[columns.a]\n", "p.toml:1", "has no rule"},
      {"[columns.a]\nmin_valeus = 2\n", "p.toml:2:1", "did you mean `min_values`?"},
      {"[require\n", "p.toml:1", ""},
  };
  for (const Mistake& mistake : mistakes) {
    try {
      static_cast<void>(parse_policy(mistake.text, "p.toml"));
      ADD_FAILURE() << "accepted: " << mistake.text;
    } catch (const Error& error) {
      const std::string what = error.what();
      EXPECT_EQ(error.code(), ExitCode::kUsage);
      EXPECT_EQ(what.find(mistake.place), 0U) << mistake.text << ": " << what;
      EXPECT_NE(what.find(mistake.fragment), std::string::npos) << mistake.text << ": " << what;
    }
  }
}

TEST(PolicyFile, ShippedOnesByName) {
  EXPECT_EQ(load_policy("ctdc-k11").k, 11U);
  EXPECT_EQ(load_policy("cms-cell-suppression").k, 11U);
  EXPECT_EQ(load_policy("strict-0.09").k, 12U);
  EXPECT_EQ(load_policy("hdx-3-percent").k, 34U);
  for (const char* name : {"ctdc-k11", "cms-cell-suppression", "hdx-3-percent", "strict-0.09"}) {
    const Policy policy = load_policy(name);
    EXPECT_EQ(policy.name, name);
    EXPECT_GT(policy.source.size(), 20U) << name;
  }
}

TEST(PolicyFile, AMisspeltNameIsAnsweredWithTheNearest) {
  try {
    static_cast<void>(load_policy("ctdc-k10"));
    FAIL();
  } catch (const Error& error) {
    EXPECT_NE(std::string(error.what()).find("did you mean `ctdc-k11`?"), std::string::npos) << error.what();
  }
  EXPECT_THROW(static_cast<void>(load_policy("absent/policy.toml")), Error);
}

}  // namespace
}  // namespace throng
