# terrein_room(<name> [DEPENDS <room>...] [PUBLIC <target>...] [PRIVATE <target>...] [HEADERS <target>...])
#
# Makes the static library terrein::<name> from src/<name>/*.cpp. A room links, and so sees in its public headers,
# only the rooms it names; foreign libraries stay private to it, and those of HEADERS consist of headers alone, so that an
# installed room does not need them. tests/layering_test.cmake reads the #include lines,
# because one shared include root would otherwise hide a violation.
function(terrein_room name)
  cmake_parse_arguments(ROOM "" "" "DEPENDS;PUBLIC;PRIVATE;HEADERS" ${ARGN})
  file(GLOB sources CONFIGURE_DEPENDS ${PROJECT_SOURCE_DIR}/src/${name}/*.cpp)
  set(target terrein_${name})
  add_library(${target} STATIC ${sources})
  add_library(terrein::${name} ALIAS ${target})
  target_include_directories(${target} PUBLIC $<BUILD_INTERFACE:${PROJECT_SOURCE_DIR}/include>
                                              $<INSTALL_INTERFACE:${CMAKE_INSTALL_INCLUDEDIR}>
                                       PRIVATE ${PROJECT_SOURCE_DIR}/src)
  foreach(room IN LISTS ROOM_DEPENDS)
    target_link_libraries(${target} PUBLIC terrein::${room})
  endforeach()
  target_link_libraries(${target} PUBLIC ${ROOM_PUBLIC} PRIVATE ${ROOM_PRIVATE} $<BUILD_INTERFACE:terrein_warnings>)
  foreach(library IN LISTS ROOM_HEADERS)
    target_link_libraries(${target} PRIVATE $<BUILD_INTERFACE:${library}>)
  endforeach()
  target_compile_features(${target} PUBLIC cxx_std_20)
  set_target_properties(${target} PROPERTIES EXPORT_NAME ${name})
  set_property(GLOBAL APPEND PROPERTY TERREIN_ROOMS ${target})
endfunction()
