#include "result_tables.hpp"

#include <algorithm>
#include <optional>
#include <set>

#include "additions_tables.hpp"
#include "candidate_table.hpp"
#include "fabric_table.hpp"
#include "issues_table.hpp"
#include "meaning_tables.hpp"
#include "method_tables.hpp"
#include "personal.hpp"
#include "sources_table.hpp"
#include "terrein/core/error.hpp"
#include "terrein/core/text.hpp"
#include "terrein/report/style.hpp"

namespace terrein {
namespace {

/// A layer in a GeoPackage holds shapes of one kind: polygons if there are any, else lines, else points.
GeometryKind main_kind(GeometryColumn const& column) {
  for (GeometryKind const kind : {GeometryKind::polygon, GeometryKind::line, GeometryKind::point})
    if (std::find(column.kind.begin(), column.kind.end(), kind) != column.kind.end()) return kind;
  return GeometryKind::polygon;
}

ShapeType shape_of(GeometryKind kind) {
  if (kind == GeometryKind::point) return ShapeType::point;
  return kind == GeometryKind::line ? ShapeType::line : ShapeType::polygon;
}

/// The column with shapes of one kind; rows of another kind are left without shape.
GeometryColumn of_kind(GeometryColumn const& column, GeometryKind wanted) {
  GeometryColumn out;
  GeometryBuilder builder(out);
  for (Row row = 0; row < column.size(); ++row) {
    if (column.has_shape(row) && column.kind[row] != wanted)
      builder.end_row(GeometryKind::null);
    else
      builder.copy_row(column, row);
  }
  return out;
}

/// A style name as layer_styles takes it: at most 30 bytes, no character cut in half.
std::string style_name(std::string title) {
  constexpr std::size_t most = 30;
  if (title.size() <= most) return title;
  title.resize(most);
  while (!is_utf8(title)) title.pop_back();
  return title;
}

/// Splits the candidates: failing in every written model (with the reasons), and the others.
struct Split {
  std::vector<Row> candidates, excluded;
};

class ContentBuilder {
 public:
  ContentBuilder(Study const& study, StudyLayers const& layers, Additions const& additions,
                 MeasuringLayer const& candidates, Judgement const& judgement, std::vector<MadeLayer> made,
                 Issues const& issues, DataFolders const& data, Labels const& labels)
      : study_(study),
        layers_(layers),
        additions_(additions),
        candidates_(candidates),
        judgement_(judgement),
        made_(std::move(made)),
        issues_(issues),
        data_(data),
        labels_(labels) {
    for (ModelResult const& result : judgement.models)
      if (!is_left_out(result.model->key)) models_.push_back(&result);
  }

  ResultContent build() {
    CandidateTable full = candidate_table(study_, layers_, candidates_, judgement_, labels_);
    out_.id_column = full.id_column;
    Split const split = split_candidates();
    keep_ids(study_.output.layer, split.candidates);
    keep_ids("excluded", split.excluded);
    std::optional<OutputLayer> excluded;
    if (!models_.empty()) excluded = excluded_layer(full, split.excluded);
    add_candidates(std::move(full), split.candidates);
    if (excluded) out_.package.layers.push_back(std::move(*excluded));
    add_issues();
    for (MadeLayer& one : made_) add_made(std::move(one));
    for (std::string const& key : study_.output.context) add_context(key);
    out_.package.layers.push_back(sources_table(study_, layers_, additions_, labels_));
    out_.package.layers.push_back(
        additions_form(study_, additions_, candidates_, models_, judgement_, data_.styles, labels_));
    if (!study_.additions.path.empty()) out_.package.layers.push_back(additions_used(study_, additions_, labels_));
    if (OutputLayer fabric = fabric_table(study_, layers_, labels_); fabric.table.rows() > 0)
      out_.package.layers.push_back(std::move(fabric));
    if (!models_.empty()) {
      add_ledger();
      out_.package.layers.push_back(models_table(study_, judgement_, models_, weights_notes(), labels_));
      if (OutputLayer groups = groups_table(models_, labels_); groups.table.rows() > 0)
        out_.package.layers.push_back(std::move(groups));
    }
    out_.package.layers.push_back(criteria_table(study_, judgement_, labels_));
    out_.package.layers.push_back(rules_table(study_, judgement_, models_, labels_));
    out_.package.layers.push_back(bounds_table(study_, candidates_, judgement_, labels_));
    for (std::string const& key : study_.output.originals)
      out_.package.originals.push_back(original_layer(*study_.find_layer(key), layers_.originals.at(key), labels_));
    add_domains();
    out_.source_line = source_line();
    return std::move(out_);
  }

