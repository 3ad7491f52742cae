#include <algorithm>
#include <numeric>

#include "chain_places.hpp"
#include "made_layers.hpp"
#include "terrein/criteria/chains.hpp"

namespace terrein {
namespace {

/// The best `count` candidates of each model, without models the first ones by id; in the order of their rows.
std::vector<std::size_t> best_candidates(MadeFrom const& from, std::size_t count) {
  std::size_t const rows = from.inputs.candidates->layer.size();
  std::vector<std::uint8_t> wanted(rows, 0);
  auto const take_first = [&](std::vector<std::size_t> order, auto const& key) {
    std::sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) { return key(a) < key(b); });
    for (std::size_t i = 0; i < std::min(count, order.size()); ++i) wanted[order[i]] = 1;
  };
  std::vector<std::size_t> all(rows);
  std::iota(all.begin(), all.end(), std::size_t{0});
  auto const& id_rank = from.inputs.candidates->layer.id_rank;
  for (ModelResult const& model : from.judgement.models) {
    std::vector<std::size_t> ranked;
    for (std::size_t const row : all)
      if (model.ranked[row] != 0 && model.rank.is_known(row)) ranked.push_back(row);
    take_first(std::move(ranked), [&](std::size_t row) { return std::pair(model.rank.values[row], id_rank[row]); });
  }
  if (from.judgement.models.empty()) take_first(all, [&](std::size_t row) { return id_rank[row]; });
  std::erase_if(all, [&](std::size_t row) { return wanted[row] == 0; });
  return all;
}

/// A number with its range.
struct Ranged {
  Column<double> value, low, high;
  Ranged(std::string const& name, std::string const& unit) {
    value.name = name + "_" + unit;
    low.name = name + "_low";
    high.name = name + "_high";
  }
  void push(std::optional<Figure> const& figure) {
    auto const finite = [&](double Figure::*end) {
      return figure && std::isfinite((*figure).*end) ? std::optional((*figure).*end) : std::nullopt;
    };
    value.push(finite(&Figure::value));
    low.push(finite(&Figure::low));
    high.push(finite(&Figure::high));
  }
  void add_to(Table& table) && {
    for (Column<double>* column : {&value, &low, &high}) table.add(std::move(*column));
  }
};

/// The columns of the layer.
struct Columns {
  explicit Columns(StudyLayers const& layers) : places(layers) {}
  ChainPlaces places;
  TextColumn chains{"chains"}, candidate{"candidate"}, destination{"destination"}, kind{"chain_kind"}, best{"best_at"},
      terminal{"terminal"}, to_terminal{"to_terminal"}, own{"own_place"}, vessel{"vessel"}, traction{"traction"},
      basis{"co2_basis"};
  Column<double> truck{"truck_km", 0}, main{"main_km", 0}, post{"post_km", 0};
  Ranged cost{"cost", "euro_t"}, time{"time", "h"}, co2{"co2", "kg_t"}, saving{"saving", "euro_t"},
      co2_saving{"co2_saving", "kg_t"}, break_even{"break_even", "km"};

  Table table() && {
    Table out(chains.size());
    for (TextColumn* column : {&chains, &candidate, &destination, &kind, &best}) out.add(std::move(*column));
    for (Ranged* ranged : {&cost, &time, &co2, &saving, &co2_saving, &break_even}) std::move(*ranged).add_to(out);
    for (TextColumn* column : {&terminal, &to_terminal, &own, &vessel, &traction}) out.add(std::move(*column));
    for (Column<double>* column : {&truck, &main, &post}) out.add(std::move(*column));
    std::move(places).add_to(out);
    out.add(std::move(basis));
    return out;
  }
};

/// "cheapest", "cheapest, cleanest"; null for a chain that is the best of its kind alone.
std::optional<std::string> best_of(ChainRow const& row) {
  std::string out;
  for (auto const& [is, word] :
       {std::pair{row.cheapest, "cheapest"}, {row.fastest, "fastest"}, {row.cleanest, "cleanest"}})
    if (is) out += (out.empty() ? "" : ", ") + std::string(word);
  return out.empty() ? std::nullopt : std::optional(out);
}

