#include <algorithm>
#include <map>
#include <numeric>
#include <tuple>

#include "terrein/core/error.hpp"
#include "terrein/decision/demand.hpp"

namespace terrein {
namespace {

/// Items that can meet the same cells: what one of them is used for, another can be.
struct Group {
  SupplyStep step = SupplyStep::offered;
  ParkKind kind = ParkKind::any;
  std::string plot_size;
  std::optional<bool> water;
  std::vector<std::size_t> items;  ///< in the order in which they are used

  [[nodiscard]] bool meets(DemandCell const& cell) const {
    return (cell.kind == ParkKind::any || kind == ParkKind::any || kind == cell.kind) &&
           (cell.plot_size.empty() || plot_size.empty() || plot_size == cell.plot_size) &&
           (!cell.water || water.value_or(true));
  }
  /// Whether it is not known that it does.
  [[nodiscard]] bool perhaps_meets(DemandCell const& cell) const {
    return (cell.kind != ParkKind::any && kind == ParkKind::any) || (!cell.plot_size.empty() && plot_size.empty()) ||
           (cell.water && !water);
  }
};

/// Demand and supply of one subregion.
class Market {
 public:
  Market(std::vector<DemandCell> const& cells, std::vector<SupplyItem> const& items) : cells_(cells), items_(items) {}

  void add_cell(std::size_t cell, WholeArea demand) {
    here_.push_back(cell);
    room_.push_back(demand);
  }

  /// In the order in which items are to be used.
  void use(std::size_t item, WholeArea& used) {
    std::size_t const group = group_of(items_[item]);
    groups_[group].items.push_back(item);
    while (used < items_[item].area) {
      WholeArea const more = augment(group, items_[item].area - used);
      if (more == 0) return;
      used += more;
    }
  }

  /// Gives the cells of a group to its items, both in their order.
  void share_out(DemandMatch& out) const {
    for (std::size_t g = 0; g < groups_.size(); ++g) {
      auto item = groups_[g].items.begin();
      WholeArea left = item == groups_[g].items.end() ? 0 : out.items[*item].used;
      for (std::size_t c = 0; c < here_.size(); ++c) {
        add_to_cell(g, c, out.cells[here_[c]]);
        for (WholeArea flow = flow_[g][c]; flow > 0;) {
          while (left == 0) left = out.items[*++item].used;
          WholeArea const part = std::min(left, flow);
          out.items[*item].parts.push_back({here_[c], part});
          left -= part;
          flow -= part;
        }
      }
    }
  }

  [[nodiscard]] std::vector<std::size_t> const& here() const { return here_; }
  [[nodiscard]] WholeArea room(std::size_t c) const { return room_[c]; }

 private:
  void add_to_cell(std::size_t g, std::size_t c, CellMatch& out) const {
    out.covered[static_cast<std::size_t>(groups_[g].step)] += flow_[g][c];
    if (groups_[g].perhaps_meets(cells_[here_[c]])) out.doubtful += flow_[g][c];
  }

  std::size_t group_of(SupplyItem const& item) {
    auto const [at, is_new] = known_.try_emplace({item.step, item.kind, item.plot_size, item.water}, groups_.size());
    if (is_new) {
      groups_.push_back({item.step, item.kind, item.plot_size, item.water, {}});
      flow_.emplace_back(here_.size(), 0);
    }
    return at->second;
  }

  /// Those that a group meets: first those that it surely does.
  [[nodiscard]] std::vector<std::size_t> cells_of(std::size_t g) const {
    std::vector<std::size_t> out;
    for (bool const perhaps : {false, true})
      for (std::size_t c = 0; c < here_.size(); ++c)
        if (groups_[g].meets(cells_[here_[c]]) && groups_[g].perhaps_meets(cells_[here_[c]]) == perhaps)
          out.push_back(c);
    return out;
  }

  /// Moves up to `most` from a group to a cell with room, on the shortest way over cells that other groups could leave.
  /// What groups give in all never falls by it. Returns what was moved.
  WholeArea augment(std::size_t from, WholeArea most) {
    constexpr std::size_t none = static_cast<std::size_t>(-1);
    std::vector<std::size_t> group_before(here_.size(), none), cell_before(groups_.size(), none);
    std::vector<std::size_t> queue{from};
    for (std::size_t next = 0; next < queue.size(); ++next) {
      std::size_t const g = queue[next];
      for (std::size_t const c : cells_of(g)) {
        if (group_before[c] != none) continue;
        group_before[c] = g;
        if (room_[c] > 0) return move(from, c, most, group_before, cell_before);
        for (std::size_t other = 0; other < groups_.size(); ++other)
          if (flow_[other][c] > 0 && other != from && cell_before[other] == none) {
            cell_before[other] = c;
            queue.push_back(other);
          }
      }
    }
    return 0;
  }

