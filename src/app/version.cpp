#include "terrein/app/run_study.hpp"

namespace terrein {

std::string version() { return TERREIN_VERSION; }

}  // namespace terrein