void add_row(ChainRow const& row, ChainSpec const& spec, MadeFrom const& from, Columns& out) {
  auto const id = [&](std::string const& layer, Row at) -> std::optional<std::string_view> {
    return at == no_row ? std::nullopt : std::optional<std::string_view>(from.layers.layers.at(layer).layer.id[at]);
  };
  Chain const& chain = row.chain;
  Mode const mode = mode_of(chain.kind);
  out.chains.push(spec.key);
  out.candidate.push(from.inputs.candidates->layer.id[row.candidate]);
  out.destination.push(id(spec.destinations, row.destination));
  out.kind.push(to_string(chain.kind));
  out.best.push(best_of(row));
  out.cost.push(chain.totals.euro);
  out.time.push(chain.totals.hours);
  out.co2.push(chain.totals.kg);
  out.saving.push(row.saving_euro);
  out.co2_saving.push(row.saving_kg);
  out.break_even.push(row.break_even_km);
  out.terminal.push(id(spec.terminals, row.terminal));
  out.to_terminal.push(id(spec.terminals, row.to_terminal));
  out.own.push(row.own == no_row ? std::nullopt : id(spec.main(mode)->own, row.own));
  bool const water = mode == Mode::barge && chain.onward->main.vessel != Cemt::unknown;
  out.vessel.push(water ? std::optional(to_string(chain.onward->main.vessel)) : std::nullopt);
  bool const electric = mode == Mode::rail && chain.onward->main.electrified == Electrified::yes;
  out.traction.push(electric ? std::optional<std::string_view>("electric") : std::nullopt);
  auto const km = [](Way const& way) { return way.exists() ? std::optional(way.metres / 1000) : std::nullopt; };
  out.truck.push(is_direct(chain.kind) ? std::nullopt : km(chain.truck));
  out.main.push(chain.onward ? std::optional(chain.onward->main.km) : std::nullopt);
  out.post.push(chain.onward && chain.onward->to != no_row ? km(chain.onward->post) : std::nullopt);
  out.places.push(spec, row);
  out.basis.push(spec.factors.basis);
}

void add_lines(ChainRow const& row, GeometryBuilder& shapes) {
  for (auto const& line : row.lines) {
    for (std::size_t i = 0; i + 1 < line.size(); i += 2) shapes.vertex(line[i], line[i + 1]);
    shapes.end_path();
    shapes.end_part();
  }
  shapes.end_row(row.lines.empty() ? GeometryKind::null : GeometryKind::line);
}

/// The factors that counted, with where they come from and how sure they are.
MadeLayer factors_table(Study const& study) {
  MadeLayer out;
  out.name = "chain_factors";
  TextColumn chains("chains"), set("factor_set"), kind("factor_kind"), mode("mode"), vehicle("vehicle"), goods("goods"),
      quantity("quantity"), unit("unit"), basis("basis"), year("year"), source("source"), mark("mark"), note("note");
  Column<double> value{"value", 0}, low{"low", 0}, high{"high", 0};
  for (auto const& [key, spec] : study.chains)
    for (FactorRow const& row : spec.factors.used) {
      chains.push(key);
      for (auto const& [column, text] : {std::pair{&set, &row.set},
                                         {&kind, &row.kind},
                                         {&mode, &row.mode},
                                         {&vehicle, &row.vehicle},
                                         {&goods, &row.goods},
                                         {&quantity, &row.quantity},
                                         {&unit, &row.unit},
                                         {&basis, &row.basis},
                                         {&year, &row.year},
                                         {&source, &row.source},
                                         {&mark, &row.mark},
                                         {&note, &row.note}})
        column->push(text->empty() ? std::nullopt : std::optional<std::string_view>(*text));
      value.push(row.figure.value);
      low.push(row.figure.low);
      high.push(row.figure.high);
    }
  out.table = Table(chains.size());
  for (TextColumn* column : {&chains, &set, &kind, &mode, &vehicle, &goods, &quantity})
    out.table.add(std::move(*column));
  for (Column<double>* column : {&value, &low, &high}) out.table.add(std::move(*column));
  for (TextColumn* column : {&unit, &basis, &year, &source, &mark, &note}) out.table.add(std::move(*column));
  return out;
}

bool any_shown(Study const& study) {
  return std::any_of(study.chains.begin(), study.chains.end(), [](auto const& one) { return one.second.shown > 0; });
}

}  // namespace

std::vector<PlannedLayer> plan_chains(Study const& study) {
  std::vector<PlannedLayer> out;
  if (any_shown(study)) out.push_back({"chains", ShapeType::line});
  if (!study.chains.empty()) out.push_back({"chain_factors", ShapeType::none});
  return out;
}

std::vector<MadeLayer> make_chains(MadeFrom const& from) {
  std::vector<MadeLayer> out;
  if (any_shown(from.study)) {
    MadeLayer layer;
    layer.name = "chains";
    layer.shape = ShapeType::line;
    layer.codes["chain_kind"] = "chain_kind";
    Columns columns(from.layers);
    GeometryBuilder shapes(layer.shapes);
    for (auto const& [key, spec] : from.study.chains)
      for (ChainRow const& row : chain_rows(spec, from.inputs, best_candidates(from, spec.shown))) {
        add_row(row, spec, from, columns);
        add_lines(row, shapes);
      }
    layer.table = std::move(columns).table();
    out.push_back(std::move(layer));
  }
  out.push_back(factors_table(from.study));
  return out;
}

}  // namespace terrein
