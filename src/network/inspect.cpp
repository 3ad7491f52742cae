#include "terrein/network/inspect.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <set>
#include <tuple>

#include "network/components.hpp"
#include "network/road_lines.hpp"
#include "terrein/core/text.hpp"
#include "terrein/geometry/spatial_index.hpp"

namespace terrein {
namespace {

constexpr double none = std::numeric_limits<double>::quiet_NaN();

/// What is found, line by line and node by node.
class Inspector {
 public:
  Inspector(Layer const& layer, GraphOptions const& options, unsigned workers)
      : layer_(layer), options_(options), lines_(layer, options, workers, told_), graph_(graph_of(lines_)) {
    row_at_.assign(graph_.nodes(), no_row);
    ends_at_.assign(graph_.nodes(), 0);
    for (RoadLines::Line const& line : lines_.lines())
      for (auto const node : {line.from, line.to}) {
        ++ends_at_[node];
        if (row_at_[node] == no_row || layer.id_rank[line.row] < layer.id_rank[row_at_[node]]) row_at_[node] = line.row;
      }
    find_ends();
  }

  NetworkReport report() && {
    out_.rows = layer_.size();
    out_.nodes = graph_.nodes();
    out_.arcs = graph_.arcs();
    for (LineState const state : lines_.states()) out_.lines += state <= LineState::unknown ? 1U : 0U;
    for (RoadLines::Line const& line : lines_.lines()) out_.length_m += line.length_m;
    find_parts();
    find_dead_ends();
    find_near_misses();
    find_loops_and_parallels();
    find_closed();
    find_speeds();
    sort();
    return std::move(out_);
  }

 private:
  void add(std::string_view code, Row row, double x, double y, double value = none, Row other = no_row) {
    out_.findings.push_back({code, layer_.id[row], other == no_row ? "" : layer_.id[other], x, y, value});
  }
  void add_at_node(std::string_view code, std::uint32_t node, double value = none, Row other = no_row) {
    add(code, row_at_[node], graph_.x[node], graph_.y[node], value, other);
  }
  void add_at_row(std::string_view code, Row row, double value = none, Row other = no_row) {
    bool const there = layer_.geometry.has_shape(row);
    auto const xy = there ? layer_.geometry.path(layer_.geometry.first_path(row)) : std::span<double const>{};
    add(code, row, there ? xy[0] : none, there ? xy[1] : none, value, other);
  }

  /// Which nodes are ends of lines, and how far the ends lie off them.
  void find_ends() {
    is_end_.assign(graph_.nodes(), false);
    Row last = no_row;
    std::size_t path = 0;
    for (RoadLines::Line const& line : lines_.lines()) {
      GeometryColumn const& shapes = layer_.geometry;
      path = line.row == last ? path + 1 : shapes.first_path(line.row);
      last = line.row;
      if (options_.connect == Connect::vertices) continue;
      is_end_[line.from] = is_end_[line.to] = true;
      bool const whole = options_.connect == Connect::node_ids;
      auto const first = shapes.path(path), end = shapes.path(whole ? shapes.end_path(line.row) - 1 : path);
      measure_end(line, line.from, first[0], first[1]);
      measure_end(line, line.to, end[end.size() - 2], end[end.size() - 1]);
    }
    if (options_.connect == Connect::vertices) find_ends_of_vertices();
  }

  /// A way of many lines begins and ends where lines of its row do not follow each other.
  void find_ends_of_vertices() {
    auto const& all = lines_.lines();
    for (std::size_t i = 0; i < all.size(); ++i) {
      bool const begins = i == 0 || all[i - 1].row != all[i].row || all[i - 1].to != all[i].from;
      bool const ends = i + 1 == all.size() || all[i + 1].row != all[i].row || all[i + 1].from != all[i].to;
      if (begins) is_end_[all[i].from] = true;
      if (ends) is_end_[all[i].to] = true;
    }
  }

  void measure_end(RoadLines::Line const& line, std::uint32_t node, double x, double y) {
    double const apart = std::hypot(x - graph_.x[node], y - graph_.y[node]);
    if (!(apart > 0)) return;
    bool const by_id = options_.connect == Connect::node_ids;
    if (by_id && apart > options_.tolerance_m) return add("far_from_node", line.row, x, y, apart);
    add("snapped_end", line.row, x, y, apart);
    out_.snapped_most_m = std::max(out_.snapped_most_m, apart);
  }

