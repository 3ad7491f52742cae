#pragma once
// The parts of check_fabric. Private to this room.

#include <span>
#include <vector>

#include "terrein/geometry/fabric.hpp"
#include "terrein/prepare/fabric.hpp"

namespace terrein::prepare {

/// An issue of the stage `fabric`, at a place in the study's CRS.
[[nodiscard]] Issue fabric_issue(Layer const& layer, std::string code, Severity severity, std::string feature_id,
                                 Point place, std::string text);

/// Settles common land after the policy of the options; what each parcel lost becomes an issue `land_lost`.
void settle_common_land(Layer& layer, std::span<Overlap const> common, FabricOptions const& options,
                        FabricReport& report, Issues& issues);

}  // namespace terrein::prepare
