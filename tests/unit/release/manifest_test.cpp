// Tests of the manifest: it comes back as it went, and no changed byte passes.
#include "throng/release/manifest.hpp"

#include <gtest/gtest.h>

#include "throng/core/error.hpp"
#include "throng/release/datapackage.hpp"

namespace throng {
namespace {

Manifest example() {
  Manifest manifest;
  manifest.creator = "throng test";
  manifest.k = 11;
  manifest.suppressed = SuppressedRecords::kStar;
  manifest.rows = 1234;
  manifest.columns = {{"Land \"x\"", Role::kQuasiIdentifier, Level{1}, {}, Level{3}, std::string(64, 'a')},
                      {"work", Role::kSensitive, std::nullopt, {}, std::nullopt, ""},
                      {"sex", Role::kQuasiIdentifier, std::nullopt, {0, 2}, Level{2}, std::string(64, 'f')}};
  manifest.files = {{"cases.csv", 99, std::string(64, 'b')}, {"cases.h5", 100, std::string(64, 'c')}};
  manifest.input_sha256 = std::string(64, 'd');
  manifest.config_sha256 = std::string(64, 'e');
  manifest.configuration = {"privacy.k = 11"};
  return manifest;
}

Hierarchy hierarchy_of(const std::string& text) {
  std::vector<std::string> warnings;
  return parse_hierarchy(text, "h.csv", {""}, warnings);
}

TEST(Manifest, ComesBackAsItWent) {
  const std::string text = manifest_json(example());
  EXPECT_EQ(manifest_json(parse_manifest(text, "manifest.json")), text);
}

TEST(Manifest, FindsColumnsAndFiles) {
  const Manifest manifest = example();
  EXPECT_EQ(manifest.find_column("work")->role, Role::kSensitive);
  EXPECT_EQ(manifest.find_column("absent"), nullptr);
  EXPECT_EQ(manifest.find_file("cases.h5")->bytes, 100U);
  EXPECT_EQ(manifest.find_file("absent"), nullptr);
}

TEST(Manifest, NoByteCanChangeUnnoticed) {
  const std::string text = manifest_json(example());
  for (std::size_t i = 0; i + 1 < text.size(); ++i) {  // the last byte is the line end
    std::string changed = text;
    changed[i] = static_cast<char>(changed[i] ^ 1);
    EXPECT_THROW(parse_manifest(changed, "manifest.json"), Error) << "byte " << i;
  }
}

TEST(Manifest, RefusesOtherTexts) {
  for (const char* text :
       {"", "{}", "[]", "{\"manifest_sha256\": \"00\"}", "not json", "{\"manifest_sha256\": \""})
    EXPECT_THROW(parse_manifest(text, "manifest.json"), Error) << text;
}

TEST(Fingerprint, IsOfTheValuesNotOfTheOrderOfTheFile) {
  HierarchySpec spec;
  spec.kind = HierarchySpec::Kind::kExplicit;
  const std::string one = fingerprint(spec, hierarchy_of("DEU;Europe;*\nNPL;Asia;*\n"));
  EXPECT_EQ(one, fingerprint(spec, hierarchy_of("NPL;Asia;*\nDEU;Europe;*\n")));
  EXPECT_NE(one, fingerprint(spec, hierarchy_of("NPL;Europe;*\nDEU;Asia;*\n")));
}

TEST(Fingerprint, OfAFlatHierarchyTellsNoValue) {
  EXPECT_EQ(fingerprint({}, flat_hierarchy({"F", "M"})), fingerprint({}, flat_hierarchy({"x", "y", "z"})));
}

TEST(Fingerprint, OfIntervalsIsOfTheirWidths) {
  HierarchySpec fives;
  fives.kind = HierarchySpec::Kind::kIntervals;
  fives.widths = {5};
  HierarchySpec tens = fives;
  tens.widths = {10};
  EXPECT_NE(fingerprint(fives, {}), fingerprint(tens, {}));
}

TEST(DataPackage, DescribesFilesAndColumnsWithoutValues) {
  const std::string text = datapackage_json(example(), "Cases 2026", "-99");
  for (const char* fragment :
       {"\"profile\": \"data-package\"", "\"name\": \"cases-2026\"", "\"path\": \"cases.csv\"",
        "\"hash\": \"sha256:bbbb", "\"mediatype\": \"application/x-hdf5\"", "level 1 of 3", "'-99"})
    EXPECT_NE(text.find(fragment), std::string::npos) << fragment << " is not in " << text;
}

TEST(Manifest, KeepsTheLevelsOfALocallyRecodedColumn) {
  Manifest manifest;
  manifest.columns = {{"sex", Role::kQuasiIdentifier, std::nullopt, {0, 2}, Level{2}, "f"},
                      {"work", Role::kSensitive, std::nullopt, {}, std::nullopt, ""}};
  const Manifest read = parse_manifest(manifest_json(manifest), "manifest.json");
  EXPECT_EQ(read.columns[0].levels, (std::vector<Level>{0, 2}));
  EXPECT_FALSE(read.columns[0].level.has_value());
  EXPECT_TRUE(read.columns[0].is_quasi_identifier());
  EXPECT_FALSE(read.columns[1].is_quasi_identifier());
}

}  // namespace
}  // namespace throng
