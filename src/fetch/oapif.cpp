#include <algorithm>

#include "fetch/address.hpp"
#include "fetch/collect.hpp"
#include "fetch/crs_text.hpp"
#include "fetch/json_values.hpp"
#include "fetch/oapif_texts.hpp"
#include "terrein/core/error.hpp"
#include "terrein/core/text.hpp"

namespace terrein {
namespace {

constexpr char const* crs84 = "http://www.opengis.net/def/crs/OGC/1.3/CRS84";

/// The address of the service, whichever of its pages the user took it from.
std::string landing_page(std::string const& url) {
  auto const query = std::min(url.find('?'), url.size());
  auto const collections = url.find("/collections");
  return collections >= query ? url : url.substr(0, collections) + url.substr(query);
}

class Oapif final : public Service {
 public:
  Oapif(std::string const& url, FetchRequest const& request, Client const& client)
      : base_(landing_page(url)), box_(request.box), rule_(request.count), client_(client) {
    OapifCollection const collection = find_collection(request.layer);
    reading_.what = place_text(base_, collection.id);
    reading_.id_field = request.id_field;
    reading_.crs = facts_.crs_asked = choose_crs(collection, request.crs);
    items_ = with_path(base_, "/collections/" + percent_encoded(collection.id) + "/items");
    facts_.service = "OGC API Features";
    facts_.layer = collection.id;
    facts_.title = collection.title;
    facts_.description = collection.description;
    facts_.attribution = collection.attribution;
    facts_.crs = crs_from(crs_in(reading_.crs).authority);
    constexpr std::size_t usual_page = 1000;
    facts_.page_size = request.page_size == 0 ? usual_page : request.page_size;
    facts_.order = "as the service gives them";
    facts_.id = request.id_field.empty() ? "feature id" : "field " + request.id_field;
    if (collection.lon_lat) facts_.extent = StatedExtent{*collection.lon_lat, "EPSG:4326"};
  }

  [[nodiscard]] std::optional<long long> count() const override {
    HttpResponse const response = client_.get(items({{"limit", "1"}}));
    check_crs(response);
    return number_in(parse_object(response.body, reading_.what), "numberMatched");
  }

  [[nodiscard]] std::optional<std::string> next_page(Progress const& progress) const override {
    if (progress.pages == 0) return items({{"limit", std::to_string(facts_.page_size)}});
    if (!progress.next.empty()) return followed(items_, progress.next);
    bool const round = is_usual_cap(progress.rows) || progress.rows % facts_.page_size == 0;
    bool const told = progress.count ? !round || rule_ == CountRule::trust : trusts_links(rule_, progress);
    if (told) return std::nullopt;
    // No link is no proof where servers like to cut, or do not say how many rows there are: any server may cut
    // anywhere. The page behind the last row must be empty.
    return behind(progress);
  }

  [[nodiscard]] bool looks_behind(Progress const& progress) const noexcept override {
    return progress.pages > 0 && progress.next.empty();
  }

  [[nodiscard]] Page read(std::string const& body) const override { return parse_oapif_page(body, reading_); }

  void check(Page const& page, Progress const& before) const override {
    if (!page.matched || !before.count || *page.matched == *before.count || rule_ == CountRule::ignore) return;
    throw_error(ErrorKind::input,
                "{}: page {} says that {} rows match, before it was {}: the data changed under way. Fetch again.",
                reading_.what, before.pages + 1, *page.matched, *before.count);
  }

 private:
  /// Where the rows behind the last one are: as the service's own links say it, else by `offset`, the usual name.
  [[nodiscard]] std::string behind(Progress const& progress) const {
    std::string const rows = std::to_string(progress.rows);
    std::string const own = offset_name(progress.link);
    if (!own.empty()) return with_parameters(followed(items_, progress.link), {{own, rows}});
    return items({{"limit", std::to_string(facts_.page_size)}, {"offset", rows}});
  }

