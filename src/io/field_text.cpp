#include "io/field_text.hpp"

#include <cmath>
#include <cstdlib>
#include <nlohmann/json.hpp>
#include <string_view>
#include <vector>

#include "io/fields.hpp"
#include "terrein/core/error.hpp"
#include "terrein/core/text.hpp"

namespace terrein {
namespace {

/// GDAL's flag: 0 not known, 1 local time, 100 UTC, one more per quarter of an hour to the east.
std::string zone_text(int flag) {
  constexpr int utc = 100;
  if (flag < 2) return {};
  if (flag == utc) return "Z";
  int const minutes = (flag - utc) * 15;
  return fmt::format("{}{:02}:{:02}", minutes < 0 ? '-' : '+', std::abs(minutes) / 60, std::abs(minutes) % 60);
}

std::string date_text(OGRFeatureH feature, int field, OGRFieldType type) {
  int year = 0, month = 0, day = 0, hour = 0, minute = 0, zone = 0;
  float second = 0;
  OGR_F_GetFieldAsDateTimeEx(feature, field, &year, &month, &day, &hour, &minute, &second, &zone);
  std::string const date = fmt::format("{:04}-{:02}-{:02}", year, month, day);
  if (type == OFTDate) return date;
  int const thousandths = static_cast<int>(std::lround(static_cast<double>(second) * 1000));
  std::string time = fmt::format("{:02}:{:02}:{:02}", hour, minute, thousandths / 1000);
  if (thousandths % 1000 != 0) time += fmt::format(".{:03}", thousandths % 1000);
  return (type == OFTTime ? time : date + "T" + time) + zone_text(zone);
}

template <class T>
std::string json_text(T const* values, int count) {
  return nlohmann::json(std::vector<T>(values, values + count)).dump();
}

std::string list_text(OGRFeatureH feature, int field, OGRFieldType type) {
  int count = 0;
  if (type == OFTIntegerList) {
    int const* const values = OGR_F_GetFieldAsIntegerList(feature, field, &count);
    return json_text(values, count);
  }
  if (type == OFTInteger64List) {
    GIntBig const* const values = OGR_F_GetFieldAsInteger64List(feature, field, &count);
    return json_text(values, count);
  }
  if (type == OFTRealList) {
    double const* const values = OGR_F_GetFieldAsDoubleList(feature, field, &count);
    return json_text(values, count);
  }
  nlohmann::json texts = nlohmann::json::array();
  for (char** text = OGR_F_GetFieldAsStringList(feature, field); text != nullptr && *text != nullptr; ++text)
    texts.push_back(is_utf8(*text) ? std::string(*text) : utf8_from_latin1(*text));
  return texts.dump();
}

}  // namespace

std::string field_text(OGRFeatureH feature, int field, OGRFieldType type) {
  switch (type) {
    case OFTDate:
    case OFTTime:
    case OFTDateTime:
      return date_text(feature, field, type);
    case OFTIntegerList:
    case OFTInteger64List:
    case OFTRealList:
    case OFTStringList:
      return list_text(feature, field, type);
    default:
      return gdal::text_of(OGR_F_GetFieldAsString(feature, field));
  }
}

std::string utf8_from_latin1(std::string_view bytes) {
  // 0x80-0x9f are control characters in Latin-1 and letters and signs in Windows-1252; five are unused there.
  static constexpr unsigned windows[32] = {0x20ac, 0x81,   0x201a, 0x192,  0x201e, 0x2026, 0x2020, 0x2021,
                                           0x2c6,  0x2030, 0x160,  0x2039, 0x152,  0x8d,   0x17d,  0x8f,
                                           0x90,   0x2018, 0x2019, 0x201c, 0x201d, 0x2022, 0x2013, 0x2014,
                                           0x2dc,  0x2122, 0x161,  0x203a, 0x153,  0x9d,   0x17e,  0x178};
  std::string out;
  for (char const c : bytes) {
    unsigned code = static_cast<unsigned char>(c);
    if (code >= 0x80 && code < 0xa0) code = windows[code - 0x80];
    if (code < 0x80) {
      out += c;
    } else if (code < 0x800) {
      out += static_cast<char>(0xc0U | code >> 6U);
      out += static_cast<char>(0x80U | (code & 0x3fU));
    } else {
      out += static_cast<char>(0xe0U | code >> 12U);
      out += static_cast<char>(0x80U | (code >> 6U & 0x3fU));
      out += static_cast<char>(0x80U | (code & 0x3fU));
    }
  }
  return out;
}

}  // namespace terrein
