// Texts that claim to be WKT: read as a row, or refused with terrein's own error.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "terrein/core/error.hpp"
#include "terrein/geometry/geometry_column.hpp"

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
  using namespace terrein;
  GeometryColumn column;
  try {
    append_wkt(column, {reinterpret_cast<char const*>(data), size});
  } catch (Error const&) {  // the refusal that is asked for
    return 0;
  }
  if (column.size() != 1) std::abort();
  return 0;
}
