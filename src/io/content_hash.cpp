#include "terrein/io/content_hash.hpp"

#include <algorithm>
#include <numeric>

#include "terrein/core/error.hpp"
#include "terrein/core/hash.hpp"

namespace terrein {
namespace {

void append(std::string& out, std::string_view bytes) {
  out += std::to_string(bytes.size());
  out += ':';
  out += bytes;
}

void append_shape(std::string& out, GeometryColumn const& column, std::size_t row) {
  if (column.kind[row] == GeometryKind::null) {
    out += '-';
  } else if (!column.has_shape(row)) {
    append(out, {});
  } else {
    auto const wkb = to_wkb(column, row);
    append(out, {reinterpret_cast<char const*>(wkb.data()), wkb.size()});
  }
}

std::vector<AnyColumn const*> columns_by_name(Table const& table) {
  std::vector<AnyColumn const*> out;
  for (AnyColumn const& column : table.columns()) out.push_back(&column);
  std::sort(out.begin(), out.end(), [](auto const* a, auto const* b) { return name_of(*a) < name_of(*b); });
  return out;
}

}  // namespace

std::string content_hash(std::vector<std::string> const& ids, Table const& table, GeometryColumn const* geometry) {
  if (table.rows() != ids.size() || (geometry != nullptr && geometry->size() != ids.size()))
    throw_error(ErrorKind::internal, "{} ids, {} rows: they cannot be hashed together.", ids.size(), table.rows());
  auto const columns = columns_by_name(table);
  std::string all, row_bytes;
  for (AnyColumn const* column : columns) append(all, name_of(*column));
  all += '\n';
  std::vector<std::string> hashes;
  for (std::size_t row = 0; row < ids.size(); ++row) {
    row_bytes.clear();
    append(row_bytes, ids[row]);
    for (AnyColumn const* column : columns) {
      if (auto const text = text_at(*column, row))
        append(row_bytes, *text);
      else
        row_bytes += '-';
    }
    if (geometry != nullptr) append_shape(row_bytes, *geometry, row);
    hashes.push_back(sha256(row_bytes));
  }
  auto const rank = rank_ids(ids);
  std::vector<std::size_t> order(ids.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
    if (ids[a] == ids[b]) return hashes[a] < hashes[b];
    return rank[a] < rank[b];
  });
  for (std::size_t const row : order) all += hashes[row] + '\n';
  return sha256(all);
}

std::string content_hash(Layer const& layer) { return content_hash(layer.id, layer.attributes, &layer.geometry); }

}  // namespace terrein
