#pragma once

#include "terrein/app/check_study.hpp"
#include "terrein/geometry/crs.hpp"
#include "terrein/report/labels.hpp"

namespace terrein {

/// Writes issues as a styled layer to the GeoPackage `options.issues`; their places are in `crs`. Throws
/// `Error{config}` when that file is an input of the study, `Error{output}` when it cannot be written or is there
/// already.
void write_issues(CheckOptions const& options, Study const& study, Crs const& crs, Issues const& issues,
                  DataFolders const& data, Labels const& labels);

}  // namespace terrein
