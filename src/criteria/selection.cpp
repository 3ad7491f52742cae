#include "criteria/selection.hpp"

#include <algorithm>
#include <cmath>

#include "terrein/core/error.hpp"
#include "terrein/core/text.hpp"

namespace terrein {

namespace {

/// Byte per word of the layer's classes: whether one of its parts (itself, without separator) passes the test.
template <class Test>
std::vector<std::uint8_t> words_with(MeasuringLayer const& source, Test const& test) {
  std::vector<std::uint8_t> out;
  for (std::string const& word : source.class_of.words()) {
    auto const parts =
        source.class_separator == '\0' ? std::vector<std::string>{word} : split(word, source.class_separator);
    out.push_back(
        std::any_of(parts.begin(), parts.end(), [&](std::string const& part) { return test(trim(part)); }) ? 1 : 0);
  }
  return out;
}

/// Words of which a part is not known: "rail;".
std::vector<std::uint8_t> partial_words(MeasuringLayer const& source) {
  if (source.class_separator == '\0') return std::vector<std::uint8_t>(source.class_of.words().size(), 0);
  return words_with(source, [](std::string_view part) { return part.empty(); });
}

/// " of class 'rail'"; nothing when all rows count.
Reason of_classes(std::vector<std::string> const& classes) {
  if (classes.empty()) return {};
  std::string const words = join(classes, "', '");
  return {fmt::format(" of class '{}'", words), fmt::format(" van klasse '{}'", words)};
}

}  // namespace

Selection select(CriterionSpec const& spec, Inputs const& inputs, std::string const& layer_key,
                 std::vector<std::string> const& classes) {
  MeasuringLayer const& source = inputs.layers->at(layer_key);
  std::size_t const rows = source.layer.size();
  if (!classes.empty()) require_classes(spec, source);
  auto const wanted = words_with(
      source, [&](std::string_view part) { return std::find(classes.begin(), classes.end(), part) != classes.end(); });
  auto const partial = partial_words(source);
  std::vector<std::uint8_t> const none(rows, 0);
  Selection out{none, none, none};
  for (std::size_t row = 0; row < rows; ++row) {
    bool const has_class = !classes.empty() && source.class_of.is_known(row);
    bool const chosen = classes.empty() || (has_class && wanted[source.class_of.code(row)] != 0);
    bool const unlabelled = !chosen && (!has_class || partial[source.class_of.code(row)] != 0);
    if (!source.approximate.empty() && source.approximate[row] != 0 && !inputs.allow_approximate) {
      out.any_approximate |= chosen;
    } else if (source.layer.geometry.has_place(row)) {
      bool const counts = source.layer.geometry.has_shape(row);  // else too far to be met, though the layer has it
      out.chosen[row] = chosen && counts ? 1 : 0;
      out.unlabelled[row] = unlabelled && counts ? 1 : 0;
      out.any_chosen |= chosen;
      out.any_unlabelled |= unlabelled;
    } else if (chosen || (unlabelled && source.layer.geometry.kind[row] != GeometryKind::null)) {
      out.shapeless[row] = 1;
      out.any_shapeless = true;
    }
  }
  return out;
}

std::vector<std::uint8_t> either(Selection const& selection) {
  std::vector<std::uint8_t> out = selection.chosen;
  for (std::size_t row = 0; row < out.size(); ++row) out[row] |= selection.unlabelled[row];
  return out;
}

std::vector<std::uint8_t> all_terms(Selection const& selection) {
  auto out = either(selection);
  for (std::size_t row = 0; row < out.size(); ++row) out[row] |= selection.shapeless[row];
  return out;
}

void require_polygons(CriterionSpec const& spec, MeasuringLayer const& layer) {
  bool shapes = false;
  GeometryKind other = GeometryKind::null;
  for (std::size_t row = 0; row < layer.layer.size(); ++row) {
    if (!layer.layer.geometry.has_place(row)) continue;
    GeometryKind const kind = layer.layer.geometry.kind[row];
    if (kind == GeometryKind::polygon || kind == GeometryKind::far) return;
    shapes = true;
    other = kind;
  }
  if (shapes)
    throw_error(ErrorKind::input,
                "Criterion '{}' ({}) needs polygons, but layer '{}' holds {}s. Take a measure of distance or number "
                "(distance, count_within), or another layer.",
                spec.key, spec.measure, layer.layer.name, to_string(other));
}

bool has_classes(MeasuringLayer const& layer) { return layer.class_of.size() == layer.layer.size(); }

void require_classes(CriterionSpec const& spec, MeasuringLayer const& layer) {
  if (has_classes(layer)) return;
  throw_error(ErrorKind::config,
              "Criterion '{}' ({}) asks for classes, but layer '{}' has none. Name the field with the class of its "
              "features in the study file.",
              spec.key, spec.measure, layer.layer.name);
}

AnyColumn const& field_of(CriterionSpec const& spec, Layer const& layer) {
  if (spec.field.empty())
    throw_error(ErrorKind::config, "Criterion '{}' ({}) does not name the field of layer '{}' to read.", spec.key,
                spec.measure, layer.name);
  if (auto const* column = layer.attributes.find(spec.field)) return *column;
  throw_error(ErrorKind::input, "Criterion '{}' ({}): layer '{}' has no field '{}'.{}", spec.key, spec.measure,
              layer.name, spec.field, suggestion(spec.field, layer.attributes.names()));
}

Column<double> numbers_of(CriterionSpec const& spec, Layer const& layer, std::vector<std::uint8_t> const& used) {
  AnyColumn const& field = field_of(spec, layer);
  Column<double> out(spec.field, layer.size());
  for (std::size_t row = 0; row < layer.size(); ++row) {
    if (!used.empty() && used[row] == 0) continue;
    auto const number = number_at(field, row);
    if (number && std::isfinite(*number)) out.set(row, *number);
    if (number || !std::holds_alternative<TextColumn>(field)) continue;
    auto const text = text_at(field, row);
    if (!text || trim(*text).empty()) continue;
    throw_error(ErrorKind::input,
                "Criterion '{}' ({}): layer '{}', field '{}', feature '{}' has the text '{}' where a number belongs. "
                "Write it as a number with a decimal point, leave it empty, or take another field.",
                spec.key, spec.measure, layer.name, spec.field, layer.id[row], *text);
  }
  return out;
}

std::optional<std::string> text_of(AnyColumn const& column, std::size_t row) {
  auto text = text_at(column, row);
  if (text && trim(*text).empty()) text.reset();
  return text;
}

Reason all_shapeless(std::string const& layer_key, std::vector<std::string> const& classes,
                     Selection const& selection) {
  if (!selection.any_shapeless || selection.any_chosen || selection.any_unlabelled) return {};
  Reason const which = of_classes(classes);
  return {fmt::format("layer '{}' has features{} only without a usable shape", layer_key, which.en),
          fmt::format("laag '{}' heeft objecten{} alleen zonder bruikbare vorm", layer_key, which.nl)};
}

Reason nothing_to_reach(CriterionSpec const& spec, Selection const& selection) {
  if (selection.any_chosen) return {};
  if (Reason why = all_shapeless(spec.layer, spec.classes, selection); !why.empty()) return why;
  Reason const which = of_classes(spec.classes);
  if (selection.any_approximate)
    return {fmt::format("layer '{}' has features{} only with approximate positions", spec.layer, which.en),
            fmt::format("laag '{}' heeft objecten{} alleen met een positie bij benadering", spec.layer, which.nl)};
  return {fmt::format("layer '{}' has no feature{}", spec.layer, which.en),
          fmt::format("laag '{}' heeft geen object{}", spec.layer, which.nl)};
}

}  // namespace terrein
