#include "fetch/address.hpp"

#include <algorithm>
#include <cctype>

#include "terrein/core/error.hpp"
#include "terrein/core/text.hpp"
#include "terrein/io/http.hpp"

namespace terrein {
namespace {

struct Parts {
  std::string_view path;   ///< with scheme and host
  std::string_view query;  ///< without '?'
};

Parts parts_of(std::string_view url) {
  url = url.substr(0, url.find('#'));
  auto const mark = url.find('?');
  if (mark == std::string_view::npos) return {url, {}};
  return {url.substr(0, mark), url.substr(mark + 1)};
}

std::string name_of_pair(std::string_view pair) { return lower(pair.substr(0, pair.find('='))); }

std::vector<std::string> pairs_of(std::string_view query) {
  auto out = split(query, '&');
  std::erase_if(out, [](std::string const& pair) { return pair.empty(); });
  return out;
}

std::string assembled(std::string_view path, std::vector<std::string> const& pairs) {
  return std::string(path) + (pairs.empty() ? "" : "?" + join(pairs, "&"));
}

/// "host" of "https://user@host:8080/path".
std::string_view host_of(std::string_view url) {
  auto const scheme = url.find("://");
  std::string_view rest = scheme == std::string_view::npos ? url : url.substr(scheme + 3);
  rest = rest.substr(0, rest.find_first_of("/?#"));
  if (auto const login = rest.rfind('@'); login != std::string_view::npos) rest = rest.substr(login + 1);
  return rest.substr(0, rest.find(':'));
}

/// "https://user@host:8080" of an address.
std::string_view authority_of(std::string_view url) {
  auto const scheme = url.find("://");
  std::size_t const begin = scheme == std::string_view::npos ? 0 : scheme + 3;
  return url.substr(0, std::min(url.find_first_of("/?#", begin), url.size()));
}

}  // namespace

std::string percent_encoded(std::string_view text) {
  std::string out;
  for (char const c : text) {
    bool const plain = std::isalnum(static_cast<unsigned char>(c)) != 0 ||
                       std::string_view("-_.~,:/").find(c) != std::string_view::npos;
    out += plain ? std::string(1, c) : fmt::format("%{:02X}", static_cast<unsigned char>(c));
  }
  return out;
}

std::string with_parameters(std::string const& url, Parameters const& parameters) {
  Parts const parts = parts_of(url);
  auto pairs = pairs_of(parts.query);
  for (auto const& [name, value] : parameters) {
    std::erase_if(pairs, [&name = name](std::string const& pair) { return name_of_pair(pair) == lower(name); });
    pairs.push_back(name + "=" + percent_encoded(value));
  }
  return assembled(parts.path, pairs);
}

std::string with_path(std::string const& url, std::string_view path) {
  Parts const parts = parts_of(url);
  std::string_view base = parts.path;
  while (base.ends_with('/')) base.remove_suffix(1);
  return assembled(std::string(base) + std::string(path), pairs_of(parts.query));
}

std::string origin_of(std::string const& url) { return lower(authority_of(url)); }

std::string followed(std::string const& base, std::string const& link) {
  Parts target = parts_of(link);
  std::string path;
  if (link.find("://") != std::string::npos) {
    if (lower(host_of(link)) != lower(host_of(base)))
      throw_error(ErrorKind::input,
                  "'{}' sends on to another host for the next page: '{}'. terrein does not follow it; if that host is "
                  "the right one, fetch from there.",
                  redacted(base), redacted(link));
    path = std::string(authority_of(base)) + std::string(target.path.substr(authority_of(target.path).size()));
  } else if (link.starts_with("/")) {
    path = std::string(authority_of(base)) + std::string(target.path);
  } else if (link.starts_with("?")) {
    path = std::string(parts_of(base).path);
  } else {
    std::string_view const own = parts_of(base).path;
    path = std::string(own.substr(0, own.rfind('/') + 1)) + std::string(target.path);
  }
  auto pairs = pairs_of(target.query);
  for (std::string const& pair : pairs_of(parts_of(base).query)) {
    auto const same = [&](std::string const& other) { return name_of_pair(other) == name_of_pair(pair); };
    if (std::none_of(pairs.begin(), pairs.end(), same)) pairs.push_back(pair);
  }
  return assembled(path, pairs);
}

}  // namespace terrein
