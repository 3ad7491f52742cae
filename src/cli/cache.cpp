#include <fmt/core.h>

#include <iostream>

#include "command.hpp"
#include "commands.hpp"
#include "terrein/app/measure_cache.hpp"
#include "terrein/core/error.hpp"
#include "terrein/core/text.hpp"

namespace terrein::cli {
namespace {

constexpr char const* examples =
    "  terrein cache\n"
    "  terrein cache --clear\n"
    "  TERREIN_CACHE_MB=500 terrein run study.toml\n";

constexpr char const* notes =
    "run and check keep what they measured, and take it again when nothing that it rests on has changed: shapes,\n"
    "classes, settings of the criterion, program and libraries. The result is the same with and without. It lies in\n"
    "terrein/measures in $XDG_CACHE_HOME or ~/.cache, is open to you alone, and grows to $TERREIN_CACHE_MB (2000; 0 "
    "keeps\n"
    "nothing). verify never uses it.\n";

}  // namespace

void add_cache(CLI::App& program, std::function<int()>& chosen) {
  auto const clear = std::make_shared<bool>(false);
  CLI::App* cache = add_command(
      program, {"cache", "Tell how much is kept of what former runs measured, or remove it", examples, notes});
  cache->add_flag("--clear", *clear, "Remove all of it");
  cache->callback([&chosen, clear] {
    chosen = [clear] {
      auto const folder = measure_cache_folder();
      if (!folder)
        throw_error(ErrorKind::usage,
                    "There is no cache: neither XDG_CACHE_HOME nor HOME names a folder from the root.");
      CacheContent const content = *clear ? clear_cache(*folder) : cache_content(*folder);
      std::cout << printable(fmt::format("{}: {} measures, {:.1f} MB{}\n", folder->string(), content.files,
                                         static_cast<double>(content.bytes) / 1e6, *clear ? ", removed" : ""));
      return 0;
    };
  });
}

}  // namespace terrein::cli
