#include "criteria/workbench.hpp"

#include <algorithm>
#include <cmath>

#include "criteria/chain_ways.hpp"
#include "criteria/selection.hpp"
#include "terrein/core/error.hpp"
#include "terrein/core/parallel.hpp"
#include "terrein/geometry/measures.hpp"

namespace terrein {
namespace {

Layer const& whole_layer(Inputs const& inputs) {
  auto const* source = inputs.find(inputs.candidate_layer);
  if (source == nullptr || inputs.candidate_rows.size() != inputs.candidates->layer.size())
    throw_error(ErrorKind::internal, "The candidates are not rows of layer '{}'.", inputs.candidate_layer);
  return source->layer;
}

}  // namespace

Workbench::Workbench(Inputs const& inputs, std::span<CriterionSpec const> specs) : inputs_(inputs), specs_(specs) {
  if (inputs.candidates == nullptr || inputs.layers == nullptr)
    throw_error(ErrorKind::internal, "Criteria are measured without candidates or layers.");
  whole_ = inputs.candidate_layer.empty() ? &candidates().layer : &whole_layer(inputs);
  area_.assign(inputs.candidates->layer.size(), 0);
  parallel_chunks(area_.size(), workers(), 512, [&](unsigned, std::size_t begin, std::size_t end) {
    for (std::size_t row = begin; row < end; ++row)
      if (shapes().kind[row] == GeometryKind::polygon) area_[row] = terrein::area(shapes(), row);
  });
}

Workbench::~Workbench() = default;

std::vector<HullMeasures> const& Workbench::hulls() {
  if (!hulls_.empty() || rows() == 0) return hulls_;
  hulls_.resize(rows());
  parallel_chunks(rows(), workers(), 512, [&](unsigned, std::size_t begin, std::size_t end) {
    HullMeter meter;
    for (std::size_t row = begin; row < end; ++row)
      if (area_[row] > 0) hulls_[row] = meter.of(shapes(), row);
  });
  return hulls_;
}

CoverageCheck const& Workbench::coverage(std::string const& key) {
  if (auto const known = check_of_.find(key); known != check_of_.end()) return *known->second;
  return *(check_of_[key] = &coverage(layer(key).coverage));
}

CoverageCheck const& Workbench::coverage(Coverage const& wanted) {
  for (auto const& check : checks_)
    if (check->same_as(wanted)) return *check;
  checks_.push_back(std::make_unique<CoverageCheck>(wanted, shapes(), area_, workers()));
  return *checks_.back();
}

ClassAreas Workbench::class_areas(CriterionSpec const& spec) {
  auto found = areas_of_.find(spec.layer);
  if (found == areas_of_.end()) {
    std::vector<CriterionSpec const*> together;
    for (CriterionSpec const& other : specs_)
      if (other.layer == spec.layer && (other.measure == "area_share" || other.measure == "cover_area") &&
          (other.classes.empty() || has_classes(layer(other.layer))))
        together.push_back(&other);
    found = areas_of_.try_emplace(spec.layer, together, inputs_, nearby()).first;
  }
  return found->second.take(spec);
}

RasterCells const& Workbench::raster_cells(CriterionSpec const& spec) {
  if (auto const known = cells_of_.find(spec.layer); known != cells_of_.end()) return known->second;
  std::vector<CriterionSpec const*> together;
  for (CriterionSpec const& other : specs_)
    if (other.layer == spec.layer && other.measure == "raster_share") together.push_back(&other);
  auto const& raster = *inputs_.find_raster(spec.layer);
  return cells_of_.try_emplace(spec.layer, together, raster, inputs_, area_).first->second;
}

CentroidSearch const& Workbench::centroid_search(std::string const& roads) {
  if (auto const known = searches_.find(roads); known != searches_.end()) return known->second;
  return searches_.try_emplace(roads, inputs_.graphs->at(roads), shapes(), nearby(), workers()).first->second;
}

CentroidSearch const* Workbench::sure_search(std::string const& roads) {
  if (inputs_.sure_graphs == nullptr || !inputs_.sure_graphs->contains(roads)) return nullptr;
  if (auto const known = sure_searches_.find(roads); known != sure_searches_.end()) return &known->second;
  return &sure_searches_.try_emplace(roads, inputs_.sure_graphs->at(roads), shapes(), nearby(), workers())
              .first->second;
}

CentroidTimes Workbench::centroid_times(CriterionSpec const& spec) {
  if (auto const known = times_of_.find(&spec); known != times_of_.end()) {
    CentroidTimes out = std::move(known->second);
    times_of_.erase(known);
    return out;
  }
  auto const fits = [&](CriterionSpec const& other) {
    return is_plain_time(other) && other.roads == spec.roads && other.access_kmh > 0 &&
           std::isfinite(other.access_kmh) && inputs_.find(other.layer) != nullptr &&
           (other.classes.empty() || has_classes(layer(other.layer)));
  };
  std::vector<CriterionSpec const*> together{&spec};
  auto const self = std::find_if(specs_.begin(), specs_.end(), [&](auto const& other) { return &other == &spec; });
  for (auto other = self; other != specs_.end(); ++other)
    if (other != self && fits(*other)) together.push_back(&*other);
  CentroidSearch const& search = centroid_search(spec.roads);
  std::vector<CentroidTimes> found(together.size());
  parallel_chunks(together.size(), workers(), 1, [&](unsigned, std::size_t i, std::size_t) {
    auto const chosen = select(*together[i], inputs_, together[i]->layer, together[i]->classes).chosen;
    found[i] = search.times(layer(together[i]->layer).layer, chosen, together[i]->access_kmh);
  });
  for (std::size_t i = 1; i < together.size(); ++i) times_of_.emplace(together[i], std::move(found[i]));
  return std::move(found.front());
}

NetworkGates const& Workbench::network_gates(CriterionSpec const& spec) {
  if (auto const known = gates_.find(spec.roads); known != gates_.end()) return known->second;
  return gates_.try_emplace(spec.roads, spec, *this, nearby()).first->second;
}

RoadGraph const& Workbench::graph(std::string const& roads, Lines lines) const {
  return (lines == Lines::sure ? inputs_.sure_graphs : inputs_.graphs)->at(roads);
}

bool Workbench::has_doubtful_lines(std::string const& roads) const {
  return inputs_.sure_graphs != nullptr && inputs_.sure_graphs->contains(roads);
}

AccessNetwork const& Workbench::access_network(std::string const& roads, TravelCost cost, Lines lines) {
  return networks_.try_emplace({roads, cost, lines}, graph(roads, lines), cost).first->second;
}

Workbench::GateWays const& Workbench::gate_ways(CriterionSpec const& spec, TravelCost cost, Lines lines) {
  auto const [found, fresh] = gate_ways_.try_emplace({spec.roads, spec.layer, spec.access_kmh, lines});
  GateWays& ways = found->second;
  if (fresh) {
    NetworkGates const& gates = network_gates(spec);
    Layer const& features = layer(spec.layer).layer;
    std::vector<std::uint32_t> by_id(features.size());
    for (Row row = 0; row < features.size(); ++row) by_id[features.id_rank[row]] = row;
    Gates const there =
        take(nearest_gates(layer(spec.roads).layer, gates.edges(), gates.rows(), features.geometry, {}), by_id);
    ways.met = meet_at_gates(graph(spec.roads, lines), gates.edges(), gates.sure(), there, spec.access_kmh);
  }
  ways.by_cost.try_emplace(cost, ways.met.graph, cost);
  return ways;
}

Attachment const& Workbench::candidates_at(std::string const& roads, double access_kmh) {
  auto const known = attachments_.find({roads, access_kmh});
  if (known != attachments_.end()) return known->second;
  return attachments_.try_emplace({roads, access_kmh}, centroid_search(roads).candidates_at(access_kmh)).first->second;
}

ChainSpec const& Workbench::chains(CriterionSpec const& spec) const {
  if (inputs_.chains != nullptr)
    if (auto const found = inputs_.chains->find(spec.chains); found != inputs_.chains->end()) return found->second;
  throw_error(ErrorKind::config, "Criterion '{}' ({}) is about chains '{}', which the study does not have.", spec.key,
              spec.measure, spec.chains);
}

bool Workbench::has_doubtful_lines(ChainSpec const& chains) const {
  bool out = has_doubtful_lines(chains.roads);
  for (auto const& main : {chains.barge, chains.rail}) out = out || (main && has_doubtful_lines(main->layer));
  return out;
}

ChainWays const& Workbench::chain_ways(CriterionSpec const& spec, Lines lines) {
  auto& out = chain_ways_[{spec.chains, lines}];
  if (out == nullptr) {
    out = std::make_unique<ChainWays>(chains(spec), *this, lines);
    if (auto const other = factors_.find(spec.chains); other != factors_.end()) out->use(other->second);
  }
  return *out;
}

void Workbench::use_factors(std::map<std::string, FreightFactors> const& factors) {
  for (auto const& [key, of_key] : factors) factors_.insert_or_assign(key, of_key);
  for (auto& [key_and_lines, ways] : chain_ways_)
    if (auto const other = factors.find(key_and_lines.first); other != factors.end()) ways->use(other->second);
}

std::size_t Workbench::row_in_whole(std::size_t row) const {
  return inputs_.candidate_layer.empty() ? row : inputs_.candidate_rows[row];
}

Adjacency const& Workbench::adjacency(double min_shared_m, double tolerance_m) {
  auto const [it, fresh] = adjacencies_.try_emplace({min_shared_m, tolerance_m});
  if (fresh) it->second = terrein::adjacency(whole(), min_shared_m, tolerance_m, workers());
  return it->second;
}

Measure const& Workbench::kept(std::string const& key, std::function<Measure()> const& make) {
  if (auto const known = kept_.find(key); known != kept_.end()) return known->second;
  return kept_.try_emplace(key, make()).first->second;
}

void Workbench::each(std::function<void(std::size_t)> const& work) const {
  parallel_chunks(rows(), workers(), 512, [&](unsigned, std::size_t begin, std::size_t end) {
    for (std::size_t row = begin; row < end; ++row)
      if (area_[row] > 0) work(row);
  });
}

std::span<std::uint32_t const> Workbench::nearby() const {
  if (nearby_.empty()) nearby_ = hilbert_order(shapes().box, workers());
  return nearby_;
}

void Workbench::each_chunk_nearby(std::function<void(std::span<std::uint32_t const>)> const& work) const {
  auto const rows = nearby();
  parallel_chunks(rows.size(), workers(), 512,
                  [&](unsigned, std::size_t begin, std::size_t end) { work(rows.subspan(begin, end - begin)); });
}

Measure Workbench::numbers(std::string by_layer) const {
  Measure out = unknown_measure({}, {}, false, rows(), {});
  out.by_layer = std::move(by_layer);
  return out;
}

bool is_plain_time(CriterionSpec const& spec) {
  return spec.measure == "network_time" && spec.access.nth == 1 && spec.access.direction == TravelDirection::to &&
         spec.access.join == JoinAt::centroid;
}

void bound(Measure& measure, std::size_t row, std::optional<double> low, std::optional<double> high) {
  if (low) measure.low.set(row, *low);
  if (high) measure.high.set(row, *high);
}

void settle(Measure& measure, std::size_t row, double low, double high, double slack) {
  if (high - low <= slack) {
    measure.value.set(row, low);
  } else {
    bound(measure, row, low, high);
  }
}

}  // namespace terrein