  /// Along the way that was found back from a cell.
  WholeArea move(std::size_t from, std::size_t to, WholeArea most, std::vector<std::size_t> const& group_before,
                 std::vector<std::size_t> const& cell_before) {
    WholeArea out = std::min(most, room_[to]);
    for (std::size_t g = group_before[to]; g != from; g = group_before[cell_before[g]])
      out = std::min(out, flow_[g][cell_before[g]]);
    room_[to] -= out;
    for (std::size_t c = to;;) {
      std::size_t const g = group_before[c];
      flow_[g][c] += out;
      if (g == from) return out;
      c = cell_before[g];
      flow_[g][c] -= out;
    }
  }

  std::vector<DemandCell> const& cells_;
  std::vector<SupplyItem> const& items_;
  std::vector<std::size_t> here_;  ///< cells of the subregion
  std::vector<WholeArea> room_;    ///< by place in `here_`
  std::vector<Group> groups_;
  std::map<std::tuple<SupplyStep, ParkKind, std::string, std::optional<bool>>, std::size_t> known_;
  std::vector<std::vector<WholeArea>> flow_;  ///< [group][place in `here_`]
};

/// Steps first, unknown kinds last within one, then ids; the rest tells apart what has the same id.
std::vector<std::size_t> order_of(std::vector<SupplyItem> const& items) {
  std::vector<std::size_t> out(items.size());
  std::iota(out.begin(), out.end(), 0);
  auto const key = [&](std::size_t i) {
    SupplyItem const& one = items[i];
    return std::tuple(one.step, one.kind == ParkKind::any, std::string_view(one.id), std::string_view(one.subregion),
                      one.kind, std::string_view(one.plot_size), one.water, one.area);
  };
  std::sort(out.begin(), out.end(), [&](std::size_t a, std::size_t b) { return key(a) < key(b); });
  return out;
}

void check_sums(std::vector<DemandCell> const& cells, std::vector<SupplyItem> const& items) {
  constexpr double most = 4e18;  // what 64 bits can hold, with room to spare
  double demand = 0, supply = 0;
  for (DemandCell const& cell : cells) demand += static_cast<double>(cell.demand.high);
  for (SupplyItem const& item : items) supply += static_cast<double>(item.area);
  if (demand > most || supply > most)
    throw_error(ErrorKind::input, "Demand or supply is more than all land on earth; look at the units of the table.");
}

DemandMatch match_one(std::vector<DemandCell> const& cells, std::vector<SupplyItem> const& items,
                      std::vector<std::size_t> const& order, WholeArea AreaRange::*bound) {
  DemandMatch out;
  out.cells.resize(cells.size());
  out.items.resize(items.size());
  std::map<std::string_view, Market> markets;
  for (std::size_t i = 0; i < cells.size(); ++i)
    markets.try_emplace(cells[i].subregion, cells, items).first->second.add_cell(i, cells[i].demand.*bound);
  for (std::size_t const i : order)
    if (auto const market = markets.find(items[i].subregion); !items[i].subregion.empty() && market != markets.end())
      market->second.use(i, out.items[i].used);
  for (auto const& [subregion, market] : markets) {
    market.share_out(out);
    for (std::size_t c = 0; c < market.here().size(); ++c) out.cells[market.here()[c]].missing.*bound = market.room(c);
  }
  return out;
}

}  // namespace

DemandMatch match_demand(std::vector<DemandCell> const& cells, std::vector<SupplyItem> const& items) {
  check_sums(cells, items);
  auto const order = order_of(items);
  DemandMatch out = match_one(cells, items, order, &AreaRange::value);
  for (auto const bound : {&AreaRange::low, &AreaRange::high}) {
    DemandMatch const other = match_one(cells, items, order, bound);
    for (std::size_t i = 0; i < cells.size(); ++i) out.cells[i].missing.*bound = other.cells[i].missing.*bound;
  }
  return out;
}

}  // namespace terrein
