#include "html.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <cmath>

#include "terrein/core/text.hpp"
#include "terrein/core/xml_text.hpp"

namespace terrein {
namespace {

constexpr double map_size = 320;

/// Brings coordinates into the square of the map, y upwards.
class Frame {
 public:
  explicit Frame(Box const& own) {
    double const side = std::max({own.width(), own.height(), 1.0}) * 1.7;
    scale_ = map_size / side;
    left_ = own.centre().x - side / 2;
    top_ = own.centre().y + side / 2;
  }
  [[nodiscard]] double scale() const noexcept { return scale_; }
  [[nodiscard]] std::string path(GeometryColumn const& shapes, std::size_t row) const {
    std::string out;
    for (std::size_t path = shapes.first_path(row); path < shapes.end_path(row); ++path) {
      auto const xy = shapes.path(path);
      for (std::size_t i = 0; i + 1 < xy.size(); i += 2)
        out +=
            fmt::format("{}{:.1f} {:.1f}", i == 0 ? "M" : "L", (xy[i] - left_) * scale_, (top_ - xy[i + 1]) * scale_);
      out += "Z";
    }
    return out;
  }

 private:
  double scale_ = 1, left_ = 0, top_ = 0;
};

std::string kind_of(std::string const& outcome) {
  if (outcome == "voldoet") return "passes";
  if (outcome == "onder voorwaarden") return "conditional";
  return outcome == "voldoet niet" ? "fails" : "unknown";
}

/// 1, 2 or 5 times a power of ten, at most a third of the map.
double scale_length(double metres_across) {
  double const most = metres_across / 3, power = std::pow(10.0, std::floor(std::log10(most)));
  for (double const step : {5.0, 2.0})
    if (step * power <= most) return step * power;
  return power;
}

}  // namespace

std::string escaped(std::string_view text) { return xml_escape(printable(text)); }

std::string element(std::string const& tag, std::string const& kind, std::string_view text) {
  return "<" + tag + (kind.empty() ? "" : " class=\"" + kind + "\"") + ">" + escaped(text) + "</" + tag + ">";
}

std::string map_svg(ExplainedMap const& map, std::string const& north) {
  if (map.about.empty() || !map.shapes.has_shape(0) || !map.shapes.all_finite(0)) return {};
  Frame const frame(map.shapes.box[0]);
  std::string out = fmt::format("<svg class=\"map\" viewBox=\"0 0 {0} {0}\" role=\"img\">\n", map_size);
  for (std::size_t i = 1; i < map.about.size(); ++i)
    out += fmt::format("<path class=\"near {}\" d=\"{}\"><title>{}</title></path>\n", kind_of(map.about[i].outcome),
                       frame.path(map.shapes, i), escaped(map.about[i].id));
  out += fmt::format("<path class=\"own {}\" d=\"{}\"><title>{}</title></path>\n", kind_of(map.about[0].outcome),
                     frame.path(map.shapes, 0), escaped(map.about[0].id));
  double const metres = scale_length(map_size / frame.scale()), length = metres * frame.scale();
  constexpr double base = map_size - 14;
  out += fmt::format(
      "<path class=\"scale\" d=\"M12 {0:.1f}v5h{1:.1f}v-5\"/><text x=\"{2:.1f}\" y=\"{3:.1f}\">{4:.10g} m</text>\n",
      base, length, 16 + length, base + 6, metres);
  out +=
      fmt::format("<path class=\"north\" d=\"M{0:.1f} 10l6 16l-6 -4l-6 4z\"/><text x=\"{1:.1f}\" y=\"38\">{2}</text>\n",
                  map_size - 16, map_size - 20.5, escaped(north));
  return out + "</svg>\n";
}

std::string points_bar(ExplainedCriterion const& criterion, double most) {
  if (!criterion.shown || !(most > 0) || (criterion.value && !criterion.points)) return {};
  double const possible = criterion.possible.value_or(100 * criterion.weight_share), scale = 100 / most;
  std::string out = "<svg class=\"bar\" viewBox=\"0 0 100 8\" preserveAspectRatio=\"none\">";
  out += fmt::format("<rect class=\"track\" width=\"{:.2f}\" height=\"8\"/>", possible * scale);
  if (criterion.points)
    out += fmt::format("<rect class=\"fill\" width=\"{:.2f}\" height=\"8\"/>", *criterion.points * scale);
  else
    out += fmt::format("<rect class=\"maybe\" x=\"{:.2f}\" width=\"{:.2f}\" height=\"8\"/>",
                       possible * criterion.value_low * scale,
                       possible * (criterion.value_high - criterion.value_low) * scale);
  return out + "</svg>";
}

std::string score_bar(double score, double low, double high) {
  return fmt::format(
      "<svg class=\"score\" viewBox=\"0 0 100 6\" preserveAspectRatio=\"none\"><rect class=\"track\" width=\"100\" "
      "height=\"6\"/><rect class=\"fill\" width=\"{:.2f}\" height=\"6\"/><rect class=\"maybe\" x=\"{:.2f}\" "
      "width=\"{:.2f}\" height=\"6\"/><rect class=\"here\" x=\"{:.2f}\" width=\".6\" height=\"6\"/></svg>",
      low, low, high - low, std::clamp(score - 0.3, 0.0, 99.4));
}

}  // namespace terrein
