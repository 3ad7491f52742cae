#include "terrein/io/http.hpp"

#include <cpl_http.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <memory>
#include <thread>

#include "io/gdal.hpp"
#include "terrein/core/error.hpp"
#include "terrein/core/parallel.hpp"
#include "terrein/core/text.hpp"

namespace terrein {
namespace {

struct DestroyResult {
  void operator()(CPLHTTPResult* result) const noexcept { CPLHTTPDestroyResult(result); }
};
using Result = std::unique_ptr<CPLHTTPResult, DestroyResult>;

/// What one try gave: a response, or why there is none.
struct Try {
  HttpResponse response;
  std::string fault;
  bool again = false;  ///< another try may succeed
};

/// Bytes as they arrive; the answer is broken off when there are too many, or when the user asks to stop.
struct Received {
  std::string body;
  std::size_t most = 0;
  bool too_much = false;
};

std::size_t receive(void* bytes, std::size_t size, std::size_t count, void* argument) {
  auto* const received = static_cast<Received*>(argument);
  std::size_t const length = size * count;
  if (stop_requested()) return 0;
  received->too_much = received->body.size() + length > received->most;
  if (received->too_much) return 0;
  try {
    received->body.append(static_cast<char const*>(bytes), length);
  } catch (...) {  // out of memory inside a C callback
    received->too_much = true;
    return 0;
  }
  return length;
}

gdal::List fetch_options(HttpOptions const& options) {
  char** list = nullptr;
  auto const set = [&list](char const* name, std::string const& value) {
    list = CSLSetNameValue(list, name, value.c_str());
  };
  set("TIMEOUT", fmt::format("{:.0f}", std::max(1.0, options.timeout_s)));
  set("CONNECTTIMEOUT", fmt::format("{:.0f}", std::clamp(options.timeout_s, 1.0, 30.0)));
  set("MAX_RETRY", "0");  // the tries are counted here
  if (!options.accept.empty()) set("HEADERS", "Accept: " + options.accept);
  return gdal::List(list);
}

std::map<std::string, std::string> headers_of(CPLHTTPResult const& result) {
  std::map<std::string, std::string> out;
  for (char** line = result.papszHeaders; line != nullptr && *line != nullptr; ++line) {
    std::string_view const text(*line);
    auto const end = text.find('=');
    if (end != std::string_view::npos) out[lower(text.substr(0, end))] = std::string(trim(text.substr(end + 1)));
  }
  return out;
}

/// The number in GDAL's "HTTP error code : 503"; 0 when the text is another one.
int status_in(std::string const& fault) {
  constexpr std::string_view words = "HTTP error code : ";
  auto const at = fault.find(words);
  if (at == std::string::npos) return 0;
  auto const code = parse_number(std::string_view(fault).substr(at + words.size(), 3));
  return code ? static_cast<int>(*code) : 0;
}

Try try_once(std::string const& url, HttpOptions const& options) {
  gdal::CplErrorScope const said;
  Received received;
  received.most = options.most_bytes;
  Result const result(CPLHTTPFetchEx(url.c_str(), fetch_options(options).get(), nullptr, nullptr, receive, &received));
  check_stop();
  Try out;
  if (result == nullptr) return {{}, "GDAL cannot fetch from the network." + said.sentence(), false};
  std::string const fault = gdal::text_of(result->pszErrBuf);
  out.response.headers = headers_of(*result);
  out.response.content_type = gdal::text_of(result->pszContentType);
  out.response.body = std::move(received.body);
  int const status = status_in(fault);
  constexpr int too_many_requests = 429, server_fault = 500;
  if (received.too_much) {
    out.fault = fmt::format("the answer is longer than {} MB", options.most_bytes >> 20U);
  } else if (status == too_many_requests || status >= server_fault) {
    out.fault = fmt::format("the server answers HTTP {}", status);
    out.again = true;
  } else if (status != 0) {
    out.response.status = status;
  } else if (result->nStatus != 0 || !fault.empty()) {
    out.fault = fault.empty() ? fmt::format("the connection failed (curl code {})", result->nStatus) : fault;
    out.again = true;
  }
  return out;
}

/// Waits in small steps, so that a stop is heard.
void pause(double seconds) {
  using Clock = std::chrono::steady_clock;
  auto const end = Clock::now() + std::chrono::duration<double>(seconds);
  while (Clock::now() < end) {
    check_stop();
    std::this_thread::sleep_for(std::chrono::milliseconds(50));
  }
}

double pause_before(int retry, Try const& last, HttpOptions const& options) {
  constexpr double longest_s = 60;
  double seconds = options.pause_s;
  for (int i = 1; i < retry; ++i) seconds *= 2;
  if (auto const asked = last.response.headers.find("retry-after"); asked != last.response.headers.end())
    seconds = std::max(seconds, parse_number(asked->second).value_or(0));
  return std::min(seconds, longest_s);
}

bool is_secret(std::string_view name) {
  constexpr std::array words{"key", "token", "pass", "pwd", "secret", "signature", "auth", "session", "sig", "user"};
  std::string const small = lower(name);
  return std::any_of(words.begin(), words.end(),
                     [&](char const* word) { return small.find(word) != std::string::npos; });
}

}  // namespace

std::string redacted(std::string const& url) {
  std::string out = url;
  auto const scheme = out.find("://");
  std::size_t const host = scheme == std::string::npos ? 0 : scheme + 3;
  std::size_t const path = std::min(out.find_first_of("/?#", host), out.size());
  if (auto const login = out.rfind('@', path); login != std::string::npos && login >= host && login < path)
    out.erase(host, login + 1 - host);
  auto const query = out.find('?');
  if (query == std::string::npos) return out;
  std::vector<std::string> shown;
  for (std::string const& pair : split(std::string_view(out).substr(query + 1), '&')) {
    auto const equals = pair.find('=');
    bool const hidden = equals != std::string::npos && is_secret(std::string_view(pair).substr(0, equals));
    shown.push_back(hidden ? pair.substr(0, equals + 1) + "***" : pair);
  }
  return out.substr(0, query + 1) + join(shown, "&");
}

HttpResponse http_get(std::string const& url, HttpOptions const& options) {
  std::string const scheme = lower(url.substr(0, 8));
  if (!scheme.starts_with("http://") && !scheme.starts_with("https://"))
    throw_error(ErrorKind::usage, "'{}' is no web address: terrein fetches from http:// and https:// only.",
                redacted(url));
  for (int retry = 0;; ++retry) {
    check_stop();
    Try last = try_once(url, options);
    if (last.fault.empty()) return std::move(last.response);
    if (!last.again || retry >= options.retries) {
      std::string_view const said = trim(last.response.body);
      constexpr std::size_t quoted = 300;
      throw_error(ErrorKind::network,
                  "'{}' cannot be fetched: {}, after {} {}.{} Try again later, or with a longer --timeout or more "
                  "--retries; pages that arrived whole are kept.",
                  redacted(url), last.fault, retry + 1, retry == 0 ? "try" : "tries",
                  said.empty() ? std::string{} : fmt::format(" The server says: '{}'.", said.substr(0, quoted)));
    }
    pause(pause_before(retry + 1, last, options));
  }
}

}  // namespace terrein
