#include <algorithm>
#include <map>
#include <tuple>

#include "geometry/crowds.hpp"
#include "geometry/edge_runs.hpp"
#include "geometry/noded.hpp"
#include "geometry/pair_contacts.hpp"
#include "terrein/core/parallel.hpp"
#include "terrein/geometry/fabric.hpp"
#include "terrein/geometry/packed_boxes.hpp"
#include "terrein/geometry/spatial_index.hpp"

namespace terrein {
namespace {

constexpr std::size_t chunk = 256, together = 8;

/// Compares rows that lie together with all rows around them of larger id. They look for their neighbours in one go,
/// and the edges of a row are laid out once for all of its pairs. One per worker: it keeps its buffers.
class ContactFinder {
 public:
  ContactFinder(Layer const& layer, EdgeRuns const& runs, PackedBoxes const& boxes, double tolerance,
                std::vector<std::uint8_t>& twin)
      : layer_(layer), boxes_(boxes), tolerance_(tolerance), pairs_(layer.geometry, runs, tolerance, &twin) {}

  void find(std::span<Row const> rows, PairsFound& found) {
    auto const& box = layer_.geometry.box;
    Box all;
    for (Row const row : rows) all.extend(box[row]);
    around_.clear();
    laid_out_ = 0;
    boxes_.query(all.grown(tolerance_), [&](std::uint32_t place) {
      Row const row = boxes_.order()[place];
      around_.push_back({box[row], row, layer_.id_rank[row], not_yet});
    });
    for (std::size_t i = 0; i < around_.size(); ++i)
      if (std::find(rows.begin(), rows.end(), around_[i].row) != rows.end()) find(around_[i], found);
  }

 private:
  struct Neighbour {
    Box box;
    Row row;
    std::uint32_t rank;
    std::uint32_t edges;  // where they are laid out
  };
  static constexpr std::uint32_t not_yet = no_row;
  // Vertices of a row: above, only the runs that come near are looked at. Rows around: above, the group lies about a
  // giant, and all rows in it laid out would take the memory of the layer.
  static constexpr std::size_t few_vertices = 256, few_rows = 1024;

  void find(Neighbour& row, PairsFound& found) {
    Box const reach = row.box.grown(tolerance_);
    near_.resize(around_.size());
    std::size_t kept = 0;
    for (std::size_t i = 0; i < around_.size(); ++i) {
      near_[kept] = i;
      kept += static_cast<unsigned>(row.rank < around_[i].rank) & meet(reach, around_[i].box);
    }
    for (std::size_t i = 0; i < kept; ++i) {
      Neighbour& other = around_[near_[i]];
      lay_out(row);
      lay_out(other);
      pairs_.compare(row.row, edges_of(row), other.row, edges_of(other), found);
    }
  }

  void lay_out(Neighbour& one) {
    GeometryColumn const& column = layer_.geometry;
    if (one.edges != not_yet || around_.size() > few_rows || column.vertices(one.row) > few_vertices) return;
    one.edges = laid_out_++;
    if (edges_.size() < laid_out_) edges_.emplace_back();
    BoxedEdges& out = edges_[one.edges];
    out.clear();
    for (std::uint32_t path = column.first_path(one.row); path < column.end_path(one.row); ++path)
      for (std::size_t i = column.path_begin[path]; i + 1 < column.path_begin[path + 1]; ++i) out.add(column, path, i);
  }

  [[nodiscard]] BoxedEdges const* edges_of(Neighbour const& one) const {
    return one.edges == not_yet ? nullptr : &edges_[one.edges];
  }

