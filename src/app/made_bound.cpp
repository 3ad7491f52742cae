#include "bound_words.hpp"
#include "made_layers.hpp"
#include "named_columns.hpp"

namespace terrein {
namespace {

std::string prefix(BoundLandSpec const& spec) { return spec.mode == BoundMode::water ? "water" : "rail"; }

std::optional<std::string_view> word(Answer answer) {
  if (answer == Answer::unknown) return std::nullopt;
  return answer == Answer::yes ? "yes" : "no";
}
std::optional<std::string_view> word(Electrified value) {
  if (value == Electrified::unknown) return std::nullopt;
  return value == Electrified::yes ? "yes" : "no";
}
std::optional<std::string_view> word(Track value) {
  if (value == Track::unknown) return std::nullopt;
  return value == Track::main ? "main" : "siding";
}
std::optional<std::string_view> text(std::string_view value) {
  return value.empty() ? std::nullopt : std::optional(value);
}

/// The layers and the table of one kind of bound land.
class Maker {
 public:
  Maker(BoundLandSpec const& spec, MadeFrom const& from) : spec_(spec), from_(from), banks_(layer(spec.banks.layer)) {}

  void make(std::vector<MadeLayer>& out) {
    auto const graph = from_.layers.graphs.find(spec_.network);
    auto const facts = from_.layers.line_facts.find(spec_.network);
    BoundNetwork network;
    if (graph != from_.layers.graphs.end() && facts != from_.layers.line_facts.end())
      network = {&graph->second, &facts->second};
    land_ = measure_bound_land(spec_, quiet(from_.inputs), network, from_.issues);
    out.push_back(plots());
    out.push_back(fronts());
    out.push_back(sums());
  }

 private:
  /// What the criteria of the study tell and keep is not told and kept again.
  static Inputs quiet(Inputs inputs) {
    inputs.store = nullptr;
    inputs.progress = {};
    inputs.stats = nullptr;
    return inputs;
  }

  [[nodiscard]] Layer const& layer(std::string const& key) const { return from_.layers.layers.at(key).layer; }
  [[nodiscard]] std::string const& candidate(Row row) const { return from_.inputs.candidates->layer.id[row]; }
  [[nodiscard]] std::optional<std::string> section(Row row) const {
    return row == no_row ? std::nullopt : std::optional(name_of_row(banks_, spec_.section_field, row));
  }
  [[nodiscard]] std::optional<std::string> park(Row row) const {
    return row == no_row ? std::nullopt : std::optional(name_of_row(layer(spec_.parks), spec_.park_field, row));
  }

  MadeLayer plots() {
    MadeLayer out;
    out.name = prefix(spec_) + "_bound";
    out.shape = ShapeType::polygon;
    out.codes = {{"bound_class", "bound_class"},
                 {"destined", "answer"},
                 {"suited", "suited"},
                 {"used", "answer"},
                 {"free", "answer"},
                 {"shared_quay", "answer"}};
    if (spec_.mode == BoundMode::water)
      out.codes["cemt_basis"] = "cemt_basis";
    else
      out.codes.insert({{"electrified", "answer"}, {"track", "track"}});
    GeometryBuilder shapes(out.shapes);
    NamedColumns columns;
    for (BoundPlot const& plot : land_.plots) {
      GeometryColumn const& from = from_.inputs.candidates->layer.geometry;
      if (from.kind[plot.row] == GeometryKind::polygon)
        shapes.copy_row(from, plot.row);
      else
        shapes.end_row(GeometryKind::null);
      add(plot, columns);
    }
    bool const none = land_.plots.empty();  // the columns are there all the same
    if (none) add({}, columns);
    out.table = columns.table(none ? 1 : land_.plots.size());
    if (none) out.table = take(out.table, {});
    return out;
  }

