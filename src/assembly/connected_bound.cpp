#include <algorithm>
#include <cmath>

#include "assembly/bounds.hpp"

namespace terrein {
namespace {

constexpr double nothing = 1e-12;  ///< of a cost: below this only rounding is left

/// What the target makes of a price on area: the most that area × price minus the price of excess can be, for sizes
/// from `least` on; strips between decided pieces have no price.
double of_target(SiteTarget const& target, double price, DecidedArea const& area) {
  auto const at = [&](double hectares) {
    return price * hectares - target.excess_price * std::max(0.0, hectares - target.least);
  };
  return std::max({at(area.least), at(std::max(target.least, area.least)), at(target.most)}) - price * area.strips;
}

/// What the outline of a piece can save at most.
double shared_worth(Neighbourhood const& land, std::uint32_t piece) {
  double out = 0;
  for (std::uint32_t i = land.first[piece]; i < land.first[piece + 1]; ++i) out += land.saved_shared[i];
  return out;
}

}  // namespace

ConnectedBound::ConnectedBound(Neighbourhood const& land) : land_(land) {
  for (std::uint32_t i = 0; i < land.count(); ++i)
    if (land.size[i] > 0)
      most_price_ = std::max(
          most_price_, (std::abs(land.worth[i]) + shared_worth(land, i) + land.target->owner_price) / land.size[i]);
  most_price_ += land.target->excess_price;
}

void ConnectedBound::start(Decisions const& decided, double price) {
  owner_paid_.assign(land_.owners, 0);
  for (std::uint32_t i = 0; i < land_.count(); ++i)
    if (decided[i] > 0) owner_paid_[land_.owner[i]] = 1;
  weight_.resize(land_.count());
  prize_.assign(land_.count(), 0);
  for (std::uint32_t i = 0; i < land_.count(); ++i) {
    weight_[i] = land_.most_worth(i, decided) - price * land_.size[i];
    if (decided[i] == 0 && owner_paid_[land_.owner[i]] == 0)
      weight_[i] -= land_.target->owner_price * land_.owner_share[i];
    if (decided[i] != 0) continue;
    prize_[i] = land_.must[i] != 0 ? std::numeric_limits<double>::infinity() : std::max(0.0, weight_[i]);
  }
  inside_.resize(land_.count(), 0);
  cost_.resize(land_.neighbour.size());
  for (std::uint32_t i = 0; i < land_.count(); ++i)
    for (std::uint32_t k = land_.first[i]; k < land_.first[i + 1]; ++k)
      cost_[k] = land_.price[k] + std::max(0.0, -weight_[i]);
}

bool ConnectedBound::widen(Decisions const& decided, std::size_t from) {
  for (std::size_t n = from; n < cut_.size(); ++n) {
    std::uint32_t const at = cut_[n];
    if (decided[at] > 0) return true;
    for (std::uint32_t k = land_.first[at]; k < land_.first[at + 1]; ++k) {
      std::uint32_t const other = land_.neighbour[k];
      if (inside_[other] == cut_number_ || decided[other] < 0 || cost_[k] > nothing) continue;
      inside_[other] = cut_number_;
      cut_.push_back(other);
    }
  }
  return false;
}

double ConnectedBound::ascend(Decisions const& decided, std::uint32_t piece) {
  double sum = 0;
  cut_.assign(1, piece);
  inside_[piece] = ++cut_number_;
  bool connected = widen(decided, 0);
  while (!connected && prize_[piece] > nothing) {
    double rise = prize_[piece];
    for (std::uint32_t const at : cut_)
      for (std::uint32_t k = land_.first[at]; k < land_.first[at + 1]; ++k)
        if (std::uint32_t const other = land_.neighbour[k]; inside_[other] != cut_number_ && decided[other] >= 0)
          rise = std::min(rise, cost_[k]);
    if (std::isinf(rise)) return rise;  // a piece that must be in it cannot be reached
    prize_[piece] -= rise;
    sum += rise;
    reached_.clear();
    for (std::uint32_t const at : cut_)
      for (std::uint32_t k = land_.first[at]; k < land_.first[at + 1]; ++k) {
        std::uint32_t const other = land_.neighbour[k];
        if (inside_[other] == cut_number_ || decided[other] < 0) continue;
        cost_[k] -= rise;
        if (cost_[k] <= nothing) reached_.push_back(other);
      }
    std::size_t const before = cut_.size();
    for (std::uint32_t const other : reached_)
      if (inside_[other] != cut_number_) {
        inside_[other] = cut_number_;
        cut_.push_back(other);
      }
    connected = widen(decided, before);
  }
  return sum;
}

double ConnectedBound::at(Decisions const& decided, double price) {
  if (!land_.complete || land_.count() == 0) return no_site;
  start(decided, price);
  double sum = of_target(*land_.target, price, decided_area(land_, decided));
  std::size_t paid = 0;
  for (std::uint8_t const owner : owner_paid_) paid += owner;
  sum -= land_.target->owner_price * static_cast<double>(paid);
  for (std::uint32_t i = 0; i < land_.count(); ++i) {
    if (decided[i] > 0)
      sum += weight_[i];
    else if (decided[i] == 0)
      sum += std::max(0.0, weight_[i]);
  }
  for (std::uint32_t i = 0; i < land_.count(); ++i)
    if (decided[i] == 0 && prize_[i] > 0) {
      double const forgone = ascend(decided, i);
      if (std::isinf(forgone)) return no_site;
      sum -= forgone;
    }
  return sum;
}

ConnectedBound::Best ConnectedBound::best(Decisions const& decided) {
  constexpr int steps = 24;
  double const ratio = (std::sqrt(5.0) - 1) / 2;
  double low = -most_price_, high = most_price_;
  Best out{std::numeric_limits<double>::infinity(), 0};
  auto const look = [&](double price) {
    double const bound = at(decided, price);
    if (bound < out.bound) out = {bound, price};
    return bound;
  };
  double left = high - ratio * (high - low), right = low + ratio * (high - low);
  double at_left = look(left), at_right = look(right);
  for (int i = 0; i < steps; ++i) {
    if (at_left <= at_right) {
      high = right;
      right = left;
      at_right = at_left;
      at_left = look(left = high - ratio * (high - low));
    } else {
      low = left;
      left = right;
      at_left = at_right;
      at_right = look(right = low + ratio * (high - low));
    }
  }
  return out;
}

ConnectedBound::Best ConnectedBound::near(Decisions const& decided, double price, double step, double enough) {
  Best out{at(decided, price), price};
  for (double const other : {price - step, price + step}) {
    if (out.bound <= enough) break;
    if (double const bound = at(decided, other); bound < out.bound) out = {bound, other};
  }
  return out;
}

}  // namespace terrein
