#include "terrein/assembly/site_search.hpp"

#include <algorithm>
#include <atomic>

#include "assembly/exact_search.hpp"
#include "terrein/core/parallel.hpp"

namespace terrein {
namespace {

constexpr std::size_t together = 64;  ///< seeds that are looked at in one round, whatever the number of workers

/// How far the search of a neighbourhood has come.
enum class Stage : std::uint8_t { untouched, grown, improved, bounded, searched, empty };

/// What is known of the sites of one seed.
struct Seed {
  std::uint32_t piece = 0;
  Stage stage = Stage::untouched;
  BoundKind bound_kind = BoundKind::area;
  double bound = std::numeric_limits<double>::infinity();  ///< no site of it is worth more, whatever is closed later
  double value = no_site;                                  ///< of the best found
  double together = 0;                                     ///< ha that hang together
  bool complete = true;                                    ///< what must be in a site hangs together
  bool proven = false;              ///< of `bound`: searched to the end for sites worth more than it
  bool accepted = false;            ///< `site` passed the hard limits, or there are none
  std::vector<std::uint32_t> site;  ///< ascending pieces
  bool strict =
      false;  ///< a site of it was refused: a hard limit was missed, so sites are checked before they are kept
  double cut_most = 0, cut_least = 0;  ///< by which sites of it were larger, or smaller, than their pieces say
};

}  // namespace

std::string_view to_string(BoundKind kind) {
  switch (kind) {
    case BoundKind::area:
      return "area";
    case BoundKind::connected:
      return "connected";
    case BoundKind::exact:
      return "exact";
  }
  return "";
}

double FoundSite::gap() const { return bound > 0 ? std::max(0.0, (bound - value) / bound) : 0; }

class SiteSearch::Work {
 public:
  explicit Work(SiteProblem problem) : problem_(std::move(problem)), closed_(problem_.closed) {
    closed_.resize(problem_.graph->size(), 0);
    std::vector<std::uint32_t> pieces = problem_.roots;
    if (!problem_.must.empty()) pieces.assign(1, problem_.must.front());
    if (pieces.empty())
      for (std::uint32_t i = 0; i < problem_.graph->size(); ++i) pieces.push_back(i);
    for (std::uint32_t const piece : pieces) {
      Seed seed;
      seed.piece = piece;
      seeds_.push_back(std::move(seed));
    }
    effort_.seeds = seeds_.size();
  }

  SiteAnswer next() {
    budget_ = problem_.limits;
    each_of(untouched(), [this](NeighbourhoodFinder& finder, Seed& seed) { grow_seed(finder, seed); });
    while (true) {
      if (refuse_best()) continue;
      auto const batch = next_batch();
      if (batch.empty()) break;
      each_of(batch, [this](NeighbourhoodFinder& finder, Seed& seed) { advance(finder, seed); });
      for (Seed* seed : batch) count(*seed);
      spend_nodes();
    }
    return answer();
  }

  void close(std::vector<std::uint32_t> const& pieces) {
    std::vector<std::uint8_t> gone(closed_.size(), 0);
    for (std::uint32_t const piece : pieces) closed_[piece] = gone[piece] = 1;
    for (Seed& seed : seeds_) {
      if (gone[seed.piece] != 0) {
        seed.stage = Stage::empty;
        continue;
      }
      if (seed.stage == Stage::empty || seed.stage == Stage::untouched) continue;
      bool const loses = std::any_of(seed.site.begin(), seed.site.end(), [&](auto piece) { return gone[piece] != 0; });
      if (loses) {
        seed.site.clear();
        seed.value = no_site;
        seed.stage = Stage::untouched;
      } else if (seed.stage == Stage::searched && is_to_search_again(seed, pieces)) {
        seed.stage = Stage::bounded;
        seed.proven = false;
      }
    }
  }

  [[nodiscard]] Effort const& effort() const { return effort_; }

 private:
  [[nodiscard]] std::vector<Seed*> untouched() {
    std::vector<Seed*> out;
    for (Seed& seed : seeds_)
      if (seed.stage == Stage::untouched && closed_[seed.piece] == 0) out.push_back(&seed);
    return out;
  }

