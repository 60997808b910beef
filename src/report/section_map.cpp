// Maps of the columns that name countries.
//
// After the release a country has the share of the released value that covers it: its own count, or an equal
// part of its region's. Records whose country is `*` are on no map.
#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <optional>

#include "charts.hpp"
#include "core/words.hpp"
#include "html.hpp"
#include "sections.hpp"
#include "utility/coverage.hpp"
#include "world_map.hpp"

namespace throng {

namespace {

constexpr double kMostlyCountries = 0.8;
constexpr std::size_t kFewestCountries = 3;

/// What a country is shown with.
struct CountryFigure {
  double records = 0;
  std::string words;  ///< text
};
using CountryFigures = std::map<std::size_t, CountryFigure>;  ///< by index of the shape

std::optional<std::size_t> shape_of(const std::string& text) {
  if (text.empty()) return std::nullopt;
  const auto shapes = country_shapes();
  for (std::size_t s = 0; s < shapes.size(); ++s)
    if (text == shapes[s].code || text == shapes[s].name) return s;
  return std::nullopt;
}

/// The shape of each leaf of QI j, when most leaves are countries; else empty.
std::vector<std::optional<std::size_t>> shapes_of(const Content& content, std::size_t j) {
  std::vector<std::optional<std::size_t>> shapes;
  std::size_t found = 0, named = 0;
  for (const std::string& label : content.lattice().axes[j].hierarchy.labels[0]) {
    shapes.push_back(shape_of(label));
    found += shapes.back() ? 1U : 0U;
    named += label.empty() ? 0U : 1U;
  }
  const bool is_country = found >= kFewestCountries &&
                          static_cast<double>(found) >= kMostlyCountries * static_cast<double>(named);
  return is_country ? shapes : std::vector<std::optional<std::size_t>>();
}

using Shapes = std::vector<std::optional<std::size_t>>;

CountryFigures before(const Content& content, std::size_t j, const Shapes& shapes) {
  CountryFigures figures;
  for (std::size_t v = 0; v < shapes.size(); ++v) {
    const Count records = content.leaves[j].before[v];
    if (shapes[v] && records > 0)
      figures[*shapes[v]] = {static_cast<double>(records), counted(records, "record", "records")};
  }
  return figures;
}

/// What the release tells of leaf `v`: its own records, and those of each region that covers it.
CountryFigure figure_of(const Coverage& coverage, std::size_t v, const Column& column,
                        const std::vector<Count>& counts) {
  CountryFigure figure;
  std::string regions;
  for (const Cover& cover : coverage.of_leaf[v]) {
    const std::string& label = column.dictionary[cover.value];
    const Count records = counts[cover.value];
    if (label == kSuppressed || records == 0) continue;
    figure.records += static_cast<double>(records) * cover.share;
    if (coverage.num_leaves_of_released[cover.value] == 1)
      figure.words = counted(records, "record", "records");
    else
      regions += fmt::format("; in {}, {} together", label, counted(records, "record", "records"));
  }
  figure.words += regions;
  if (figure.words.starts_with("; ")) figure.words.erase(0, 2);
  return figure;
}

CountryFigures after(const Content& content, std::size_t j, const Shapes& shapes) {
  const Axis& axis = content.lattice().axes[j];
  const Column& column = content.released->columns[content.released->index_of(axis.name)];
  const Coverage coverage = cover_released(column, axis.hierarchy);
  std::vector<Count> counts(column.dictionary.size(), 0);
  for (const Code code : column.codes) ++counts[code];
  CountryFigures figures;
  for (std::size_t v = 0; v < shapes.size(); ++v) {
    if (!shapes[v]) continue;
    CountryFigure figure = figure_of(coverage, v, column, counts);
    if (figure.records > 0) figures[*shapes[v]] = std::move(figure);
  }
  return figures;
}

/// The lowest share of the largest figure for each shade.
constexpr double kSteps[] = {0.0, 0.01, 0.05, 0.2, 0.5};

int shade(double records, double largest) {
  int step = 0;
  for (const double from : kSteps)
    if (records > from * largest) ++step;
  return step;
}

double largest_of(const CountryFigures& figures) {
  double largest = 0;
  for (const auto& [shape, figure] : figures) largest = std::max(largest, figure.records);
  return largest;
}

std::string map_svg(const std::string& title, const CountryFigures& figures, double largest) {
  const auto shapes = country_shapes();
  std::string html = fmt::format("<svg viewBox=\"0 0 {} {}\" role=\"img\" class=\"map\"><title>{}</title>\n",
                                 kMapWidth, kMapHeight, escaped_html(title));
  for (std::size_t s = 0; s < shapes.size(); ++s) {
    const auto found = figures.find(s);
    if (found == figures.end()) {
      html += fmt::format("<use href=\"#c{}\" class=\"m0\"/>\n", s);
      continue;
    }
    html += fmt::format("<use href=\"#c{}\" class=\"m{}\"><title>{}: {}</title></use>\n", s,
                        shade(found->second.records, largest), escaped_html(shapes[s].name),
                        escaped_html(found->second.words));
  }
  return html + "</svg>\n";
}

std::string map_key(int step, const std::string& text) {
  return fmt::format(
      "<li><svg viewBox=\"0 0 10 10\" class=\"key\" aria-hidden=\"true\"><rect width=\"10\" height=\"10\" "
      "class=\"m{}\"/></svg>{}</li>",
      step, text);
}

/// In the external form by shares: a part of a region's records may be as small as a small count.
std::string map_legend(double largest, bool is_external) {
  std::string html;
  for (int step = 5; step >= 2; --step)
    html += map_key(step, is_external ? fmt::format("above {:.0f} %", 100 * kSteps[step - 1])
                                      : "above " + grouped(static_cast<Count>(kSteps[step - 1] * largest)));
  html += map_key(1, is_external ? "less" : "above 0") + map_key(0, "none");
  html += is_external ? "<li>of the records of the country with most</li>" : "<li>records per country</li>";
  return element("ul", "legend", html);
}

std::string maps_of(const Content& content, std::size_t j, const Shapes& shapes) {
  const std::string& name = content.qi_name(j);
  const CountryFigures released = after(content, j, shapes);
  CountryFigures original;
  if (!content.is_external()) original = before(content, j, shapes);
  const double largest = std::max(largest_of(original), largest_of(released));
  if (largest == 0) return "";
  std::string html = element("h3", value_html(name));
  std::string maps;
  if (!content.is_external())
    maps += figure_html(map_svg("Records by " + name + " before", original, largest) +
                        element("figcaption", "Before"));
  maps += figure_html(map_svg("Records by " + name + " after", released, largest) +
                      element("figcaption", released.empty() ? "After: wholly suppressed" : "After"));
  return html + element("div", "pair", maps) + map_legend(largest, content.is_external());
}

std::string definitions() {
  std::string html = "<svg width=\"0\" height=\"0\" class=\"shapes\" aria-hidden=\"true\"><defs>\n";
  const auto shapes = country_shapes();
  for (std::size_t s = 0; s < shapes.size(); ++s)
    html += fmt::format("<path id=\"c{}\" d=\"{}\"/>\n", s, shapes[s].path);
  return html + "</defs></svg>\n";
}

}  // namespace

std::string map_section(const Content& content) {
  if (!content.best() || !content.released || content.classes_after.empty()) return "";
  std::string maps;
  for (std::size_t j = 0; j < content.lattice().num_axes(); ++j) {
    const Shapes shapes = shapes_of(content, j);
    if (!shapes.empty()) maps += maps_of(content, j, shapes);
  }
  if (maps.empty()) return "";
  return section_html(
      "map", "Countries",
      definitions() +
          element("p",
                  "Records by country. Where the release names a region, each of its countries is colored "
                  "with an equal part of the region's records. Shapes: Natural Earth, public domain; areas "
                  "are true to each other. Borders are as the source draws them and state no opinion.") +
          maps);
}

}  // namespace throng
