// Tells an audit in words.
#include <fmt/format.h>

#include <algorithm>
#include <bit>
#include <numeric>

#include "audit_answer.hpp"
#include "core/words.hpp"

namespace throng {

namespace {

constexpr std::size_t kNamedSize = 5;
constexpr std::size_t kColumnsShown = 4;
constexpr std::size_t kMinimalShown = 3;

std::string names(const AuditAnswer& answer, Combination qi) {
  std::string text;
  for (std::size_t j = 0; j < answer.qi.size(); ++j)
    if ((qi >> j & 1) != 0) text += (text.empty() ? "" : " + ") + answer.qi[j];
  return text;
}

double percent(double part, Count rows) { return 100 * part / static_cast<double>(rows); }

/// A few small sizes, what an adversary may well know, then in larger steps to all.
bool is_shown(std::size_t size, std::size_t largest) {
  return size <= 3 || size == 5 || size == 10 || size == 20 || size == largest;
}

std::string size_lines(const AuditAnswer& answer) {
  std::string text;
  const std::vector<SizeSummary>& sizes = answer.result.by_size;
  for (const SizeSummary& size : sizes) {
    if (!is_shown(size.size, sizes.back().size)) continue;
    text +=
        fmt::format("{:<10}{:>2} column{} known: {:5.1f} % of records at risk on average, {:5.1f} % at worst",
                    text.empty() ? "risk" : "", size.size, size.size == 1 ? " " : "s",
                    percent(size.mean, answer.rows), percent(static_cast<double>(size.max), answer.rows));
    if (!size.worst.empty() && size.max > 0 && size.size <= kNamedSize)
      text += " (" + names(answer, size.worst[0].qi) + ")";
    text += '\n';
  }
  return text;
}

/// A table that puts nobody at risk needs no curve.
std::string harmless_text(const AuditAnswer& answer) {
  return fmt::format(
      "risk      nobody: whichever of these columns are known, at least {} records agree on them\n"
      "to do     nothing about these columns; {}\n",
      answer.options.k,
      answer.result.shapley.empty() ? "larger combinations were not looked at"
                                    : "columns that are no quasi-identifiers are not covered");
}

std::string identify_line(const AuditAnswer& answer) {
  const Count smallest = answer.result.smallest_class;
  const double average = percent(static_cast<double>(answer.result.classes), answer.rows);
  const std::string most = smallest == 1 ? "names some record with certainty"
                                         : fmt::format("names at most one of {}", grouped(smallest));
  return fmt::format("identify  who knows all columns {}; on average a match is right in {:.1f} %\n", most,
                     average);
}

std::string safe_line(const AuditAnswer& answer) {
  std::uint64_t safe = 0;
  for (const SizeSummary& size : answer.result.by_size) safe += size.safe;
  std::string text = fmt::format("safe      {} of {} put{} nobody at risk\n", grouped(safe),
                                 counted(answer.result.combinations, "combination"), safe == 1 ? "s" : "");
  if (answer.result.num_minimal_unsafe == 0) return text;
  text += fmt::format("unsafe    {} that put{} somebody at risk, such as ",
                      counted(answer.result.num_minimal_unsafe, "least combination"),
                      answer.result.num_minimal_unsafe == 1 ? "s" : "");
  const std::size_t shown = std::min(kMinimalShown, answer.result.minimal_unsafe.size());
  for (std::size_t i = 0; i < shown; ++i)
    text += (i == 0 ? "" : "; ") + names(answer, answer.result.minimal_unsafe[i]);
  return text + '\n';
}

/// What leaving out the column that helps most would bring.
std::string to_do_line(const AuditAnswer& answer) {
  const AuditResult& result = answer.result;
  const auto best = static_cast<std::size_t>(std::ranges::min_element(result.at_risk_without) -
                                             result.at_risk_without.begin());
  const Count without = result.at_risk_without[best];
  const Count with = result.by_size.back().max;
  return fmt::format(
      "to do     generalize with throng anonymize; without {} alone {} would be at risk\n", answer.qi[best],
      without < with ? fmt::format("{} instead of {}", share(without, answer.rows), share(with, answer.rows))
                     : std::string("as many"));
}

/// The columns that make most of the risk, and what leaving the first out would bring.
std::string column_lines(const AuditAnswer& answer) {
  const AuditResult& result = answer.result;
  if (result.shapley.empty() || result.by_size.back().max == 0) return "";
  std::vector<std::size_t> order(answer.qi.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::ranges::stable_sort(
      order, [&](std::size_t a, std::size_t b) { return result.shapley[a] > result.shapley[b]; });
  std::string text = "columns   ";
  for (std::size_t i = 0; i < std::min(kColumnsShown, order.size()); ++i)
    text +=
        fmt::format("{}{} {:.1f}", i == 0 ? "" : ", ", answer.qi[order[i]], 100 * result.shapley[order[i]]);
  text += fmt::format(" points of the {:.1f} % (Shapley)\n",
                      percent(static_cast<double>(result.by_size.back().max), answer.rows));
  return text + to_do_line(answer);
}

std::string record_line(const AuditAnswer& answer) {
  if (!answer.records) return "";
  const RecordRiskAnswer& records = *answer.records;
  return fmt::format(
      "records   {} are in no class below {}; half of the scores are at most {:.2f}, 99 % at most {:.2f}\n",
      share(records.by_smallest_size[0].records, answer.rows), answer.options.k, records.quantiles.front(),
      records.quantiles.back());
}

}  // namespace

std::string audit_text(const AuditAnswer& answer) {
  std::string text =
      fmt::format("audit     {}, {} of {}; at risk = in a class below {}\n", counted(answer.rows, "record"),
                  counted(answer.result.combinations, "combination"),
                  counted(answer.qi.size(), "quasi-identifier"), answer.options.k);
  text += answer.result.num_minimal_unsafe == 0 ? harmless_text(answer) : size_lines(answer);
  text += identify_line(answer) + safe_line(answer) + column_lines(answer) + record_line(answer);
  return text + "missing   a value like any other (category)\n";
}

}  // namespace throng
