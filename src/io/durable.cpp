#include "io/durable.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <system_error>

#include "terrein/core/error.hpp"

namespace terrein {
namespace {

std::string reason(int code) { return std::generic_category().message(code); }

[[noreturn]] void fail(std::filesystem::path const& path, int code) {
  throw_error(ErrorKind::output, "The file '{}' could not be written: {}. Check the free space and your rights there.",
              path.string(), reason(code));
}

/// A file descriptor that is closed at the end.
class Descriptor {
 public:
  Descriptor(std::filesystem::path const& path, int flags) : value_(open(path.c_str(), flags, 0666)) {
    if (value_ < 0) fail(path, errno);
  }
  ~Descriptor() {
    if (value_ >= 0) close(value_);
  }
  Descriptor(Descriptor const&) = delete;
  Descriptor& operator=(Descriptor const&) = delete;
  [[nodiscard]] int get() const noexcept { return value_; }
  /// The result of closing, which on network disks is where a full disk shows.
  [[nodiscard]] int finish() noexcept {
    int const result = close(value_);
    value_ = -1;
    return result;
  }

 private:
  int value_;
};

}  // namespace

void write_bytes(std::filesystem::path const& path, std::string_view bytes) {
  Descriptor file(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC);
  while (!bytes.empty()) {
    ssize_t const written = write(file.get(), bytes.data(), bytes.size());
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) fail(path, errno);
    bytes.remove_prefix(static_cast<std::size_t>(written));
  }
  if (file.finish() != 0) fail(path, errno);
}

void sync_to_disk(std::filesystem::path const& path) {
  Descriptor file(path, O_RDONLY | O_CLOEXEC);
  if (fsync(file.get()) != 0 && errno != EINVAL && errno != ENOTSUP) fail(path, errno);
}

}  // namespace terrein
