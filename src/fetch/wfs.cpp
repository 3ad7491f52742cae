#include <algorithm>

#include "fetch/address.hpp"
#include "fetch/crs_text.hpp"
#include "fetch/service.hpp"
#include "fetch/wfs_texts.hpp"
#include "terrein/core/error.hpp"
#include "terrein/core/text.hpp"

namespace terrein {
namespace {

Parameters request_of(char const* operation) {
  return {{"SERVICE", "WFS"}, {"VERSION", "2.0.0"}, {"REQUEST", operation}};
}

std::string local_part(std::string const& name) { return name.substr(name.find(':') + 1); }

WfsType const& choose_type(WfsCapabilities const& capabilities, std::string const& wanted, std::string const& url) {
  std::vector<std::string> names;
  WfsType const* by_local = nullptr;
  for (WfsType const& type : capabilities.types) {
    names.push_back(type.name);
    if (type.name == wanted) return type;
    if (local_part(type.name) == wanted) by_local = by_local == nullptr ? &type : by_local;
  }
  if (by_local != nullptr) return *by_local;
  if (wanted.empty())
    throw_error(ErrorKind::usage, "Say which layer of {} to fetch with --layer. It has: {}.", place_text(url, {}),
                join(names, ", "));
  if (wanted.find(':') == std::string::npos)  // names are compared as the user wrote this one, without prefix
    for (std::string& name : names) name = local_part(name);
  throw_error(ErrorKind::input, "{} has no layer '{}'.{}", place_text(url, {}), wanted, suggestion(wanted, names));
}

/// The text under which the service knows the CRS.
std::string crs_text(WfsType const& type, std::string const& wanted, std::string const& what) {
  if (wanted.empty()) {
    if (crs_in(type.default_crs).authority.empty())
      throw_error(ErrorKind::crs, "{} states the CRS '{}', which terrein does not know. Choose one with --crs.", what,
                  type.default_crs);
    return type.default_crs;
  }
  std::vector<std::string> offered{type.default_crs};
  offered.insert(offered.end(), type.other_crs.begin(), type.other_crs.end());
  for (std::string const& text : offered)
    if (crs_in(text).authority == crs_in(wanted).authority) return text;
  throw_error(ErrorKind::crs, "{} does not offer the CRS '{}'. It offers: {}.", what, wanted, join(offered, ", "));
}

/// GML 3.2 where it is offered, else the newest GML; empty = the service's own choice.
std::string format_text(std::vector<std::string> const& formats) {
  for (char const* version : {"3.2", "gml32", "3.1"})
    for (std::string const& format : formats)
      if (std::string const small = lower(format);
          small.find("gml") != std::string::npos && small.find(version) != std::string::npos)
        return format;
  return {};
}

/// A field that orders rows: the one asked for, else one that is an object's key by its name.
std::string order_field(WfsSchema const& schema, std::string const& asked, std::string const& what) {
  std::vector<std::string> names;
  for (FieldSpec const& field : schema.fields) names.push_back(field.name);
  if (!asked.empty()) {
    bool const known = std::find(names.begin(), names.end(), asked) != names.end();
    if (!known && !names.empty())
      throw_error(ErrorKind::usage, "{} has no field '{}', which --id-field names.{}", what, asked,
                  suggestion(asked, names));
    return asked;
  }
  for (char const* key : {"oidn", "objectid", "object_id", "gid", "ogc_fid", "fid", "id", "uidn", "identificatie"})
    for (std::string const& name : names)
      if (lower(name) == key) return name;
  return {};
}

class Wfs final : public Service {
 public:
  Wfs(std::string const& url, FetchRequest const& request, Client const& client)
      : url_(url), box_(request.box), client_(client) {
    std::string const capabilities_url = with_parameters(url_, request_of("GetCapabilities"));
    WfsCapabilities const capabilities =
        parse_wfs_capabilities(client_.get(capabilities_url).body, "The answer of " + place_text(url_, {}));
    WfsType const& type = choose_type(capabilities, request.layer, url_);
    reading_.what = place_text(url_, type.name);
    describe(capabilities, type, request);
    read_schema(type, request);
    facts_.fields = reading_.schema.fields;
    facts_.fields.insert(facts_.fields.begin(), {"gml_id", FieldType::text});
  }

  [[nodiscard]] std::optional<long long> count() const override {
    Parameters parameters = query();
    parameters.emplace_back("RESULTTYPE", "hits");
    return wfs_matched(client_.get(with_parameters(url_, parameters)).body, reading_.what);
  }

