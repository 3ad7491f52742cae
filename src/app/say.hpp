#pragma once

#include <string>

#include "terrein/report/labels.hpp"

namespace terrein {

/// The words of one language: `say("rijen", "rows")`.
class Say {
 public:
  explicit Say(Language language) : nl_(language == Language::nl) {}
  [[nodiscard]] std::string operator()(std::string const& nl, std::string const& en) const { return nl_ ? nl : en; }

 private:
  bool nl_;
};

}  // namespace terrein