 private:
  [[nodiscard]] bool is_left_out(std::string const& key) const {
    auto const& list = study_.output.leave_out;
    return std::find(list.begin(), list.end(), key) != list.end();
  }

  [[nodiscard]] Split split_candidates() const {
    Split out;
    for (Row row = 0; row < candidates_.layer.size(); ++row) {
      bool const fails = !models_.empty() && std::all_of(models_.begin(), models_.end(), [row](ModelResult const* m) {
        return m->outcome[row] == Outcome::fails;
      });
      (fails ? out.excluded : out.candidates).push_back(row);
    }
    return out;
  }

  /// GeoJSON names its features by them.
  void keep_ids(std::string const& name, std::vector<Row> const& rows) {
    auto const& wanted = study_.output.geojson;
    if (std::find(wanted.begin(), wanted.end(), name) == wanted.end()) return;
    for (Row const row : rows) out_.ids[name].push_back(candidates_.layer.id[row]);
  }

  /// The candidates `rows` as a layer, which only points at their shapes when they are all there are.
  OutputLayer land_layer(std::string const& name, std::string const& title_key, std::vector<Row> const& rows) {
    GeometryColumn const& shapes = candidates_.layer.geometry;
    bool const all = are_all(rows, shapes.size());
    OutputLayer out = new_layer(name, title_key, all ? GeometryColumn{} : take(shapes, rows), ShapeType::polygon);
    if (all) out.geometry = &shapes;
    return out;
  }

  OutputLayer new_layer(std::string const& name, std::string const& title_key, GeometryColumn shapes, ShapeType shape) {
    OutputLayer layer;
    layer.name = name;
    layer.title = labels_.get("layer", title_key);
    layer.crs = layers_.crs;
    layer.shape = shape;
    if (shape != ShapeType::none) {
      out_.shapes.push_back(std::make_unique<GeometryColumn>(std::move(shapes)));
      layer.geometry = out_.shapes.back().get();
    }
    return layer;
  }

  void add_candidates(CandidateTable full, std::vector<Row> const& rows) {
    OutputLayer layer = land_layer(study_.output.layer, "candidates", rows);
    auto const choices = chosen_columns(study_, full);
    fill_columns(layer, std::move(full), rows, choices);
    layer.description = weights_notes();
    std::string const first =
        models_.empty() || !has_column(layer, models_[0]->model->key + "_score") ? "" : models_[0]->model->key;
    layer.qml = candidates_qml(data_.styles, first, layer, labels_);
    layer.style_name = first.empty() ? style_name(layer.title) : "Score";
    std::vector<std::string> scored;
    for (ModelResult const* model : models_) {
      std::string const& key = model->model->key;
      bool const has_score = has_column(layer, key + "_score");
      if (has_score) scored.push_back(key);
      out_.models.push_back({key, model_label(*model->model, labels_),
                             has_score ? candidates_qml(data_.styles, key, layer, labels_) : layer.qml,
                             weights_note(*model->model, labels_)});
    }
    layer.extra_styles = extra_candidates_styles(data_.styles, scored, layer, labels_);
    out_.package.layers.push_back(std::move(layer));
  }

