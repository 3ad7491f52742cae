// Texts that claim to be a filter: refused with terrein's own error, or written anew with the same meaning.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "terrein/core/error.hpp"
#include "terrein/core/row_filter.hpp"

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
  using namespace terrein;
  try {
    RowFilter const filter = RowFilter::parse({reinterpret_cast<char const*>(data), size});
    Table table(2);
    Column<double> number("a", 2);
    number.set(0, 1);
    TextColumn text("b");
    text.push("x");
    text.push(std::nullopt);
    table.add(number);
    table.add(text);
    if (RowFilter::parse(filter.text()).text() != filter.text()) std::abort();
    static_cast<void>(filter.kept(table));
  } catch (Error const&) {  // the refusal that is asked for
  }
  return 0;
}
