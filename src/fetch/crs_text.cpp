#include "fetch/crs_text.hpp"

#include <algorithm>

#include "terrein/core/text.hpp"
#include "terrein/io/raw_shapes.hpp"

namespace terrein {

CrsText crs_in(std::string const& text) {
  std::string const small = lower(trim(text));
  if (small.find("crs84") != std::string::npos) return {"EPSG:4326", false};
  if (small.find("epsg") == std::string::npos) return {};
  auto const last = small.find_last_of(":/#");
  std::string const code = last == std::string::npos ? std::string{} : small.substr(last + 1);
  bool const digits =
      !code.empty() && std::all_of(code.begin(), code.end(), [](char c) { return c >= '0' && c <= '9'; });
  if (!digits) return {};
  CrsText out{"EPSG:" + code, false};
  // Only the texts that name the register's definition keep its axis order; the older ones mean x, y.
  bool const strict = small.find("urn:") != std::string::npos || small.find("/def/crs/") != std::string::npos;
  out.swapped = strict && northing_first(out.authority);
  return out;
}

}  // namespace terrein
