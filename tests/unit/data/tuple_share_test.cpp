// Reading an input by several ranks gives the problem that one rank's table gives, and the same errors.
#include "throng/data/tuple_share.hpp"

#include <gtest/gtest.h>

#include <map>
#include <mutex>

#include "data/code_tuples.hpp"
#include "data/csv_share.hpp"
#include "support/temporary_directory.hpp"
#include "throng/core/error.hpp"
#include "throng/core/hash.hpp"
#include "throng/data/hdf5.hpp"
#include "throng/lattice/problem.hpp"

namespace throng {
namespace {

using test::TemporaryDirectory;

/// Tuples of leaf texts with their weights: what a problem says about the records.
using Content = std::map<std::vector<std::string>, Weight>;

Content content_of(const Problem& problem) {
  Content content;
  for (std::size_t t = 0; t < problem.tuples.size(); ++t) {
    std::vector<std::string> leaves;
    for (std::size_t j = 0; j < problem.lattice.num_axes(); ++j)
      leaves.push_back(problem.lattice.axes[j].hierarchy.labels[0][problem.tuples.code(t, j)]);
    EXPECT_TRUE(content.emplace(leaves, problem.tuples.weights[t]).second) << "a tuple twice";
  }
  return content;
}

InputSpec spec(const std::string& path) {
  InputSpec input;
  input.path = path;
  input.default_role = Role::kQuasiIdentifier;
  return input;
}

std::string message_of(const std::function<void()>& work) {
  try {
    work();
  } catch (const Error& error) {
    return std::to_string(static_cast<int>(error.code())) + ' ' + error.what();
  }
  return "";
}

/// One rank's table against 1 to 4 ranks with 1 and 2 threads: the same problem in the same order of tuples,
/// or the same message.
void expect_same(const InputSpec& input) {
  Content wanted;
  Count num_rows = 0;
  std::vector<std::string> warnings;
  const std::string refusal = message_of([&] {
    const Table table = read_table(input, 1);
    num_rows = table.num_rows;
    wanted = content_of(make_problem(table, input, 1, warnings));
  });
  std::mutex mutex;
  std::vector<std::uint64_t> words;
  for (int ranks = 1; ranks <= 4; ++ranks)
    run_as_threads(ranks, [&](Communicator& communicator) {
      std::vector<std::string> own_warnings;
      Problem problem;
      const std::string own =
          message_of([&] { problem = read_problem(input, 1 + ranks % 2, communicator, own_warnings); });
      const std::lock_guard lock(mutex);
      EXPECT_EQ(own, refusal) << ranks << " ranks, rank " << communicator.rank();
      if (!own.empty() || !refusal.empty()) return;
      EXPECT_EQ(problem.num_records(), num_rows);
      EXPECT_EQ(content_of(problem), wanted) << ranks << " ranks";
      if (words.empty()) words = problem.tuples.words;
      EXPECT_EQ(problem.tuples.words, words) << "the order depends on the ranks";
    });
}

void expect_same_text(const std::string& text) {
  const TemporaryDirectory directory;
  expect_same(spec(directory.write("x.csv", text)));
}

TEST(TupleShare, PlainRecords) {
  std::string text = "a,b,c\n";
  for (std::uint64_t i = 0; i < 60000; ++i)  // several pieces per thread
    text += std::to_string(hash_at(1, i) % 7) + ',' + std::to_string(hash_at(2, i) % 300) + ",x\n";
  expect_same_text(text);
}

TEST(TupleShare, FewerRecordsThanRanks) {
  expect_same_text("a\n1\n");
  expect_same_text("a,b\n1,2\n3,4");
  expect_same_text("a\n\n\n");
}

TEST(TupleShare, QuotesCrlfAndByteOrderMark) {
  expect_same_text("\xEF\xBB\xBF\"a\",b\r\n\"1\r\n2\",x\r\n\"say \"\"no\"\"\",\"\n\n\n\n\"\r\n3,4\r\n");
  expect_same_text("a,\"b\nc\"\n1,\"\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\"\n");
}

TEST(TupleShare, OneCellOverManyShares) {
  std::string text = "a,b\n\"";
  for (int i = 0; i < 400; ++i) text += "line " + std::to_string(i) + ",\"\"\n";
  expect_same_text(text + "\",1\n2,3\n");
}

TEST(TupleShare, DefectsAreNamedAsByOneRank) {
  std::string good = "a,b\n";
  for (int i = 0; i < 200; ++i) good += std::to_string(i % 3) + ",\"x\ny\"\n";
  for (const char* bad :
       {"1\n", "1,2,3\n", "1,\"open\n", "1,a\"b\n", "\"a\"b,2\n", "1,\xFF\n", "1,a\rb\n", "\n"}) {
    expect_same_text(good + bad);
    expect_same_text("a,b\n" + (bad + good.substr(4)));
    expect_same_text(good + bad + good.substr(4) + bad);
  }
  expect_same_text("");
  expect_same_text("a,b\n");
  expect_same_text("a,a\n1,2\n");
}

TEST(TupleShare, RolesMissingValuesAndHierarchies) {
  const TemporaryDirectory directory;
  std::string text = "id,age,town,note\n";
  for (int i = 0; i < 300; ++i)
    text += std::to_string(i) + ',' + std::to_string(i % 90) + ',' + (i % 4 == 0 ? "NA" : "Rome") + ",n\n";
  InputSpec input = spec(directory.write("x.csv", text));
  input.default_role = Role::kInsensitive;
  input.missing = {"NA", ""};
  const std::string towns = directory.write("towns.csv", "Rome;IT;*\nNA;NA;*\n");
  const auto column = [&](const char* name, Role role) -> ColumnSpec& {
    ColumnSpec& added = input.columns.emplace_back();
    added.name = name;
    added.role = role;
    return added;
  };
  column("id", Role::kIdentifier);
  column("age", Role::kQuasiIdentifier).hierarchy = {HierarchySpec::Kind::kIntervals, "", {10, 30}, 0};
  column("town", Role::kQuasiIdentifier).hierarchy = {HierarchySpec::Kind::kExplicit, towns, {}, 0};
  expect_same(input);
  // Values that are not in the hierarchy or not numbers: the first record that has one is named.
  directory.write("x.csv", text + "7,8,Paris,n\n7,8,Bonn,n\n7,8,Paris,n\n");
  expect_same(input);
  directory.write("x.csv", text + "7,old,Rome,n\n7,young,Rome,n\n");
  expect_same(input);
  input.columns[1].name = "agee";
  expect_same(input);
}

TEST(TupleShare, WithoutQuasiIdentifiers) {
  const TemporaryDirectory directory;
  InputSpec input = spec(directory.write("x.csv", "a\n1\n"));
  input.default_role = Role::kInsensitive;
  expect_same(input);
}

TEST(TupleShare, Hdf5IsReadInSlices) {
  const TemporaryDirectory directory;
  const std::string path = directory.path("x.h5");
  const std::vector<std::string> labels = {"a", "b,c", "say \"no\"\n"};
  for (const std::size_t rows : {1U, 3U, 100U}) {
    std::vector<Code> cells;
    for (std::size_t i = 0; i < rows; ++i) cells.push_back(static_cast<Code>(hash_at(3, i) % labels.size()));
    Hdf5Table table;
    table.columns = {{"x", labels, cells}, {"y", labels, cells}};
    write_hdf5_table(path, table);
    expect_same(spec(path));
  }
  Hdf5Table empty;
  empty.columns = {{"x", labels, {}}};
  write_hdf5_table(path, empty);
  expect_same(spec(path));
  expect_same(spec(directory.write("no.h5", "not HDF5")));
  expect_same(spec(directory.path("absent.csv")));
  expect_same(spec(directory.write("x.doc", "a\n1\n")));
}

TEST(TupleShare, RoundsOfOneTuple) {
  const TemporaryDirectory directory;
  std::string text = "a,b\n";
  for (std::uint64_t i = 0; i < 200; ++i)
    text += std::to_string(hash_at(1, i) % 7) + ',' + std::to_string(hash_at(2, i) % 30) + "\n";
  const InputSpec input = spec(directory.write("x.csv", text));
  for (int ranks = 1; ranks <= 4; ++ranks)
    run_as_threads(ranks, [&](Communicator& communicator) {
      const auto tuples = [&](std::size_t round_bytes) {
        const TupleShare share = read_tuple_share(input, 1, communicator);
        std::vector<LeafMap> leaves;
        for (const Column& column : share.columns) {
          leaves.push_back({{}, static_cast<Code>(column.dictionary.size())});
          for (Code code = 0; code < leaves.back().num_leaves; ++code)
            leaves.back().leaf_of_code.push_back(code);
        }
        return gather_tuples(share, leaves, communicator, round_bytes);
      };
      const DistinctTuples many = tuples(1);
      const DistinctTuples one = tuples(kGatherRoundBytes);
      EXPECT_EQ(many.words, one.words);
      EXPECT_EQ(many.weights, one.weights);
    });
}

TEST(TupleShare, FilesThatDifferBetweenRanksAreRefused) {
  const TemporaryDirectory directory;
  const std::string paths[] = {directory.write("0.csv", "a\n1\n2\n"), directory.write("1.csv", "a\n1\n")};
  run_as_threads(2, [&](Communicator& communicator) {
    std::vector<std::string> warnings;
    const std::string message =
        message_of([&] { read_problem(spec(paths[communicator.rank()]), 1, communicator, warnings); });
    EXPECT_NE(message.find("the ranks see different files"), std::string::npos) << message;
  });
}

TEST(CodeTuples, KeepsTuplesWhenDictionariesGrow) {
  CodeTuples tuples(3);
  std::map<std::vector<Code>, Weight> wanted;
  for (Code round = 1; round <= 40; ++round) {
    const std::size_t largest = std::size_t{1} << (round / 2);
    std::vector<Code> codes;
    for (std::size_t j = 0; j < 3; ++j)
      for (std::size_t i = 0; i < 4; ++i)
        codes.push_back(static_cast<Code>(hash_at(round * 8 + j, i % 3) % largest));
    for (std::size_t i = 0; i < 4; ++i) ++wanted[{codes[i], codes[4 + i], codes[8 + i]}];
    tuples.add(codes, 4, 4, std::vector<std::size_t>(3, largest));
  }
  const DistinctTuples& found = tuples.tuples();
  EXPECT_EQ(found.num_records(), 160U);
  ASSERT_EQ(found.size(), wanted.size());
  for (std::size_t t = 0; t < found.size(); ++t)
    EXPECT_EQ(found.weights[t], (wanted[{found.code(t, 0), found.code(t, 1), found.code(t, 2)}]));
}

TEST(CsvShare, SharesAreWholeRecordsAndAllOfThem) {
  const std::string text =
      "1,2\n\"a\nb\",\"\"\"\n\"\n\n3,\"x\"\"y\"\n" + std::string(50, '9') + ",\n\"\n\n\n\n\",4";
  for (int ranks = 1; ranks <= 9; ++ranks) {
    std::vector<std::string> shares(static_cast<std::size_t>(ranks));
    run_as_threads(ranks, [&](Communicator& communicator) {
      shares[static_cast<std::size_t>(communicator.rank())] = share_of_records(text, communicator);
    });
    std::string joined;
    for (const std::string& share : shares) {
      EXPECT_EQ(std::count(share.begin(), share.end(), '"') % 2, 0) << share;
      joined += share;
    }
    EXPECT_EQ(joined, text);
  }
}

}  // namespace
}  // namespace throng