  /// Who adopted the weights, per model: stands with every layer and table that rests on them.
  [[nodiscard]] std::string weights_notes() const {
    std::vector<std::string> notes;
    for (ModelResult const* model : models_)
      notes.push_back(model_label(*model->model, labels_) + ": " + weights_note(*model->model, labels_) + ".");
    return join(notes, " ");
  }

  static bool has_column(OutputLayer const& layer, std::string const& name) {
    return layer.table.find(name) != nullptr;
  }

  /// Columns are moved to the layer where all rows are wanted: a copy of a province would take its memory twice.
  static void fill_columns(OutputLayer& layer, CandidateTable full, std::vector<Row> const& rows,
                           std::vector<ColumnChoice> const& choices) {
    bool const all = are_all(rows, full.table.rows());
    if (choices.empty()) {
      layer.table = all ? std::move(full.table) : take(full.table, rows);
      layer.fields = std::move(full.notes);
      return;
    }
    std::vector<std::size_t> const places = places_of(choices, full);
    std::vector<AnyColumn> columns = std::move(full.table).take_columns();
    layer.table = Table(rows.size());
    for (std::size_t i = 0; i < choices.size(); ++i) {
      AnyColumn& column = columns[places[i]];
      layer.fields[choices[i].name] = full.notes.at(name_of(column));
      bool const again =
          std::find(places.begin() + static_cast<std::ptrdiff_t>(i) + 1, places.end(), places[i]) != places.end();
      AnyColumn chosen = again || !all ? take(column, rows) : std::move(column);
      std::visit([&](auto& c) { c.name = choices[i].name; }, chosen);
      layer.table.add(std::move(chosen));
    }
  }

  /// Where the chosen columns stand in the full table.
  static std::vector<std::size_t> places_of(std::vector<ColumnChoice> const& choices, CandidateTable const& full) {
    std::vector<std::size_t> out;
    for (ColumnChoice const& choice : choices) {
      AnyColumn const* const column = full.table.find(choice.from);
      if (column == nullptr) {
        std::vector<std::string> names = full.table.names();
        names.insert(names.end(), full.unused.begin(), full.unused.end());
        throw_error(ErrorKind::config, "[output] columns: the result has no column '{}'.{}", choice.from,
                    suggestion(choice.from, names));
      }
      out.push_back(static_cast<std::size_t>(column - full.table.columns().data()));
    }
    return out;
  }

  OutputLayer excluded_layer(CandidateTable const& full, std::vector<Row> const& rows) {
    OutputLayer layer = land_layer("excluded", "excluded", rows);
    layer.table = take(full.table, rows);
    layer.fields = full.notes;
    TextColumn why("excluded_by");
    for (Row const row : rows) {
      std::vector<std::string> parts;
      for (ModelResult const* model : models_)
        parts.push_back(model_label(*model->model, labels_) + ": " + join(failures(*model, row, labels_), ", "));
      why.push(join(parts, "; "));
    }
    layer.table.add(std::move(why));
    layer.description = weights_notes();
    layer.fields["excluded_by"] = {labels_.get("column", "excluded_by"), "", ""};
    layer.qml = excluded_qml(data_.styles, layer, labels_);
    layer.style_name = style_name(layer.title);
    return layer;
  }

  void add_issues() {
    IssuesTable made = issues_table(issues_, labels_);
    bool const placeless = made.places.extent().empty() && issues_.size() > 0;
    OutputLayer layer =
        new_layer("issues", "issues", std::move(made.places), placeless ? ShapeType::none : ShapeType::point);
    layer.table = std::move(made.table);
    layer.fields = std::move(made.fields);
    if (!placeless) {
      layer.qml = issues_qml(data_.styles, layer, labels_);
      layer.style_name = style_name(layer.title);
    }
    out_.package.layers.push_back(std::move(layer));
  }

