#pragma once

#include <string>

#include "terrein/app/run_study.hpp"

namespace terrein::cli {

/// The sites of a run, one per line, and why there are fewer than asked for; empty for studies without [assembly].
[[nodiscard]] std::string sites_text(RunSummary const& summary, Language language);

}  // namespace terrein::cli
