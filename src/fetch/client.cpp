#include <nlohmann/json.hpp>

#include "fetch/json_values.hpp"
#include "fetch/service.hpp"
#include "terrein/core/error.hpp"
#include "terrein/core/text.hpp"

namespace terrein {
namespace {

using Json = nlohmann::json;

constexpr std::size_t longest_quote = 400;

std::string shortened(std::string_view text) {
  text = trim(text);
  return text.size() <= longest_quote ? std::string(text) : std::string(text.substr(0, longest_quote)) + "…";
}

/// The first element of an XML text, without prefix; empty when it is none.
std::string root_name(std::string_view text) {
  for (auto at = text.find('<'); at != std::string_view::npos; at = text.find('<', at + 1)) {
    std::string_view name = text.substr(at + 1);
    if (name.starts_with('?') || name.starts_with('!')) continue;
    name = name.substr(0, name.find_first_of(" \t\r\n/>"));
    auto const colon = name.find(':');
    return std::string(colon == std::string_view::npos ? name : name.substr(colon + 1));
  }
  return {};
}

std::string xml_fault(std::string const& body) {
  XmlDocument const document(body, "An exception report");
  std::vector<std::string> texts;
  for (char const* name : {"ExceptionText", "ServiceException"})
    for (XmlNode const& node : document.root().all(name))
      if (auto const text = node.text(); !text.empty()) texts.push_back(text);
  if (texts.empty())
    for (XmlNode const& node : document.root().all("Exception")) texts.push_back(node.attribute("exceptionCode"));
  return "an exception report: '" + shortened(join(texts, "; ")) + "'";
}

std::string text_member(Json const& object, char const* name) {
  auto const found = object.find(name);
  if (found == object.end() || found->is_null()) return {};
  return found->is_string() ? found->get<std::string>() : found->dump();
}

/// ArcGIS says {"error": {"code", "message", "details"}} under HTTP 200, OGC API {"code", "description"}.
std::string json_fault(std::string const& body) {
  constexpr std::size_t longest_error = 1U << 16U;
  if (body.size() > longest_error || nested_too_deep(body)) return {};
  Json const json = Json::parse(body, nullptr, false);
  if (!json.is_object()) return {};
  if (auto const error = json.find("error"); error != json.end()) {
    if (!error->is_object()) return "an error: '" + shortened(error->dump()) + "'";
    std::string text = text_member(*error, "code") + " " + text_member(*error, "message");
    if (std::string const details = text_member(*error, "details"); details.size() > 2) text += " " + details;
    return "an error: '" + shortened(text) + "'";
  }
  bool const is_report = json.contains("code") && json.contains("description") && !json.contains("type");
  if (is_report) return "an error: '" + shortened(text_member(json, "description")) + "'";
  return {};
}

}  // namespace

std::string fault_in(std::string const& body) {
  std::string_view const text = trim(body);
  if (text.empty()) return "nothing";
  if (text.front() == '{' || text.front() == '[') return json_fault(body);
  if (text.front() != '<' && !text.starts_with("\xef\xbb\xbf"))
    return "something that is neither XML nor JSON: '" + shortened(text) + "'";
  std::string const root = lower(root_name(text.substr(0, 65536)));
  if (root == "html") return "a web page instead of data";
  if (root == "exceptionreport" || root == "serviceexceptionreport" || root == "serviceexception")
    return xml_fault(body);
  return {};
}

std::optional<HttpResponse> Client::find(std::string const& url) const {
  constexpr int absent = 404;
  HttpResponse response = http_get(url, options_);
  return response.status == absent ? std::nullopt : std::optional(checked(url, std::move(response)));
}

HttpResponse Client::get(std::string const& url) const { return checked(url, http_get(url, options_)); }

HttpResponse Client::checked(std::string const& url, HttpResponse response) {
  std::string const fault = fault_in(response.body);
  if (fault.empty() && response.status == 200) return response;
  std::string const status = response.status == 200 ? std::string{} : fmt::format("HTTP {} and ", response.status);
  throw_error(ErrorKind::input,
              "'{}' answers with {}{}. Check the address, the name of the layer and your rights; a login belongs in a "
              "netrc file (GDAL_HTTP_NETRC) or a file with headers (GDAL_HTTP_HEADER_FILE).",
              redacted(url), status, fault.empty() ? "'" + shortened(response.body) + "'" : fault);
}

std::string place_text(std::string const& url, std::string const& layer) {
  return "'" + redacted(url) + "'" + (layer.empty() ? std::string{} : ", layer '" + layer + "'");
}

}  // namespace terrein
