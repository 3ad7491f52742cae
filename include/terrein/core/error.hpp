#pragma once

#include <fmt/core.h>

#include <stdexcept>
#include <string>
#include <utility>

namespace terrein {

/// Why a run ended. Decides the exit code of the program (see `exit_code`).
enum class ErrorKind {
  usage,        ///< wrong command line
  config,       ///< the study file, or a rule, model or weight it names
  input,        ///< data that cannot be used as declared
  output,       ///< a result that could not be written
  crs,          ///< coordinate systems that are missing or cannot be joined exactly enough
  geometry,     ///< a geometric operation that failed where it must not
  network,      ///< a service that cannot be reached, or does not answer in time
  internal,     ///< a broken promise inside terrein
  interrupted,  ///< the user asked to stop
};

/// A fault that ends the run. `what()` is one clear text: what, where (file, layer, field, row), why, and what to do.
/// Faults of single rows are never thrown; they become rows of `Issues`.
class Error : public std::runtime_error {
 public:
  Error(ErrorKind kind, std::string const& text) : std::runtime_error(text), kind_(kind) {}
  [[nodiscard]] ErrorKind kind() const noexcept { return kind_; }

 private:
  ErrorKind kind_;
};

/// 0 done · 1 run failed · 2 command line or study file · 3 input data · 4 nothing passed (only with --fail-empty) ·
/// 130 interrupted.
[[nodiscard]] constexpr int exit_code(ErrorKind kind) noexcept {
  switch (kind) {
    case ErrorKind::usage:
    case ErrorKind::config:
      return 2;
    case ErrorKind::input:
    case ErrorKind::crs:
      return 3;
    case ErrorKind::interrupted:
      return 130;
    case ErrorKind::output:
    case ErrorKind::geometry:
    case ErrorKind::network:
    case ErrorKind::internal:
      return 1;
  }
  return 1;
}

/// Throws `Error` with a formatted sentence; the format string is checked while compiling.
template <class... Args>
[[noreturn]] void throw_error(ErrorKind kind, fmt::format_string<Args...> text, Args&&... args) {
  throw Error(kind, fmt::format(text, std::forward<Args>(args)...));
}

}  // namespace terrein
