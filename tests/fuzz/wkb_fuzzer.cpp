// Bytes that claim to be WKB: read as a row or refused, and what was read can be written and read again.
#include <cstddef>
#include <cstdint>
#include <cstdlib>

#include "terrein/geometry/geometry_column.hpp"

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
  using namespace terrein;
  GeometryColumn column;
  terrein::WkbFacts facts;
  if (!append_wkb(column, {data, size}, 0.01, facts)) {
    if (column.size() != 0 || !column.xy.empty()) std::abort();  // a refusal leaves the column as it was
    return 0;
  }
  if (column.size() != 1) std::abort();
  if (!column.all_finite(0)) return 0;  // a ring that starts at NaN never counts as closed
  GeometryColumn again;
  if (!append_wkb(again, to_wkb(column, 0))) std::abort();
  if (again.part_begin != column.part_begin || again.kind != column.kind) std::abort();
  GeometryColumn third;  // orienting may move a repeated vertex to the end of a ring, once
  if (!append_wkb(third, to_wkb(again, 0))) std::abort();
  if (third.path_begin != again.path_begin || third.xy.size() != again.xy.size()) std::abort();
  return 0;
}
