#pragma once

#include <string>

namespace terrein {

/// A sentence or word for users, in both languages.
struct Bilingual {
  std::string nl, en;
};

}  // namespace terrein