  /// Nodes, metres of line and a node of every part.
  struct Size {
    std::size_t nodes = 0;
    double metres = 0;
    std::uint32_t node = no_row;  ///< the one whose line has the smallest id
  };
  [[nodiscard]] std::vector<Size> sizes(Parts const& parts) const {
    std::vector<Size> out(parts.count);
    for (std::uint32_t node = 0; node < graph_.nodes(); ++node) {
      if (ends_at_[node] == 0) continue;  // of a line without length
      Size& size = out[parts.of_node[node]];
      ++size.nodes;
      if (size.node == no_row || layer_.id_rank[row_at_[node]] < layer_.id_rank[row_at_[size.node]]) size.node = node;
    }
    for (RoadLines::Line const& line : lines_.lines())
      if (parts.of_node[line.from] == parts.of_node[line.to]) out[parts.of_node[line.from]].metres += line.length_m;
    return out;
  }
  /// Whether a part is larger than another: by nodes, then metres, then the smallest id.
  [[nodiscard]] bool larger(Size const& a, Size const& b) const {
    if (a.nodes != b.nodes || a.nodes == 0) return a.nodes > b.nodes;
    if (a.metres != b.metres) return a.metres > b.metres;
    return layer_.id_rank[row_at_[a.node]] < layer_.id_rank[row_at_[b.node]];
  }
  [[nodiscard]] NetworkReport::Parts summary(std::vector<Size> const& all, Size const& largest) const {
    auto const count = std::count_if(all.begin(), all.end(), [](Size const& size) { return size.nodes > 0; });
    if (count == 0) return {};
    return {static_cast<std::size_t>(count), static_cast<double>(largest.nodes) / static_cast<double>(graph_.nodes()),
            out_.length_m > 0 ? largest.metres / out_.length_m : 0};
  }

  /// Parts that no line joins to the largest, and within each of them those that cannot be reached or left.
  void find_parts() {
    Parts const joined = joined_parts(lines_), mutual = mutual_parts(graph_);
    auto const joined_size = sizes(joined), mutual_size = sizes(mutual);
    std::vector<std::uint32_t> best(joined.count, no_row);  // largest mutual part in each joined part
    std::uint32_t largest = 0, largest_mutual = 0;
    for (std::uint32_t part = 1; part < joined.count; ++part)
      if (larger(joined_size[part], joined_size[largest])) largest = part;
    for (std::uint32_t part = 0; part < mutual.count; ++part) {
      if (mutual_size[part].nodes == 0) continue;
      auto& first = best[joined.of_node[mutual_size[part].node]];
      if (first == no_row || larger(mutual_size[part], mutual_size[first])) first = part;
      if (larger(mutual_size[part], mutual_size[largest_mutual])) largest_mutual = part;
    }
    for (std::uint32_t part = 0; part < joined.count; ++part)
      if (part != largest && joined_size[part].nodes > 0)
        add_at_node("island", joined_size[part].node, joined_size[part].metres);
    for (std::uint32_t part = 0; part < mutual.count; ++part)
      if (mutual_size[part].nodes > 0 && part != best[joined.of_node[mutual_size[part].node]])
        add_at_node("one_way_part", mutual_size[part].node, mutual_size[part].metres);
    if (joined.count == 0) return;
    out_.joined = summary(joined_size, joined_size[largest]);
    out_.mutual = summary(mutual_size, mutual_size[largest_mutual]);
  }

  void find_dead_ends() {
    for (std::uint32_t node = 0; node < graph_.nodes(); ++node)
      if (ends_at_[node] == 1) add_at_node("dead_end", node);
  }

  /// Of every end the nearest node that no line joins to it, so that a wide tolerance finds one pair per end and not
  /// all.
  void find_near_misses() {
    std::vector<Box> boxes(graph_.nodes());
    for (std::size_t node = 0; node < boxes.size(); ++node) boxes[node].extend(graph_.x[node], graph_.y[node]);
    SpatialIndex const index(boxes);
    std::vector<std::pair<std::uint32_t, std::uint32_t>> joined;
    for (RoadLines::Line const& line : lines_.lines()) joined.emplace_back(std::minmax(line.from, line.to));
    std::sort(joined.begin(), joined.end());
    auto const are_joined = [&joined](std::uint32_t a, std::uint32_t b) {
      return std::binary_search(joined.begin(), joined.end(), std::pair(std::min(a, b), std::max(a, b)));
    };
    std::set<std::pair<std::uint32_t, std::uint32_t>> told;
    for (std::uint32_t node = 0; node < graph_.nodes(); ++node) {
      if (!is_end_[node]) continue;
      double best = 10 * options_.tolerance_m;
      std::uint32_t nearest = no_row;
      index.nearest(
          boxes[node],
          [&](std::uint32_t other) {
            double const apart = std::hypot(graph_.x[other] - graph_.x[node], graph_.y[other] - graph_.y[node]);
            bool const nearer = apart < best || (apart == best && other < nearest);
            if (nearer && other != node && ends_at_[other] > 0 && !are_joined(node, other)) {
              best = apart;
              nearest = other;
            }
            return best;
          },
          best);
      if (nearest != no_row && told.emplace(std::minmax(node, nearest)).second)
        add_at_node("near_miss", node, best, row_at_[nearest]);
    }
  }

