// Draws bars, lines, heat maps and points.
#include "charts.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "html.hpp"

namespace throng {

namespace {

constexpr int kWidth = 640;
constexpr std::size_t kLabelLetters = 60;
constexpr std::size_t kRowLetters = 40;
constexpr std::size_t kMostWithTexts = 12;  ///< columns of a heat map whose cells have room for a number

std::string svg(const char* kind, const std::string& title, int width, int height, const std::string& body) {
  return fmt::format(
      "<svg viewBox=\"0 0 {} {}\" role=\"img\" class=\"chart {}\"><title>{}</title>\n{}</svg>\n", width,
      height, kind, escaped_html(title), body);
}

std::string text_at(double x, double y, const char* css_class, const std::string& text) {
  return fmt::format("<text x=\"{:.0f}\" y=\"{:.0f}\" class=\"{}\">{}</text>\n", x, y, css_class,
                     escaped_html(text));
}

/// A name and a bar with its text per series; the style sheet puts them side by side or, on narrow screens,
/// below each other.
std::string bar_row(const BarRow& row, double largest) {
  const std::string name = shortened(row.label, kLabelLetters);
  const bool is_cut = !row.label.empty() && name != row.label;
  std::string html =
      fmt::format("<span class=\"name span{}\"{}>{}</span>\n", row.values.size(),
                  is_cut ? " title=\"" + escaped_html(row.label) + "\"" : "", value_html(name));
  for (std::size_t s = 0; s < row.values.size(); ++s) {
    const double length = largest > 0 ? 100 * row.values[s] / largest : 0;
    const double visible = row.values[s] > 0 ? std::max(length, 0.3) : 0;
    html += fmt::format(
        "<svg class=\"bar\" aria-hidden=\"true\"><rect width=\"{:.1f}%\" height=\"100%\" "
        "class=\"b{}\"/></svg><span class=\"small\">{}</span>\n",
        visible, s, escaped_html(row.shown[s]));
  }
  return html;
}

struct Frame {
  double left = 76, right = kWidth - 16, top = 14, bottom = 200;

  [[nodiscard]] double x(double share) const { return left + share * (right - left); }
  [[nodiscard]] double y(double share) const { return bottom - share * (bottom - top); }
};

std::string axes(const Frame& frame) {
  return fmt::format("<path d=\"M{:.0f} {:.0f}V{:.0f}H{:.0f}\" class=\"axis\"/>\n", frame.left, frame.top,
                     frame.bottom, frame.right);
}

/// For a cell of a heat map: what is below 0.05 % but not none shows a point.
std::string short_percent(double share) {
  if (share == 0) return "0";
  if (share < 0.0005) return "\u00b7";
  return fmt::format("{:.{}f} %", 100 * share, share < 0.0995 ? 1 : 0);
}

std::string heat_cell(const std::string& pair, double share, double largest, bool has_text) {
  const std::string text = has_text ? short_percent(share) : "";
  return fmt::format("<td class=\"{}\" title=\"{}: {}\">{}</td>", shade_of(share / largest),
                     escaped_html(pair), percent_text(share), text);
}

std::string key_html(const std::string& css_class, const std::string& text) {
  return fmt::format(
      "<li><svg viewBox=\"0 0 10 10\" class=\"key\" aria-hidden=\"true\"><rect width=\"10\" height=\"10\" "
      "class=\"{}\"/></svg>{}</li>",
      css_class, text);
}

/// What the shades stand for, and the point.
std::string heat_legend(double largest) {
  std::string html = key_html("s0", "none");
  if (largest > 0)
    for (int shade = 1; shade <= 5; ++shade)
      html += key_html(fmt::format("s{}", shade), fmt::format("up to {:.2g} %", 20 * largest * shade));
  return element("ul", "legend", html + "<li>\u00b7 under 0.05 %, but not none</li>");
}

double position(std::size_t i, std::size_t count) {
  return count < 2 ? 0.5 : static_cast<double>(i) / static_cast<double>(count - 1);
}

std::string line_of(const LineSeries& series, const LineChart& chart, const Frame& frame) {
  std::string path, points;
  bool is_down = false;
  for (std::size_t i = 0; i < series.values.size(); ++i) {
    if (!series.values[i]) {
      is_down = false;
      continue;
    }
    const double x = frame.x(position(i, series.values.size()));
    const double y = frame.y(chart.top > 0 ? *series.values[i] / chart.top : 0);
    path += fmt::format("{}{:.1f} {:.1f}", is_down ? 'L' : 'M', x, y);
    points += fmt::format("<circle cx=\"{:.1f}\" cy=\"{:.1f}\" r=\"2.5\"/>", x, y);
    is_down = true;
  }
  return fmt::format("<g class=\"line {}\"><title>{}</title><path d=\"{}\"/>{}</g>\n", series.css_class,
                     escaped_html(series.name), path, points);
}

}  // namespace

std::string shortened(const std::string& text, std::size_t letters) {
  std::size_t count = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const bool begins_character = (static_cast<unsigned char>(text[i]) & 0xC0) != 0x80;
    if (begins_character && ++count > letters) return text.substr(0, i) + "\u2026";
  }
  return text.empty() ? "(missing)" : text;
}

