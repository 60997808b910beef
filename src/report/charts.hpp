// Charts as SVG, bars as HTML with a rectangle each: plain elements and classes, colored and laid out by the
// style sheet.
#pragma once

#include <optional>
#include <string>
#include <vector>

namespace throng {

/// A number per category and series; labels are text, `shown` what is written at the bar.
struct BarRow {
  std::string label;
  std::vector<double> values;      ///< per series
  std::vector<std::string> shown;  ///< per series
};

/// At most `letters` characters of UTF-8 text, the rest as an ellipsis; "(missing)" for none.
std::string shortened(const std::string& text, std::size_t letters);

/// Horizontal bars, one group per row. `title` describes the chart for those who cannot see it.
std::string bar_chart(const std::string& title, const std::vector<std::string>& series,
                      const std::vector<BarRow>& rows);

/// A line over named positions; nothing where there is no value.
struct LineSeries {
  std::string name;
  std::string css_class;
  std::vector<std::optional<double>> values;
};

/// Lines from 0 to `top`, which is written as `top_text`.
struct LineChart {
  std::string title;
  std::vector<std::string> positions;
  std::vector<LineSeries> series;
  double top = 1;
  std::string top_text;
  std::string x_title;
  bool is_panel = false;  ///< half as wide, without legend: one of several
};
std::string line_chart(const LineChart& chart);

/// A square of shares in [0, 1]; only cells with column <= row have one. `largest` is the darkest.
std::string heat_map(const std::string& title, const std::vector<std::string>& names,
                     const std::vector<std::vector<std::optional<double>>>& shares, double largest);

/// A point of a scatter chart; both coordinates in [0, 1].
struct ScatterPoint {
  double x = 0, y = 0;
  std::string label;
  std::string css_class;
};
std::string scatter_chart(const std::string& title, const std::string& x_title, const std::string& y_title,
                          const std::vector<ScatterPoint>& points);

/// A share from 0 to 1 as one of the shades "s0" (none) to "s5".
std::string shade_of(double share);

/// The names of series with their color.
std::string legend(const std::vector<std::string>& series);

}  // namespace throng
