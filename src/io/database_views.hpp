#pragma once

#include <chrono>
#include <map>

#include "io/source.hpp"

namespace terrein {

/// Views of an SQLite database that cannot be carried out with SQLite's own functions: name → why.
using ViewFaults = std::map<std::string, std::string>;

/// Carries out every view of a database, without GDAL and without extensions. A view is a program that the maker of the
/// file wrote; one that does not end would hold GDAL for ever. Throws `Error{input}` for a file whose views take longer
/// together than `patience`. A file that is no SQLite database has none.
[[nodiscard]] ViewFaults try_views(std::string const& path, Origin const& origin,
                                   std::chrono::milliseconds patience = std::chrono::minutes(1));

}  // namespace terrein
