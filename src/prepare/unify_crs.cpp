#include <algorithm>
#include <cmath>
#include <map>

#include "prepare/steps.hpp"
#include "terrein/core/error.hpp"
#include "terrein/core/text.hpp"
#include "terrein/geometry/area_of_use.hpp"

namespace terrein::prepare {
namespace {

/// One CRS that rows may be in.
struct Candidate {
  Crs crs;
  AreaOfUse area;
  explicit Candidate(std::string const& definition) : crs(crs_from(definition)), area(crs) {}
  [[nodiscard]] bool fits(Point place) const {
    return area.holds(place) && (!crs.projected || !looks_like_degrees(place));
  }
};

/// What each label means.
class Labels {
 public:
  Labels(RowCrs const& config, Crs const& layer) {
    for (auto const& [label, definition] : config.values) {
      std::string key = lower(trim(label));
      bool const begins = key.ends_with('*');
      if (begins) key.pop_back();
      (begins ? begins_ : whole_).emplace(std::move(key), definition);
      if (!candidates_.contains(definition)) candidates_.emplace(definition, Candidate(definition));
    }
    if (!layer.authority.empty() && !candidates_.contains(layer.authority))
      candidates_.emplace(layer.authority, Candidate(layer.authority));
  }
  /// By definition; the layer's own CRS is one of them.
  [[nodiscard]] std::map<std::string, Candidate> const& candidates() const noexcept { return candidates_; }
  /// The definition for a label: listed whole, else under the longest beginning. Empty when it is not listed.
  [[nodiscard]] std::string definition(std::string const& label) const {
    std::string const key = lower(label);
    if (auto const it = whole_.find(key); it != whole_.end()) return it->second;
    std::string out;
    for (auto const& [begin, definition] : begins_)  // of two that fit the longer one comes later
      if (key.starts_with(begin)) out = definition;
    return out;
  }

