// Ranks without MPI in sight: three worlds behind one interface, so that distributed logic is tested in one
// process.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace throng {

/// A group of ranks that call every *collective* function together and in the same order.
/// Only one thread of a rank calls it at a time (MPI_THREAD_FUNNELED).
class Communicator {
 public:
  /// Shared words, readable and changed by any rank at any time without the others' help.
  enum class Word { kTicket, kIncumbent };

  virtual ~Communicator() = default;

  [[nodiscard]] virtual int rank() const = 0;
  [[nodiscard]] virtual int size() const = 0;
  /// "self", "threads" or "mpi".
  [[nodiscard]] virtual const char* world() const = 0;

  /// *Collective.* Every rank's bytes, in rank order, on every rank.
  virtual std::vector<std::string> all_gather(std::string_view bytes) = 0;

  /// *Collective.* Sends to_rank[r] to rank r, one entry per rank; returns what each rank sent here, in rank
  /// order. A rank may send and receive less than 2 GiB at a time.
  virtual std::vector<std::string> all_to_all(const std::vector<std::string>& to_rank) = 0;

  /// *Collective.* Sets a shared word; when it returns, every rank sees the value.
  virtual void set_word(Word word, std::uint64_t value) = 0;
  /// Adds to a shared word and returns what it was before.
  virtual std::uint64_t fetch_add(Word word, std::uint64_t amount) = 0;
  /// Lowers a shared word to `value` if that is smaller and returns what it was before.
  virtual std::uint64_t fetch_min(Word word, std::uint64_t value) = 0;

  [[nodiscard]] bool is_root() const { return rank() == 0; }
};

/// The world of one rank.
std::unique_ptr<Communicator> self_communicator();

/// Runs `body` as `num_ranks` ranks, each a thread of this process, and waits for them.
/// Errors: the exception of the lowest rank that threw; the other ranks must then also have returned or
/// thrown (see fail_together).
void run_as_threads(int num_ranks, const std::function<void(Communicator&)>& body);

/// True when a launcher (mpirun, srun) started this process as one of several ranks.
bool is_launched_by_mpi();

/// The MPI world: initializes MPI, and finalizes it when destroyed. At most one per process.
/// Errors: an Error (exit 4) when MPI cannot be initialized or this build has no MPI.
std::unique_ptr<Communicator> mpi_communicator();

/// *Collective.* Runs `work` on every rank; if it throws an Error on any, every rank throws the Error of the
/// lowest rank that failed, so that no rank waits for one that has gone.
void fail_together(Communicator& communicator, const std::function<void()>& work);

/// *Collective.* True on every rank when all ranks gave equal bytes: the cheapest detector of divergence.
bool is_same_on_all_ranks(Communicator& communicator, std::string_view bytes);

}  // namespace throng
