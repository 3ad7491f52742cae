#include "terrein/criteria/inputs.hpp"

namespace terrein {

MeasuringLayer const* Inputs::find(std::string const& key) const {
  if (layers == nullptr) return nullptr;
  auto const found = layers->find(key);
  return found == layers->end() ? nullptr : &found->second;
}

}  // namespace terrein