std::string legend(const std::vector<std::string>& series) {
  std::string html;
  for (std::size_t i = 0; i < series.size(); ++i)
    html += key_html(fmt::format("b{}", i), escaped_html(series[i]));
  return element("ul", "legend", html);
}

std::string bar_chart(const std::string& title, const std::vector<std::string>& series,
                      const std::vector<BarRow>& rows) {
  double largest = 0;
  for (const BarRow& row : rows)
    for (const double value : row.values) largest = std::max(largest, value);
  std::string body;
  for (const BarRow& row : rows) body += bar_row(row, largest);
  return fmt::format("<div class=\"bars\" role=\"group\" aria-label=\"{}\">\n{}</div>\n", escaped_html(title),
                     body) +
         (series.size() > 1 ? legend(series) : "");
}

std::string line_chart(const LineChart& chart) {
  Frame frame;
  if (chart.is_panel) {
    frame.right = kWidth / 2.0 - 16;
    frame.bottom = 110;
  }
  std::string body = axes(frame);
  body += text_at(frame.left - 6, frame.top + 5, "end small", chart.top_text);
  body += text_at(frame.left - 6, frame.bottom + 4, "end small", "0");
  const std::size_t labels = chart.is_panel ? 3 : 8;
  const std::size_t step = std::max<std::size_t>(1, (chart.positions.size() + labels - 1) / labels);
  for (std::size_t i = 0; i < chart.positions.size(); i += step)
    body += text_at(frame.x(position(i, chart.positions.size())), frame.bottom + 18, "middle small",
                    shortened(chart.positions[i], 8));
  if (!chart.is_panel) body += text_at(frame.x(0.5), frame.bottom + 34, "middle small", chart.x_title);
  std::string keys;
  for (const LineSeries& series : chart.series) {
    body += line_of(series, chart, frame);
    keys += fmt::format(
        "<li><svg viewBox=\"0 0 10 10\" class=\"key\" aria-hidden=\"true\"><g class=\"line "
        "{}\"><path d=\"M0 5H10\"/></g></svg>{}</li>",
        series.css_class, escaped_html(series.name));
  }
  if (chart.is_panel) return svg("panel", chart.title, kWidth / 2, 132, body);
  return svg("lines", chart.title, kWidth, 242, body) + element("ul", "legend", keys);
}

std::string shade_of(double share) {
  if (!(share > 0)) return "s0";
  return fmt::format("s{}", std::clamp(static_cast<int>(std::ceil(share * 5)), 1, 5));
}

std::string heat_map(const std::string& title, const std::vector<std::string>& names,
                     const std::vector<std::vector<std::optional<double>>>& shares, double largest) {
  const bool has_texts = names.size() <= kMostWithTexts;
  std::string body;
  for (std::size_t i = 0; i < names.size(); ++i) {
    body += fmt::format("<tr><th scope=\"row\">{} <span>{}</span></th>",
                        breakable_html(shortened(names[i], kRowLetters)), i + 1);
    for (std::size_t j = 0; j <= i; ++j)
      body += shares[i][j] ? heat_cell(i == j ? names[i] : names[i] + " + " + names[j], *shares[i][j],
                                       largest, has_texts)
                           : "<td></td>";
    body += "</tr>\n";
  }
  body += "<tr><td></td>";
  for (std::size_t j = 0; j < names.size(); ++j) body += fmt::format("<th scope=\"col\">{}</th>", j + 1);
  return fmt::format(
      "<div class=\"heat\" role=\"group\" aria-label=\"{}\"><table{}>\n{}</tr></table></div>\n{}",
      escaped_html(title), has_texts ? "" : " class=\"dense\"", body, heat_legend(largest));
}

std::string scatter_chart(const std::string& title, const std::string& x_title, const std::string& y_title,
                          const std::vector<ScatterPoint>& points) {
  Frame frame;
  frame.bottom = 240;
  std::string body = axes(frame);
  double right = 0.01, top = 0.01;
  for (const ScatterPoint& point : points) {
    right = std::max(right, 1.1 * point.x);
    top = std::max(top, 1.1 * point.y);
  }
  for (const double share : {0.0, 0.25, 0.5, 0.75, 1.0}) {
    body += text_at(frame.x(share), frame.bottom + 16, share < 1 ? "middle small" : "end small",
                    fmt::format("{:.1f} %", 100 * share * right));
    body += text_at(frame.left - 6, frame.y(share) + 4, "end small", fmt::format("{:.3f}", share * top));
  }
  body += text_at(frame.x(0.5), frame.bottom + 34, "middle small", x_title);
  body += text_at(frame.left + 6, frame.top + 4, "small", y_title);
  for (const ScatterPoint& point : points)
    body += fmt::format(
        "<circle cx=\"{:.1f}\" cy=\"{:.1f}\" r=\"5\" class=\"{}\"><title>{}</title></circle>\n",
        frame.x(point.x / right), frame.y(point.y / top), point.css_class, escaped_html(point.label));
  return svg("lines", title, kWidth, 282, body);
}

}  // namespace throng
