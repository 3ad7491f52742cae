#include "decision/weight_words.hpp"

#include <algorithm>

namespace terrein {

void require_criteria(WeightSubject const& subject) {
  if (subject.criteria.empty()) refuse_weights(subject, "has no criteria; name at least one.");
}

void require_one_each(WeightSubject const& subject, std::size_t given, char const* what) {
  require_criteria(subject);
  if (given != subject.criteria.size()) {
    throw_error(ErrorKind::internal, "Weight set '{}' has {} {} for {} criteria.", subject.set, given, what,
                subject.criteria.size());
  }
}

std::string const& criterion_name(WeightSubject const& subject, std::size_t criterion) {
  if (criterion >= subject.criteria.size()) {
    throw_error(ErrorKind::internal, "Weight set '{}' has no criterion number {}.", subject.set, criterion);
  }
  return subject.criteria[criterion];
}

std::string with_comma(std::string number) {
  std::replace(number.begin(), number.end(), '.', ',');
  return number;
}

void share_out(std::vector<double>& weights) {
  double sum = 0;
  for (double const weight : weights) sum += weight;
  for (double& weight : weights) weight /= sum;
}

}  // namespace terrein
