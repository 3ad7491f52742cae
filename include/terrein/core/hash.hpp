#pragma once

#include <cstddef>
#include <filesystem>
#include <memory>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

namespace terrein {

/// SHA-256 as 64 lower-case hexadecimal digits.
[[nodiscard]] std::string sha256(std::string_view bytes);
/// SHA-256 of a file. Throws `Error{input}` when it cannot be read.
[[nodiscard]] std::string sha256_of_file(std::filesystem::path const& path);

/// SHA-256 of several things one after the other, each with its length, so that no two lists of things look alike.
class Sha256 {
 public:
  Sha256();
  ~Sha256();
  Sha256& add(std::string_view bytes);
  /// Numbers as they lie in memory.
  template <class T>
  Sha256& add(std::vector<T> const& numbers) {
    static_assert(std::is_arithmetic_v<T> || std::is_enum_v<T>);
    return add(std::string_view(reinterpret_cast<char const*>(numbers.data()), numbers.size() * sizeof(T)));
  }
  template <class T>
  requires std::is_arithmetic_v<T> Sha256& add(T number) {
    return add(std::string_view(reinterpret_cast<char const*>(&number), sizeof number));
  }
  /// Ends the list: 64 lower-case hexadecimal digits.
  [[nodiscard]] std::string hex();

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace terrein
