#include <algorithm>
#include <limits>

#include "fetch/address.hpp"
#include "fetch/arcgis_texts.hpp"
#include "fetch/json_values.hpp"
#include "terrein/core/error.hpp"
#include "terrein/core/text.hpp"

namespace terrein {
namespace {

std::optional<long long> whole(std::string const& text) {
  Cell const cell = cell_of(text, FieldType::whole);
  auto const* const value = std::get_if<std::int64_t>(&cell);
  return value == nullptr ? std::nullopt : std::optional<long long>(*value);
}

/// True for an address that ends in the number of a layer.
bool names_layer(std::string const& url) {
  std::string path = url.substr(0, url.find('?'));
  while (path.ends_with('/')) path.pop_back();
  std::string const last = path.substr(path.rfind('/') + 1);
  return !last.empty() && std::all_of(last.begin(), last.end(), [](char c) { return c >= '0' && c <= '9'; });
}

FieldType field_type(std::string const& type) {
  if (type == "esriFieldTypeOID" || type == "esriFieldTypeInteger" || type == "esriFieldTypeSmallInteger" ||
      type == "esriFieldTypeBigInteger")
    return FieldType::whole;
  return type == "esriFieldTypeDouble" || type == "esriFieldTypeSingle" ? FieldType::real : FieldType::text;
}

/// A layer of a MapServer or FeatureServer. Rows are asked for by rising object id, each page behind the last id of the
/// one before; of servers that cannot order, in pieces of the list of all ids.
class Arcgis final : public Service {
 public:
  Arcgis(std::string const& url, FetchRequest const& request, Client const& client)
      : box_(request.box), client_(client) {
    url_ = names_layer(url) ? url : layer_url(url, request.layer);
    reading_.what = place_text(url_, {});
    reading_.layer = parse_arcgis_layer(client_.get(with_parameters(url_, {{"f", "json"}})).body, reading_.what);
    ArcgisLayer const& layer = reading_.layer;
    if (layer.crs.empty() && request.crs.empty())
      throw_error(ErrorKind::crs, "{} does not say in which CRS it is. Choose one with --crs.", reading_.what);
    if (!request.id_field.empty() && lower(request.id_field) != lower(layer.id_field))
      throw_error(ErrorKind::usage, "{} tells its rows apart by '{}'; leave --id-field away.", reading_.what,
                  layer.id_field);
    facts_.crs = crs_from(request.crs.empty() ? layer.crs : request.crs);
    reading_.crs = facts_.crs_asked = request.crs.empty() ? layer.crs : facts_.crs.authority;
    facts_.service = "ArcGIS REST";
    facts_.layer = layer.name;
    facts_.title = layer.name;
    facts_.description = layer.description;
    facts_.attribution = layer.attribution;
    facts_.page_size = std::min(request.page_size == 0 ? layer.most_rows : request.page_size, layer.most_rows);
    facts_.id = "field " + layer.id_field;
    facts_.order = (layer.orders ? "sorted by " : "listed by ") + layer.id_field;
    if (layer.extent) facts_.extent = StatedExtent{*layer.extent, layer.crs};
    for (ArcgisLayer::Field const& field : layer.fields) facts_.fields.push_back({field.name, field_type(field.type)});
    if (!layer.orders) list_ids();
  }

  [[nodiscard]] std::optional<long long> count() const override {
    auto const json = parse_object(client_.get(query("1=1", {{"returnCountOnly", "true"}})).body, reading_.what);
    auto const count = number_in(json, "count");
    if (!count)
      throw_error(ErrorKind::input, "{} does not say how many rows it has. Ask its publisher.", reading_.what);
    return count;
  }

  [[nodiscard]] std::optional<std::string> next_page(Progress const& progress) const override {
    std::string const& id = reading_.layer.id_field;
    if (!reading_.layer.orders) {
      if (progress.rows >= ids_.size()) return std::nullopt;
      std::size_t const last = std::min(progress.rows + facts_.page_size, ids_.size()) - 1;
      return rows(fmt::format("{0} >= {1} AND {0} <= {2}", id, ids_[progress.rows], ids_[last]), {});
    }
    Parameters more{{"orderByFields", id + " ASC"}};
    if (reading_.layer.pages) more.emplace_back("resultRecordCount", std::to_string(facts_.page_size));
    return rows(progress.pages == 0 ? "1=1" : id + " > " + progress.last_id, more);
  }

  [[nodiscard]] Page read(std::string const& body) const override { return parse_arcgis_page(body, reading_); }

