#include <algorithm>
#include <map>
#include <numeric>

#include "network/access_legs.hpp"
#include "terrein/core/parallel.hpp"

namespace terrein {
namespace {

bool by_place_and_cost(Reach const& a, Reach const& b) { return a.at != b.at ? a.at < b.at : a.cost < b.cost; }

/// Keeps the cheapest of all entries that speak of the same; sorts them.
void keep_cheapest(std::vector<Reach>& list) {
  std::sort(list.begin(), list.end(), by_place_and_cost);
  list.erase(std::unique(list.begin(), list.end(), [](Reach const& a, Reach const& b) { return a.at == b.at; }),
             list.end());
}

/// What stands in both lists, with the sum of the costs where that is within the limit, into the first.
void add_second_leg(std::vector<Reach>& first, std::vector<Reach> const& second, double limit) {
  auto kept = first.begin();
  auto other = second.begin();
  for (Reach const& one : first) {
    while (other != second.end() && other->at < one.at) ++other;
    if (other == second.end()) break;
    double const cost = one.cost + other->cost;
    if (other->at == one.at && cost <= limit) *kept++ = {one.at, cost};
  }
  first.erase(kept, first.end());
}

/// Searches of a leg, one for each worker.
std::vector<RepeatedSearch> searches(AccessLeg const& leg, unsigned workers) {
  std::vector<RepeatedSearch> out;
  for (unsigned worker = 0; worker < std::max(workers, 1U); ++worker) out.emplace_back(leg.graph);
  return out;
}

/// The destinations of a block with their joins, those with equal joins under the first of them.
struct Shared {
  std::vector<std::size_t> searched;     // destinations to search from
  std::vector<std::size_t> of_in_block;  // position in `searched` per destination of the block

  Shared(Joins const& joins, std::size_t begin, std::size_t end) {
    auto const less = [](std::span<Join const> a, std::span<Join const> b) {
      return std::lexicographical_compare(a.begin(), a.end(), b.begin(), b.end(), [](Join const& x, Join const& y) {
        if (x.node != y.node) return x.node < y.node;
        return x.seconds != y.seconds ? x.seconds < y.seconds : x.metres < y.metres;
      });
    };
    std::map<std::span<Join const>, std::size_t, decltype(less)> known(less);
    for (std::size_t destination = begin; destination < end; ++destination) {
      auto const [it, fresh] = known.try_emplace(joins.of(destination), searched.size());
      if (fresh) searched.push_back(destination);
      of_in_block.push_back(it->second);
    }
  }
};

/// What the searches of a block found in one leg, by node: the destinations it leads to, ascending.
class LegBlock {
 public:
  LegBlock(AccessNetwork const& network, AccessLeg const& leg, SweepOptions const& options)
      : network_(network), leg_(leg), options_(options), searches_(searches(leg, options.workers)) {}

  void run(std::size_t begin, std::size_t end) {
    Shared const shared(leg_.at_destination, begin, end);
    found_.assign(shared.searched.size(), {});
    parallel_chunks(found_.size(), options_.workers, 1, [&](unsigned worker, std::size_t i, std::size_t) {
      searches_[worker].run(network_, leg_.at_destination.of(shared.searched[i]), options_.limit);
      auto const settled = searches_[worker].settled();
      found_[i].assign(settled.begin(), settled.end());
    });
    sort_by_node(shared, begin);
  }
  /// The destinations of the block that a place reaches.
  void gather(std::size_t place, std::vector<Reach>& out) const {
    out.clear();
    auto const joins = leg_.at_place.of(place);
    for (Join const& join : joins) {
      double const cost = network_.cost(join);
      for (auto i = first_[join.node]; i < first_[join.node + 1]; ++i)
        if (cost + entry_[i].cost <= options_.limit) out.push_back({entry_[i].at, cost + entry_[i].cost});
    }
    if (joins.size() > 1) keep_cheapest(out);
  }
  [[nodiscard]] std::size_t labels() const noexcept { return entry_.size(); }

