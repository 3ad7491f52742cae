#include "terrein/fetch/fetch.hpp"

#include <chrono>
#include <nlohmann/json.hpp>

#include "fetch/collect.hpp"
#include "fetch/snapshot.hpp"
#include "terrein/core/clock.hpp"
#include "terrein/core/error.hpp"
#include "terrein/core/hash.hpp"
#include "terrein/core/parallel.hpp"
#include "terrein/core/text.hpp"
#include "terrein/io/output_set.hpp"

namespace terrein {
namespace {

struct Source {
  std::string prefix, url;
};

Source source_of(std::string const& text) {
  auto const colon = text.find(':');
  std::string const prefix = lower(text.substr(0, colon));
  bool const known = prefix == "wfs" || prefix == "oapif" || prefix == "arcgis";
  if (!known || colon == std::string::npos)
    throw_error(
        ErrorKind::usage,
        "'{}' does not say which kind of service it is. Write WFS:, OAPIF: or ARCGIS: before the address, as in "
        "\"WFS:https://host/wfs\".",
        redacted(text));
  return {prefix, text.substr(colon + 1)};
}

std::unique_ptr<Service> open_service(Source const& source, FetchRequest const& request, Client const& client) {
  if (source.prefix == "wfs") return open_wfs(source.url, request, client);
  if (source.prefix == "oapif") return open_oapif(source.url, request, client);
  return open_arcgis(source.url, request, client);
}

bool is_date(std::string const& text) {
  if (text.size() != 10 || text[4] != '-' || text[7] != '-') return false;
  auto const part = [&text](std::size_t begin, std::size_t length) {
    Cell const cell = cell_of(text.substr(begin, length), FieldType::whole);
    auto const* const number = std::get_if<std::int64_t>(&cell);
    return number == nullptr ? -1 : static_cast<int>(*number);
  };
  int const year = part(0, 4), month = part(5, 2), day = part(8, 2);
  if (year < 0 || month < 1 || day < 1) return false;
  return std::chrono::year_month_day(std::chrono::year(year), std::chrono::month(static_cast<unsigned>(month)),
                                     std::chrono::day(static_cast<unsigned>(day)))
      .ok();
}

/// "2026-01-31T00:00:00.000Z" of the date asked, else of SOURCE_DATE_EPOCH, else of the clock.
std::string time_of(FetchRequest const& request) {
  if (request.date.empty()) {
    auto const given = time_from_environment();
    return given ? *given : time_now();
  }
  if (!is_date(request.date))
    throw_error(ErrorKind::usage, "--date is '{}'; it must be a date like 2026-01-31.", request.date);
  return request.date + "T00:00:00.000Z";
}

void check_request(FetchRequest const& request) {
  if (request.output.empty()) throw_error(ErrorKind::usage, "Say where to write the snapshot with --output.");
  if (lower(request.output.extension().string()) != ".gpkg")
    throw_error(ErrorKind::usage, "The snapshot '{}' must be a GeoPackage: end its name with .gpkg.",
                request.output.string());
  if (request.box && (request.box->width() <= 0 || request.box->height() <= 0))
    throw_error(ErrorKind::usage, "--box must be minx,miny,maxx,maxy with minx below maxx and miny below maxy.");
}

/// Everything that decides which bytes the pages hold. The address stands there as a hash, for it may hold secrets.
std::string request_text(Source const& source, FetchRequest const& request, ServiceFacts const& facts) {
  nlohmann::ordered_json out{{"service", source.prefix},
                             {"url_sha256", sha256(source.url)},
                             {"layer", facts.layer},
                             {"crs", facts.crs_asked},
                             {"page_size", facts.page_size},
                             {"order", facts.order},
                             {"id", facts.id}};
  if (request.box)
    for (double const value : {request.box->min_x, request.box->min_y, request.box->max_x, request.box->max_y})
      out["box"].push_back(shortest(value));
  return out.dump();
}

}  // namespace

FetchSummary fetch_snapshot(FetchRequest const& request) {
  check_request(request);
  Source const source = source_of(request.source);
  std::string const time = time_of(request);
  std::filesystem::path const output = std::filesystem::absolute(request.output);
  OutputSet(request.overwrite).add(output);  // what cannot be written is told before anything is asked
  HttpOptions http;
  http.timeout_s = request.timeout_s;
  http.retries = request.retries;
  if (source.prefix == "oapif") http.accept = "application/geo+json, application/json;q=0.9";
  Client const client(http);
  auto const service = open_service(source, request, client);
  ServiceFacts const& facts = service->facts();
  PartFolder parts(output, request_text(source, request, facts));
  Collected collected = collect(*service, client, request, parts);
  check_stop();

  FetchSummary out;
  out.service = facts.service;
  out.layer = facts.layer;
  out.crs = facts.crs.authority;
  out.order = facts.order;
  out.rows = collected.rows.size();
  out.pages = collected.pages;
  out.pages_kept = collected.pages_kept;
  out.count = collected.first_count;
  out.time = time;
  OutputSet outputs(request.overwrite);
  out.content_sha256 =
      write_snapshot(outputs, output, facts, {redacted(source.url), time, request.box}, std::move(collected));
  outputs.commit();
  parts.remove();
  out.outputs = {request.output, request.output.string() + ".fetch.json"};
  return out;
}

}  // namespace terrein