  /// Keyset pages must rise from the last id; pieces of the list must hold the ids that were asked, all of them.
  void check(Page const& page, Progress const& before) const override {
    constexpr long long before_all = std::numeric_limits<long long>::min();
    long long last = before.pages == 0 ? before_all : whole(before.last_id).value_or(before_all);
    std::size_t row = before.rows;
    for (Feature const& feature : page.features) {
      auto const id = whole(feature.id);
      bool const listed = reading_.layer.orders || (row < ids_.size() && id == ids_[row]);
      if (!id || *id <= last || !listed)
        throw_error(
            ErrorKind::input,
            "{}: page {} does not go on by rising {} ('{}' after '{}'): the service heeds no order, so rows may "
            "be missing. Ask its publisher.",
            reading_.what, before.pages + 1, reading_.layer.id_field, feature.id,
            last == before_all ? "nothing" : std::to_string(last));
      last = *id;
      ++row;
    }
    std::size_t const due = std::min(before.rows + facts_.page_size, ids_.size());
    if (!reading_.layer.orders && row != due)
      throw_error(ErrorKind::input, "{}: page {} lacks {} of the {} ids that were asked. Try a smaller --page-size.",
                  reading_.what, before.pages + 1, due - row, due - before.rows);
  }

  [[nodiscard]] bool knows_its_end() const noexcept override { return !reading_.layer.orders; }

 private:
  [[nodiscard]] std::string layer_url(std::string const& url, std::string const& wanted) const {
    auto const json = parse_object(client_.get(with_parameters(url, {{"f", "json"}})).body, place_text(url, {}));
    std::vector<std::string> names;
    for (auto const& layer : part_in(json, "layers")) {
      auto const id = number_in(layer, "id");
      std::string const name = text_in(layer, "name");
      if (id && !wanted.empty() && (name == wanted || std::to_string(*id) == wanted))
        return with_path(url, "/" + std::to_string(*id));
      names.push_back(name);
    }
    if (wanted.empty())
      throw_error(ErrorKind::usage, "Say which layer of {} to fetch with --layer. It has: {}.", place_text(url, {}),
                  join(names, ", "));
    throw_error(ErrorKind::input, "{} has no layer '{}'.{}", place_text(url, {}), wanted, suggestion(wanted, names));
  }

  void list_ids() {
    auto const json = parse_object(client_.get(query("1=1", {{"returnIdsOnly", "true"}})).body, reading_.what);
    for (auto const& id : part_in(json, "objectIds")) {
      if (!id.is_number_integer())
        throw_error(ErrorKind::input, "{} lists '{}' among its object ids. Ask its publisher.", reading_.what,
                    id.dump());
      ids_.push_back(id.get<long long>());
    }
    std::sort(ids_.begin(), ids_.end());
    if (std::adjacent_find(ids_.begin(), ids_.end()) != ids_.end())
      throw_error(ErrorKind::input, "{} lists an object id twice. Ask its publisher.", reading_.what);
  }

  [[nodiscard]] std::string rows(std::string const& where, Parameters parameters) const {
    parameters.insert(parameters.end(), {{"outFields", "*"}, {"returnGeometry", "true"}});
    parameters.emplace_back("outSR", reading_.crs.substr(reading_.crs.find(':') + 1));
    return query(where, parameters);
  }

  [[nodiscard]] std::string query(std::string const& where, Parameters const& more) const {
    Parameters parameters{{"where", where}, {"f", "json"}};
    if (box_) {
      parameters.emplace_back("geometry", shortest(box_->min_x) + "," + shortest(box_->min_y) + "," +
                                              shortest(box_->max_x) + "," + shortest(box_->max_y));
      parameters.insert(parameters.end(),
                        {{"geometryType", "esriGeometryEnvelope"}, {"spatialRel", "esriSpatialRelIntersects"}});
      parameters.emplace_back("inSR", reading_.crs.substr(reading_.crs.find(':') + 1));
    }
    parameters.insert(parameters.end(), more.begin(), more.end());
    return with_parameters(with_path(url_, "/query"), parameters);
  }

  std::string url_;
  std::optional<Box> box_;
  Client const& client_;
  ArcgisReading reading_;
  std::vector<long long> ids_;  ///< sorted; only of a server that cannot order
};

}  // namespace

std::unique_ptr<Service> open_arcgis(std::string const& url, FetchRequest const& request, Client const& client) {
  return std::make_unique<Arcgis>(url, request, client);
}

}  // namespace terrein
