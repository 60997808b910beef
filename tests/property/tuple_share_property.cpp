// Any text, well-formed or not, is the same problem or the same error for every number of ranks.
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <map>
#include <mutex>

#include "support/temporary_directory.hpp"
#include "throng/core/error.hpp"
#include "throng/lattice/problem.hpp"

namespace throng {
namespace {

/// What a reader made of the text: the weights of tuples of texts, or a message.
struct Outcome {
  std::map<std::vector<std::string>, Weight> content;
  std::string message;
  bool operator==(const Outcome& other) const { return content == other.content && message == other.message; }
};

template <typename Read>
Outcome outcome_of(const Read& read) {
  Outcome outcome;
  try {
    const Problem problem = read();
    for (std::size_t t = 0; t < problem.tuples.size(); ++t) {
      std::vector<std::string> leaves;
      for (std::size_t j = 0; j < problem.lattice.num_axes(); ++j)
        leaves.push_back(problem.lattice.axes[j].hierarchy.labels[0][problem.tuples.code(t, j)]);
      outcome.content[leaves] += problem.tuples.weights[t];
    }
  } catch (const Error& error) {
    outcome.message = error.what();
  }
  return outcome;
}

std::string random_text() {
  static const std::vector<std::string> kWellFormed = {"1,2\n", "1,\"x\ny\"\n", "\"\"\"\n\",\"\n\n\n\"\r\n",
                                                       "\"\",3\r\n"};
  static const std::vector<std::string> kAny = {"1,2\n", "1,\"x\ny\"\n", ",",   "\"", "\n", "\r\n",
                                                "x",     "\"\n\"",       "\xFF"};
  const bool is_well_formed = *rc::gen::arbitrary<bool>();
  const auto parts =
      *rc::gen::container<std::vector<std::string>>(rc::gen::elementOf(is_well_formed ? kWellFormed : kAny));
  std::string text = *rc::gen::element<std::string>("a,b\n",
                                                    "\xEF\xBB\xBF"
                                                    "a,\"b\nc\"\r\n");
  for (const std::string& part : parts) text += part;
  return text;
}

RC_GTEST_PROP(TupleShareProperty, AnyTextIsTheSameOnAnyNumberOfRanks, ()) {
  static const test::TemporaryDirectory directory;
  InputSpec input;
  input.path = directory.write("x.csv", random_text());
  input.default_role = Role::kQuasiIdentifier;
  std::vector<std::string> warnings;
  const Outcome wanted = outcome_of([&] { return make_problem(read_table(input, 1), input, 1, warnings); });
  RC_CLASSIFY(wanted.message.empty());
  const int ranks = *rc::gen::inRange(1, 5);
  std::vector<Outcome> found(static_cast<std::size_t>(ranks));
  run_as_threads(ranks, [&](Communicator& communicator) {
    std::vector<std::string> own_warnings;
    found[static_cast<std::size_t>(communicator.rank())] =
        outcome_of([&] { return read_problem(input, 1 + ranks % 2, communicator, own_warnings); });
  });
  for (const Outcome& outcome : found) RC_ASSERT(outcome == wanted);
}

}  // namespace
}  // namespace throng
