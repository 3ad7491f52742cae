# Everything the build needs, found on the machine; nothing is downloaded while configuring.
find_package(Threads REQUIRED)
find_package(GDAL 3.6 REQUIRED)
find_package(PROJ REQUIRED CONFIG)
find_package(SQLite3 REQUIRED)
find_package(ZLIB REQUIRED)
find_package(OpenSSL REQUIRED COMPONENTS Crypto)
find_package(fmt REQUIRED CONFIG)
find_package(nlohmann_json REQUIRED CONFIG)
find_package(CLI11 REQUIRED CONFIG)
find_package(Boost 1.74 REQUIRED)

# CMake before 4.3 names the imported target SQLite::SQLite3, later versions SQLite3::SQLite3.
if(NOT TARGET SQLite::SQLite3)
  add_library(SQLite::SQLite3 ALIAS SQLite3::SQLite3)
endif()

include(FindGeosC)

# toml++ is used header-only in one file, so that its packaging (shared library or not) does not matter.
find_path(TOMLPLUSPLUS_INCLUDE_DIR toml++/toml.h REQUIRED)
add_library(terrein_tomlplusplus INTERFACE)
target_include_directories(terrein_tomlplusplus SYSTEM INTERFACE ${TOMLPLUSPLUS_INCLUDE_DIR})

find_program(CCACHE_PROGRAM ccache)
if(CCACHE_PROGRAM AND NOT CMAKE_CXX_COMPILER_LAUNCHER)
  set(CMAKE_CXX_COMPILER_LAUNCHER ${CCACHE_PROGRAM})
endif()
