// The XML form of OpenStreetMap: <node>, <way> with <nd>, <relation> with <member>, and <tag> in each.
#include <cpl_vsi.h>

#include <algorithm>
#include <charconv>
#include <memory>
#include <string_view>

#include "io/gdal.hpp"
#include "io/osm_references.hpp"
#include "terrein/core/error.hpp"
#include "terrein/core/parallel.hpp"

namespace terrein::osm {
namespace {

struct CloseFile {
  void operator()(VSILFILE* file) const noexcept { VSIFCloseL(file); }
};

/// The tags of a file, one after the other.
class TagReader {
 public:
  explicit TagReader(std::string const& path) : path_(path), file_(VSIFOpenL(path.c_str(), "rb")) {
    if (file_ == nullptr) throw_error(ErrorKind::input, "'{}' cannot be opened.", path);
  }
  /// What stands between the next '<' and its '>'; a '>' in quotes does not end a tag. False at the end of the file.
  bool next(std::string& tag) {
    tag.clear();
    char c = 0;
    do
      if (!get(c)) return false;
    while (c != '<');
    char quote = 0;
    while (true) {
      if (!get(c)) throw_error(ErrorKind::input, "'{}' is damaged: it ends inside a tag. Get the file again.", path_);
      if (tag == "!--") return skip_comment() && next(tag);
      if (quote == 0 && c == '>') return true;
      if (quote == 0 && (c == '"' || c == '\''))
        quote = c;
      else if (c == quote)
        quote = 0;
      tag += c;
    }
  }

 private:
  bool skip_comment() {
    std::string last;
    for (char c = 0; get(c);) {
      last = (last.size() < 2 ? last : last.substr(last.size() - 2)) + c;
      if (last == "-->") return true;
    }
    return false;
  }
  bool get(char& c) {
    if (at_ == buffer_.size()) {
      check_stop();
      constexpr std::size_t piece = std::size_t{1} << 20U;
      buffer_.resize(piece);
      buffer_.resize(VSIFReadL(buffer_.data(), 1, piece, file_.get()));
      at_ = 0;
    }
    if (at_ == buffer_.size()) return false;
    c = buffer_[at_++];
    return true;
  }
  std::string path_;
  std::unique_ptr<VSILFILE, CloseFile> file_;
  std::string buffer_;
  std::size_t at_ = 0;
};

/// The value of an attribute: name="value"; empty when it is absent.
std::string_view attribute(std::string_view tag, std::string_view name) {
  auto const is_space = [](char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; };
  for (auto at = tag.find(name); at != std::string_view::npos; at = tag.find(name, at + 1)) {
    auto const open = at + name.size() + 1;
    bool const found = at > 0 && is_space(tag[at - 1]) && open < tag.size() && tag[open - 1] == '=' &&
                       (tag[open] == '"' || tag[open] == '\'');
    if (!found) continue;
    auto const close = tag.find(tag[open], open + 1);
    return tag.substr(open + 1, close == std::string_view::npos ? close : close - open - 1);
  }
  return {};
}

class Reader {
 public:
  Reader(std::string const& path, Collector& out) : path_(path), out_(out) {}

  void tag(std::string_view text) {
    auto const name = text.substr(0, text.find_first_of(" \t\r\n/"));
    if (text.starts_with('/')) {
      if (text == "/way" || text == "/relation") end();
    } else if (name == "node") {
      out_.node(number(text, "id"));
    } else if (name == "way" || name == "relation") {
      begin(name == "way" ? Object::Kind::way : Object::Kind::relation, number(text, "id"));
      if (text.ends_with('/')) end();
    } else if (name == "nd") {
      object_.nodes.push_back(number(text, "ref"));
    } else if (name == "member") {
      member(text);
    } else if (name == "tag") {
      if (attribute(text, "k") == "type" && object_.kind == Object::Kind::relation)
        object_.type = attribute(text, "v");
      else
        object_.tagged = true;
    }
  }

 private:
  void begin(Object::Kind kind, std::int64_t id) {
    object_ = Object();
    object_.kind = kind;
    object_.id = id;
  }
  void end() {
    object_.kind == Object::Kind::way ? out_.way(object_) : out_.relation(object_);
    object_ = Object();
  }
  void member(std::string_view text) {
    auto const type = attribute(text, "type");
    Object::Kind const kind = type == "way"    ? Object::Kind::way
                              : type == "node" ? Object::Kind::node
                                               : Object::Kind::relation;
    object_.members.push_back({kind, number(text, "ref"), attribute(text, "role") == "subarea"});
  }
  std::int64_t number(std::string_view text, std::string_view name) const {
    auto const value = attribute(text, name);
    std::int64_t out = 0;
    auto const [end, fault] = std::from_chars(value.data(), value.data() + value.size(), out);
    if (fault != std::errc() || end != value.data() + value.size())
      throw_error(ErrorKind::input, "'{}' is damaged: '{}' is no {}. Get the file again.", path_, value, name);
    return out;
  }
  std::string const& path_;
  Collector& out_;
  Object object_;
};

}  // namespace

void read_xml(std::string const& path, Collector& out) {
  TagReader tags(path);
  Reader reader(path, out);
  for (std::string tag; tags.next(tag);) reader.tag(tag);
}

}  // namespace terrein::osm