  /// Every line that joins what a line before it joins, once per pair of rows.
  void find_loops_and_parallels() {
    std::vector<std::tuple<std::uint32_t, std::uint32_t, std::uint32_t, Row>> ends;
    std::set<Row> loops;
    for (RoadLines::Line const& line : lines_.lines()) {
      if (line.from != line.to) {
        auto const [a, b] = std::minmax(line.from, line.to);
        ends.emplace_back(a, b, layer_.id_rank[line.row], line.row);
      } else if (loops.insert(line.row).second) {
        add_at_node("self_loop", line.from, line.length_m);
        out_.findings.back().id = layer_.id[line.row];
      }
    }
    std::sort(ends.begin(), ends.end());
    std::set<std::pair<Row, Row>> told;
    std::size_t first = 0;
    for (std::size_t i = 1; i < ends.size(); ++i) {
      auto const& [a, b, rank, row] = ends[i];
      if (std::get<0>(ends[first]) != a || std::get<1>(ends[first]) != b) first = i;
      Row const other = std::get<3>(ends[first]);
      if (i != first && told.emplace(row, other).second) add("parallel", row, graph_.x[a], graph_.y[a], none, other);
    }
  }

  void find_closed() {
    std::vector<bool> has_line(layer_.size());
    for (RoadLines::Line const& line : lines_.lines()) has_line[line.row] = true;
    for (Row row = 0; row < layer_.size(); ++row) {
      auto const state = lines_.states()[row];
      if (auto const code = code_of(state); !code.empty()) add_at_row(code, row);
      if (state <= LineState::unknown && !has_line[row]) add_at_row("no_length", row, 0);
    }
  }
  static std::string_view code_of(LineState state) {
    switch (state) {
      case LineState::open:
        return {};
      case LineState::unknown:
        return "limit_unknown";
      case LineState::class_closed:
        return "class_closed";
      case LineState::ferry:
        return "ferry";
      case LineState::limit:
        return "limit_closed";
      case LineState::no_shape:
        return "no_shape";
      case LineState::no_line:
        return "no_line";
      case LineState::not_finite:
        return "not_finite";
      case LineState::no_length:
        return "no_length";
      case LineState::no_node:
        return "no_node";
    }
    return {};
  }

  /// Speeds that do not count: the class's or the default does instead.
  void find_speeds() {
    AnyColumn const* const column =
        options_.speed_field.empty() ? nullptr : layer_.attributes.find(options_.speed_field);
    if (column == nullptr) return;
    for (Row row = 0; row < layer_.size(); ++row) {
      if (lines_.states()[row] > LineState::unknown) continue;
      auto const text = text_at(*column, row);
      auto const number = number_at(*column, row);
      if (!text || trim(*text).empty())
        add_at_row("speed_missing", row);
      else if (!number || !std::isfinite(*number))
        add_at_row("speed_no_number", row);
      else if (*number <= 0)
        add_at_row(*number == 0 ? "speed_zero" : "speed_negative", row, *number);
    }
  }

  void sort() {
    auto const& codes = network_codes();
    auto const place = [&codes](std::string_view code) { return std::find(codes.begin(), codes.end(), code); };
    std::map<std::string_view, std::uint32_t> rank;
    for (Row row = 0; row < layer_.size(); ++row) rank.emplace(layer_.id[row], layer_.id_rank[row]);
    auto const key = [&](NetworkFinding const& one) {
      double const value = std::isfinite(one.value) ? -one.value : 0;
      double const x = std::isfinite(one.x) ? one.x : 0, y = std::isfinite(one.y) ? one.y : 0;
      return std::tuple(place(one.code), value, rank.at(one.id), x, y);
    };
    std::stable_sort(out_.findings.begin(), out_.findings.end(),
                     [&](NetworkFinding const& a, NetworkFinding const& b) { return key(a) < key(b); });
  }

  Layer const& layer_;
  GraphOptions const& options_;
  Issues told_;  // the findings say the same
  RoadLines const lines_;
  RoadGraph const graph_;
  std::vector<Row> row_at_;             // per node: the line with the smallest id
  std::vector<std::uint32_t> ends_at_;  // per node: how many lines end there
  std::vector<bool> is_end_;
  NetworkReport out_;
};

}  // namespace

std::vector<std::string_view> const& network_codes() {
  static std::vector<std::string_view> const codes{
      "island",         "one_way_part",    "dead_end", "snapped_end",  "far_from_node", "near_miss",     "self_loop",
      "parallel",       "class_closed",    "ferry",    "limit_closed", "limit_unknown", "speed_missing", "speed_zero",
      "speed_negative", "speed_no_number", "no_shape", "no_line",      "not_finite",    "no_length",     "no_node"};
  return codes;
}

std::map<std::string_view, std::size_t> NetworkReport::counts() const {
  std::map<std::string_view, std::size_t> out;
  for (NetworkFinding const& one : findings) ++out[one.code];
  return out;
}

NetworkReport inspect_network(Layer const& lines, GraphOptions const& options, unsigned workers) {
  return Inspector(lines, options, workers).report();
}

}  // namespace terrein