 private:
  /// Counting sort; destinations ascend within a node because they are handed out in their order.
  void sort_by_node(Shared const& shared, std::size_t begin) {
    first_.assign(leg_.graph.nodes() + 2, 0);
    for (std::size_t const search : shared.of_in_block)
      for (Reach const& one : found_[search]) ++first_[one.at + 2];
    std::partial_sum(first_.begin(), first_.end(), first_.begin());
    entry_.resize(first_.back());
    for (std::size_t i = 0; i < shared.of_in_block.size(); ++i)
      for (Reach const& one : found_[shared.of_in_block[i]])
        entry_[first_[one.at + 1]++] = {static_cast<std::uint32_t>(begin + i), one.cost};
  }

  AccessNetwork const& network_;
  AccessLeg const& leg_;
  SweepOptions const& options_;
  std::vector<RepeatedSearch> searches_;
  std::vector<std::vector<Reach>> found_;  // nodes per search
  std::vector<std::size_t> first_;         // per node
  std::vector<Reach> entry_;
};

/// As many destinations as fit if each finds as much as those of the block before, four times as many at most.
std::size_t next_block(std::size_t labels, std::size_t destinations, std::size_t labels_at_once) {
  std::size_t const each = std::max<std::size_t>(labels / std::max<std::size_t>(destinations, 1), 1);
  return std::clamp<std::size_t>(labels_at_once / each, 1, 4 * destinations);
}

}  // namespace

void sweep(AccessNetwork const& network, Attachment const& places, Attachment const& destinations,
           SweepOptions const& options, std::function<void(std::size_t, std::span<Reach const>)> const& take) {
  auto const ways = legs(network, places, destinations, options.direction);
  std::vector<LegBlock> blocks;
  for (AccessLeg const& leg : ways) blocks.emplace_back(network, leg, options);
  std::size_t const all = ways.front().at_destination.places();
  std::size_t const nodes = std::max<std::size_t>(network.along().nodes(), 1);
  std::size_t block = std::max<std::size_t>(options.labels_at_once / nodes, 1);
  for (std::size_t begin = 0, end = 0; begin < all; begin = end) {
    end = std::min(all, begin + block);
    std::size_t labels = 0;
    for (LegBlock& leg : blocks) {
      leg.run(begin, end);
      labels += leg.labels();
    }
    parallel_chunks(ways.front().at_place.places(), options.workers, 512,
                    [&](unsigned, std::size_t first, std::size_t last) {
                      std::vector<Reach> found, second;
                      for (std::size_t place = first; place < last; ++place) {
                        blocks.front().gather(place, found);
                        if (found.empty()) continue;
                        if (blocks.size() > 1) {
                          blocks[1].gather(place, second);
                          add_second_leg(found, second, options.limit);
                        }
                        if (!found.empty()) take(place, found);
                      }
                    });
    block = next_block(labels, end - begin, options.labels_at_once);
  }
}

void sweep_by_destination(AccessNetwork const& network, Attachment const& places, Attachment const& destinations,
                          SweepOptions const& options,
                          std::function<void(std::size_t, std::span<Reach const>)> const& take) {
  auto const ways = legs(network, places, destinations, options.direction);
  std::vector<std::vector<RepeatedSearch>> of_leg;
  for (AccessLeg const& leg : ways) of_leg.push_back(searches(leg, options.workers));
  parallel_chunks(ways.front().at_destination.places(), options.workers, 1,
                  [&](unsigned worker, std::size_t destination, std::size_t) {
                    if (ways.front().at_destination.of(destination).empty()) return take(destination, {});
                    for (std::size_t leg = 0; leg < ways.size(); ++leg)
                      of_leg[leg][worker].run(network, ways[leg].at_destination.of(destination), options.limit);
                    std::vector<Reach> found;
                    for (std::uint32_t place = 0; place < ways.front().at_place.places(); ++place) {
                      double cost = 0;
                      for (std::size_t leg = 0; leg < ways.size(); ++leg) {
                        double best = unreachable;
                        for (Join const& join : ways[leg].at_place.of(place))
                          best = std::min(best, network.cost(join) + of_leg[leg][worker].cost(join.node));
                        cost += best;
                      }
                      if (cost <= options.limit && cost < unreachable) found.push_back({place, cost});
                    }
                    take(destination, found);
                  });
}

}  // namespace terrein