 private:
  std::map<std::string, std::string> whole_, begins_;
  std::map<std::string, Candidate> candidates_;
};

struct Unusable {
  Row row;
  std::string code, text;
};

struct Sorted {
  std::map<std::string, std::vector<Row>> rows_of;  ///< by definition
  std::vector<Unusable> unusable;
  std::map<std::string, std::size_t> unusable_of;  ///< by label
  std::size_t shapes = 0;
};

std::string what_fits(Labels const& labels, std::string const& own, Point place) {
  std::vector<std::string> fitting;
  for (auto const& [definition, candidate] : labels.candidates())
    if (definition != own && candidate.fits(place)) fitting.push_back(definition);
  if (!fitting.empty()) return "They fit " + join(fitting, " and ") + ".";
  if (looks_like_degrees(place)) return "They fit longitude and latitude in degrees.";
  return "They fit no other CRS of this layer.";
}

Sorted sort_rows(Layer const& layer, RowCrs const& config, Labels const& labels) {
  AnyColumn const& column = *layer.attributes.find(config.field);
  Sorted out;
  for (Row row = 0; row < layer.size(); ++row) {
    if (!layer.geometry.has_shape(row)) continue;
    ++out.shapes;
    std::string const label(trim(text_at(column, row).value_or("")));
    std::string const definition = labels.definition(label);
    Point const place = layer.geometry.box[row].centre();
    if (!definition.empty() && labels.candidates().at(definition).fits(place)) {
      out.rows_of[definition].push_back(row);
      continue;
    }
    ++out.unusable_of[label];
    if (definition.empty())
      out.unusable.push_back({row, "crs_unlisted",
                              fmt::format("'{}' is not listed in crs_values, so that the coordinates {} {} mean "
                                          "nothing; the shape is not used.",
                                          label, shortest(place.x), shortest(place.y))});
    else
      out.unusable.push_back(
          {row, "crs_contradicted",
           fmt::format("The row says '{}', which is {}, but its coordinates {} {} lie outside the "
                       "area of that CRS; the shape is not used. {}",
                       label, definition, shortest(place.x), shortest(place.y), what_fits(labels, definition, place))});
  }
  return out;
}

void check_most_fit(Layer const& layer, RowCrs const& config, Sorted const& sorted) {
  if (2 * sorted.unusable.size() <= sorted.shapes) return;
  std::vector<std::pair<std::string, std::size_t>> counts(sorted.unusable_of.begin(), sorted.unusable_of.end());
  std::stable_sort(counts.begin(), counts.end(), [](auto const& a, auto const& b) { return a.second > b.second; });
  constexpr std::size_t most = 12;
  std::vector<std::string> texts;
  for (auto const& [label, count] : counts)
    if (texts.size() < most) texts.push_back(fmt::format("'{}' ({} rows)", label, count));
  if (counts.size() > most) texts.push_back(fmt::format("and {} others", counts.size() - most));
  Unusable const& first = sorted.unusable.front();
  throw_error(
      ErrorKind::crs,
      "Layer '{}': {} of its {} shapes do not lie in the CRS that '{}' and crs_values say: {}. Feature '{}', for "
      "instance: {} Correct crs_values, or keep the rows that can be used with where.",
      layer.name, sorted.unusable.size(), sorted.shapes, config.field, join(texts, ", "), layer.id[first.row],
      first.text);
}

/// The vertices of rows, in place.
void transform_rows(GeometryColumn& column, std::vector<Row> const& rows, Transform const& transform) {
  for (Row const row : rows) {
    auto const begin = column.xy.begin() + 2 * static_cast<std::ptrdiff_t>(column.path_begin[column.first_path(row)]);
    auto const end = column.xy.begin() + 2 * static_cast<std::ptrdiff_t>(column.path_begin[column.end_path(row)]);
    std::vector<double> part(begin, end);
    transform.apply(part);
    std::copy(part.begin(), part.end(), begin);
  }
}

RowCrsPart bring(Layer& layer, Crs const& from, std::string const& definition, std::vector<Row> const& rows,
                 double max_crs_error_m) {
  RowCrsPart out{definition, rows.size(), {}};
  if (same_crs(from, layer.crs)) return out;
  Box area;
  for (Row const row : rows) {
    area.extend(layer.geometry.box[row].min_x, layer.geometry.box[row].min_y);
    area.extend(layer.geometry.box[row].max_x, layer.geometry.box[row].max_y);
  }
  Transform const transform(from, layer.crs, area);
  out.transform = transform.info();
  check_accuracy(layer, from, layer.crs, max_crs_error_m, out.transform);
  transform_rows(layer.geometry, rows, transform);
  return out;
}

}  // namespace

void unify_crs(Layer& layer, PrepareOptions const& options, PrepareReport& report, Issues& issues) {
  RowCrs const& config = *options.row_crs;
  Labels const labels(config, layer.crs);
  Sorted const sorted = sort_rows(layer, config, labels);
  check_most_fit(layer, config, sorted);
  for (Issue& issue : issues.rows())  // found before, at coordinates in who knows which CRS
    if (issue.layer == layer.name && issue.source_crs) issue.x = issue.y = std::nan("");
  std::vector<Row> emptied;
  for (Unusable const& one : sorted.unusable) emptied.push_back(one.row);
  empty_rows(layer.geometry, emptied);
  for (Unusable const& one : sorted.unusable)
    issues.add(issue_at(layer, one.row, "read", one.code, Severity::error, one.text));
  report.quarantined += emptied.size();
  for (auto const& [definition, rows] : sorted.rows_of)
    report.row_crs.push_back(
        bring(layer, labels.candidates().at(definition).crs, definition, rows, options.max_crs_error_m));
  auto const before = layer.geometry.box;
  std::vector<Issue> outside;
  rebuild_rows(layer, before, outside);
  for (Issue& issue : outside) {
    issue.x = issue.y = std::nan("");
    issues.add(std::move(issue));
  }
  report.quarantined += outside.size();
}

}  // namespace terrein::prepare
