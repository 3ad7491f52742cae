#pragma once

#include <filesystem>
#include <vector>

#include "result_facts.hpp"

namespace terrein {

/// The models of a result that a file of weights names, with their new weights (as shares too) and adoption. Throws
/// `Error{config}` with every fault of the file: unknown models, criteria and keys, values that are no weights.
std::vector<StoredModel> reweighted_models(std::filesystem::path const& file, std::vector<StoredModel> const& models);

}  // namespace terrein
