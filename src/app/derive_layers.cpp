#include "derive_layers.hpp"

#include <algorithm>
#include <numeric>

#include "terrein/app/profile.hpp"
#include "terrein/core/error.hpp"
#include "terrein/core/text.hpp"
#include "terrein/geometry/fabric.hpp"
#include "terrein/geometry/precedence.hpp"

namespace terrein {
namespace {

/// The members of a combined layer in their order, and the group of each.
struct Members {
  std::vector<LayerConfig const*> config;
  std::vector<MeasuringLayer const*> layer;
  std::vector<std::size_t> group;
};

Members members_of(Study const& study, LayerConfig const& combined, StudyLayers const& all) {
  Members out;
  for (std::size_t group = 0; group < combined.combine.size(); ++group)
    for (std::string const& key : combined.combine[group]) {
      out.config.push_back(study.find_layer(key));
      out.layer.push_back(&all.layers.at(key));
      out.group.push_back(group);
    }
  return out;
}

/// Digits only, as "20200205", of "2020-02-05…", "2020/02/05…", "20200205…", "05/02/2020", "5-2-2020" or "2020"; empty
/// for other texts.
std::string sortable_date(std::string const& text) {
  std::vector<std::string> parts(1);
  for (char const c : trim(text)) {
    if (c >= '0' && c <= '9')
      parts.back() += c;
    else if ((c == '-' || c == '/' || c == '.') && parts.size() < 3)
      parts.emplace_back();
    else
      break;  // the time of day
  }
  if (parts.size() == 1 && parts[0].size() >= 8) return parts[0].substr(0, 8);
  if (parts.size() == 1 && parts[0].size() == 4) return parts[0] + "0000";
  if (parts.size() != 3) return {};
  if (parts[2].size() == 4) std::swap(parts[0], parts[2]);
  if (parts[0].size() != 4 || parts[1].empty() || parts[1].size() > 2 || parts[2].empty() || parts[2].size() > 2)
    return {};
  return fmt::format("{}{:0>2}{:0>2}", parts[0], parts[1], parts[2]);
}

/// When a plan was decided, newest first; rows without a date come last.
struct Force {
  std::size_t group;
  std::string date;
  friend bool operator==(Force const&, Force const&) = default;
  friend bool operator<(Force const& a, Force const& b) {
    return a.group != b.group ? a.group < b.group : a.date > b.date;
  }
};

std::vector<Force> forces_of(Members const& members) {
  std::vector<Force> out;
  for (std::size_t i = 0; i < members.layer.size(); ++i) {
    Layer const& layer = members.layer[i]->layer;
    std::string const& field = members.config[i]->decided;
    AnyColumn const* dates = field.empty() ? nullptr : layer.attributes.find(field);
    for (Row row = 0; row < layer.size(); ++row)
      out.push_back({members.group[i], dates != nullptr ? sortable_date(text_at(*dates, row).value_or("")) : ""});
  }
  return out;
}

/// Position of each row's force among all forces that occur; equal forces have equal positions.
std::vector<std::uint32_t> order_of(std::vector<Force> const& forces) {
  std::vector<Force> sorted = forces;
  std::sort(sorted.begin(), sorted.end());
  sorted.erase(std::unique(sorted.begin(), sorted.end()), sorted.end());
  std::vector<std::uint32_t> out;
  for (Force const& force : forces)
    out.push_back(static_cast<std::uint32_t>(std::lower_bound(sorted.begin(), sorted.end(), force) - sorted.begin()));
  return out;
}

/// All rows of the members under each other, ids with the key of their member before them.
MeasuringLayer stack(Members const& members, std::string const& key, Crs const& crs) {
  MeasuringLayer out;
  out.layer.name = key;
  out.layer.crs = crs;
  std::vector<Table const*> tables;
  GeometryBuilder builder(out.layer.geometry);
  out.class_of = TextColumn("class");
  for (std::size_t i = 0; i < members.layer.size(); ++i) {
    MeasuringLayer const& member = *members.layer[i];
    tables.push_back(&member.layer.attributes);
    out.class_separator = std::max(out.class_separator, member.class_separator);
    for (Row row = 0; row < member.layer.size(); ++row) {
      builder.copy_row(member.layer.geometry, row);
      out.layer.id.push_back(members.config[i]->key + ":" + member.layer.id[row]);
      out.class_of.push(member.class_of.size() == 0 ? std::nullopt : member.class_of.at(row));
    }
  }
  out.layer.attributes = concatenate(tables);
  out.layer.id_rank = rank_ids(out.layer.id);
  return out;
}

void tell_of_failures(Layer const& layer, Precedence const& result, Issues& issues) {
  for (Row const row : result.failed) {
    Point const place = layer.geometry.box[row].centre();
    issues.add({.layer = layer.name,
                .feature_id = layer.id[row],
                .stage = "combine",
                .code = "overlay_failed",
                .severity = Severity::error,
                .x = place.x,
                .y = place.y,
                .text = "The feature could not be cut by the plans that go before it; its shape is not used."});
  }
}

/// One issue per member whose rows have no date, where the date decides.
void tell_of_undated(Members const& members, LayerConfig const& combined, Issues& issues) {
  for (std::size_t i = 0; i < members.layer.size(); ++i) {
    std::string const& field = members.config[i]->decided;
    if (field.empty()) continue;
    Layer const& layer = members.layer[i]->layer;
    AnyColumn const* dates = layer.attributes.find(field);
    std::size_t undated = 0;
    std::string example;
    for (Row row = 0; row < layer.size(); ++row) {
      std::string const text = dates == nullptr ? "" : text_at(*dates, row).value_or("");
      if (!sortable_date(text).empty()) continue;
      ++undated;
      if (example.empty()) example = text;
    }
    if (undated == 0) continue;
    issues.add(
        {.layer = combined.key,
         .stage = "combine",
         .code = "undated_plan",
         .text = fmt::format("{} rows of layer '{}' have no date of decision in '{}'{}; where they overlap dated "
                             "ones of their group, those count.",
                             undated, members.config[i]->key, field,
                             example.empty() ? "" : fmt::format(" ('{}' is not read as one)", example))});
  }
}

/// Rows of equal force count both where they overlap. That is meant for layers that add to each other, and a fault in
/// plans, of which one holds: told when their classes differ.
void tell_of_equal_force(MeasuringLayer const& made, unsigned workers, Issues& issues) {
  auto const pairs = contacts(made.layer, 0, workers, made.layer.size()).meeting;  // of each with each
  std::size_t count = 0;
  Overlap const* largest = nullptr;
  auto const common = overlaps(made.layer, pairs, workers);
  for (Overlap const& one : common) {
    bool const differ = made.class_of.at(one.a) != made.class_of.at(one.b);
    constexpr double least_m2 = 1;  // less comes of drawing
    if (!differ || one.area < least_m2) continue;
    ++count;
    if (largest == nullptr || one.area > largest->area) largest = &one;
  }
  if (count == 0) return;
  issues.add(
      {.layer = made.layer.name,
       .feature_id = made.layer.id[largest->a],
       .stage = "combine",
       .code = "equal_force",
       .x = largest->place.x,
       .y = largest->place.y,
       .text = fmt::format("{} overlaps are between rows of different classes that go before each other neither by "
                           "group nor by date; both count there. The largest, {:.0f} m², is with '{}'.",
                           count, largest->area, made.layer.id[largest->b])});
}

/// A row whose shape is lost may have taken the place of all rows that come after it.
bool hides_replacing(Layer const& before, std::vector<std::uint32_t> const& order) {
  if (order.empty()) return false;
  std::uint32_t const last = *std::max_element(order.begin(), order.end());
  for (Row row = 0; row < before.size(); ++row)
    if (!before.geometry.has_shape(row) && order[row] < last) return true;
  return false;
}

/// The profiles of plans say in which order plans hold; a study may know better, and is told.
void tell_of_order(Members const& members, LayerConfig const& combined, Issues& issues) {
  for (std::size_t i = 1; i < members.config.size(); ++i) {
    auto const order = [&](std::size_t k) {
      auto const& profile = members.config[k]->profile;
      return profile && profile->plan ? profile->plan->order : 0;
    };
    if (order(i) == 0 || order(i - 1) <= order(i)) continue;
    issues.add({.layer = combined.key,
                .stage = "combine",
                .code = "order_of_plans",
                .text = fmt::format("'{}' goes before '{}' here, while their profiles say it is the other way round.",
                                    members.config[i - 1]->key, members.config[i]->key)});
  }
}

LayerReport report_of(LayerConfig const& config, Layer const& layer) {
  LayerReport out;
  out.config = &config;
  out.driver = "derived";
  out.source_layer = config.raw;
  out.rows_declared = out.rows_read = out.rows_kept = layer.size();
  out.extent = layer.geometry.extent();
  out.crs = layer.crs.authority.empty() ? layer.crs.name : layer.crs.authority;
  return out;
}

MeasuringLayer combined(Study const& study, LayerConfig const& config, unsigned workers, StudyLayers const& all,
                        Issues& issues) {
  Members const members = members_of(study, config, all);
  MeasuringLayer out = stack(members, config.key, all.crs);
  std::vector<std::uint32_t> const order = order_of(forces_of(members));
  Precedence result = by_precedence(out.layer, order, workers);
  out.hidden_may_replace = hides_replacing(out.layer, order);
  tell_of_order(members, config, issues);
  tell_of_undated(members, config, issues);
  tell_of_failures(out.layer, result, issues);
  out.layer.geometry = std::move(result.geometry);
  tell_of_equal_force(out, workers, issues);
  return out;
}

MeasuringLayer slip_roads(LayerConfig const& config, StudyLayers const& all, LayerConfig const& roads, Issues& issues) {
  MeasuringLayer out;
  out.layer = slip_road_ends(all.layers.at(roads.key).layer, *roads.graph, *roads.slip_roads, config.key);
  if (out.layer.size() == 0)
    issues.add({.layer = config.key,
                .stage = "network",
                .code = "no_slip_roads",
                .text = fmt::format("No slip road of layer '{}' meets an ordinary road (field '{}' is one of {}).",
                                    roads.key, roads.slip_roads->field, join(roads.slip_roads->values, ", "))});
  return out;
}

/// One cell of a column of any type, as text.
std::optional<std::string> cell(AnyColumn const* column, std::size_t row) {
  return column == nullptr ? std::nullopt : text_at(*column, row);
}

template <class T>
AnyColumn stacked(std::string const& name, std::vector<AnyColumn const*> const& parts,
                  std::vector<Table const*> const& tables) {
  Column<T> out(name, 0);
  for (std::size_t i = 0; i < parts.size(); ++i)
    for (std::size_t row = 0; row < tables[i]->rows(); ++row)
      out.push(parts[i] == nullptr ? std::nullopt : std::get<Column<T>>(*parts[i]).at(row));
  return out;
}

AnyColumn stacked_text(std::string const& name, std::vector<AnyColumn const*> const& parts,
                       std::vector<Table const*> const& tables) {
  TextColumn out(name);
  for (std::size_t i = 0; i < parts.size(); ++i)
    for (std::size_t row = 0; row < tables[i]->rows(); ++row) out.push(cell(parts[i], row));
  return out;
}

template <class T>
bool all_hold(std::vector<AnyColumn const*> const& parts) {
  return std::all_of(parts.begin(), parts.end(),
                     [](AnyColumn const* part) { return part == nullptr || std::holds_alternative<Column<T>>(*part); });
}

}  // namespace

Table concatenate(std::vector<Table const*> const& tables) {
  std::size_t rows = 0;
  std::vector<std::string> names;
  for (Table const* table : tables) {
    rows += table->rows();
    for (std::string const& name : table->names())
      if (std::none_of(names.begin(), names.end(), [&](auto const& other) { return lower(other) == lower(name); }))
        names.push_back(name);
  }
  Table out(rows);
  for (std::string const& name : names) {
    std::vector<AnyColumn const*> parts;
    for (Table const* table : tables) parts.push_back(table->find(name));
    if (all_hold<std::int64_t>(parts))
      out.add(stacked<std::int64_t>(name, parts, tables));
    else if (all_hold<double>(parts))
      out.add(stacked<double>(name, parts, tables));
    else
      out.add(stacked_text(name, parts, tables));
  }
  return out;
}

MeasuringLayer derived_layer(Study const& study, LayerConfig const& config, unsigned workers, StudyLayers const& all,
                             Issues& issues) {
  return config.combine.empty() ? slip_roads(config, all, *study.find_layer(config.slip_roads_of), issues)
                                : combined(study, config, workers, all, issues);
}

bool made_of(LayerConfig const& config, std::vector<std::string> const& keys) {
  auto const is_one = [&](std::string const& key) { return std::find(keys.begin(), keys.end(), key) != keys.end(); };
  return is_one(config.slip_roads_of) ||
         std::any_of(config.combine.begin(), config.combine.end(),
                     [&](auto const& group) { return std::any_of(group.begin(), group.end(), is_one); });
}

void derive_layers(Study const& study, unsigned workers, StudyLayers& all, Issues& issues) {
  for (LayerConfig const& config : study.layers) {
    if (!config.derived()) continue;
    MeasuringLayer made = derived_layer(study, config, workers, all, issues);
    all.reports[static_cast<std::size_t>(&config - study.layers.data())] = report_of(config, made.layer);
    all.layers.emplace(config.key, std::move(made));
  }
}

Coverage members_coverage(LayerConfig const& config, StudyLayers const& all) {
  std::vector<std::string> keys;
  for (auto const& group : config.combine) keys.insert(keys.end(), group.begin(), group.end());
  if (!config.slip_roads_of.empty()) keys.push_back(config.slip_roads_of);
  Coverage out{true, {}};
  for (std::string const& key : keys) {
    Coverage const& member = all.layers.at(key).coverage;
    if (member.everywhere) continue;
    out.area = out.everywhere ? member.area : common_area(out.area, member.area);
    out.everywhere = false;
  }
  return out;
}

}  // namespace terrein