  void add_context(std::string const& key) {
    Layer const& whole = layers_.layers.at(key).layer;
    // Of a layer of all municipalities only those of the study are shown.
    Layer const source = key == study_.area.layer ? take(whole, area_rows(study_, whole)) : whole;
    LayerConfig const& config = *study_.find_layer(key);
    GeometryKind const kind = main_kind(source.geometry);
    OutputLayer layer = new_layer(key, key, of_kind(source.geometry, kind), shape_of(kind));
    if (std::string const label = labels_.pick(config.label_nl, config.label_en); !label.empty()) layer.title = label;
    layer.licence = config.attribution.empty() ? config.licence : config.attribution;
    layer.table = Table(source.size());
    if (config.id.empty()) {  // what by_… columns name; an id field is among the attributes already
      TextColumn id("source_id");
      for (std::string const& text : source.id) id.push(text);
      add_labelled(layer, std::move(id));
    }
    out_.ids[key] = source.id;
    for (AnyColumn const& column : source.attributes.columns()) {
      if (is_hidden(study_, config, name_of(column))) continue;
      AnyColumn copy = column;
      std::string const name = free_name(name_of(column), layer.table);
      std::visit([&](auto& c) { c.name = name; }, copy);
      layer.fields[name] = {labels_.get("column", name), "", ""};
      layer.table.add(std::move(copy));
    }
    layer.qml = context_qml(data_.styles, key, layer, labels_);
    layer.style_name = style_name(layer.title);
    out_.package.layers.push_back(std::move(layer));
  }

  void add_ready(MadeLayer made) {
    OutputLayer layer = std::move(*made.ready);
    if (made.shape != ShapeType::none) {
      out_.shapes.push_back(std::make_unique<GeometryColumn>(std::move(made.shapes)));
      layer.geometry = out_.shapes.back().get();
    }
    for (auto const& [name, note] : layer.fields)
      if (!note.domain.empty()) domains_.insert(note.domain);
    out_.package.layers.push_back(std::move(layer));
  }

  void add_made(MadeLayer made) {
    if (made.ready) return add_ready(std::move(made));
    OutputLayer layer = new_layer(made.name, made.name, std::move(made.shapes), made.shape);
    layer.description = std::move(made.description);
    layer.table = std::move(made.table);
    for (std::string const& name : layer.table.names()) {
      if (auto const note = made.notes.find(name); note != made.notes.end()) {
        layer.fields[name] = note->second;
        if (!note->second.domain.empty()) domains_.insert(note->second.domain);
        continue;
      }
      auto const codes = made.codes.find(name);
      std::string const domain = codes == made.codes.end() ? std::string{} : codes->second;
      layer.fields[name] = {labels_.get("column", name), "", domain};
      if (!domain.empty()) domains_.insert(domain);
    }
    if (layer.shape != ShapeType::none) {
      layer.qml = context_qml(data_.styles, made.name, layer, labels_);
      layer.style_name = style_name(layer.title);
    }
    out_.package.layers.push_back(std::move(layer));
  }

