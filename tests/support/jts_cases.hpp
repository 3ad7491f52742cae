#pragma once

#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "support/support.hpp"

namespace terrein::test {

/// One operation of a case of the XML test files of JTS: op(a, b) gives `expected`. Shapes are WKT or WKB in hex.
struct JtsTest {
  std::string description, op, arg1, arg2, arg3;
  std::string a, b, expected;
  bool floating = true;  ///< computed in full precision, not on a grid
};

namespace jts {

inline std::string trimmed(std::string const& text) {
  auto const first = text.find_first_not_of(" \t\r\n"), last = text.find_last_not_of(" \t\r\n");
  return first == std::string::npos ? "" : text.substr(first, last - first + 1);
}

struct Tag {
  std::string name;  ///< "/case" for the end of one, "case/" for an empty one
  std::map<std::string, std::string> attributes;
  std::string text;  ///< up to the next tag
};

inline Tag parse_tag(std::string const& inside) {
  Tag out;
  auto at = inside.find_first_of(" \t\r\n");
  out.name = inside.substr(0, at);
  while (at != std::string::npos && at < inside.size()) {
    auto const equals = inside.find('=', at);
    if (equals == std::string::npos) break;
    auto const open = inside.find_first_of("'\"", equals);
    auto const close = inside.find(inside[open], open + 1);
    out.attributes[trimmed(inside.substr(at, equals - at))] = inside.substr(open + 1, close - open - 1);
    at = close + 1;
  }
  if (!inside.empty() && inside.back() == '/' && !out.name.ends_with('/')) out.name += '/';
  return out;
}

/// The tags of a file in their order, comments left out.
inline std::vector<Tag> tags_of(std::string xml) {
  for (auto at = xml.find("<!--"); at != std::string::npos; at = xml.find("<!--"))
    xml.erase(at, xml.find("-->", at) + 3 - at);
  std::vector<Tag> out;
  for (auto open = xml.find('<'); open != std::string::npos;) {
    auto const close = xml.find('>', open), next = xml.find('<', close);
    Tag tag = parse_tag(xml.substr(open + 1, close - open - 1));
    tag.text = trimmed(xml.substr(close + 1, next == std::string::npos ? next : next - close - 1));
    out.push_back(std::move(tag));
    open = next;
  }
  return out;
}

}  // namespace jts

/// Every operation of a file, in its order.
inline std::vector<JtsTest> read_jts_cases(std::filesystem::path const& file) {
  std::vector<JtsTest> out;
  JtsTest current;
  for (jts::Tag const& tag : jts::tags_of(read_file(file))) {
    auto const attribute = [&tag](char const* name) {
      auto const it = tag.attributes.find(name);
      return it == tag.attributes.end() ? std::string{} : it->second;
    };
    if (tag.name == "precisionModel" || tag.name == "precisionModel/")
      current.floating = attribute("scale").empty();
    else if (tag.name == "case")
      current = {"", "", "", "", "", "", "", "", current.floating};
    else if (tag.name == "desc")
      current.description = tag.text;
    else if (tag.name == "a")
      current.a = tag.text;
    else if (tag.name == "b")
      current.b = tag.text;
    else if (tag.name == "op") {
      current.op = attribute("name");
      current.arg1 = attribute("arg1");
      current.arg2 = attribute("arg2");
      current.arg3 = attribute("arg3");
      current.expected = tag.text;
      out.push_back(current);
    }
  }
  return out;
}

}  // namespace terrein::test
