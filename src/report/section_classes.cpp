// How large the classes are, before and after.
#include <fmt/format.h>

#include <algorithm>

#include "charts.hpp"
#include "core/words.hpp"
#include "html.hpp"
#include "sections.hpp"

namespace throng {

namespace {

struct Bin {
  Count first, last;  ///< class sizes, both included
  Count classes = 0, records = 0;
};

/// 1, 2 to k - 1, k to 2k - 1, 2k to 4k - 1, ... up to the largest class.
std::vector<Bin> bins_of(Count k, Count largest, bool has_small) {
  std::vector<Bin> bins;
  if (has_small) {
    bins.push_back({1, 1});
    if (k > 2) bins.push_back({2, k - 1});
  }
  for (Count first = k; first <= largest; first *= 2) bins.push_back({first, 2 * first - 1});
  return bins;
}

void fill(std::vector<Bin>& bins, const std::vector<Count>& sizes) {
  for (const Count size : sizes)
    for (Bin& bin : bins)
      if (size >= bin.first && size <= bin.last) {
        ++bin.classes;
        bin.records += size;
      }
}

std::string label_of(const Bin& bin) {
  return bin.first == bin.last ? grouped(bin.first)
                               : fmt::format("{} to {}", grouped(bin.first), grouped(bin.last));
}

std::string histogram(const Content& content) {
  const Count largest = std::max(content.classes_before.empty() ? 0 : content.classes_before.back(),
                                 content.classes_after.empty() ? 0 : content.classes_after.back());
  const bool is_external = content.is_external();
  std::vector<Bin> before = bins_of(content.k, largest, !is_external);
  std::vector<Bin> after = before;
  fill(before, content.classes_before);
  fill(after, content.classes_after);
  std::vector<BarRow> rows;
  for (std::size_t i = 0; i < before.size(); ++i) {
    BarRow row{label_of(before[i]), {}, {}};
    for (const Bin& bin : {before[i], after[i]}) {
      row.values.push_back(static_cast<double>(bin.records));
      row.shown.push_back(
          fmt::format("{} in {}", grouped(bin.records), counted(bin.classes, "class", "classes")));
    }
    if (is_external) {
      row.values.erase(row.values.begin());
      row.shown.erase(row.shown.begin());
    }
    rows.push_back(std::move(row));
  }
  const std::vector<std::string> series =
      is_external ? std::vector<std::string>{"released"} : std::vector<std::string>{"before", "after"};
  return bar_chart("Records by the size of their class", series, rows);
}

}  // namespace

std::string classes_section(const Content& content) {
  if (content.classes_after.empty() && content.classes_before.empty()) return "";
  std::string text = fmt::format(
      "Records by the size of the class they are in: all that agree with them on every "
      "quasi-identifier. Below k = {} a record could be singled out; the release has no such class.",
      content.k);
  if (content.starred > 0)
    text += " The suppressed records that stay, every quasi-identifier of theirs *, are one class.";
  const std::string figure = histogram(content) + element("figcaption", text);
  return section_html("classes", "Sizes of the classes",
                      figure_html(figure, content.is_external() ? "one" : "two"));
}

}  // namespace throng
