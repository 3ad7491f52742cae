// The packed form of OpenStreetMap: blocks of protocol buffers, compressed one by one
// (https://wiki.openstreetmap.org/wiki/PBF_Format).
#include <cpl_vsi.h>
#include <zlib.h>

#include <array>
#include <string_view>

#include "io/gdal.hpp"
#include "io/osm_references.hpp"
#include "terrein/core/error.hpp"
#include "terrein/core/parallel.hpp"

namespace terrein::osm {
namespace {

[[noreturn]] void throw_damaged(std::string const& path, char const* what) {
  throw_error(ErrorKind::input, "'{}' is damaged: {}. Get the file again.", path, what);
}

struct Damaged {
  char const* what;
};

/// The fields of one message, in their order.
class Message {
 public:
  explicit Message(std::string_view all) : left_(all) {}

  bool next() {
    if (left_.empty()) return false;
    std::uint64_t const key = varint(left_);
    number = static_cast<unsigned>(key >> 3U);
    value = 0;
    bytes = {};
    switch (key & 7U) {
      case 0:
        value = varint(left_);
        break;
      case 1:
        skip(8);
        break;
      case 2:
        bytes = skip(varint(left_));
        break;
      case 5:
        skip(4);
        break;
      default:
        throw Damaged{"a block has a field of an unknown kind"};
    }
    return true;
  }

  static std::uint64_t varint(std::string_view& from) {
    std::uint64_t out = 0;
    for (unsigned shift = 0; shift < 64 && !from.empty(); shift += 7) {
      auto const byte = static_cast<unsigned char>(from.front());
      from.remove_prefix(1);
      out |= static_cast<std::uint64_t>(byte & 0x7fU) << shift;
      if (byte < 0x80) return out;
    }
    throw Damaged{"a block ends inside a number"};
  }

  unsigned number = 0;
  std::uint64_t value = 0;
  std::string_view bytes;

 private:
  std::string_view skip(std::uint64_t size) {
    if (size > left_.size()) throw Damaged{"a block is shorter than it says"};
    std::string_view const out = left_.substr(0, static_cast<std::size_t>(size));
    left_.remove_prefix(out.size());
    return out;
  }
  std::string_view left_;
};

std::int64_t zigzag(std::uint64_t value) {
  return static_cast<std::int64_t>(value >> 1U) ^ -static_cast<std::int64_t>(value & 1U);
}

/// Numbers that are each the difference to the one before.
std::vector<std::int64_t> differences(std::string_view packed) {
  std::vector<std::int64_t> out;
  std::uint64_t sum = 0;  // differences of hostile files may overflow
  while (!packed.empty())
    out.push_back(static_cast<std::int64_t>(sum += static_cast<std::uint64_t>(zigzag(Message::varint(packed)))));
  return out;
}

std::vector<std::uint64_t> numbers(std::string_view packed) {
  std::vector<std::uint64_t> out;
  while (!packed.empty()) out.push_back(Message::varint(packed));
  return out;
}

/// One block of objects with its table of texts.
class Block {
 public:
  Block(std::string_view bytes, Collector& out) : out_(out) {
    std::vector<std::string_view> groups;
    for (Message block(bytes); block.next();) {
      if (block.number == 1)
        for (Message table(block.bytes); table.next();) texts_.push_back(table.bytes);
      if (block.number == 2) groups.push_back(block.bytes);
    }
    for (std::string_view const group : groups) read_group(group);
  }

 private:
  void read_group(std::string_view bytes) {
    for (Message group(bytes); group.next();) {
      if (group.number == 1) read_node(group.bytes);
      if (group.number == 2) read_dense(group.bytes);
      if (group.number == 3) read_way(group.bytes);
      if (group.number == 4) read_relation(group.bytes);
    }
  }

  void read_node(std::string_view bytes) {
    for (Message node(bytes); node.next();)
      if (node.number == 1) out_.node(zigzag(node.value));
  }

  void read_dense(std::string_view bytes) {
    for (Message dense(bytes); dense.next();)
      if (dense.number == 1)
        for (std::int64_t const id : differences(dense.bytes)) out_.node(id);
  }

  void read_way(std::string_view bytes) {
    Object way;
    way.kind = Object::Kind::way;
    for (Message message(bytes); message.next();) {
      if (message.number == 1) way.id = static_cast<std::int64_t>(message.value);
      if (message.number == 2) way.tagged = !message.bytes.empty();
      if (message.number == 8) way.nodes = differences(message.bytes);
    }
    out_.way(way);
  }

