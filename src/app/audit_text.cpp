// Tells an audit in words.
#include <fmt/format.h>

#include <algorithm>
#include <bit>
#include <numeric>

#include "audit_answer.hpp"
#include "core/words.hpp"

namespace throng {

namespace {

constexpr std::size_t kCurveSizes = 5;
constexpr std::size_t kColumnsShown = 4;
constexpr std::size_t kMinimalShown = 3;

std::string names(const AuditAnswer& answer, Combination qi) {
  std::string text;
  for (std::size_t j = 0; j < answer.qi.size(); ++j)
    if ((qi >> j & 1) != 0) text += (text.empty() ? "" : " + ") + answer.qi[j];
  return text;
}

double percent(double part, Count rows) { return 100 * part / static_cast<double>(rows); }

std::string size_lines(const AuditAnswer& answer) {
  std::string text;
  const std::vector<SizeSummary>& sizes = answer.result.by_size;
  for (std::size_t s = 0; s < sizes.size(); ++s) {
    if (s >= kCurveSizes && s + 1 != sizes.size()) continue;
    const SizeSummary& size = sizes[s];
    text +=
        fmt::format("{:<10}{:>2} columns known: {:5.1f} % of records at risk on average, {:5.1f} % at worst",
                    text.empty() ? "risk" : "", size.size, percent(size.mean, answer.rows),
                    percent(static_cast<double>(size.max), answer.rows));
    if (!size.worst.empty() && s < kCurveSizes) text += " (" + names(answer, size.worst[0].qi) + ")";
    text += '\n';
  }
  return text;
}

std::string safe_line(const AuditAnswer& answer) {
  std::uint64_t safe = 0;
  for (const SizeSummary& size : answer.result.by_size) safe += size.safe;
  std::string text = fmt::format("safe      {} of {} combinations put nobody at risk\n", grouped(safe),
                                 grouped(answer.result.combinations));
  if (answer.result.num_minimal_unsafe == 0) return text;
  text += fmt::format("unsafe    {} least combinations that put somebody at risk, such as ",
                      grouped(answer.result.num_minimal_unsafe));
  const std::size_t shown = std::min(kMinimalShown, answer.result.minimal_unsafe.size());
  for (std::size_t i = 0; i < shown; ++i)
    text += (i == 0 ? "" : "; ") + names(answer, answer.result.minimal_unsafe[i]);
  return text + '\n';
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
  const auto best = std::ranges::min_element(result.at_risk_without) - result.at_risk_without.begin();
  return text + fmt::format("to do     without {} {} would be at risk; or generalize: throng anonymize\n",
                            answer.qi[static_cast<std::size_t>(best)],
                            share(result.at_risk_without[static_cast<std::size_t>(best)], answer.rows));
}

}  // namespace

std::string audit_text(const AuditAnswer& answer) {
  const AuditResult& result = answer.result;
  std::string text = fmt::format(
      "audit     {} records, {} combinations of {} quasi-identifiers; at risk = in a class below {}\n",
      grouped(answer.rows), grouped(result.combinations), answer.qi.size(), answer.options.k);
  text += size_lines(answer);
  text +=
      fmt::format("identify  1 of {} at most, {:.1f} % on average, who knows all columns\n",
                  grouped(result.smallest_class), percent(static_cast<double>(result.classes), answer.rows));
  text += safe_line(answer) + column_lines(answer);
  return text + "missing   a value like any other (category)\n";
}

}  // namespace throng