  [[nodiscard]] std::optional<std::string> next_page(Progress const& progress) const override {
    if (!pages_ && progress.pages > 0) return std::nullopt;
    Parameters parameters = query();
    parameters.emplace_back("COUNT", std::to_string(facts_.page_size));
    if (pages_) parameters.emplace_back("STARTINDEX", std::to_string(progress.rows));
    if (!sort_.empty()) parameters.emplace_back("SORTBY", sort_);
    return with_parameters(url_, parameters);
  }

  [[nodiscard]] Page read(std::string const& body) const override { return parse_wfs_page(body, reading_); }

  void check(Page const& page, Progress const& before) const override {
    bool const short_before = before.pages > 0 && before.last_rows < facts_.page_size;
    if (!short_before || page.features.empty()) return;
    throw_error(ErrorKind::input,
                "{}: page {} has {} rows of the {} asked, yet more rows follow. Rows may be missing; fetch with "
                "--page-size {}.",
                reading_.what, before.pages, before.last_rows, facts_.page_size, before.last_rows);
  }

 private:
  void describe(WfsCapabilities const& capabilities, WfsType const& type, FetchRequest const& request) {
    constexpr std::size_t usual_page = 1000;
    reading_.crs = facts_.crs_asked = crs_text(type, request.crs, reading_.what);
    facts_.crs = crs_from(crs_in(reading_.crs).authority);
    facts_.service = "WFS " + capabilities.version;
    facts_.layer = type.name;
    facts_.title = type.title;
    facts_.description = type.description;
    facts_.attribution = capabilities.attribution;
    std::size_t const wanted = request.page_size == 0 ? usual_page : request.page_size;
    facts_.page_size = std::min(wanted, capabilities.count_default.value_or(wanted));
    if (type.lon_lat) facts_.extent = StatedExtent{*type.lon_lat, "EPSG:4326"};
    pages_ = capabilities.pages;
    format_ = format_text(type.formats.empty() ? capabilities.formats : type.formats);
  }

  void read_schema(WfsType const& type, FetchRequest const& request) {
    Parameters parameters = request_of("DescribeFeatureType");
    parameters.emplace_back("TYPENAMES", type.name);
    reading_.schema = parse_wfs_schema(client_.get(with_parameters(url_, parameters)).body, type.name, reading_.what);
    reading_.id_field = request.id_field;
    sort_ = order_field(reading_.schema, request.id_field, reading_.what);
    if (request.id_field.empty() && !sort_.empty() && !sorts()) sort_.clear();
    facts_.id = request.id_field.empty() ? "gml:id" : "field " + request.id_field;
    facts_.order = sort_.empty() ? "as the service gives them" : "sorted by " + sort_;
  }

  /// Whether the service sorts by the field that was guessed: one row is asked for.
  [[nodiscard]] bool sorts() const {
    Parameters parameters = query();
    parameters.insert(parameters.end(), {{"COUNT", "1"}, {"SORTBY", sort_}});
    try {
      return !client_.get(with_parameters(url_, parameters)).body.empty();
    } catch (Error const& error) {
      if (error.kind() != ErrorKind::input) throw;
      return false;  // without an order; that every row comes once is checked by the ids
    }
  }

  /// What hits and pages have in common.
  [[nodiscard]] Parameters query() const {
    Parameters out = request_of("GetFeature");
    out.emplace_back("TYPENAMES", facts_.layer);
    out.emplace_back("SRSNAME", facts_.crs_asked);
    if (!format_.empty()) out.emplace_back("OUTPUTFORMAT", format_);
    if (!box_) return out;
    Box const& b = *box_;
    auto const numbers = crs_in(facts_.crs_asked).swapped ? std::vector{b.min_y, b.min_x, b.max_y, b.max_x}
                                                          : std::vector{b.min_x, b.min_y, b.max_x, b.max_y};
    std::string text;
    for (double const number : numbers) text += shortest(number) + ",";
    out.emplace_back("BBOX", text + facts_.crs_asked);
    return out;
  }

  std::string url_, format_, sort_;
  std::optional<Box> box_;
  Client const& client_;
  WfsReading reading_;
  bool pages_ = true;
};

}  // namespace

std::unique_ptr<Service> open_wfs(std::string const& url, FetchRequest const& request, Client const& client) {
  return std::make_unique<Wfs>(url, request, client);
}

}  // namespace terrein
