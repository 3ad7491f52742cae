# `cmake --install`: program, data, headers, and one static library per room with a CMake package, so that
#   find_package(terrein) … target_link_libraries(mine PRIVATE terrein::terrein)
# is all that another project writes. Two components: `program` and `development`.
include(CMakePackageConfigHelpers)
set(data_folder ${CMAKE_INSTALL_DATADIR}/terrein)
set(package_folder ${CMAKE_INSTALL_LIBDIR}/cmake/terrein)

install(TARGETS terrein_cli RUNTIME DESTINATION ${CMAKE_INSTALL_BINDIR} COMPONENT program)
install(DIRECTORY datasets/ DESTINATION ${data_folder}/datasets COMPONENT program
        PATTERN generator EXCLUDE PATTERN CMakeLists.txt EXCLUDE)
install(DIRECTORY styles/ DESTINATION ${data_folder}/styles COMPONENT program)
install(DIRECTORY ${manual}/man1/ DESTINATION ${CMAKE_INSTALL_MANDIR}/man1 COMPONENT program)
install(FILES ${manual}/terrein DESTINATION ${CMAKE_INSTALL_DATADIR}/bash-completion/completions COMPONENT program)
install(FILES ${manual}/_terrein DESTINATION ${CMAKE_INSTALL_DATADIR}/zsh/site-functions COMPONENT program)
install(FILES ${manual}/terrein.fish DESTINATION ${CMAKE_INSTALL_DATADIR}/fish/vendor_completions.d COMPONENT program)

add_library(terrein INTERFACE)
add_library(terrein::terrein ALIAS terrein)
target_link_libraries(terrein INTERFACE terrein::app terrein::fetch)
get_property(rooms GLOBAL PROPERTY TERREIN_ROOMS)
install(TARGETS terrein ${rooms} EXPORT terrein ARCHIVE DESTINATION ${CMAKE_INSTALL_LIBDIR} COMPONENT development)
install(EXPORT terrein NAMESPACE terrein:: FILE terreinTargets.cmake DESTINATION ${package_folder}
        COMPONENT development)

# <terrein/terrein.hpp> for other projects; inside this one every file names what it uses.
file(GLOB headers CONFIGURE_DEPENDS RELATIVE ${PROJECT_SOURCE_DIR}/include ${PROJECT_SOURCE_DIR}/include/terrein/*/*.hpp)
list(TRANSFORM headers REPLACE "(.+)" "#include \"\\1\"")
list(JOIN headers "\n" headers)
file(CONFIGURE OUTPUT ${CMAKE_BINARY_DIR}/terrein.hpp
     CONTENT "#pragma once\n\n// All of terrein @PROJECT_VERSION@.\n@headers@\n" @ONLY)
install(FILES ${CMAKE_BINARY_DIR}/terrein.hpp DESTINATION ${CMAKE_INSTALL_INCLUDEDIR}/terrein COMPONENT development)
install(DIRECTORY include/ DESTINATION ${CMAKE_INSTALL_INCLUDEDIR} COMPONENT development)

configure_package_config_file(cmake/terreinConfig.cmake.in ${CMAKE_BINARY_DIR}/terreinConfig.cmake
                              INSTALL_DESTINATION ${package_folder} NO_SET_AND_CHECK_MACRO)
write_basic_package_version_file(${CMAKE_BINARY_DIR}/terreinConfigVersion.cmake COMPATIBILITY SameMinorVersion)
install(FILES ${CMAKE_BINARY_DIR}/terreinConfig.cmake ${CMAKE_BINARY_DIR}/terreinConfigVersion.cmake
              cmake/FindGeosC.cmake
        DESTINATION ${package_folder} COMPONENT development)

include(Debian)
