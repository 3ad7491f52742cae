#include <cstdlib>

namespace {
/// Tests measure what they test: the program takes nothing from a former run, but where a test says so.
[[maybe_unused]] int const without_cache = setenv("TERREIN_CACHE_MB", "0", 1);
}  // namespace

#ifdef TERREIN_CATCH2_V3
#include <catch2/catch_session.hpp>
int main(int argc, char** argv) { return Catch::Session().run(argc, argv); }
#else
#define CATCH_CONFIG_MAIN
#include <catch2/catch.hpp>
#endif
