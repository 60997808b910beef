// throng verify-proof: checks a certificate against the data, without the search.
#include <fmt/format.h>

#include <chrono>
#include <nlohmann/json.hpp>

#include "certificate_file.hpp"
#include "core/words.hpp"
#include "verbs.hpp"

namespace throng {

namespace {

std::string verdict_json(const Certificate& certificate, const std::string& file,
                         const std::optional<std::string>& flaw, double seconds) {
  nlohmann::ordered_json json{{"file", file},
                              {"proved", !flaw},
                              {"flaw", nullptr},
                              {"loss", certificate.loss},
                              {"suppressed", certificate.suppressed},
                              {"families", certificate.families.size()},
                              {"seconds", seconds}};
  if (flaw) json["flaw"] = *flaw;
  return json.dump(2, ' ', false, nlohmann::ordered_json::error_handler_t::replace) + '\n';
}

std::string verdict_text(const Certificate& certificate, const std::string& file,
                         const std::optional<std::string>& flaw, const Lattice& lattice) {
  if (flaw) return fmt::format("not proved: {}: {}\n", file, *flaw);
  return fmt::format("proved: {}: none of {} loses less than {:.6f}; {} closed\n", file,
                     counted_roughly(lattice.approximate_num_nodes(), "node"), certificate.loss,
                     counted(certificate.families.size(), "family", "families"));
}

}  // namespace

ProofTask proof_task(const Loaded& loaded, const LossModel& loss) {
  return {
      loaded.problem, loss, {loaded.job.k}, max_suppressed_records(loaded.job, loaded.problem.num_records())};
}

ProofProgress proof_watcher(const Console& console) {
  if (!console.has_status_line()) return {};
  return [&console](std::size_t closed, std::size_t total) {
    console.status(fmt::format("proof  {} closed of {} known", counted(closed, "family", "families"), total));
  };
}

ExitCode run_verify_proof(const Command& command, Communicator& communicator, const Console& console) {
  const Loaded loaded = load(command, communicator, console);
  const auto begin = std::chrono::steady_clock::now();
  Certificate certificate;
  fail_together(communicator, [&] { certificate = read_certificate(command.file, loaded); });
  const LossModel loss(loaded.problem, make_loss_metric(loaded.job.metric), loaded.job.aggregate);
  const auto flaw = find_flaw(proof_task(loaded, loss), certificate, loaded.num_threads, communicator,
                              proof_watcher(console));
  const std::chrono::duration<double> seconds = std::chrono::steady_clock::now() - begin;
  console.status("");
  console.print(command.is_json ? verdict_json(certificate, command.file, flaw, seconds.count())
                                : verdict_text(certificate, command.file, flaw, loaded.problem.lattice));
  return flaw ? ExitCode::kViolation : ExitCode::kPass;
}

}  // namespace throng
