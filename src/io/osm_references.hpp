#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

namespace terrein {

/// Ascending numbers in two bytes each; others are kept as well.
class IdSet {
 public:
  void add(std::int64_t id);
  [[nodiscard]] bool contains(std::int64_t id) const;
  [[nodiscard]] std::size_t size() const noexcept { return low_.size() + stray_.size(); }

 private:
  static constexpr unsigned low_bits = 16;
  std::vector<std::int64_t> high_;  ///< of each chunk, ascending
  std::vector<std::size_t> begin_;  ///< of each chunk in `low_`
  std::vector<std::uint16_t> low_;
  std::vector<std::int64_t> stray_;  ///< that came out of order
  std::int64_t last_ = INT64_MIN;
};

/// What a file of OpenStreetMap refers to and does not hold, as cut extracts do. GDAL tells only of a part of it.
struct OsmReferences {
  struct Way {
    std::size_t nodes = 0, missing = 0;  ///< references, and those to absent nodes
    bool tagged = false, closed = false;
  };
  struct Relation {
    std::size_t members = 0;     ///< ways (of an area without its subareas) and, for others, nodes
    std::size_t missing = 0;     ///< of these, absent
    std::size_t incomplete = 0;  ///< ways that lack nodes themselves
    bool area = false;           ///< type = multipolygon or boundary
    bool tagged = false;
  };
  std::size_t nodes = 0, ways = 0, relations = 0;
  std::size_t missing_references = 0;           ///< of ways to nodes
  std::map<std::int64_t, Way> incomplete_ways;  ///< that lack a node
  std::map<std::int64_t, Relation> areas;       ///< all relations that are areas
  std::map<std::int64_t, Relation> others;      ///< other relations that lack a member, or have a way that lacks nodes
};

/// Reads through an .osm or .osm.pbf file, which may lie in an archive (GDAL's path). Throws `Error{input}` when it is
/// damaged or packed in a way that OSM files are not.
[[nodiscard]] OsmReferences read_osm_references(std::string const& path);

namespace osm {

/// An object of a file, with its tags as far as they matter here.
struct Object {
  enum class Kind { node, way, relation };
  struct Member {
    Kind kind;
    std::int64_t id;
    bool subarea;
  };
  Kind kind = Kind::node;
  std::int64_t id = 0;
  std::vector<std::int64_t> nodes;
  std::vector<Member> members;
  std::string type;     ///< tag of a relation
  bool tagged = false;  ///< has a tag besides type
};

/// Adds up what objects lack, in the order of the file: nodes, ways, relations.
class Collector {
 public:
  void node(std::int64_t id) { nodes_.add(id); }
  void way(Object const& way);
  void relation(Object const& relation);
  [[nodiscard]] OsmReferences finish();

 private:
  IdSet nodes_, ways_;
  OsmReferences found_;
};

/// Gives every object of a file to the collector. Throws `Error{input}`.
[[nodiscard]] bool is_pbf(std::string const& path);
void read_pbf(std::string const& path, Collector& out);
void read_xml(std::string const& path, Collector& out);

}  // namespace osm
}  // namespace terrein
