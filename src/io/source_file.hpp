#pragma once

#include "io/source.hpp"

namespace terrein {

/// Refuses, before GDAL looks at it, what is no source of this machine: addresses on the network, pipes, devices and
/// sockets (which GDAL would wait for), links that lead nowhere, empty and packed files, and files that do not exist
/// (with the nearest names). The files beside it that belong to it must be files too. Throws `Error{input}`.
void check_source_file(Origin const& origin);

}  // namespace terrein
