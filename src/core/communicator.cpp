// The worlds without MPI (one rank; ranks as threads) and what every world shares.
#include "throng/core/communicator.hpp"

#include <array>
#include <atomic>
#include <barrier>
#include <cstdlib>
#include <exception>
#include <thread>

#include "throng/core/error.hpp"

namespace throng {

namespace {

using Word = Communicator::Word;
constexpr std::size_t kNumWords = 2;
using Words = std::array<std::atomic<std::uint64_t>, kNumWords>;

std::uint64_t atomic_fetch_min(std::atomic<std::uint64_t>& word, std::uint64_t value) {
  std::uint64_t before = word.load();
  while (value < before && !word.compare_exchange_weak(before, value)) {
  }
  return before;
}

/// What the ranks of one in-process world share.
struct Shared {
  explicit Shared(int num_ranks)
      : barrier(num_ranks),
        parts(static_cast<std::size_t>(num_ranks)),
        sent(static_cast<std::size_t>(num_ranks), nullptr) {}
  std::barrier<> barrier;
  std::vector<std::string> parts;
  std::vector<const std::vector<std::string>*> sent;  ///< what each rank sends to each
  Words words{};
};

/// A rank of an in-process world; with one rank it is the world of one.
class ThreadCommunicator final : public Communicator {
 public:
  ThreadCommunicator(Shared& shared, int rank) : shared_(shared), rank_(rank) {}

  [[nodiscard]] int rank() const override { return rank_; }
  [[nodiscard]] int size() const override { return static_cast<int>(shared_.parts.size()); }
  [[nodiscard]] const char* world() const override { return "threads"; }

  std::vector<std::string> all_gather(std::string_view bytes) override {
    shared_.parts[static_cast<std::size_t>(rank_)] = bytes;
    shared_.barrier.arrive_and_wait();
    std::vector<std::string> all = shared_.parts;
    shared_.barrier.arrive_and_wait();  // nobody overwrites a part that another rank still copies
    return all;
  }

  std::vector<std::string> all_to_all(const std::vector<std::string>& to_rank) override {
    shared_.sent[static_cast<std::size_t>(rank_)] = &to_rank;
    shared_.barrier.arrive_and_wait();
    std::vector<std::string> received;
    for (const auto* sent : shared_.sent) received.push_back((*sent)[static_cast<std::size_t>(rank_)]);
    shared_.barrier.arrive_and_wait();  // to_rank must live until every rank has read it
    return received;
  }

  void set_word(Word word, std::uint64_t value) override {
    shared_.barrier.arrive_and_wait();  // changes made before this call are over
    if (rank_ == 0) at(word) = value;
    shared_.barrier.arrive_and_wait();
  }

  std::uint64_t fetch_add(Word word, std::uint64_t amount) override { return at(word).fetch_add(amount); }
  std::uint64_t fetch_min(Word word, std::uint64_t value) override {
    return atomic_fetch_min(at(word), value);
  }

 private:
  std::atomic<std::uint64_t>& at(Word word) { return shared_.words[static_cast<std::size_t>(word)]; }

  Shared& shared_;
  int rank_;
};

class SelfCommunicator final : public Communicator {
 public:
  [[nodiscard]] int rank() const override { return 0; }
  [[nodiscard]] int size() const override { return 1; }
  [[nodiscard]] const char* world() const override { return "self"; }
  std::vector<std::string> all_gather(std::string_view bytes) override { return {std::string(bytes)}; }
  std::vector<std::string> all_to_all(const std::vector<std::string>& to_rank) override { return to_rank; }
  void set_word(Word word, std::uint64_t value) override { at(word) = value; }
  std::uint64_t fetch_add(Word word, std::uint64_t amount) override { return at(word).fetch_add(amount); }
  std::uint64_t fetch_min(Word word, std::uint64_t value) override {
    return atomic_fetch_min(at(word), value);
  }

 private:
  std::atomic<std::uint64_t>& at(Word word) { return words_[static_cast<std::size_t>(word)]; }
  Words words_{};
};

}  // namespace

std::unique_ptr<Communicator> self_communicator() { return std::make_unique<SelfCommunicator>(); }

void run_as_threads(int num_ranks, const std::function<void(Communicator&)>& body) {
  Shared shared(num_ranks);
  std::vector<std::exception_ptr> errors(static_cast<std::size_t>(num_ranks));
  {
    std::vector<std::jthread> ranks;
    for (int rank = 0; rank < num_ranks; ++rank) {
      ranks.emplace_back([&shared, &errors, &body, rank] {
        try {
          ThreadCommunicator communicator(shared, rank);
          body(communicator);
        } catch (...) {
          errors[static_cast<std::size_t>(rank)] = std::current_exception();
        }
      });
    }
  }
  for (const std::exception_ptr& error : errors) {
    if (error) std::rethrow_exception(error);
  }
}

bool is_launched_by_mpi() {
  for (const char* name : {"OMPI_COMM_WORLD_SIZE", "PMIX_RANK", "PMI_RANK"}) {
    if (std::getenv(name) != nullptr) return true;
  }
  return false;
}

#ifndef THRONG_WITH_MPI
std::unique_ptr<Communicator> mpi_communicator() {
  throw Error(ExitCode::kIo, "this build has no MPI",
              "build with -DTHRONG_WITH_MPI=ON, or start one process");
}
#endif

void fail_together(Communicator& communicator, const std::function<void()>& work) {
  std::string failure;  // first byte = exit code, rest = message; empty = no failure
  try {
    work();
  } catch (const Error& error) {
    failure = static_cast<char>(error.code()) + std::string(error.what());
  } catch (const std::exception& error) {
    failure = static_cast<char>(ExitCode::kIo) + std::string(error.what());
  }
  for (const std::string& each : communicator.all_gather(failure)) {
    if (!each.empty()) throw Error(static_cast<ExitCode>(each[0]), each.substr(1), "");
  }
}

bool is_same_on_all_ranks(Communicator& communicator, std::string_view bytes) {
  for (const std::string& each : communicator.all_gather(bytes)) {
    if (each != bytes) return false;
  }
  return true;
}

}  // namespace throng
