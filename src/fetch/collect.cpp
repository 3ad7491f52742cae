#include "fetch/collect.hpp"

#include <algorithm>
#include <unordered_set>

#include "terrein/core/error.hpp"
#include "terrein/core/parallel.hpp"

namespace terrein {
namespace {

class Collector {
 public:
  Collector(Service const& service, Client const& client, FetchRequest const& request, PartFolder& parts,
            std::string source)
      : service_(service), client_(client), request_(request), parts_(parts), source_(std::move(source)) {}

  Collected run() {
    for (FieldSpec const& field : service_.facts().fields) out_.rows.declare(field);
    out_.first_count = service_.count();
    if (request_.count != CountRule::ignore) progress_.count = out_.first_count;
    note_count();
    take_kept_pages();
    while (!ended_ && !unpaged_) {
      check_stop();
      auto const url = service_.next_page(progress_);
      if (!url) break;
      std::string const body = answer(*url);
      if (accept(body)) parts_.add(body);
    }
    check_whole();
    return std::move(out_);
  }

 private:
  void note(std::string const& text) const {
    if (request_.note) request_.note(text);
  }

  void note_count() const {
    ServiceFacts const& facts = service_.facts();
    note(fmt::format("{}: {}, layer {}, {}, pages of {} {}, {} rows", source_, facts.service, facts.layer,
                     facts.crs.authority, facts.page_size, facts.order,
                     out_.first_count ? std::to_string(*out_.first_count) : "an unknown number of"));
  }

  void take_kept_pages() {
    std::string why;
    std::size_t const kept = parts_.resume(out_.first_count, why);
    if (!why.empty()) note("starts anew: " + why);
    for (std::size_t i = 0; i < kept; ++i) accept(parts_.page(i));
    out_.pages_kept = kept;
    if (kept > 0) note(fmt::format("goes on after {} pages with {} rows that were kept", kept, progress_.rows));
  }

  /// True when the page that comes was asked for only because nothing says that there is none.
  [[nodiscard]] bool unproven() const { return !progress_.count && service_.looks_behind(progress_); }

  [[nodiscard]] std::string answer(std::string const& url) const {
    try {
      return client_.get(url).body;
    } catch (Error const& error) {
      if (!unproven() || error.kind() == ErrorKind::interrupted) throw;
      throw_error(
          error.kind(),
          "{}: it does not say how many rows there are, and what lies behind row {} cannot be asked, so nothing "
          "proves that these are all. {} Nothing was written. {}",
          source_, progress_.rows, error.what(), way_out());
    }
  }

  /// What to do where a service neither counts nor shows an end.
  [[nodiscard]] std::string way_out() const {
    std::string const trust =
        progress_.link.empty() ? "" : ", or say --count trust when its links are known to lead to the end";
    return "Fetch the layer from a WFS or ARCGIS address" + trust + ".";
  }

  /// Takes a page; false for the empty page that ends the rows, and for all rows once more.
  bool accept(std::string const& body) {
    Page page = service_.read(body);
    if (page.returned && *page.returned != static_cast<long long>(page.features.size()))
      fail("page {} says that it has {} rows, it has {}. The answer is damaged or cut off; try again",
           progress_.pages + 1, *page.returned, page.features.size());
    if (out_.first_time.empty()) out_.first_time = page.time;
    if (!page.time.empty()) out_.last_time = page.time;
    if (page.features.empty() && page.more)
      fail("page {} has no rows, yet says that it was cut off. Try a smaller --page-size", progress_.pages + 1);
    if (page.features.empty()) {
      ended_ = true;
      return false;
    }
    unpaged_ = is_all_again(page);
    if (unpaged_) return false;
    check_ids(page);
    service_.check(page, progress_);
    advance(page);
    for (Feature& feature : page.features) out_.rows.add(std::move(feature));
    note(fmt::format("page {}: {} rows, {} in all", progress_.pages, progress_.last_rows, progress_.rows));
    check_not_too_many();
    return true;
  }

  /// A service that knows no pages gives everything at every request. That is no harm when the first answer had room
  /// for more rows than it states.
  [[nodiscard]] bool is_all_again(Page const& page) const {
    bool const whole = progress_.pages == 1 && progress_.count &&
                       progress_.rows == static_cast<std::size_t>(*progress_.count) &&
                       progress_.rows < service_.facts().page_size && page.features.size() == progress_.rows;
    return whole && std::all_of(page.features.begin(), page.features.end(),
                                [this](Feature const& feature) { return ids_.count(feature.id) != 0; });
  }

