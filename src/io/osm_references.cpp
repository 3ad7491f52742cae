#include "io/osm_references.hpp"

#include <algorithm>
namespace terrein {

void IdSet::add(std::int64_t id) {
  if (id <= last_) {
    if (id != last_) stray_.insert(std::upper_bound(stray_.begin(), stray_.end(), id), id);
    return;
  }
  last_ = id;
  if (high_.empty() || high_.back() != id >> low_bits) {
    high_.push_back(id >> low_bits);
    begin_.push_back(low_.size());
  }
  low_.push_back(static_cast<std::uint16_t>(id & 0xffff));
}

bool IdSet::contains(std::int64_t id) const {
  auto const chunk = std::lower_bound(high_.begin(), high_.end(), id >> low_bits);
  if (chunk != high_.end() && *chunk == id >> low_bits) {
    auto const at = static_cast<std::size_t>(chunk - high_.begin());
    auto const begin = low_.begin() + static_cast<std::ptrdiff_t>(begin_[at]);
    auto const end = at + 1 == begin_.size() ? low_.end() : low_.begin() + static_cast<std::ptrdiff_t>(begin_[at + 1]);
    if (std::binary_search(begin, end, static_cast<std::uint16_t>(id & 0xffff))) return true;
  }
  return std::binary_search(stray_.begin(), stray_.end(), id);
}

namespace osm {

void Collector::way(Object const& way) {
  ways_.add(way.id);
  OsmReferences::Way out;
  out.nodes = way.nodes.size();
  out.tagged = way.tagged;
  out.closed = way.nodes.size() > 1 && way.nodes.front() == way.nodes.back();
  for (std::int64_t const node : way.nodes)
    if (!nodes_.contains(node)) ++out.missing;
  found_.missing_references += out.missing;
  if (out.missing > 0) found_.incomplete_ways.emplace(way.id, out);
}

void Collector::relation(Object const& relation) {
  ++found_.relations;
  OsmReferences::Relation out;
  out.area = relation.type == "multipolygon" || relation.type == "boundary";
  out.tagged = relation.tagged;
  for (Object::Member const& member : relation.members) {
    bool const is_way = member.kind == Object::Kind::way;
    if (member.subarea || !(is_way || (!out.area && member.kind == Object::Kind::node))) continue;
    ++out.members;
    if (!(is_way ? ways_ : nodes_).contains(member.id)) ++out.missing;
    if (is_way && found_.incomplete_ways.contains(member.id)) ++out.incomplete;
  }
  if (out.area)
    found_.areas.emplace(relation.id, out);
  else if (out.missing + out.incomplete > 0)
    found_.others.emplace(relation.id, out);
}

OsmReferences Collector::finish() {
  found_.nodes = nodes_.size();
  found_.ways = ways_.size();
  return std::move(found_);
}

}  // namespace osm

OsmReferences read_osm_references(std::string const& path) {
  osm::Collector collector;
  if (osm::is_pbf(path))
    osm::read_pbf(path, collector);
  else
    osm::read_xml(path, collector);
  return collector.finish();
}

}  // namespace terrein
