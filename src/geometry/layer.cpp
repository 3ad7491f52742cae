#include "terrein/geometry/layer.hpp"

#include <algorithm>

#include "geometry/parallel_sort.hpp"
#include "terrein/core/parallel.hpp"
#include "terrein/core/text.hpp"

namespace terrein {

namespace {

/// What settles most comparisons of ids without a look at their texts: the value of a whole number, the first sixteen
/// bytes of another text. In the order of `id_less`; equal keys say nothing.
struct IdKey {
  std::uint64_t high = 0, low = 0;
  std::uint32_t row = 0;
  bool is_text = false;

  [[nodiscard]] bool same(IdKey const& o) const { return is_text == o.is_text && high == o.high && low == o.low; }
  [[nodiscard]] bool before(IdKey const& o) const {
    if (is_text != o.is_text) return o.is_text;
    return high != o.high ? high < o.high : low < o.low;
  }
};

/// Eight bytes from `from` on as a number; zeros stand for what the text lacks.
std::uint64_t bytes_of(std::string_view text, std::size_t from) {
  std::uint64_t out = 0;
  for (std::size_t i = from; i < from + 8; ++i)
    out = out << 8U | (i < text.size() ? static_cast<unsigned char>(text[i]) : 0U);
  return out;
}

IdKey key_of(std::string_view id, std::uint32_t row) {
  constexpr std::uint64_t below_zero = 1ULL << 63U;
  if (auto const value = whole_id(id)) return {static_cast<std::uint64_t>(*value) ^ below_zero, 0, row, false};
  return {bytes_of(id, 0), bytes_of(id, 8), row, true};
}

}  // namespace

std::vector<std::uint32_t> rank_ids(std::vector<std::string> const& id, unsigned workers) {
  constexpr std::size_t chunk = 4096;
  std::vector<IdKey> keys(id.size());
  parallel_chunks(id.size(), workers, chunk, [&](unsigned, std::size_t begin, std::size_t end) {
    for (std::size_t row = begin; row < end; ++row) keys[row] = key_of(id[row], static_cast<std::uint32_t>(row));
  });
  auto const less = [&](IdKey const& a, IdKey const& b) {
    if (!a.same(b)) return a.before(b);
    int const texts = id[a.row].compare(id[b.row]);
    return texts != 0 ? texts < 0 : a.row < b.row;
  };
  if (!std::is_sorted(keys.begin(), keys.end(), less)) parallel_sort(keys, workers, less);  // most registers are sorted
  std::vector<std::uint32_t> rank(id.size());
  for (std::uint32_t position = 0; position < keys.size(); ++position) rank[keys[position].row] = position;
  return rank;
}

Layer take(Layer const& layer, std::vector<Row> const& rows) {
  if (are_all(rows, layer.size()) && layer.id_rank.size() == layer.size()) return layer;
  Layer out;
  out.name = layer.name;
  out.crs = layer.crs;
  out.geometry = take(layer.geometry, rows);
  out.attributes = take(layer.attributes, rows);
  // A layer that is not prepared yet may have no ids.
  if (!layer.id.empty())
    for (Row const row : rows) out.id.push_back(layer.id[row]);
  out.id_rank = rank_ids(out.id);
  return out;
}

}  // namespace terrein