  Layer const& layer_;
  PackedBoxes const& boxes_;
  double tolerance_;
  PairContacts pairs_;
  std::vector<Neighbour> around_;
  std::vector<std::size_t> near_;  // of `around_`
  std::vector<BoxedEdges> edges_;
  std::uint32_t laid_out_ = 0;
};

/// Gives the rows of a crowd what its first has: missing vertices `of_first`, and twins.
void follow(GeometryColumn const& column, Crowd const& crowd, std::vector<MissingVertex> const& of_first,
            Contacts& out) {
  Row const first = crowd.front();
  std::uint32_t const begin = column.path_begin[column.first_path(first)];
  std::vector<std::uint32_t> same(column.vertices(first));
  for (std::size_t k = 1; k < crowd.size(); ++k) {
    out.meeting.push_back({first, crowd[k]});
    each_same_edge(column, first, crowd[k], [&](std::uint32_t i, std::uint32_t j) {
      same[i - begin] = j;
      out.twin[j] = out.twin[i];
    });
    for (MissingVertex const& one : of_first) out.missing.push_back({crowd[k], one.of, same[one.edge - begin], one.at});
  }
}

void follow(GeometryColumn const& column, Contacts& out) {
  std::map<Row, std::vector<MissingVertex>> of_first;
  for (Crowd const& crowd : out.crowds) of_first[crowd.front()];
  for (MissingVertex const& one : out.missing)
    if (auto const it = of_first.find(one.row); it != of_first.end()) it->second.push_back(one);
  for (Crowd const& crowd : out.crowds) follow(column, crowd, of_first[crowd.front()], out);
}

/// By ids, edges and places, whatever the order of the rows; a corner that several edges pass is named once per edge.
void sort(Contacts& contacts, std::vector<std::uint32_t> const& rank) {
  std::sort(contacts.meeting.begin(), contacts.meeting.end(), [&](RowPair const& p, RowPair const& q) {
    return std::pair(rank[p.a], rank[p.b]) < std::pair(rank[q.a], rank[q.b]);
  });
  auto const key = [&](MissingVertex const& v) { return std::tuple(rank[v.row], v.edge, v.at.x, v.at.y, rank[v.of]); };
  std::sort(contacts.missing.begin(), contacts.missing.end(),
            [&](MissingVertex const& v, MissingVertex const& w) { return key(v) < key(w); });
}

}  // namespace

Contacts contacts(Layer const& layer, double tolerance, unsigned workers, std::size_t above) {
  GeometryColumn const& column = layer.geometry;
  Contacts out;
  out.crowds = crowds_of(layer, above);
  EdgeRuns const runs(column, workers);
  PackedBoxes const boxes(boxes_without_followers(column, out.crowds), workers);
  std::span<Row const> const nearby(boxes.order());
  out.twin.assign(column.xy.size() / 2, 0);
  std::vector<PairsFound> found((nearby.size() + chunk - 1) / chunk);
  parallel_chunks(nearby.size(), workers, chunk, [&](unsigned, std::size_t begin, std::size_t end) {
    ContactFinder finder(layer, runs, boxes, tolerance, out.twin);
    for (std::size_t i = begin; i < end; i += together)
      finder.find(nearby.subspan(i, std::min(together, end - i)), found[begin / chunk]);
  });
  for (PairsFound& part : found) {
    out.meeting.insert(out.meeting.end(), part.meeting.begin(), part.meeting.end());
    out.missing.insert(out.missing.end(), part.missing.begin(), part.missing.end());
  }
  if (!out.crowds.empty()) follow(column, out);
  sort(out, layer.id_rank);
  return out;
}

std::vector<RowPair> meeting_rows(Layer const& layer, EdgeRuns const& runs, SpatialIndex const& boxes,
                                  std::vector<std::uint8_t> const& chosen, unsigned workers) {
  GeometryColumn const& column = layer.geometry;
  std::vector<PairsFound> found((layer.size() + chunk - 1) / chunk);
  parallel_chunks(layer.size(), workers, chunk, [&](unsigned, std::size_t begin, std::size_t end) {
    PairContacts finder(column, runs, 0, nullptr);
    std::vector<Row> hits;
    for (Row row = static_cast<Row>(begin); row < end; ++row) {
      if (chosen[row] == 0 || column.kind[row] != GeometryKind::polygon) continue;
      hits.clear();
      boxes.query(column.box[row], hits);
      for (Row const other : hits)
        if (chosen[other] != 0 && layer.id_rank[row] < layer.id_rank[other])
          finder.compare(row, nullptr, other, nullptr, found[begin / chunk]);
    }
  });
  std::vector<RowPair> out;
  for (PairsFound const& part : found)
    for (RowPair const& pair : part.meeting) out.push_back({std::min(pair.a, pair.b), std::max(pair.a, pair.b)});
  std::sort(out.begin(), out.end(),
            [](RowPair const& p, RowPair const& q) { return std::pair(p.a, p.b) < std::pair(q.a, q.b); });
  return out;
}

}  // namespace terrein
