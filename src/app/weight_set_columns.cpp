#include "weight_set_columns.hpp"

#include <optional>
#include <string>
#include <vector>

namespace terrein {

void WeightSetColumns::push(WeightSet const* set, Labels const& labels) {
  auto const words = [&](TextColumn& column, std::string const& nl, std::string const& en) {
    std::string const text = labels.pick(nl, en);
    column.push(text.empty() ? std::nullopt : std::optional<std::string_view>(text));
  };
  Bilingual const none, how = set == nullptr ? none : words_of(set->how);
  bool const judged = set != nullptr && set->consistency;
  Bilingual const said = judged ? set->consistency->words : none;
  words(name_, set == nullptr ? "" : set->label_nl, set == nullptr ? "" : set->label_en);
  words(date_, set == nullptr ? "" : set->date, set == nullptr ? "" : set->date);
  words(how_, how.nl, how.en);
  words(consistency_, said.nl, said.en);
  ratio_.push(judged ? set->consistency->ratio : std::nullopt);
}

std::vector<AnyColumn> WeightSetColumns::take() {
  std::vector<AnyColumn> out;
  for (TextColumn* column : {&name_, &date_, &how_, &consistency_}) out.emplace_back(std::move(*column));
  out.emplace_back(std::move(ratio_));
  return out;
}

}  // namespace terrein