  void check_ids(Page const& page) {
    std::size_t repeated = 0;
    std::string first;
    for (Feature const& feature : page.features) {
      if (ids_.insert(feature.id).second) continue;
      if (repeated++ == 0) first = feature.id;
    }
    if (repeated == 0) return;
    if (unproven())
      throw_error(ErrorKind::input,
                  "{}: it does not say how many rows there are, and asked for what lies behind row {} it repeats rows "
                  "('{}' and {} others), so nothing proves that these are all. Nothing was written. {}",
                  source_, progress_.rows, first, repeated - 1, way_out());
    if (repeated == page.features.size() && progress_.pages > 0)
      fail(
          "page {} repeats rows that came before ('{}' and {} others): the service gives the same page again instead "
          "of the next one. Try a --page-size above the number of rows, or another kind of service",
          progress_.pages + 1, first, repeated - 1);
    fail(
        "page {} repeats the id '{}' and {} others: rows were counted twice and others left out, or the ids are not "
        "unique. Name a unique field with --id-field, so that pages are ordered by it",
        progress_.pages + 1, first, repeated - 1);
  }

  void advance(Page const& page) {
    ++progress_.pages;
    progress_.last_rows = page.features.size();
    progress_.rows += page.features.size();
    progress_.last_id = page.features.back().id;
    progress_.next = page.next;
    if (!page.next.empty()) progress_.link = page.next;
    progress_.more = page.more;
    out_.pages = progress_.pages;
  }

  void check_not_too_many() const {
    if (!progress_.count || progress_.rows <= static_cast<std::size_t>(*progress_.count)) return;
    fail(
        "it says that it has {} rows, yet gave {} and goes on: its count is a cap, or rows were added under way. If "
        "the count is known to be capped, say --count ignore to read on to an empty page",
        *progress_.count, progress_.rows);
  }

  void check_whole() {
    bool const known = progress_.count.has_value();
    if (known && progress_.rows != static_cast<std::size_t>(*progress_.count))
      fail("it says that it has {} rows, it gave {}: {} are missing. Try again, or with a smaller --page-size",
           *progress_.count, progress_.rows, *progress_.count - static_cast<long long>(progress_.rows));
    out_.second_count = service_.count();
    if (out_.second_count != out_.first_count) {
      parts_.remove();  // pages of two states of the data do not make one
      fail(
          "it had {} rows before the first page and has {} after the last one: the data changed under way. Fetch again",
          text_of(out_.first_count), text_of(out_.second_count));
    }
    out_.proof = proof();
  }

  /// Why nothing can be missing. Throws when nothing says so.
  [[nodiscard]] std::string proof() const {
    if (ended_) return "an empty page after the last row";
    if (service_.knows_its_end()) return "a list of all ids";
    if (trusts_links(request_.count, progress_)) return "no link to a further page, on trust";
    if (!progress_.count)
      fail(
          "{} rows came, and it says neither how many there are nor how to ask for what lies behind them. Fetch the "
          "layer from another address",
          progress_.rows);
    bool const round = is_usual_cap(progress_.rows) || progress_.rows == service_.facts().page_size;
    if (!round || request_.count == CountRule::trust) return "the number of rows that it states";
    fail(
        "{} rows came and no proof that they are all: servers like to cut at such a number. Ask with another "
        "--page-size or in parts with --box, or say --count trust when the number is known to be right",
        progress_.rows);
  }

  static std::string text_of(std::optional<long long> count) {
    return count ? std::to_string(*count) : std::string("an unknown number of");
  }

  template <class... Args>
  [[noreturn]] void fail(fmt::format_string<Args...> text, Args&&... args) const {
    throw_error(ErrorKind::input, "{}: {}. Nothing was written.", source_,
                fmt::format(text, std::forward<Args>(args)...));
  }

  Service const& service_;
  Client const& client_;
  FetchRequest const& request_;
  PartFolder& parts_;
  std::string source_;
  Collected out_;
  Progress progress_;
  std::unordered_set<std::string> ids_;
  bool ended_ = false;    ///< an empty page came
  bool unpaged_ = false;  ///< the service gives all rows at every request
};

}  // namespace

bool trusts_links(CountRule rule, Progress const& progress) {
  return rule == CountRule::trust && !progress.count && !progress.link.empty() && progress.next.empty();
}

bool is_usual_cap(std::size_t rows) {
  if (rows < 50) return false;
  while (rows % 10 == 0) rows /= 10;
  return rows == 1 || rows == 2 || rows == 5 || rows == 25;
}

Collected collect(Service const& service, Client const& client, FetchRequest const& request, PartFolder& parts) {
  std::string const url = request.source.substr(request.source.find(':') + 1);
  return Collector(service, client, request, parts, place_text(url, service.facts().layer)).run();
}

}  // namespace terrein
