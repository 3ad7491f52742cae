#pragma once

#include <cstddef>
#include <map>
#include <string>

namespace terrein {

struct HttpOptions {
  double timeout_s = 120;  ///< for one whole answer
  int retries = 3;         ///< after a fault of the connection, a timeout, 429 or 5xx
  double pause_s = 0.5;    ///< before the first retry, doubled each time; the server's Retry-After counts
  std::size_t most_bytes = 512UL << 20U;  ///< a longer answer is a fault
  std::string accept;                     ///< media types for the Accept header; empty = any
};

struct HttpResponse {
  int status = 200;  ///< 200 or 400..499
  std::string content_type;
  std::string body;
  std::map<std::string, std::string> headers;  ///< names in small letters
};

/// Gets one http or https address through GDAL, which adds logins from a netrc file (GDAL_HTTP_NETRC) or a file with
/// headers (GDAL_HTTP_HEADER_FILE). Follows a few redirects, tries again with growing pauses, and ends on a requested
/// stop as soon as bytes arrive. Throws `Error{network}` when the server cannot be reached, breaks off, takes too
/// long, answers 5xx to the last try or sends too much; `Error{usage}` for another scheme. Messages show the address
/// without its secrets.
[[nodiscard]] HttpResponse http_get(std::string const& url, HttpOptions const& options);

/// The address without login, and with *** for the values of parameters that look like keys, tokens or passwords.
[[nodiscard]] std::string redacted(std::string const& url);

}  // namespace terrein