  void each_of(std::vector<Seed*> const& seeds, std::function<void(NeighbourhoodFinder&, Seed&)> const& work) {
    best_value_ = best() == nullptr ? no_site : best()->value;
    finders_.resize(problem_.workers + 1);
    std::size_t const chunk = seeds.size() > 4 * together ? together : 1;
    parallel_chunks(seeds.size(), problem_.workers, chunk, [&](unsigned worker, std::size_t begin, std::size_t end) {
      auto& finder = finders_[worker];
      if (!finder) finder = std::make_unique<NeighbourhoodFinder>(problem_, closed_);
      for (std::size_t i = begin; i < end; ++i) work(*finder, *seeds[i]);
    });
  }

  [[nodiscard]] bool fits(SiteCheck const& check) const {
    return check.passes && check.size >= problem_.target.least - value_slack &&
           check.size <= problem_.target.most + value_slack;
  }
  [[nodiscard]] Accept accept_in(Neighbourhood const& land, Seed const& seed) const {
    if (!problem_.check || !seed.strict) return {};
    return [this, &land](std::vector<std::uint8_t> const& in) { return fits(problem_.check(pieces_of(land, in))); };
  }
  /// The target of a seed whose sites turned out larger or smaller than their pieces.
  [[nodiscard]] SiteTarget target_of(Seed const& seed) const {
    SiteTarget out = problem_.target;
    out.most -= seed.cut_most;
    out.least = std::min(out.least + seed.cut_least, out.most);
    return out;
  }
  /// Remembers by how much a site missed its size.
  void learn(Seed& seed, SiteCheck const& check) const {
    constexpr double more = 1e-3;
    seed.strict = seed.strict || !check.passes;
    if (check.size > problem_.target.most) seed.cut_most += check.size - problem_.target.most + more;
    if (check.size < problem_.target.least) seed.cut_least += problem_.target.least - check.size + more;
  }

  static std::vector<std::uint32_t> pieces_of(Neighbourhood const& land, std::vector<std::uint8_t> const& in) {
    std::vector<std::uint32_t> out;
    for (std::uint32_t i = 0; i < in.size(); ++i)
      if (in[i] != 0) out.push_back(land.piece[i]);
    return out;
  }

  void keep(Seed& seed, Neighbourhood const& land, LocalSite const& site, bool accepted) const {
    seed.site = pieces_of(land, site.in);
    seed.value = site.value;
    seed.accepted = accepted;
  }

  /// A bound and a first site, for every seed there is.
  void grow_seed(NeighbourhoodFinder& finder, Seed& seed) const {
    Neighbourhood const land = finder.of(seed.piece);
    seed.together = finder.reachable();
    Decisions decided(land.count(), 0);
    if (!decided.empty()) decided[land.root] = 1;
    double const bound = area_bound(land, decided);
    seed.complete = land.complete;
    if (bound < seed.bound) {
      seed.bound = bound;
      seed.bound_kind = BoundKind::area;
    }
    seed.stage = bound == no_site ? Stage::empty : Stage::grown;
    if (seed.stage == Stage::empty) seed.bound = no_site;
    if (seed.stage == Stage::empty) return;
    if (auto const site = grow(land, {}, {})) keep(seed, land, *site, !problem_.check);
  }

  /// One stage further.
  void advance(NeighbourhoodFinder& finder, Seed& seed) const {
    Neighbourhood land = finder.of(seed.piece);
    if (seed.stage == Stage::grown) return improve_seed(land, seed);
    if (seed.stage == Stage::improved) return bound_seed(land, seed);
    search_seed(land, seed);
  }

  void improve_seed(Neighbourhood& land, Seed& seed) const {
    seed.stage = Stage::improved;
    constexpr int tries = 4;
    for (int i = 0; i < tries; ++i) {
      SiteTarget const target = target_of(seed);
      land.target = &target;
      auto site = grow(land, {}, {});
      if (!site) return;
      improve(land, *site);
      if (!seed.strict) return keep(seed, land, *site, !problem_.check);
      SiteCheck const check = problem_.check(pieces_of(land, site->in));
      if (fits(check)) return keep(seed, land, *site, true);
      if (!check.passes) return;
      learn(seed, check);
    }
  }

