#include <algorithm>

#include "terrein/app/profile.hpp"
#include "terrein/core/error.hpp"
#include "terrein/core/text.hpp"

namespace terrein {
namespace {

/// As the language of `where` writes texts and names: a quote inside stands twice.
std::string quoted(std::string const& text, char quote) {
  std::string out(1, quote);
  for (char const c : text) out.append(c == quote ? 2 : 1, c);
  return out + quote;
}

/// Settles the attributes of one layer.
class Resolver {
 public:
  Resolver(LayerConfig& layer, SourceLayer const& source) : layer_(layer), source_(source) {}

  void resolve() {
    layer_.id = source_.first_field(layer_.id);  // without one the feature ids count
    resolve_rows();
    resolve_classes();
    if (layer_.approximate && !take(layer_.approximate->field)) layer_.approximate.reset();
    if (layer_.graph) resolve_graph(*layer_.graph);
    if (layer_.slip_roads && !take(layer_.slip_roads->field)) layer_.slip_roads.reset();
    take(layer_.decided);
    take(layer_.phase);
    for (FieldRename& rename : layer_.renames) take(rename.from);
    std::erase_if(layer_.renames, [](FieldRename const& rename) { return rename.from.empty(); });
    for (std::string& column : layer_.personal) take(column);
    std::erase(layer_.personal, "");
  }

 private:
  bool take(std::string& field) const {
    field = source_.first_field(field);
    return !field.empty();
  }

  [[noreturn]] void fail(std::string const& wanted, std::string const& what) const {
    std::vector<std::string> names;
    for (SourceField const& field : source_.fields) names.push_back(field.name);
    throw_error(ErrorKind::input,
                "Layer '{}' ('{}'): profile '{}' looks for {} in {}, but the source has {}. Name the attribute in the "
                "study, or take another profile.",
                layer_.key, layer_.written, layer_.profile->key, what, join(split(wanted, '|'), " or "),
                names.empty() ? "no attributes" : join(names, ", "));
  }

  /// The filter of the profile in the names and the types of the source. A study's own filter replaces it.
  void resolve_rows() {
    if (layer_.where != layer_.profile->defaults.where) return;
    for (RowChoice const& rows : layer_.profile->rows) {
      std::string const field = source_.first_field(rows.field);
      if (field.empty() && rows.optional) continue;
      if (field.empty()) fail(rows.field, "the rows that count");
      std::string const condition = "(" + row_condition(field, rows) + ")";
      layer_.where = layer_.where.empty() ? condition : "(" + layer_.where + ") and " + condition;
    }
  }

  [[nodiscard]] std::string row_condition(std::string const& field, RowChoice const& rows) const {
    bool const numbers = holds_numbers(field);
    std::vector<std::string> literals;
    for (std::string const& value : rows.values) {
      if (!numbers)
        literals.push_back(quoted(value, '\''));
      else if (parse_number(value))  // a label says nothing about numbers
        literals.push_back(value);
    }
    if (literals.empty()) fail(rows.field, "texts that say which rows count");
    std::string const name = quoted(field, '"'), list = " in (" + join(literals, ", ") + ")";
    return rows.keep ? name + list : name + " not" + list + " or " + name + " is null";
  }

  [[nodiscard]] bool holds_numbers(std::string const& name) const {
    return std::any_of(source_.fields.begin(), source_.fields.end(), [&name](SourceField const& field) {
      return field.name == name && (field.type.starts_with("integer") || field.type == "real");
    });
  }

  /// The first attribute that is there, of the class or of what it falls back to.
  void resolve_classes() {
    ClassTable& table = layer_.classes;
    if (table.field.empty()) return;
    std::string const wanted = table.field;
    for (ClassTable& fallback : table.fallback) take(fallback.field);
    std::erase_if(table.fallback, [](ClassTable const& fallback) { return fallback.field.empty(); });
    if (take(table.field)) return;
    if (table.fallback.empty()) fail(wanted, "the class");
    ClassTable only = std::move(table.fallback.front());
    table = std::move(only);
  }

  void resolve_graph(GraphOptions& graph) const {
    for (std::string* field : {&graph.from_field, &graph.to_field}) {
      std::string const wanted = *field;
      if (!wanted.empty() && !take(*field)) fail(wanted, "the ends of its lines");
    }
    std::string const wanted = graph.class_field;
    if (!wanted.empty() && !take(graph.class_field)) fail(wanted, "the class of its lines");
    take(graph.speed_field);
    take(graph.oneway_field);
    take(graph.ferry_field);
    LimitFields& limits = graph.limits;
    FactFields& facts = graph.facts;
    for (std::string* field : {&limits.weight, &limits.height, &limits.width, &limits.length, &limits.axle, &facts.cemt,
                               &facts.draught, &facts.air_draught, &facts.electrified, &facts.track})
      take(*field);
  }

  LayerConfig& layer_;
  SourceLayer const& source_;
};

/// The layer that will be read: the one named, the one called as its key, or the only one with shapes.
SourceLayer const* chosen(LayerConfig const& config, SourceDescription const& source) {
  std::vector<SourceLayer const*> spatial;
  for (SourceLayer const& layer : source.layers) {
    std::string const& wanted = config.layer.empty() ? config.key : config.layer;
    if (lower(layer.name) == lower(wanted)) return &layer;
    if (layer.shape != "table") spatial.push_back(&layer);
  }
  if (spatial.empty() && source.layers.size() == 1) return &source.layers.front();  // a table
  return config.layer.empty() && spatial.size() == 1 ? spatial.front() : nullptr;
}

}  // namespace

Study with_profiles(Study study) {
  for (LayerConfig& layer : study.layers) {
    if (!layer.profile || layer.derived()) continue;
    SourceDescription const source = describe_source(layer.path, layer.written, layer.key, layer.layer);
    if (source.driver != "GML" && layer.geometry == layer.profile->defaults.geometry) layer.geometry.clear();
    // A layer that is not there is told when it is read, with the names there are.
    if (SourceLayer const* one = chosen(layer, source)) Resolver(layer, *one).resolve();
  }
  return study;
}

}  // namespace terrein
