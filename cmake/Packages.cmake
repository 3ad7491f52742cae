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

# Debian's libgeos-dev carries no CMake package for the C API on every release; the header and the
# library are enough.
if(NOT TARGET GEOS::geos_c)
  find_path(GEOS_INCLUDE_DIR geos_c.h REQUIRED)
  find_library(GEOS_C_LIBRARY geos_c REQUIRED)
  add_library(GEOS::geos_c UNKNOWN IMPORTED)
  set_target_properties(GEOS::geos_c PROPERTIES IMPORTED_LOCATION ${GEOS_C_LIBRARY}
                                                INTERFACE_INCLUDE_DIRECTORIES ${GEOS_INCLUDE_DIR})
endif()

# toml++ is used header-only in one file, so that its packaging (shared library or not) does not matter.
find_path(TOMLPLUSPLUS_INCLUDE_DIR toml++/toml.h REQUIRED)
add_library(terrein_tomlplusplus INTERFACE)
target_include_directories(terrein_tomlplusplus SYSTEM INTERFACE ${TOMLPLUSPLUS_INCLUDE_DIR})

find_program(CCACHE_PROGRAM ccache)
if(CCACHE_PROGRAM AND NOT CMAKE_CXX_COMPILER_LAUNCHER)
  set(CMAKE_CXX_COMPILER_LAUNCHER ${CCACHE_PROGRAM})
endif()
