#include "assembly/site_set.hpp"

#include <algorithm>

namespace terrein {

double SiteSet::strips(std::uint32_t piece) const {
  double out = 0;
  for (std::uint32_t i = land_.first[piece]; i < land_.first[piece + 1]; ++i)
    if (in_[land_.neighbour[i]] != 0) out += land_.strip[i];
  return out;
}

void SiteSet::add(std::uint32_t piece) {
  in_[piece] = 1;
  ++count_;
  area_ += land_.size[piece] + strips(piece);
  for (std::size_t k = 0; k < shared_.size(); ++k)
    if (land_.shared[k].pieces[piece] != 0) shared_[k] += land_.size[piece];
  if (of_owner_[land_.owner[piece]]++ == 0) ++owners_;
}

void SiteSet::drop(std::uint32_t piece) {
  in_[piece] = 0;
  --count_;
  area_ -= land_.size[piece] + strips(piece);
  for (std::size_t k = 0; k < shared_.size(); ++k)
    if (land_.shared[k].pieces[piece] != 0) shared_[k] -= land_.size[piece];
  if (--of_owner_[land_.owner[piece]] == 0) --owners_;
}

std::vector<std::uint32_t> SiteSet::pieces() const {
  std::vector<std::uint32_t> out;
  for (std::uint32_t i = 0; i < in_.size(); ++i)
    if (in_[i] != 0) out.push_back(i);
  return out;
}

bool SiteSet::shares_little(std::uint32_t piece) const {
  for (std::size_t k = 0; k < shared_.size(); ++k) {
    bool const more = piece != no_piece && land_.shared[k].pieces[piece] != 0;
    if (shared_[k] + (more ? land_.size[piece] : 0) > land_.shared[k].most + value_slack) return false;
  }
  return true;
}

bool SiteSet::counts() const {
  if (!land_.fits(area_) || owners_ > land_.target->most_owners) return false;
  if (!shares_little()) return false;
  for (std::uint32_t i = 0; i < in_.size(); ++i)
    if (land_.must[i] != 0 && in_[i] == 0) return false;
  return land_.complete;
}

bool SiteSet::takes(std::uint32_t piece) const {
  if (land_.overflows(area_with(piece))) return false;
  if (!shares_little(piece)) return false;
  return of_owner_[land_.owner[piece]] > 0 || owners_ < land_.target->most_owners;
}

std::uint32_t SetWalk::parts(std::vector<std::uint8_t> const& in, std::uint32_t but) {
  std::fill(part_.begin(), part_.end(), 0);
  std::uint32_t count = 0;
  for (std::uint32_t from = 0; from < in.size(); ++from) {
    if (in[from] == 0 || from == but || part_[from] != 0) continue;
    part_[from] = ++count;
    stack_.assign(1, from);
    while (!stack_.empty()) {
      std::uint32_t const at = stack_.back();
      stack_.pop_back();
      for (std::uint32_t i = land_.first[at]; i < land_.first[at + 1]; ++i) {
        std::uint32_t const other = land_.neighbour[i];
        if (in[other] == 0 || other == but || part_[other] != 0) continue;
        part_[other] = count;
        stack_.push_back(other);
      }
    }
  }
  return count;
}

bool SetWalk::joins_all(std::uint32_t piece, std::uint32_t parts) {
  seen_.assign(parts + 1, 0);
  std::uint32_t joined = 0;
  for (std::uint32_t i = land_.first[piece]; i < land_.first[piece + 1]; ++i) {
    std::uint32_t const part = part_[land_.neighbour[i]];
    if (part == 0 || seen_[part] != 0) continue;
    seen_[part] = 1;
    ++joined;
  }
  return joined == parts;
}

void SetWalk::collect(std::vector<std::uint8_t> const& in) {
  members_.clear();
  for (std::uint32_t i = 0; i < in.size(); ++i)
    if (in[i] != 0) members_.push_back(i);
}

double SetWalk::links(std::vector<std::uint8_t> const& in) {
  if (!land_.priced || members_.empty()) return 0;
  constexpr double far = std::numeric_limits<double>::infinity();
  near_.resize(in.size());
  for (std::uint32_t const i : members_) near_[i] = far;
  rest_.assign(members_.begin() + 1, members_.end());
  double sum = 0;
  for (std::uint32_t at = members_.front();;) {
    for (std::uint32_t k = land_.first[at]; k < land_.first[at + 1]; ++k)
      if (std::uint32_t const other = land_.neighbour[k]; in[other] != 0)
        near_[other] = std::min(near_[other], land_.price[k]);
    auto next = rest_.end();
    for (auto it = rest_.begin(); it != rest_.end(); ++it)
      if (near_[*it] < far && (next == rest_.end() || near_[*it] < near_[*next])) next = it;
    if (next == rest_.end()) return sum;
    at = *next;
    sum += near_[at];
    rest_.erase(next);
  }
}

double SetWalk::value(std::vector<std::uint8_t> const& in) {
  collect(in);
  double worth = 0, area = 0;
  std::size_t owners = 0;
  owner_seen_.assign(land_.owners, 0);
  for (std::uint32_t const i : members_) {
    worth += land_.worth[i];
    area += land_.size[i];
    for (std::uint32_t k = land_.first[i]; k < land_.first[i + 1]; ++k) {
      if (in[land_.neighbour[k]] == 0) continue;
      worth += land_.saved_shared[k];
      area += land_.strip[k] / 2;
    }
    if (owner_seen_[land_.owner[i]] == 0) ++owners;
    owner_seen_[land_.owner[i]] = 1;
  }
  return worth - land_.target->owner_price * static_cast<double>(owners) - links(in) - land_.excess(area);
}

}  // namespace terrein