  void add(BoundPlot const& plot, NamedColumns& to) const {
    bool const any = plot.row != no_row;
    to.texts("candidate").push(any ? std::optional<std::string_view>(candidate(plot.row)) : std::nullopt);
    to.texts("bound_class").push(to_string(plot.group));
    to.texts("destined").push(word(plot.destined));
    to.texts("suited").push(plot.suited_low == plot.suited_high ? text(to_string(plot.suited_low)) : std::nullopt);
    to.texts("used").push(word(plot.used));
    to.numbers("frontage_m").push(plot.frontage_m);
    to.numbers("frontage_total_m").push(plot.frontage_total_m);
    to.numbers("depth_m").push(plot.depth_m);
    if (spec_.mode == BoundMode::water) {
      bool const known = plot.basis != CemtBasis::none && plot.cemt.exact() && plot.cemt.low != Cemt::unknown;
      to.texts("cemt").push(known ? text(to_string(plot.cemt.low)) : std::nullopt);
      to.texts("cemt_basis").push(text(to_string(plot.basis)));
    } else {
      to.texts("electrified").push(word(plot.electrified));
      to.texts("track").push(word(plot.track));
    }
    to.texts("quay_id").push(
        plot.quay == no_row ? std::nullopt : std::optional<std::string_view>(layer(spec_.quays.layer).id[plot.quay]));
    to.numbers("quay_m").push(plot.quay_m);
    to.texts("shared_quay").push(spec_.shared_quays.asked() ? word(plot.shared) : std::nullopt);
    to.numbers("buildings_share").push(plot.buildings_share);
    to.numbers("tonnes").push(plot.tonnes);
    to.counts("year").push(plot.year);
    to.texts("free").push(word(plot.free));
    to.numbers("area_ha").push(plot.area_m2 / 1e4);
    to.texts("park").push(park(plot.park));
    to.texts("section").push(section(plot.section));
    to.texts("reasons").push(bound_reasons(spec_, plot, from_.labels));
  }

  MadeLayer fronts() const {
    MadeLayer out;
    out.name = prefix(spec_) + "_frontage";
    out.shape = ShapeType::line;
    out.codes["bound_class"] = "bound_class";
    GeometryBuilder lines(out.shapes);
    TextColumn of("candidate"), group("bound_class"), section_of("section");
    Column<double> length("frontage_m", 0), depth("depth_m", 0);
    for (BoundFront const& front : land_.fronts) {
      for (Point const p : front.line) lines.vertex(p.x, p.y);
      lines.end_path();
      lines.end_part();
      lines.end_row(GeometryKind::line);
      BoundPlot const& plot = land_.plots[front.plot];
      of.push(candidate(plot.row));
      group.push(to_string(plot.group));
      length.push(front.length_m);
      depth.push(front.depth_m);
      section_of.push(section(front.bank));
    }
    out.table = Table(land_.fronts.size());
    out.table.add(std::move(of));
    out.table.add(std::move(group));
    out.table.add(std::move(length));
    out.table.add(std::move(depth));
    out.table.add(std::move(section_of));
    return out;
  }

  MadeLayer sums() const {
    MadeLayer out;
    out.name = prefix(spec_) + "_bound_sums";
    out.codes["kind"] = "bound_sums";
    NamedColumns to;
    auto const all = bound_sums(spec_, land_, from_.inputs);
    for (BoundSums const& one : all) {
      to.texts("kind").push(one.kind);
      to.texts("name").push(one.name);
      to.counts("plots_n").push(static_cast<std::int64_t>(one.plots));
      to.numbers("area_ha").push(one.area_ha);
      to.numbers("potential_ha").push(one.potential_ha);
      to.numbers("used_ha").push(one.used_ha);
      to.numbers("in_name_ha").push(one.in_name_ha);
      to.numbers("presumed_ha").push(one.presumed_ha);
      to.numbers("use_unknown_ha").push(one.unknown_ha);
      to.numbers("destined_unknown_ha").push(one.doubtful_ha);
      to.numbers("used_elsewhere_ha").push(one.other_used_ha);
      to.numbers("suitable_ha").push(one.suitable_ha);
      to.numbers("free_ha").push(one.free_ha);
      to.numbers("fitting_ha").push(one.fitting_ha);
      to.numbers("fitting_possible_ha").push(one.possible_ha);
      to.numbers("demand_ha").push(one.demand_ha);
      to.numbers("shortage_ha").push(one.shortage_ha);
    }
    out.table = to.table(all.size());
    return out;
  }

  BoundLandSpec const& spec_;
  MadeFrom const& from_;
  Layer const& banks_;
  BoundLand land_;
};

}  // namespace

std::vector<PlannedLayer> plan_bound(Study const& study) {
  std::vector<PlannedLayer> out;
  for (BoundLandSpec const& spec : study.bound_land) {
    out.push_back({prefix(spec) + "_bound", ShapeType::polygon});
    out.push_back({prefix(spec) + "_frontage", ShapeType::line});
    out.push_back({prefix(spec) + "_bound_sums", ShapeType::none});
  }
  return out;
}

std::vector<MadeLayer> make_bound(MadeFrom const& from) {
  std::vector<MadeLayer> out;
  for (BoundLandSpec const& spec : from.study.bound_land) Maker(spec, from).make(out);
  return out;
}

}  // namespace terrein