  void bound_seed(Neighbourhood const& land, Seed& seed) const {
    seed.stage = Stage::bounded;
    constexpr std::size_t most_pieces = 2000;  // beyond it a bound takes seconds
    if (land.count() > most_pieces) return;
    Decisions decided(land.count(), 0);
    decided[land.root] = 1;
    double const bound = ConnectedBound(land).best(decided).bound;
    if (bound < seed.bound) {
      seed.bound = bound;
      seed.bound_kind = BoundKind::connected;
    }
  }

  void search_seed(Neighbourhood& land, Seed& seed) const {
    seed.stage = Stage::searched;
    if (land.count() > problem_.limits.exact_pieces) return;
    std::optional<LocalSite> known;
    if (!seed.site.empty()) known = local(land, seed);
    SiteTarget const target = target_of(seed);
    land.target = &target;
    auto answer =
        search_exactly(land, std::move(known), best_value_, problem_.limits.branch_nodes, accept_in(land, seed));
    seed_nodes_.fetch_add(answer.nodes);
    if (answer.site) keep(seed, land, *answer.site, !problem_.check || seed.strict);
    if (seed.cut_most > 0 || seed.cut_least > 0) return;  // it was the search of another target
    seed.proven = answer.proven;
    if (answer.bound <= seed.bound) {
      seed.bound = answer.bound;
      seed.bound_kind = answer.proven ? BoundKind::exact : BoundKind::connected;
    }
  }

  [[nodiscard]] static LocalSite local(Neighbourhood const& land, Seed const& seed) {
    LocalSite out{std::vector<std::uint8_t>(land.count(), 0), seed.value};
    for (std::uint32_t i = 0; i < land.count(); ++i)
      out.in[i] = std::binary_search(seed.site.begin(), seed.site.end(), land.piece[i]) ? 1 : 0;
    return out;
  }

  void count(Seed const& seed) {
    if (seed.stage == Stage::improved) ++effort_.improved;
    if (seed.stage == Stage::bounded) ++effort_.bounded;
    if (seed.stage != Stage::searched) return;
    ++effort_.searched;
    if (seed.proven) ++effort_.proven;
  }

  void spend_nodes() {
    std::size_t const used = seed_nodes_.load() - effort_.branch_nodes;
    effort_.branch_nodes += used;
    budget_.all_branch_nodes -= std::min(budget_.all_branch_nodes, used);
  }

  /// Checks the best site found, as a whole; true when it was refused.
  bool refuse_best() {
    if (!problem_.check) return false;
    Seed* top = nullptr;
    for (Seed& seed : seeds_)
      if (seed.stage != Stage::empty && !seed.site.empty() && (top == nullptr || is_better(seed, *top))) top = &seed;
    if (top == nullptr || top->accepted) return false;
    SiteCheck const check = problem_.check(top->site);
    top->accepted = fits(check);
    if (top->accepted) return false;
    learn(*top, check);
    top->site.clear();
    top->value = no_site;
    top->stage = Stage::grown;
    top->proven = false;
    return true;
  }

  /// The best site found that may count.
  [[nodiscard]] Seed const* best() const {
    Seed const* out = nullptr;
    for (Seed const& seed : seeds_)
      if (seed.stage != Stage::empty && seed.accepted && !seed.site.empty() &&
          (out == nullptr || is_better(seed, *out)))
        out = &seed;
    return out;
  }
  /// A search that ended at sites better than the best of that moment, or at its limit with pieces that are gone now.
  [[nodiscard]] bool is_to_search_again(Seed const& seed, std::vector<std::uint32_t> const& gone) const {
    if (seed.proven) return seed.bound > seed.value + value_slack;
    return std::any_of(gone.begin(), gone.end(), [&](std::uint32_t piece) {
      Point const at = problem_.graph->pieces[piece].at;
      Box const& from = problem_.graph->pieces[seed.piece].box;
      return distance(from, Box{at.x, at.y, at.x, at.y}) <= problem_.target.reach_m;
    });
  }
  static bool is_better(Seed const& a, Seed const& b) {
    if (a.value != b.value) return a.value > b.value;
    return a.site < b.site;
  }

