# terrein_room(<name> [DEPENDS <room>...] [PUBLIC <target>...] [PRIVATE <target>...])
#
# Makes the static library terrein::<name> from src/<name>/*.cpp. A room links, and so sees in its public headers,
# only the rooms it names; foreign libraries stay private to it. tests/layering_test.cmake reads the #include lines,
# because one shared include root would otherwise hide a violation.
function(terrein_room name)
  cmake_parse_arguments(ROOM "" "" "DEPENDS;PUBLIC;PRIVATE" ${ARGN})
  file(GLOB sources CONFIGURE_DEPENDS ${PROJECT_SOURCE_DIR}/src/${name}/*.cpp)
  set(target terrein_${name})
  add_library(${target} STATIC ${sources})
  add_library(terrein::${name} ALIAS ${target})
  target_include_directories(${target} PUBLIC $<BUILD_INTERFACE:${PROJECT_SOURCE_DIR}/include>
                                              $<INSTALL_INTERFACE:include>
                                       PRIVATE ${PROJECT_SOURCE_DIR}/src)
  foreach(room IN LISTS ROOM_DEPENDS)
    target_link_libraries(${target} PUBLIC terrein::${room})
  endforeach()
  target_link_libraries(${target} PUBLIC ${ROOM_PUBLIC} PRIVATE ${ROOM_PRIVATE} $<BUILD_INTERFACE:terrein_warnings>)
  target_compile_features(${target} PUBLIC cxx_std_20)
endfunction()
