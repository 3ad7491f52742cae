#include "network/road_lines.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <cmath>
#include <numeric>
#include <utility>

#include "terrein/core/error.hpp"
#include "terrein/core/parallel.hpp"
#include "terrein/core/text.hpp"

namespace terrein {
namespace {

std::uint64_t bits(double value) { return std::bit_cast<std::uint64_t>(value == 0 ? 0.0 : value); }
NodeKey place_key(double x, double y) { return {bits(x), bits(y)}; }

Issue issue(Layer const& roads, Row row, std::string code, std::string text) {
  Issue out;
  out.layer = roads.name;
  out.feature_id = roads.id[row];
  out.stage = "network";
  out.code = std::move(code);
  if (roads.geometry.has_shape(row)) {
    auto const first = roads.geometry.path(roads.geometry.first_path(row));
    out.x = first[0];
    out.y = first[1];
  }
  out.text = std::move(text);
  return out;
}

void check(Layer const& roads, GraphOptions const& options) {
  if (!(options.default_speed_kmh > 0) || !std::isfinite(options.default_speed_kmh))
    throw_error(ErrorKind::config, "The default speed of road layer '{}' is '{}' km/h; give a speed above zero.",
                roads.name, options.default_speed_kmh);
  if (!(options.tolerance_m >= 0) || !std::isfinite(options.tolerance_m))
    throw_error(ErrorKind::config, "The tolerance for joining the lines of road layer '{}' is '{}' m; give 0 or more.",
                roads.name, options.tolerance_m);
  if (options.connect == Connect::node_ids && (options.from_field.empty() || options.to_field.empty()))
    throw_error(ErrorKind::config,
                "Road layer '{}' is to be joined by node ids, but the fields with the ids at both ends are not named.",
                roads.name);
}

}  // namespace

/// Sets of nodes, each known by its smallest.
class RoadLines::Joined {
 public:
  explicit Joined(std::size_t nodes) : parent_(nodes) { std::iota(parent_.begin(), parent_.end(), 0U); }
  [[nodiscard]] std::uint32_t first(std::uint32_t node) {
    while (parent_[node] != node) node = parent_[node] = parent_[parent_[node]];
    return node;
  }
  void join(std::uint32_t a, std::uint32_t b) {
    a = first(a);
    b = first(b);
    parent_[std::max(a, b)] = std::min(a, b);
  }