  void add_ledger() {
    OutputLayer layer = new_layer("ledger", "ledger", {}, ShapeType::none);
    layer.description = weights_notes();
    TextColumn model("model"), rule("rule"), label("label"), effect("effect"), level("level"), grounds("ground"),
        reference("reference"), date("date"), mark("mark"), test("test"), duty("duty");
    std::vector<Column<std::int64_t>> counts;
    for (char const* name : {"applies_n", "only_n", "unknown_n"}) counts.emplace_back(name, 0);
    std::vector<Column<double>> areas;
    for (char const* name : {"applies_ha", "only_ha", "gain_net_ha", "unknown_ha"}) areas.emplace_back(name, 0);
    for (ModelResult const* result : models_)
      for (std::size_t i = 0; i < result->rules.size(); ++i) {
        RuleSpec const& spec = *result->rules[i];
        LedgerRow const& row = result->ledger[i];
        model.push(result->model->key);
        rule.push(spec.key);
        label.push(rule_label(spec, labels_));
        effect.push(to_string(spec.effect));
        level.push(spec.of_site ? "site" : "parcel");
        grounds.push(to_string(spec.ground));
        reference.push(spec.reference);
        date.push(spec.date);
        mark.push(spec.mark);
        test.push(spec.effect == RuleEffect::cut ? "" : spec.criterion + " " + to_text(spec.test));
        duty.push(spec.duty);
        counts[0].push(static_cast<std::int64_t>(row.applies_n));
        counts[1].push(static_cast<std::int64_t>(row.only_n));
        counts[2].push(static_cast<std::int64_t>(row.unknown_n));
        double const hectares[] = {row.applies_ha, row.only_ha, row.gain_net_ha, row.unknown_ha};
        for (std::size_t k = 0; k < areas.size(); ++k) areas[k].push(hectares[k]);
      }
    layer.table = Table(model.size());
    for (TextColumn* column :
         {&model, &rule, &label, &effect, &level, &grounds, &reference, &date, &mark, &test, &duty})
      add_labelled(layer, std::move(*column));
    for (auto& column : counts) add_labelled(layer, std::move(column));
    for (auto& column : areas) add_labelled(layer, std::move(column));
    out_.package.layers.push_back(std::move(layer));
  }

  void add_labelled(OutputLayer& layer, AnyColumn column) {
    std::string const name = name_of(column);
    layer.fields[name] = {labels_.get("column", name), "", ""};
    layer.table.add(std::move(column));
  }

  void add_domains() {
    Domain result{"rule_result", {}}, outcome{"outcome", {}}, severity{"severity", {}};
    for (char const* code : {"pass", "condition", "fail", "unknown"})
      result.values.emplace_back(code, labels_.get("rule_result", code));
    for (char const* code : {"voldoet", "onder voorwaarden", "voldoet niet", "onbekend"})
      outcome.values.emplace_back(code, labels_.get("outcome", code));
    for (char const* code : {"note", "warning", "error"})
      severity.values.emplace_back(code, labels_.get("severity", code));
    out_.package.domains = {result, outcome, severity};
    if (std::any_of(models_.begin(), models_.end(), [](ModelResult const* one) { return !one->vetoes.result.empty(); }))
      domains_.insert("veto_result");
    for (std::string const& name : domains_) {
      auto const is_there = [&name](Domain const& domain) { return domain.name == name; };
      if (std::any_of(out_.package.domains.begin(), out_.package.domains.end(), is_there)) continue;
      auto const words = labels_.all(name);
      out_.package.domains.push_back({name, {words.begin(), words.end()}});
    }
  }

  /// Attribution of all layers that state one.
  [[nodiscard]] std::string source_line() const {
    std::vector<std::string> out;
    for (LayerConfig const& config : study_.layers) {
      std::string const& text = config.attribution.empty() ? config.licence : config.attribution;
      if (!text.empty() && std::find(out.begin(), out.end(), text) == out.end()) out.push_back(text);
    }
    return join(out, "; ");
  }

  Study const& study_;
  StudyLayers const& layers_;
  Additions const& additions_;
  MeasuringLayer const& candidates_;
  Judgement const& judgement_;
  std::vector<MadeLayer> made_;
  Issues const& issues_;
  DataFolders const& data_;
  Labels const& labels_;
  std::vector<ModelResult const*> models_;
  std::set<std::string> domains_;  ///< of columns of made layers: kinds of labels
  ResultContent out_;
};

}  // namespace

ResultContent result_content(Study const& study, StudyLayers const& layers, Additions const& additions,
                             MeasuringLayer const& candidates, Judgement const& judgement, std::vector<MadeLayer> made,
                             Issues const& issues, DataFolders const& data, Labels const& labels) {
  return ContentBuilder(study, layers, additions, candidates, judgement, std::move(made), issues, data, labels).build();
}

}  // namespace terrein
