#include <fmt/core.h>

#include <algorithm>
#include <map>

#include "init_parts.hpp"
#include "terrein/core/error.hpp"
#include "terrein/core/text.hpp"
#include "terrein/io/read_layer.hpp"

namespace terrein {
namespace {

/// "SBZ-H" and "sbz h" are written as a class would be.
std::string as_class(std::string const& value) {
  std::string out(trim(lower(value)));
  std::replace_if(
      out.begin(), out.end(), [](char c) { return c == ' ' || c == '-'; }, '_');
  return out;
}

/// The class that a value is called after; empty for none.
std::string class_called(std::string const& value, std::vector<std::string> const& classes) {
  for (std::string const& one : classes)
    if (as_class(value) == lower(one)) return one;
  return {};
}

/// Rows per value of an attribute.
using Values = std::map<std::string, std::size_t>;

struct ClassField {
  std::string name;
  Values values;
  std::size_t called = 0;  ///< rows whose value is the name of a class
};

std::vector<ClassField> text_fields(FoundLayer const& found, std::vector<std::string> const& classes) {
  ReadOptions options;
  options.name = found.source.name;
  options.path = found.path;
  options.written = found.written;
  options.layer = found.source.name;
  options.shapes = false;
  options.all_fields = true;
  std::vector<ClassField> out;
  try {
    Issues ignored;  // told when the study is tried
    ReadResult const read = read_layer(options, ignored);
    for (AnyColumn const& column : read.layer.attributes.columns()) {
      if (!std::holds_alternative<TextColumn>(column)) continue;
      ClassField field{name_of(column), {}, 0};
      for (std::size_t row = 0; row < read.layer.size(); ++row)
        if (auto const text = text_at(column, row); text && !trim(*text).empty()) {
          ++field.values[*text];
          field.called += class_called(*text, classes).empty() ? 0U : 1U;
        }
      out.push_back(std::move(field));
    }
  } catch (Error const& error) {
    if (error.kind() == ErrorKind::interrupted) throw;
  }
  return out;
}

/// An attribute with few values and a name that speaks of kinds goes before others; names of things come last.
double likelihood(ClassField const& field, long long rows) {
  constexpr std::size_t most_values = 80;
  if (field.values.empty() || field.values.size() > most_values) return -1;
  static std::vector<std::string> const words{"class", "klas", "type",  "zon",    "distr", "bestem", "soort", "categ",
                                              "kind",  "mode", "libel", "svnaam", "cemt",  "bedien", "lu"};
  std::string const name = lower(field.name);
  bool const speaks =
      std::any_of(words.begin(), words.end(), [&](std::string const& word) { return name.find(word) != name.npos; });
  double const variety = static_cast<double>(field.values.size()) / static_cast<double>(std::max(1LL, rows));
  return (speaks ? 2 : 0) + (1 - variety) + static_cast<double>(field.called);
}

/// Lines that become the class table once they are chosen.
void offer_classes(ClassField const& field, DraftLayer& layer, Say const& say) {
  constexpr std::size_t most_lines = 40;
  layer.notes.push_back(say("wat elke waarde betekent; tot dan zegt de laag niets over: ",
                            "what each value means; until then the layer says nothing of: ") +
                        join(layer.role->classes, ", "));
  layer.open.push_back("class = " + toml_quoted(field.name));
  layer.open.push_back("[layers." + layer.key + ".classes]");
  std::size_t lines = 0;
  for (auto const& [value, count] : field.values) {
    if (++lines > most_lines) break;
    layer.open.push_back(fmt::format("{} = \"\"   # {}", toml_quoted(value), rows_text(count, say)));
  }
}

std::string node_field(FoundLayer const& found, bool from) {
  return found.source.first_field(from ? "from_node|fromnode|from_id|node_from|node1|source_node|van_knoop|beginknoop"
                                       : "to_node|tonode|to_id|node_to|node2|target_node|naar_knoop|eindknoop");
}

}  // namespace

void draft_classes(DraftLayer& layer, Say const& say) {
  auto fields = text_fields(*layer.claim.found, layer.role->classes);
  long long const rows = layer.claim.found->source.rows;
  std::erase_if(fields, [&](ClassField const& field) { return likelihood(field, rows) < 0; });
  if (fields.empty()) {
    layer.notes.push_back(say("geen attribuut met klassen gevonden; noem het met class: ",
                              "no attribute with classes was found; name it with class: ") +
                          join(layer.role->classes, ", "));
    return;
  }
  std::stable_sort(fields.begin(), fields.end(),
                   [&](ClassField const& a, ClassField const& b) { return likelihood(a, rows) > likelihood(b, rows); });
  ClassField const& best = fields.front();
  if (best.called == 0) return offer_classes(best, layer, say);
  layer.lines.push_back("class = " + toml_quoted(best.name));
  layer.lines.push_back("[layers." + layer.key + ".classes]");
  for (auto const& [value, count] : best.values)
    if (std::string const name = class_called(value, layer.role->classes); !name.empty())
      layer.lines.push_back(toml_quoted(value) + " = " + toml_quoted(name));
}

bool draft_graph(DraftLayer& layer, Say const& say) {
  FoundLayer const& found = *layer.claim.found;
  std::string const from = node_field(found, true), to = node_field(found, false);
  std::string const speed = found.source.first_field("speed_kmh|maxspeed_kmh|kmh");
  std::string const oneway = found.source.first_field("oneway");
  std::string more = speed.empty() ? ", default_speed_kmh = 50" : ", speed = " + toml_quoted(speed);
  if (!oneway.empty()) more += ", oneway = " + toml_quoted(oneway);
  if (!from.empty() && !to.empty()) {
    layer.lines.push_back("graph = { connect = \"node_ids\", from = " + toml_quoted(from) +
                          ", to = " + toml_quoted(to) + more + " }");
    return true;
  }
  layer.notes.push_back(say("hoe de lijnen aansluiten: op gedeelde punten, of op hun einden",
                            "how the lines join: at shared vertices, or at their ends"));
  layer.open.push_back("graph = { connect = \"vertices\"" + more + " }");
  layer.open.push_back("graph = { connect = \"ends\", tolerance_m = 0.1" + more + " }");
  return false;
}

}  // namespace terrein
