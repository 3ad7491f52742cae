#include "criteria/measure_keys.hpp"

#include <functional>

#include "terrein/core/hash.hpp"
#include "terrein/core/parallel.hpp"
#include "terrein/core/row_filter.hpp"
#include "terrein/criteria/chains.hpp"
#include "terrein/criteria/measure_store.hpp"

namespace terrein {
namespace {

constexpr char const* form = "1";  ///< of keys; another one forgets all that was kept

void add(Sha256& hash, GeometryColumn const& shapes) {
  hash.add(shapes.xy).add(shapes.path_begin).add(shapes.part_begin).add(shapes.row_begin).add(shapes.kind);
}

void add(Sha256& hash, TextColumn const& texts) {
  hash.add(texts.size());
  for (std::string const& word : texts.words()) hash.add(word);
  std::vector<std::uint32_t> codes;
  codes.reserve(texts.size());
  for (std::size_t row = 0; row < texts.size(); ++row) codes.push_back(texts.code(row));
  hash.add(codes);
}

template <class T>
void add(Sha256& hash, Column<T> const& column) {
  hash.add(column.values).add(column.known);
}

void add(Sha256& hash, std::vector<std::string> const& texts) {
  hash.add(texts.size());
  for (std::string const& text : texts) hash.add(text);
}

void add(Sha256& hash, GateRules const& rules) {
  hash.add(rules.tolerance_m);
  add(hash, rules.not_on);
  hash.add(rules.barriers.size());
  for (BarrierSpec const& barrier : rules.barriers) {
    hash.add(barrier.layer);
    add(hash, barrier.classes);
  }
}

/// All but attributes, which are many and seldom looked at.
std::string hash_of(MeasuringLayer const& source) {
  Sha256 hash;
  hash.add(source.layer.name).add(source.layer.crs.wkt);
  add(hash, source.layer.geometry);
  hash.add(source.layer.id_rank);
  add(hash, source.class_of);
  hash.add(source.class_separator).add(source.coverage.everywhere);
  add(hash, source.coverage.area);
  hash.add(source.hidden_may_replace).add(source.approximate);
  if (source.gates) add(hash, *source.gates);
  if (source.gates && !source.gates->where.empty())
    hash.add(RowFilter::parse(source.gates->where).kept(source.layer.attributes));
  return hash.hex();
}

std::string hash_of(MeasuringRaster const& source) {
  Raster const& raster = source.raster;
  Grid const& grid = raster.grid;
  Sha256 hash;
  hash.add(raster.crs.wkt).add(std::vector<double>{grid.left, grid.top, grid.cell_width, grid.cell_height});
  hash.add(std::vector<std::uint32_t>{grid.columns, grid.rows, raster.first_column, raster.first_row, raster.columns,
                                      raster.rows});
  hash.add(raster.values.index());
  std::visit([&hash](auto const& cells) { hash.add(cells); }, raster.values);
  hash.add(raster.valid).add(std::vector<double>{raster.scale, raster.offset});
  hash.add(source.class_of.size());
  for (auto const& [value, name] : source.class_of) hash.add(value).add(name);
  Box const& box = source.candidates;
  return hash.add(std::vector<double>{box.min_x, box.min_y, box.max_x, box.max_y}).hex();
}

std::string hash_of(RoadGraph const& graph) {
  return Sha256()
      .add(graph.first_out)
      .add(graph.head)
      .add(graph.seconds)
      .add(graph.length_m)
      .add(graph.x)
      .add(graph.y)
      .hex();
}

void add_field(Sha256& hash, Table const& attributes, std::string const& field) {
  AnyColumn const* const column = attributes.find(field);
  hash.add(column != nullptr);
  if (column == nullptr) return;
  hash.add(column->index());
  std::visit([&hash](auto const& values) { add(hash, values); }, *column);
}

void add(Sha256& hash, std::optional<double> number) { hash.add(number.has_value()).add(number.value_or(0)); }

void add(Sha256& hash, AccessSpec const& access) {
  hash.add(to_string(access.join))
      .add(access.nth)
      .add(to_string(access.direction))
      .add(access.demand)
      .add(access.demand_field);
  for (auto const& number : {access.limit_s, access.limit_m, access.mu}) add(hash, number);
  hash.add(access.decay.has_value());
  if (!access.decay) return;
  hash.add(to_string(access.decay->kind)).add(access.decay->a).add(access.decay->b).add(access.decay->unit);
  hash.add(access.decay->steps.size());
  for (auto const& [cost, value] : access.decay->steps) hash.add(cost).add(value);
}

template <class T>
void add_codes(Sha256& hash, std::vector<T> const& values) {
  std::vector<std::uint8_t> codes;
  for (T const value : values) codes.push_back(static_cast<std::uint8_t>(value));
  hash.add(codes);
}

void add(Sha256& hash, LineFacts const& facts) {
  hash.add(facts.row).add(facts.unknown);
  add_codes(hash, facts.cemt);
  add_codes(hash, facts.electrified);
}

void add(Sha256& hash, ChainSpec const& chains) {
  hash.add(chains.destinations).add(chains.weight_field).add(chains.terminals).add(chains.roads);
  hash.add(to_string(chains.join)).add(chains.access_kmh).add(to_string(chains.goods));
  for (auto const& main : {chains.barge, chains.rail}) {
    hash.add(main.has_value());
    if (!main) continue;
    hash.add(main->layer).add(main->access_m).add(main->own).add(main->own_m);
    add(hash, main->classes);
  }
  hash.add(chains.factors.used.size());
  for (FactorRow const& row : chains.factors.used) {
    for (std::string const* text : {&row.kind, &row.mode, &row.vehicle, &row.quantity}) hash.add(*text);
    hash.add(std::vector<double>{row.figure.value, row.figure.low, row.figure.high});
  }
}

void add(Sha256& hash, PassageSpec const& passage) {
  hash.add(passage.zones).add(passage.dwellings).add(std::vector<double>{passage.within_m, passage.per_100_m});
  add(hash, passage.zone_classes);
}

void add_settings(Sha256& hash, CriterionSpec const& spec) {
  hash.add(spec.measure).add(spec.layer);
  add(hash, spec.classes);
  hash.add(spec.values).add(spec.field);
  hash.add(std::vector<double>{spec.radius_m, spec.distance_m, spec.tolerance_m, spec.min_shared_m, spec.access_kmh,
                               spec.per});
  hash.add(spec.roads).add(spec.unit).add(spec.of_site).add(spec.shipped).add(spec.cuts.size());
  add(hash, spec.access);
  add(hash, spec.by);
  add(hash, spec.to);
  if (spec.measure == "network_passage") add(hash, spec.passage);
  for (CutSpec const& cut : spec.cuts) {
    hash.add(cut.layer).add(cut.buffer_m).add(cut.shipped);
    add(hash, cut.classes);
  }
}

bool is_worth(CriterionKind const& kind) {
  for (char const* quick :
       {"compactness", "convexity", "gross_area", "hull_width", "own_attribute", "own_class", "perimeter"})
    if (kind.name == quick) return false;
  return true;
}

ChainSpec const* chains_of(CriterionSpec const& spec, Inputs const& inputs) {
  if (spec.chains.empty() || inputs.chains == nullptr) return nullptr;
  auto const found = inputs.chains->find(spec.chains);
  return found == inputs.chains->end() ? nullptr : &found->second;
}

/// Keys of the networks that a criterion travels over.
std::vector<std::string> networks_of(CriterionSpec const& spec, Inputs const& inputs) {
  std::vector<std::string> out;
  if (!spec.roads.empty()) out.push_back(spec.roads);
  ChainSpec const* const chains = chains_of(spec, inputs);
  if (chains == nullptr) return out;
  out.push_back(chains->roads);
  for (auto const& main : {chains->barge, chains->rail})
    if (main) out.push_back(main->layer);
  return out;
}

}  // namespace

std::vector<std::string> layers_of(CriterionSpec const& spec, Inputs const& inputs) {
  CriterionKind const& kind = *find_criterion_kind(spec.measure);
  std::vector<std::string> keys;
  if (kind.needs_layer) keys.push_back(spec.layer);
  if (kind.on_network()) keys.push_back(spec.roads);
  ChainSpec const* const chains = chains_of(spec, inputs);
  if (chains != nullptr) {
    auto const more = layers_of(*chains);
    keys.insert(keys.end(), more.begin(), more.end());
  }
  bool const by_gates = spec.access.join == JoinAt::gates || (chains != nullptr && chains->join == JoinAt::gates);
  if (kind.name == "gates" || kind.name == "gate_class" || by_gates)
    if (MeasuringLayer const* network = inputs.find(chains == nullptr ? spec.roads : chains->roads);
        network != nullptr && network->gates)
      for (BarrierSpec const& barrier : network->gates->barriers) keys.push_back(barrier.layer);
  if (kind.name == "catchment" && !spec.access.demand.empty()) keys.push_back(spec.access.demand);
  if (kind.name == "network_passage")
    for (std::string const& key : {spec.passage.zones, spec.passage.dwellings})
      if (!key.empty()) keys.push_back(key);
  if (kind.name == "net_area" || kind.name == "net_share")
    for (CutSpec const& cut : spec.cuts) keys.push_back(cut.layer);
  return keys;
}

MeasureKeys::MeasureKeys(Inputs const& inputs, std::span<CriterionSpec const> specs) : inputs_(inputs) {
  for (CriterionSpec const& spec : specs) {
    if (!is_worth(*find_criterion_kind(spec.measure))) continue;
    for (std::string const& key : layers_of(spec, inputs)) layers_[key];
    if (!inputs.candidate_layer.empty()) layers_[inputs.candidate_layer];
    for (std::string const& network : networks_of(spec, inputs)) networks_[network];
  }
  std::vector<std::function<void()>> work{[this] { candidates_ = hash_of(*inputs_.candidates); }};
  for (auto& [key, hash] : layers_) {
    if (MeasuringLayer const* layer = inputs.find(key); layer != nullptr)
      work.emplace_back([layer, &out = hash] { out = hash_of(*layer); });
    if (MeasuringRaster const* raster = inputs.find_raster(key); raster != nullptr)
      work.emplace_back([raster, &out = hash] { out = hash_of(*raster); });
  }
  for (auto& [key, hash] : networks_)
    if (inputs.graphs != nullptr && inputs.graphs->contains(key))
      work.emplace_back([&inputs, &key = key, &out = hash] {
        out = hash_of(inputs.graphs->at(key));
        if (inputs.sure_graphs != nullptr && inputs.sure_graphs->contains(key))
          out += hash_of(inputs.sure_graphs->at(key));
        if (inputs.line_facts == nullptr || !inputs.line_facts->contains(key)) return;
        Sha256 facts;
        add(facts, inputs.line_facts->at(key));
        out += facts.hex();
      });
  parallel_chunks(work.size(), inputs.workers, 1, [&](unsigned, std::size_t begin, std::size_t) { work[begin](); });
}

std::string MeasureKeys::of(CriterionSpec const& spec) const {
  CriterionKind const& kind = *find_criterion_kind(spec.measure);
  if (!is_worth(kind)) return {};
  Sha256 hash;
  hash.add(form).add(inputs_.store->identity());
  add_settings(hash, spec);
  hash.add(inputs_.allow_approximate).add(candidates_);
  // Neighbours are sought in the whole layer. Its hash costs nothing more for others, and shapes of a run seldom change
  // without it.
  if (auto const whole = layers_.find(inputs_.candidate_layer); whole != layers_.end()) hash.add(whole->second);
  hash.add(inputs_.candidate_rows);
  for (std::string const& key : layers_of(spec, inputs_)) {
    auto const layer = layers_.find(key);
    hash.add(key).add(layer == layers_.end() ? std::string{} : layer->second);
    if (MeasuringLayer const* there = inputs_.find(key); there != nullptr && !spec.field.empty())
      add_field(hash, there->layer.attributes, spec.field);
  }
  MeasuringLayer const* const demand =
      inputs_.find(spec.access.demand.empty() ? inputs_.candidate_layer : spec.access.demand);
  if (!spec.access.demand_field.empty())
    add_field(hash, (demand == nullptr ? inputs_.candidates : demand)->layer.attributes, spec.access.demand_field);
  if (ChainSpec const* chains = chains_of(spec, inputs_); chains != nullptr) {
    add(hash, *chains);
    if (MeasuringLayer const* ends = inputs_.find(chains->destinations);
        ends != nullptr && !chains->weight_field.empty())
      add_field(hash, ends->layer.attributes, chains->weight_field);
  }
  for (std::string const& key : networks_of(spec, inputs_))
    if (auto const network = networks_.find(key); network != networks_.end()) hash.add(network->second);
  return hash.hex();
}

}  // namespace terrein
