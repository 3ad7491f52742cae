#include "terrein/core/hash.hpp"

#include <openssl/evp.h>

#include <array>
#include <fstream>
#include <memory>
#include <vector>

#include "terrein/core/error.hpp"
#include "terrein/core/parallel.hpp"

namespace terrein {
namespace {

class Digest {
 public:
  Digest() : context_(EVP_MD_CTX_new()) {
    if (!context_ || EVP_DigestInit_ex(context_.get(), EVP_sha256(), nullptr) != 1) fail();
  }
  void update(char const* data, std::size_t size) {
    if (EVP_DigestUpdate(context_.get(), data, size) != 1) fail();
  }
  std::string hex() {
    std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
    unsigned size = 0;
    if (EVP_DigestFinal_ex(context_.get(), digest.data(), &size) != 1) fail();
    std::string out;
    for (unsigned i = 0; i < size; ++i) out += fmt::format("{:02x}", digest[i]);
    return out;
  }

 private:
  struct Free {
    void operator()(EVP_MD_CTX* context) const noexcept { EVP_MD_CTX_free(context); }
  };
  [[noreturn]] static void fail() { throw Error(ErrorKind::internal, "The SHA-256 of the crypto library failed."); }
  std::unique_ptr<EVP_MD_CTX, Free> context_;
};

}  // namespace

std::string sha256(std::string_view bytes) {
  Digest hash;
  hash.update(bytes.data(), bytes.size());
  return hash.hex();
}

std::string sha256_of_file(std::filesystem::path const& path) {
  std::ifstream file(path, std::ios::binary);
  if (!file) throw_error(ErrorKind::input, "File '{}' cannot be opened for reading.", path.string());
  Digest hash;
  std::vector<char> buffer(1U << 20U);
  while (file) {
    check_stop();
    file.read(buffer.data(), static_cast<std::streamsize>(buffer.size()));
    hash.update(buffer.data(), static_cast<std::size_t>(file.gcount()));
  }
  if (file.bad()) throw_error(ErrorKind::input, "File '{}' could not be read to its end.", path.string());
  return hash.hex();
}

struct Sha256::State {
  Digest digest;
};

Sha256::Sha256() : state_(std::make_unique<State>()) {}
Sha256::~Sha256() = default;

Sha256& Sha256::add(std::string_view bytes) {
  std::size_t const size = bytes.size();
  state_->digest.update(reinterpret_cast<char const*>(&size), sizeof size);
  state_->digest.update(bytes.data(), size);
  return *this;
}

std::string Sha256::hex() { return state_->digest.hex(); }

}  // namespace terrein
