#pragma once

#include <cpl_vsi.h>

#include <memory>
#include <string>
#include <string_view>

namespace terrein {

/// A file as GDAL sees it, in the file system or inside an archive, read in blocks.
class VsiFile {
 public:
  explicit VsiFile(std::string const& path) : file_(VSIFOpenL(path.c_str(), "rb")) {}

  [[nodiscard]] bool open() const noexcept { return file_ != nullptr; }
  [[nodiscard]] std::uint64_t size() {
    VSIFSeekL(file_.get(), 0, SEEK_END);
    return VSIFTellL(file_.get());
  }
  /// Up to `most` bytes from a place; fewer at the end of the file.
  [[nodiscard]] std::string bytes(std::uint64_t from, std::size_t most) {
    std::string out(most, '\0');
    VSIFSeekL(file_.get(), from, SEEK_SET);
    out.resize(VSIFReadL(out.data(), 1, out.size(), file_.get()));
    return out;
  }
  /// Calls visit(block) for all bytes in their order.
  template <class Visit>
  void for_each_block(Visit const& visit) {
    constexpr std::size_t block_bytes = 1U << 20U;
    std::string block(block_bytes, '\0');
    VSIFSeekL(file_.get(), 0, SEEK_SET);
    for (std::size_t n = 0; (n = VSIFReadL(block.data(), 1, block.size(), file_.get())) > 0;)
      visit(std::string_view(block).substr(0, n));
  }

 private:
  struct Close {
    void operator()(VSILFILE* file) const noexcept { VSIFCloseL(file); }
  };
  std::unique_ptr<VSILFILE, Close> file_;
};

/// The file beside `path` with another extension in small or capital letters; not open when there is none.
[[nodiscard]] inline VsiFile sibling_file(std::string const& path, std::string extension) {
  auto const stem = path.substr(0, path.rfind('.'));
  VsiFile small(stem + extension);
  if (small.open()) return small;
  for (char& c : extension) c = c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
  return VsiFile(stem + extension);
}

}  // namespace terrein