  void read_relation(std::string_view bytes) {
    Object relation;
    relation.kind = Object::Kind::relation;
    std::vector<std::uint64_t> keys, values, roles, kinds;
    std::vector<std::int64_t> ids;
    for (Message message(bytes); message.next();) {
      if (message.number == 1) relation.id = static_cast<std::int64_t>(message.value);
      if (message.number == 2) keys = numbers(message.bytes);
      if (message.number == 3) values = numbers(message.bytes);
      if (message.number == 8) roles = numbers(message.bytes);
      if (message.number == 9) ids = differences(message.bytes);
      if (message.number == 10) kinds = numbers(message.bytes);
    }
    if (keys.size() != values.size() || roles.size() != ids.size() || kinds.size() != ids.size())
      throw Damaged{"a relation has lists of different lengths"};
    for (std::size_t i = 0; i < keys.size(); ++i) {
      if (text(keys[i]) == "type")
        relation.type = text(values[i]);
      else
        relation.tagged = true;
    }
    static constexpr std::array kind_of{Object::Kind::node, Object::Kind::way, Object::Kind::relation};
    for (std::size_t i = 0; i < ids.size(); ++i) {
      if (kinds[i] >= kind_of.size()) throw Damaged{"a relation has a member of an unknown kind"};
      relation.members.push_back({kind_of[kinds[i]], ids[i], text(roles[i]) == "subarea"});
    }
    out_.relation(relation);
  }

  [[nodiscard]] std::string_view text(std::uint64_t index) const {
    if (index >= texts_.size()) throw Damaged{"a text is not in its table"};
    return texts_[index];
  }

  std::vector<std::string_view> texts_;
  Collector& out_;
};

class File {
 public:
  explicit File(std::string const& path) : file_(VSIFOpenL(path.c_str(), "rb")) {
    if (file_ == nullptr) throw_error(ErrorKind::input, "'{}' cannot be opened.", path);
  }
  ~File() { VSIFCloseL(file_); }
  File(File const&) = delete;
  File& operator=(File const&) = delete;
  /// False at the end of the file.
  bool read(std::size_t size, std::string& out) {
    constexpr std::size_t largest_block = std::size_t{64} << 20U;  // the format allows 32 MiB
    if (size > largest_block) throw Damaged{"a block is larger than the format allows"};
    out.resize(size);
    std::size_t const got = VSIFReadL(out.data(), 1, size, file_);
    if (got != size && got != 0) throw Damaged{"it ends inside a block"};
    return got == size;
  }
  /// As much as `out` has room for; false when there is nothing.
  bool read_some(std::string& out) { return VSIFReadL(out.data(), 1, out.size(), file_) > 0; }

 private:
  VSILFILE* file_;
};

std::string inflated(std::string_view packed, std::uint64_t size) {
  constexpr std::uint64_t largest = std::uint64_t{64} << 20U;
  if (size > largest) throw Damaged{"a block is larger than the format allows"};
  std::string out(static_cast<std::size_t>(size), '\0');
  auto length = static_cast<uLongf>(out.size());
  if (uncompress(reinterpret_cast<Bytef*>(out.data()), &length, reinterpret_cast<Bytef const*>(packed.data()),
                 static_cast<uLong>(packed.size())) != Z_OK ||
      length != out.size())
    throw Damaged{"a block cannot be unpacked"};
  return out;
}

void read_blob(std::string_view bytes, std::string const& type, Collector& out) {
  std::string_view raw, packed;
  std::uint64_t size = 0;
  for (Message blob(bytes); blob.next();) {
    if (blob.number == 1) raw = blob.bytes;
    if (blob.number == 2) size = blob.value;
    if (blob.number == 3) packed = blob.bytes;
  }
  if (type != "OSMData") return;
  if (packed.empty() && raw.empty()) throw Damaged{"a block is packed in a way that is not known"};
  std::string const unpacked = packed.empty() ? std::string(raw) : inflated(packed, size);
  Block(unpacked, out);
}

}  // namespace

bool is_pbf(std::string const& path) {
  constexpr std::size_t first_block_head = 32;
  std::string head(first_block_head, '\0');
  File file(path);
  return file.read_some(head) && head.find("OSMHeader") != std::string::npos;
}

void read_pbf(std::string const& path, Collector& out) {
  try {
    File file(path);
    std::string bytes;
    while (file.read(4, bytes)) {
      check_stop();
      std::uint32_t size = 0;
      for (char const c : bytes) size = size << 8U | static_cast<unsigned char>(c);
      if (!file.read(size, bytes)) throw Damaged{"it ends inside a block"};
      std::string type;
      std::uint64_t data = 0;
      for (Message head(bytes); head.next();) {
        if (head.number == 1) type = head.bytes;
        if (head.number == 3) data = head.value;
      }
      if (!file.read(static_cast<std::size_t>(data), bytes)) throw Damaged{"it ends inside a block"};
      read_blob(bytes, type, out);
    }
  } catch (Damaged const& damaged) {
    throw_damaged(path, damaged.what);
  }
}

}  // namespace terrein::osm
