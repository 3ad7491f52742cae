#pragma once

#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "fetch/row_set.hpp"
#include "terrein/fetch/fetch.hpp"
#include "terrein/geometry/crs.hpp"
#include "terrein/io/http.hpp"

namespace terrein {

/// Asks a service, and turns what is no answer (exception reports, error objects, web pages) into an `Error{input}`
/// that quotes it.
class Client {
 public:
  explicit Client(HttpOptions options) : options_(std::move(options)) {}
  [[nodiscard]] HttpResponse get(std::string const& url) const;
  /// The same for an address whose absence is no fault: nothing under HTTP 404.
  [[nodiscard]] std::optional<HttpResponse> find(std::string const& url) const;

 private:
  static HttpResponse checked(std::string const& url, HttpResponse response);
  HttpOptions options_;
};

/// What a text that should be data says instead: the text of an exception report or a JSON error, or that it is a web
/// page; empty when it looks like data.
[[nodiscard]] std::string fault_in(std::string const& body);

struct StatedExtent {
  Box box;  ///< x, y
  std::string crs;
};

/// What a service says of itself and of the layer before the first page.
struct ServiceFacts {
  std::string service;  ///< "WFS 2.0.0"
  std::string layer;    ///< as the service names it
  std::string title, description, attribution;
  Crs crs;                ///< of the shapes that come
  std::string crs_asked;  ///< as it stands in the requests
  std::size_t page_size = 0;
  std::string order;  ///< how rows are ordered: "sorted by OIDN", "as the server gives them"
  std::string id;     ///< what tells rows apart: "gml:id", "field OIDN"
  std::optional<StatedExtent> extent;
  std::vector<FieldSpec> fields;
};

/// One page, read.
struct Page {
  std::vector<Feature> features;
  std::optional<long long> returned;  ///< rows the page says it has
  std::optional<long long> matched;   ///< rows there are, as the page says
  std::string next;                   ///< link to the next page
  std::string time;                   ///< the server's own time stamp
  bool more = false;                  ///< the server says that it has cut the answer
};

/// How far the pages have come.
struct Progress {
  std::size_t pages = 0, rows = 0;
  std::size_t last_rows = 0;       ///< in the last page
  std::string last_id, next;       ///< of the last page
  std::string link;                ///< the last link to a next page that any page had; it shows how the service pages
  bool more = false;               ///< the last page said that there is more
  std::optional<long long> count;  ///< what the service said before the first page
};

/// A layer of a remote service. Constructing one asks for its description.
class Service {
 public:
  Service() = default;
  Service(Service const&) = delete;
  Service& operator=(Service const&) = delete;
  virtual ~Service() = default;
  [[nodiscard]] ServiceFacts const& facts() const noexcept { return facts_; }
  /// Rows that the service says it has for the request; nothing when it does not know.
  [[nodiscard]] virtual std::optional<long long> count() const = 0;
  /// Where the next page is; nothing after the last one. Asked until it says nothing, or a page is empty.
  [[nodiscard]] virtual std::optional<std::string> next_page(Progress const& progress) const = 0;
  [[nodiscard]] virtual Page read(std::string const& body) const = 0;
  /// Faults that only this kind of service has. Throws `Error{input}`.
  virtual void check(Page const& page, Progress const& before) const = 0;
  /// True when `next_page` asks behind the last row of a service that speaks of no further page.
  [[nodiscard]] virtual bool looks_behind(Progress const& /*progress*/) const noexcept { return false; }
  /// True when the end that `next_page` tells needs no further proof.
  [[nodiscard]] virtual bool knows_its_end() const noexcept { return false; }

 protected:
  ServiceFacts facts_;
};

[[nodiscard]] std::unique_ptr<Service> open_wfs(std::string const& url, FetchRequest const& request,
                                                Client const& client);

[[nodiscard]] std::unique_ptr<Service> open_oapif(std::string const& url, FetchRequest const& request,
                                                  Client const& client);
[[nodiscard]] std::unique_ptr<Service> open_arcgis(std::string const& url, FetchRequest const& request,
                                                   Client const& client);

/// "'https://…', layer 'x'" for messages.
[[nodiscard]] std::string place_text(std::string const& url, std::string const& layer);

}  // namespace terrein
