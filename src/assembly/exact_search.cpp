#include "assembly/exact_search.hpp"

#include <algorithm>

namespace terrein {
namespace {

struct Node {
  Decisions decided;
  double bound = 0, price = 0;
  std::size_t number = 0;
};

class BranchAndBound {
 public:
  BranchAndBound(Neighbourhood const& land, std::optional<LocalSite> known, double least_value, Accept const& accept)
      : land_(land), bounds_(land), walk_(land), accept_(accept), least_(least_value) {
    if (known && known->value > least_) take(std::move(*known));
  }

  ExactAnswer run(std::size_t most_nodes) {
    ExactAnswer out;
    if (land_.count() > 0) open_root();
    while (!open_.empty() && out.nodes < most_nodes) {
      std::pop_heap(open_.begin(), open_.end(), later);
      Node const node = std::move(open_.back());
      open_.pop_back();
      if (!is_worth_it(node.bound)) {
        open_.clear();  // the others are no better
        break;
      }
      ++out.nodes;
      branch(node);
    }
    out.bound = site_ ? site_->value : no_site;
    for (Node const& node : open_) out.bound = std::max(out.bound, is_worth_it(node.bound) ? node.bound : no_site);
    out.proven = std::none_of(open_.begin(), open_.end(), [&](Node const& node) { return is_worth_it(node.bound); });
    out.bound = std::max(out.bound, least_);
    out.site = std::move(site_);
    return out;
  }

 private:
  static bool later(Node const& a, Node const& b) {
    return a.bound < b.bound || (a.bound == b.bound && a.number > b.number);
  }
  [[nodiscard]] bool is_worth_it(double bound) const { return bound > least_ + value_slack; }

  void take(LocalSite site) {
    least_ = std::max(least_, site.value);
    site_ = std::move(site);
  }

  void offer(LocalSite site) {
    if (!(site.value > least_ + value_slack)) return;
    if (accept_ && !accept_(site.in)) return;
    take(std::move(site));
  }

  void open_root() {
    Node root;
    root.decided.assign(land_.count(), 0);
    root.decided[land_.root] = 1;
    offer_set(root.decided);
    auto const best = bounds_.best(root.decided);
    root.bound = std::min(best.bound, area_bound(land_, root.decided));
    root.price = best.price;
    push(std::move(root));
  }

  void push(Node node) {
    if (!is_worth_it(node.bound)) return;
    node.number = ++numbered_;
    open_.push_back(std::move(node));
    std::push_heap(open_.begin(), open_.end(), later);
  }

  /// The set of a node itself, and what grows from it.
  void offer_set(Decisions const& decided) {
    SiteSet set(land_);
    std::vector<std::uint8_t> out(land_.count(), 0);
    for (std::uint32_t i = 0; i < land_.count(); ++i) {
      if (decided[i] > 0) set.add(i);
      out[i] = decided[i] < 0 ? 1 : 0;
    }
    if (set.counts()) offer({set.bytes(), walk_.value(set.bytes())});
    if (auto grown = grow(land_, set.bytes(), out); grown && is_worth_it(grown->value)) {
      offer(*grown);
      improve(land_, *grown);
      offer(std::move(*grown));
    }
  }

  /// The open piece beside the set that is worth most at the price of the node.
  [[nodiscard]] std::uint32_t next_piece(Node const& node) const {
    std::uint32_t out = SetWalk::none;
    double most = 0;
    for (std::uint32_t i = 0; i < land_.count(); ++i) {
      if (node.decided[i] != 0) continue;
      bool beside = false;
      for (std::uint32_t k = land_.first[i]; k < land_.first[i + 1] && !beside; ++k)
        beside = node.decided[land_.neighbour[k]] > 0;
      double const weight = land_.worth[i] - node.price * land_.size[i];
      if (!beside || (out != SetWalk::none && weight <= most)) continue;
      out = i;
      most = weight;
    }
    return out;
  }

  [[nodiscard]] bool is_possible(Decisions const& decided) const {
    SiteSet set(land_);
    for (std::uint32_t i = 0; i < land_.count(); ++i)
      if (decided[i] > 0) set.add(i);
    return !land_.overflows(set.area()) && set.owners() <= land_.target->most_owners && set.shares_little();
  }

  void branch(Node const& node) {
    std::uint32_t const piece = next_piece(node);
    if (piece == SetWalk::none) return;
    for (std::int8_t const decision : {std::int8_t{1}, std::int8_t{-1}}) {
      if (decision < 0 && land_.must[piece] != 0) continue;
      Node child;
      child.decided = node.decided;
      child.decided[piece] = decision;
      if (decision > 0 && !is_possible(child.decided)) continue;
      child.bound = std::min(node.bound, area_bound(land_, child.decided));
      if (!is_worth_it(child.bound)) continue;
      auto const best = bounds_.near(child.decided, node.price, 0.05 * bounds_.most_price(), least_ + value_slack);
      child.bound = std::min(child.bound, best.bound);
      child.price = best.price;
      if (decision > 0) offer_set(child.decided);
      push(std::move(child));
    }
  }

  Neighbourhood const& land_;
  ConnectedBound bounds_;
  SetWalk walk_;
  Accept const& accept_;
  double least_;
  std::optional<LocalSite> site_;
  std::vector<Node> open_;  // a heap
  std::size_t numbered_ = 0;
};

}  // namespace

ExactAnswer search_exactly(Neighbourhood const& land, std::optional<LocalSite> known, double least_value,
                           std::size_t most_nodes, Accept const& accept) {
  return BranchAndBound(land, std::move(known), least_value, accept).run(most_nodes);
}

}  // namespace terrein