 private:
  std::vector<std::uint32_t> parent_;
};

RoadLines::RoadLines(Layer const& roads, GraphOptions const& options, unsigned workers, Issues& issues)
    : roads_(roads), options_(options), state_(roads.size()) {
  check(roads, options);
  find_fields();
  if (options.lengths == Lengths::geodesic) geodesic_.emplace(roads.geometry, roads.crs, workers);
  std::vector<Travel> all(roads.size());
  parallel_chunks(all.size(), workers, 4096, [&](unsigned, std::size_t begin, std::size_t end) {
    for (std::size_t row = begin; row < end; ++row) state_[row] = travel(static_cast<Row>(row), all[row]);
  });
  lines_.reserve(roads.size());
  for (Row row = 0; row < roads.size(); ++row) {
    if (state_[row] <= LineState::unknown)
      add_row(all[row], issues);
    else
      tell_of_unusable(row, issues);
  }
  if (options.connect == Connect::ends && options.tolerance_m > 0) join_near_nodes();
}

void RoadLines::find_fields() {
  if (options_.connect == Connect::node_ids) {
    from_ = field(options_.from_field, "node at the start of a line");
    to_ = field(options_.to_field, "node at the end of a line");
  }
  speed_ = field(options_.speed_field, "speed");
  class_ = field(options_.class_field, "road class");
  oneway_ = field(options_.oneway_field, "one-way");
  ferry_ = field(options_.ferry_field, "ferries");
  Vehicle const& vehicle = options_.vehicle;
  LimitFields const& limits = options_.limits;
  auto const add = [this](LimitKind kind, std::string const& name, std::string_view purpose, double needed) {
    if (auto const* column = field(name, purpose)) limits_.push_back({kind, column, needed});
  };
  add(LimitKind::weight, limits.weight, "limit of weight", vehicle.weight_t);
  add(LimitKind::height, limits.height, "limit of height", vehicle.height_m);
  add(LimitKind::width, limits.width, "limit of width", vehicle.width_m);
  add(LimitKind::length, limits.length, "limit of length", vehicle.length_m);
  add(LimitKind::axle, limits.axle, "limit of weight per axle", vehicle.axle_t);
}

AnyColumn const* RoadLines::field(std::string const& name, std::string_view purpose) const {
  if (name.empty()) return nullptr;
  if (auto const* column = roads_.attributes.find(name)) return column;
  throw_error(ErrorKind::input, "Road layer '{}' has no field '{}' ({}).{}", roads_.name, name, purpose,
              suggestion(name, roads_.attributes.names()));
}

LineState RoadLines::travel(Row row, Travel& out) const {
  if (auto const state = shape_state(row); state != LineState::open) return state;
  if (is_ferry(row)) return LineState::ferry;
  auto const kmh = speed_kmh(row);
  if (!kmh) return LineState::class_closed;
  auto const state = limit_state(row);
  if (state == LineState::limit) return state;
  out = {*kmh / 3.6, row_m(row), direction(row), row};
  return std::isfinite(out.length_m) ? state : LineState::no_length;
}

LineState RoadLines::shape_state(Row row) const {
  GeometryColumn const& shapes = roads_.geometry;
  if (!shapes.has_shape(row)) return LineState::no_shape;
  if (shapes.kind[row] != GeometryKind::line) return LineState::no_line;
  return shapes.all_finite(row) ? LineState::open : LineState::not_finite;
}

/// A limit that is known to be too low closes the line, whatever is not known of others.
LineState RoadLines::limit_state(Row row) const {
  LineState out = LineState::open;
  for (Limit const& limit : limits_) {
    auto const text = text_at(*limit.column, row);
    auto const allowed = text ? limit_of(limit.kind, *text) : std::nullopt;
    if (allowed && *allowed < limit.needed) return LineState::limit;
    if (!allowed) out = LineState::unknown;
  }
  return out;
}

bool RoadLines::is_ferry(Row row) const {
  if (ferry_ == nullptr) return false;
  auto const word = text_at(*ferry_, row);
  return word &&
         std::find(options_.ferry_values.begin(), options_.ferry_values.end(), *word) != options_.ferry_values.end();
}

double RoadLines::edge_m(std::size_t vertex) const {
  if (geodesic_) return geodesic_->edge(vertex);
  double const* at = roads_.geometry.xy.data() + 2 * vertex;
  double const dx = at[2] - at[0], dy = at[3] - at[1];
  return std::sqrt(dx * dx + dy * dy);
}

double RoadLines::path_m(std::size_t path) const {
  double sum = 0;
  for (std::size_t vertex = roads_.geometry.path_begin[path]; vertex + 1 < roads_.geometry.path_begin[path + 1];
       ++vertex)
    sum += edge_m(vertex);
  return sum;
}

double RoadLines::row_m(Row row) const {
  double sum = 0;
  for (auto path = roads_.geometry.first_path(row); path < roads_.geometry.end_path(row); ++path) sum += path_m(path);
  return sum;
}

/// Says nothing of roads that are left out because they are closed.
void RoadLines::tell_of_unusable(Row row, Issues& issues) const {
  auto const tell = [&](char const* code, std::string const& what) {
    issues.add(issue(roads_, row, code, "The road " + what + " and is left out of the network."));
  };
  switch (state_[row]) {
    case LineState::no_shape:
      return tell("null_geometry", "has no line");
    case LineState::no_line:
      return tell("not_a_line", fmt::format("is a {}, not a line,", to_string(roads_.geometry.kind[row])));
    case LineState::not_finite:
      return tell("not_finite", "has a coordinate that is no finite number");
    case LineState::no_length:
      return tell("no_length", "lies where its coordinate system has no lengths");
    default:
      return;
  }
}

void RoadLines::add_row(Travel const& travel, Issues& issues) {
  switch (options_.connect) {
    case Connect::node_ids:
      return add_between_ids(travel, issues);
    case Connect::ends:
      return add_between_ends(travel);
    case Connect::vertices:
      return add_segments(travel);
  }
}

/// A closed class closes the line whatever its speed; then its own speed, the speed of its class, the default.
std::optional<double> RoadLines::speed_kmh(Row row) const {
  double by_class = options_.default_speed_kmh;
  if (class_ != nullptr)
    if (auto const word = text_at(*class_, row))
      if (auto const listed = options_.speed_by_class.find(*word); listed != options_.speed_by_class.end()) {
        if (!(listed->second > 0)) return std::nullopt;
        by_class = listed->second;
      }
  if (speed_ != nullptr)
    if (auto const own = number_at(*speed_, row); own && *own > 0 && std::isfinite(*own)) return own;
  return by_class;
}

Direction RoadLines::direction(Row row) const {
  if (oneway_ == nullptr) return Direction::both;
  auto const text = text_at(*oneway_, row);
  if (!text) return Direction::both;
  std::string const word = lower(trim(*text));
  if (word == "1" || word == "yes" || word == "true" || word == "f") return Direction::along;
  if (word == "-1" || word == "r" || word == "reverse") return Direction::against;
  return Direction::both;
}

/// Numbers and texts share one set of keys, so that 12 in one field and "12" in the other are the same node.
std::optional<NodeKey> RoadLines::id_key(AnyColumn const& column, Row row) {
  if (auto const* numbers = std::get_if<Column<std::int64_t>>(&column)) {
    if (!numbers->is_known(row)) return std::nullopt;
    return NodeKey{static_cast<std::uint64_t>(numbers->values[row]), 0};
  }
  auto const text = text_at(column, row);
  if (!text || trim(*text).empty()) return std::nullopt;
  std::string const word(trim(*text));
  if (auto const number = parse_number(word);
      number && *number == std::trunc(*number) && std::abs(*number) < 0x1p53 && shortest(*number) == word)
    return NodeKey{static_cast<std::uint64_t>(static_cast<std::int64_t>(*number)), 0};
  auto const [it, fresh] = code_of_.try_emplace(word, code_of_.size());
  return NodeKey{it->second, 1};
}

std::uint32_t RoadLines::node(NodeKey const& key, double x, double y) {
  bool fresh = false;
  std::uint32_t const number = numbers_.number(key, fresh);
  if (fresh) {
    x_.push_back(x);
    y_.push_back(y);
  }
  return number;
}

void RoadLines::add(std::uint32_t from, std::uint32_t to, double length_m, Travel const& travel, std::uint32_t begin,
                    std::uint32_t end) {
  lines_.push_back({from, to, length_m / travel.metres_per_second, length_m, travel.direction, travel.row, begin, end});
}

void RoadLines::add_between_ids(Travel const& travel, Issues& issues) {
  Row const row = travel.row;
  auto const from = id_key(*from_, row), to = id_key(*to_, row);
  if (!from || !to) {
    state_[row] = LineState::no_node;
    issues.add(issue(roads_, row, "null_node_id",
                     fmt::format("The road has no node id in field '{}' and is left out of the network.",
                                 from ? options_.to_field : options_.from_field)));
    return;
  }
  GeometryColumn const& shapes = roads_.geometry;
  auto const first = shapes.path(shapes.first_path(row)), last = shapes.path(shapes.end_path(row) - 1);
  auto const start = node(*from, first[0], first[1]);
  add(start, node(*to, last[last.size() - 2], last[last.size() - 1]), travel.length_m, travel,
      shapes.path_begin[shapes.first_path(row)], shapes.path_begin[shapes.end_path(row)]);
}

void RoadLines::add_between_ends(Travel const& travel) {
  Row const row = travel.row;
  GeometryColumn const& shapes = roads_.geometry;
  for (auto path = shapes.first_path(row); path < shapes.end_path(row); ++path) {
    auto const xy = shapes.path(path);
    double const x = xy[xy.size() - 2], y = xy[xy.size() - 1];
    auto const start = node(place_key(xy[0], xy[1]), xy[0], xy[1]);
    add(start, node(place_key(x, y), x, y), path_m(path), travel, shapes.path_begin[path], shapes.path_begin[path + 1]);
  }
}

/// Makes one node of all that are joined by steps within the tolerance: the first mentioned, at its place.
void RoadLines::join_near_nodes() {
  Joined joined(x_.size());
  // Cells a little larger than the tolerance, so that rounding never puts near places two cells apart.
  double const cell_m = 1.125 * options_.tolerance_m, limit = options_.tolerance_m * options_.tolerance_m;
  NodeNumbers cells;
  std::vector<std::uint32_t> last_in_cell, in_cell;  // the node seen last, and how many
  std::vector<std::uint32_t> previous(x_.size(), no_row);
  for (std::uint32_t node = 0; node < x_.size(); ++node) {
    double const column = std::floor(x_[node] / cell_m), row = std::floor(y_[node] / cell_m);
    for (int i = 0; i < 9; ++i) {
      auto const cell = cells.known(place_key(column + i % 3 - 1, row + i / 3 - 1));
      for (auto at = cell == no_row ? no_row : last_in_cell[cell]; at != no_row; at = previous[at]) {
        double const dx = x_[at] - x_[node], dy = y_[at] - y_[node];
        if (dx * dx + dy * dy <= limit) joined.join(at, node);
      }
    }
    bool fresh = false;
    auto const cell = cells.number(place_key(column, row), fresh);
    if (fresh) {
      last_in_cell.push_back(no_row);
      in_cell.push_back(0);
    }
    previous[node] = std::exchange(last_in_cell[cell], node);
    if (++in_cell[cell] > 256) {
      join_crowds(joined);
      break;
    }
  }
  renumber(joined);
}

/// The same where so many ends lie within the tolerance that to compare all of them would take hours. Cells are so
/// small that all in one are joined; of two cells one pair within the tolerance is enough.
void RoadLines::join_crowds(Joined& joined) const {
  double const cell_m = options_.tolerance_m / 1.5, limit = options_.tolerance_m * options_.tolerance_m;
  NodeNumbers cells;
  std::vector<std::vector<std::uint32_t>> nodes;
  std::vector<std::array<double, 2>> place;
  for (std::uint32_t node = 0; node < x_.size(); ++node) {
    double const column = std::floor(x_[node] / cell_m), row = std::floor(y_[node] / cell_m);
    bool fresh = false;
    auto const cell = cells.number(place_key(column, row), fresh);
    if (fresh) {
      nodes.emplace_back();
      place.push_back({column, row});
    }
    if (!nodes[cell].empty()) joined.join(nodes[cell].front(), node);
    nodes[cell].push_back(node);
  }
  auto const near = [&](std::uint32_t a, std::uint32_t b) {
    double const dx = x_[a] - x_[b], dy = y_[a] - y_[b];
    return dx * dx + dy * dy <= limit;
  };
  auto const join_cells = [&](std::vector<std::uint32_t> const& some, std::vector<std::uint32_t> const& others) {
    if (joined.first(some.front()) == joined.first(others.front())) return;
    for (auto const a : some)
      for (auto const b : others)
        if (near(a, b)) return joined.join(a, b);
  };
  for (std::uint32_t cell = 0; cell < nodes.size(); ++cell)
    for (int i = 0; i < 25; ++i)
      if (auto const other = cells.known(place_key(place[cell][0] + i % 5 - 2, place[cell][1] + i / 5 - 2));
          other != no_row && other < cell)
        join_cells(nodes[cell], nodes[other]);
}

void RoadLines::renumber(Joined& joined) {
  std::vector<std::uint32_t> number(x_.size());
  std::uint32_t count = 0;
  for (std::uint32_t node = 0; node < number.size(); ++node) {
    if (auto const first = joined.first(node); first != node) {
      number[node] = number[first];
      continue;
    }
    x_[count] = x_[node];
    y_[count] = y_[node];
    number[node] = count++;
  }
  x_.resize(count);
  y_.resize(count);
  for (Line& line : lines_) {
    line.from = number[line.from];
    line.to = number[line.to];
  }
}

/// Every vertex is a node, so that a site is joined at the road beside it and not at the next junction.
void RoadLines::add_segments(Travel const& travel) {
  Row const row = travel.row;
  GeometryColumn const& shapes = roads_.geometry;
  for (auto path = shapes.first_path(row); path < shapes.end_path(row); ++path) {
    auto const xy = shapes.path(path);
    auto from = node(place_key(xy[0], xy[1]), xy[0], xy[1]);
    for (std::size_t i = 2; i + 1 < xy.size(); i += 2) {
      auto const to = node(place_key(xy[i], xy[i + 1]), xy[i], xy[i + 1]);
      auto const begin = shapes.path_begin[path] + static_cast<std::uint32_t>(i / 2 - 1);
      if (to != from) add(from, to, edge_m(begin), travel, begin, begin + 2);
      from = to;
    }
  }
}

}  // namespace terrein
