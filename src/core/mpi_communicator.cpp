// The MPI world: the one file that includes <mpi.h>.
//
// Shared words live in a one-sided window on rank 0 and are changed by MPI_Fetch_and_op under a passive lock
// that is held for the communicator's life, so no rank has to answer another's request.
#include <mpi.h>

#include <climits>
#include <cstdlib>
#include <string>

#include "throng/core/check.hpp"
#include "throng/core/communicator.hpp"
#include "throng/core/error.hpp"

namespace throng {

namespace {

constexpr int kWindowWords = 2;

/// Every return code is looked at: a failed call becomes an Error with MPI's own text.
void check_mpi(int code, const char* call) {
  if (code == MPI_SUCCESS) return;
  char text[MPI_MAX_ERROR_STRING] = {};
  int length = 0;
  MPI_Error_string(code, text, &length);
  throw Error(ExitCode::kIo, std::string(call) + " failed: " + text, "");
}

/// Open MPI 4.1 prefers the one-sided component "rdma" between nodes that have only TCP, where it cannot make
/// a window; the others ("sm", "ucx", "pt2pt") can. Who names a component in the environment gets it.
void avoid_broken_windows() { ::setenv("OMPI_MCA_osc", "^rdma", 0); }

int as_int(std::size_t size) {
  THRONG_CHECK(size < INT_MAX);
  return static_cast<int>(size);
}

/// Parts of given lengths, one behind the other.
struct Layout {
  explicit Layout(const std::vector<int>& lengths) {
    int total = 0;
    for (const int length : lengths) {
      offsets.push_back(total);
      THRONG_CHECK(length <= INT_MAX - total);
      total += length;
    }
    joined.resize(static_cast<std::size_t>(total));
  }

  [[nodiscard]] std::vector<std::string> parts(const std::vector<int>& lengths) const {
    std::vector<std::string> all;
    for (std::size_t i = 0; i < lengths.size(); ++i)
      all.push_back(
          joined.substr(static_cast<std::size_t>(offsets[i]), static_cast<std::size_t>(lengths[i])));
    return all;
  }

  std::vector<int> offsets;
  std::string joined;
};

class MpiCommunicator final : public Communicator {
 public:
  MpiCommunicator() {
    avoid_broken_windows();
    int provided = 0;
    check_mpi(MPI_Init_thread(nullptr, nullptr, MPI_THREAD_FUNNELED, &provided), "MPI_Init_thread");
    if (provided < MPI_THREAD_FUNNELED) throw Error(ExitCode::kIo, "MPI offers no thread support", "");
    check_mpi(MPI_Comm_dup(MPI_COMM_WORLD, &comm_), "MPI_Comm_dup");
    check_mpi(MPI_Comm_set_errhandler(comm_, MPI_ERRORS_RETURN), "MPI_Comm_set_errhandler");
    check_mpi(MPI_Comm_rank(comm_, &rank_), "MPI_Comm_rank");
    check_mpi(MPI_Comm_size(comm_, &size_), "MPI_Comm_size");
    const MPI_Aint bytes = rank_ == 0 ? MPI_Aint{kWindowWords} * MPI_Aint{sizeof(std::uint64_t)} : 0;
    check_mpi(MPI_Win_allocate(bytes, sizeof(std::uint64_t), MPI_INFO_NULL, comm_, &words_, &window_),
              "MPI_Win_allocate");
    check_mpi(MPI_Win_set_errhandler(window_, MPI_ERRORS_RETURN), "MPI_Win_set_errhandler");
    check_mpi(MPI_Win_lock_all(0, window_), "MPI_Win_lock_all");
  }

  ~MpiCommunicator() override {
    MPI_Win_unlock_all(window_);
    MPI_Win_free(&window_);
    MPI_Comm_free(&comm_);
    MPI_Finalize();
  }
  MpiCommunicator(const MpiCommunicator&) = delete;
  MpiCommunicator& operator=(const MpiCommunicator&) = delete;

  [[nodiscard]] int rank() const override { return rank_; }
  [[nodiscard]] int size() const override { return size_; }
  [[nodiscard]] const char* world() const override { return "mpi"; }

  std::vector<std::string> all_gather(std::string_view bytes) override {
    const int length = as_int(bytes.size());
    std::vector<int> lengths(static_cast<std::size_t>(size_));
    check_mpi(MPI_Allgather(&length, 1, MPI_INT, lengths.data(), 1, MPI_INT, comm_), "MPI_Allgather");
    Layout layout(lengths);
    check_mpi(MPI_Allgatherv(bytes.data(), length, MPI_CHAR, layout.joined.data(), lengths.data(),
                             layout.offsets.data(), MPI_CHAR, comm_),
              "MPI_Allgatherv");
    return layout.parts(lengths);
  }

  std::vector<std::string> all_to_all(const std::vector<std::string>& to_rank) override {
    std::vector<int> lengths;
    for (const std::string& part : to_rank) lengths.push_back(as_int(part.size()));
    Layout sent(lengths);
    sent.joined.clear();
    for (const std::string& part : to_rank) sent.joined += part;
    std::vector<int> from(lengths.size());
    check_mpi(MPI_Alltoall(lengths.data(), 1, MPI_INT, from.data(), 1, MPI_INT, comm_), "MPI_Alltoall");
    Layout received(from);
    check_mpi(MPI_Alltoallv(sent.joined.data(), lengths.data(), sent.offsets.data(), MPI_CHAR,
                            received.joined.data(), from.data(), received.offsets.data(), MPI_CHAR, comm_),
              "MPI_Alltoallv");
    return received.parts(from);
  }

  void set_word(Word word, std::uint64_t value) override {
    barrier();  // changes made before this call are over
    if (rank_ == 0) fetch_and(word, value, MPI_REPLACE);
    barrier();
  }

  std::uint64_t fetch_add(Word word, std::uint64_t amount) override {
    return fetch_and(word, amount, MPI_SUM);
  }
  std::uint64_t fetch_min(Word word, std::uint64_t value) override { return fetch_and(word, value, MPI_MIN); }

 private:
  void barrier() { check_mpi(MPI_Barrier(comm_), "MPI_Barrier"); }

  std::uint64_t fetch_and(Word word, std::uint64_t operand, MPI_Op op) {
    std::uint64_t before = 0;
    check_mpi(MPI_Fetch_and_op(&operand, &before, MPI_UINT64_T, 0, static_cast<MPI_Aint>(word), op, window_),
              "MPI_Fetch_and_op");
    check_mpi(MPI_Win_flush(0, window_), "MPI_Win_flush");
    return before;
  }

  MPI_Comm comm_ = MPI_COMM_NULL;
  MPI_Win window_ = MPI_WIN_NULL;
  std::uint64_t* words_ = nullptr;
  int rank_ = 0;
  int size_ = 1;
};

}  // namespace

std::unique_ptr<Communicator> mpi_communicator() { return std::make_unique<MpiCommunicator>(); }

}  // namespace throng