  [[nodiscard]] std::vector<std::string> list(char const* member) const {
    nlohmann::json const json = parse_object(client_.get(with_path(base_, "/collections")).body, place_text(base_, {}));
    std::vector<std::string> out;
    for (auto const& one : part_in(json, member))
      out.push_back(one.is_string() ? one.get<std::string>() : text_in(one, "id"));
    return out;
  }

  [[nodiscard]] OapifCollection find_collection(std::string const& wanted) const {
    if (wanted.empty())
      throw_error(ErrorKind::usage, "Say which collection of {} to fetch with --layer. It has: {}.",
                  place_text(base_, {}), join(list("collections"), ", "));
    auto const response = client_.find(with_path(base_, "/collections/" + percent_encoded(wanted)));
    if (!response)
      throw_error(ErrorKind::input, "{} has no collection '{}'.{}", place_text(base_, {}), wanted,
                  suggestion(wanted, list("collections")));
    return parse_oapif_collection(response->body, place_text(base_, wanted));
  }

  /// The CRS asked for, else the one in which the service keeps the collection, else CRS84, which every service has.
  [[nodiscard]] std::string choose_crs(OapifCollection const& collection, std::string const& wanted) const {
    std::vector<std::string> offered;
    for (std::string const& text : collection.crs) {
      auto const more = text == "#/crs" ? list("crs") : std::vector{text};
      offered.insert(offered.end(), more.begin(), more.end());
    }
    if (wanted.empty()) {
      bool const known = !crs_in(collection.storage_crs).authority.empty();
      return known ? collection.storage_crs : std::string(crs84);
    }
    offered.insert(offered.end(), {collection.storage_crs, crs84});
    for (std::string const& text : offered)
      if (!text.empty() && crs_in(text).authority == crs_in(wanted).authority) return text;
    throw_error(ErrorKind::crs, "{} does not offer the CRS '{}'. It offers: {}.", reading_.what, wanted,
                join(offered, ", "));
  }

  /// Part 2 of the standard wants the CRS of the answer in its header.
  void check_crs(HttpResponse const& response) const {
    auto const header = response.headers.find("content-crs");
    std::string const said = header == response.headers.end() ? std::string{} : header->second;
    std::string const expected = crs_in(reading_.crs).authority;
    std::string_view inner = trim(said);
    if (inner.starts_with('<') && inner.ends_with('>')) inner = inner.substr(1, inner.size() - 2);
    bool const right = said.empty() ? reading_.crs == crs84 : crs_in(std::string(inner)).authority == expected;
    if (!right)
      throw_error(
          ErrorKind::input,
          "{} was asked for {} and answers with {}: nobody can tell what its coordinates mean. Fetch with --crs "
          "EPSG:4326, or ask the publisher.",
          reading_.what, reading_.crs, said.empty() ? "no Content-Crs" : "Content-Crs '" + said + "'");
  }

  [[nodiscard]] std::string items(Parameters parameters) const {
    bool const default_crs = reading_.crs == crs84;
    if (!default_crs) parameters.emplace_back("crs", reading_.crs);
    if (box_) {
      Box const& b = *box_;
      auto const numbers = crs_in(reading_.crs).swapped ? std::vector{b.min_y, b.min_x, b.max_y, b.max_x}
                                                        : std::vector{b.min_x, b.min_y, b.max_x, b.max_y};
      std::vector<std::string> texts;
      for (double const number : numbers) texts.push_back(shortest(number));
      parameters.emplace_back("bbox", join(texts, ","));
      if (!default_crs) parameters.emplace_back("bbox-crs", reading_.crs);
    }
    return with_parameters(items_, parameters);
  }

  std::string base_, items_;
  std::optional<Box> box_;
  CountRule rule_;
  Client const& client_;
  OapifReading reading_;
};

}  // namespace

std::unique_ptr<Service> open_oapif(std::string const& url, FetchRequest const& request, Client const& client) {
  return std::make_unique<Oapif>(url, request, client);
}

}  // namespace terrein
