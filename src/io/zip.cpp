#include "terrein/io/zip.hpp"

#include <zlib.h>

#include <cstdint>
#include <limits>
#include <string>

#include "io/durable.hpp"
#include "terrein/core/error.hpp"

namespace terrein {
namespace {

constexpr std::uint16_t version = 20;  // of the format: deflate
constexpr std::uint16_t name_is_utf8 = 0x0800;
constexpr std::uint16_t deflated = 8;
constexpr std::uint16_t first_of_january_1980 = 0x0021;

/// Little-endian numbers at the end of a text.
class Bytes {
 public:
  Bytes& u16(std::uint32_t value) { return put(value, 2); }
  Bytes& u32(std::uint32_t value) { return put(value, 4); }
  Bytes& text(std::string_view value) {
    out_ += value;
    return *this;
  }
  [[nodiscard]] std::string const& str() const noexcept { return out_; }

 private:
  Bytes& put(std::uint32_t value, int bytes) {
    for (int i = 0; i < bytes; ++i) out_ += static_cast<char>(value >> 8 * i & 0xffU);
    return *this;
  }
  std::string out_;
};

std::uint32_t size32(std::size_t size) {
  if (size >= std::numeric_limits<std::uint32_t>::max())
    throw_error(ErrorKind::output, "A zip member of {} bytes is too large: 4 GiB is the most.", size);
  return static_cast<std::uint32_t>(size);
}

std::string deflate_raw(std::string_view bytes) {
  z_stream stream{};
  constexpr int raw = -MAX_WBITS;  // no zlib header, as zip wants
  if (deflateInit2(&stream, Z_BEST_COMPRESSION, Z_DEFLATED, raw, MAX_MEM_LEVEL, Z_DEFAULT_STRATEGY) != Z_OK)
    throw_error(ErrorKind::output, "The zip archive cannot be made: zlib has no memory for it.");
  std::string out(deflateBound(&stream, static_cast<uLong>(bytes.size())), '\0');
  std::string input(bytes);  // zlib takes a mutable pointer
  stream.next_in = reinterpret_cast<Bytef*>(input.data());
  stream.avail_in = size32(input.size());
  stream.next_out = reinterpret_cast<Bytef*>(out.data());
  stream.avail_out = size32(out.size());
  int const result = deflate(&stream, Z_FINISH);
  out.resize(stream.total_out);
  deflateEnd(&stream);
  if (result != Z_STREAM_END) throw_error(ErrorKind::internal, "zlib could not compress {} bytes.", bytes.size());
  return out;
}

}  // namespace

void write_zip(std::filesystem::path const& path, std::vector<ZipMember> const& members) {
  Bytes file, directory;
  for (ZipMember const& member : members) {
    std::string const packed = deflate_raw(member.bytes);
    auto const* bytes = reinterpret_cast<Bytef const*>(member.bytes.data());
    auto const crc = static_cast<std::uint32_t>(crc32_z(0, bytes, member.bytes.size()));
    Bytes common;  // what the header before the member and the directory at the end share
    common.u16(version).u16(name_is_utf8).u16(deflated).u16(0).u16(first_of_january_1980).u32(crc);
    common.u32(size32(packed.size())).u32(size32(member.bytes.size())).u16(size32(member.name.size())).u16(0);
    std::uint32_t const place = size32(file.str().size());
    file.u32(0x04034b50).text(common.str()).text(member.name).text(packed);
    directory.u32(0x02014b50).u16(version).text(common.str());
    directory.u16(0).u16(0).u16(0).u32(0).u32(place).text(member.name);  // comment, disk, attributes
  }
  std::uint32_t const start = size32(file.str().size());
  auto const count = static_cast<std::uint32_t>(members.size());
  file.text(directory.str());
  file.u32(0x06054b50).u16(0).u16(0).u16(count).u16(count).u32(size32(directory.str().size())).u32(start).u16(0);
  write_bytes(path, file.str());
}

void write_zip(std::filesystem::path const& path, std::string_view member, std::string_view bytes) {
  write_zip(path, {{std::string(member), std::string(bytes)}});
}

}  // namespace terrein