  /// Seeds that may hold a better site than the best so far and can be looked at more closely, the highest bounds
  /// first, as far as the limits go.
  [[nodiscard]] std::vector<Seed*> next_batch() {
    Seed const* const top = best();
    double const reached = top == nullptr ? no_site : top->value;
    std::vector<Seed*> out;
    for (Seed& seed : seeds_) {
      bool const open = seed.stage == Stage::grown || seed.stage == Stage::improved || seed.stage == Stage::bounded;
      if (open && seed.bound > reached + value_slack && has_budget(seed)) out.push_back(&seed);
    }
    std::size_t const n = std::min(out.size(), together);
    std::partial_sort(
        out.begin(), out.begin() + static_cast<std::ptrdiff_t>(n), out.end(),
        [](Seed const* a, Seed const* b) { return a->bound != b->bound ? a->bound > b->bound : a->piece < b->piece; });
    out.resize(n);
    for (Seed const* seed : out) spend(*seed);
    return out;
  }

  [[nodiscard]] bool has_budget(Seed const& seed) const {
    if (seed.stage == Stage::grown) return budget_.improved_seeds > 0;
    return seed.stage == Stage::improved ? budget_.bounded_seeds > 0 : budget_.all_branch_nodes > 0;
  }
  void spend(Seed const& seed) {
    if (seed.stage == Stage::grown && budget_.improved_seeds > 0) --budget_.improved_seeds;
    if (seed.stage == Stage::improved && budget_.bounded_seeds > 0) --budget_.bounded_seeds;
  }

  [[nodiscard]] SiteAnswer answer() const {
    SiteAnswer out;
    out.none.proven = true;
    Seed const* const top = best();
    double bound = top == nullptr ? no_site : top->value;
    BoundKind kind = BoundKind::exact;
    for (Seed const& seed : seeds_) {
      out.none.largest = std::max(out.none.largest, seed.together);
      out.none.must_apart |= !seed.complete;
      if (seed.stage == Stage::empty) continue;
      if (!seed.proven) out.none.proven = false;
      if (!(seed.bound > bound + value_slack)) continue;
      bound = seed.bound;
      kind = seed.proven ? BoundKind::exact : seed.bound_kind;
    }
    if (top == nullptr) return out;
    out.site = FoundSite{top->site, top->piece, top->value, bound, kind};
    return out;
  }

  SiteProblem problem_;
  std::vector<std::uint8_t> closed_;
  std::vector<Seed> seeds_;
  std::vector<std::unique_ptr<NeighbourhoodFinder>> finders_;
  SearchLimits budget_;
  double best_value_ = no_site;
  Effort effort_;
  mutable std::atomic<std::size_t> seed_nodes_{0};
};

SiteSearch::SiteSearch(SiteProblem problem) : work_(std::make_unique<Work>(std::move(problem))) {}
SiteSearch::SiteSearch(SiteSearch&&) noexcept = default;
SiteSearch::~SiteSearch() = default;
SiteAnswer SiteSearch::next() { return work_->next(); }
void SiteSearch::close(std::vector<std::uint32_t> const& pieces) { work_->close(pieces); }
SiteSearch::Effort const& SiteSearch::effort() const { return work_->effort(); }

std::optional<double> site_value(LandGraph const& graph, SiteTarget const& target,
                                 std::vector<std::uint32_t> const& pieces) {
  if (pieces.empty()) return std::nullopt;
  std::vector<std::uint32_t> sorted = pieces;
  std::sort(sorted.begin(), sorted.end());
  if (std::adjacent_find(sorted.begin(), sorted.end()) != sorted.end()) return std::nullopt;
  SiteProblem problem;
  problem.graph = &graph;
  problem.target = target;
  problem.target.reach_m = std::numeric_limits<double>::infinity();
  problem.target.most = std::numeric_limits<double>::infinity();
  problem.must = sorted;
  std::vector<std::uint8_t> closed(graph.size(), 1);
  for (std::uint32_t const piece : sorted) closed[piece] = 0;
  Neighbourhood const land = NeighbourhoodFinder(problem, closed).of(sorted.front());
  if (!land.complete) return std::nullopt;
  return SetWalk(land).value(std::vector<std::uint8_t>(land.count(), 1));
}

}  // namespace terrein
