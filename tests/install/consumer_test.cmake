# Installs terrein into a folder of its own, and configures, builds and runs the project `consumer` against it.
#   cmake -DBUILD=<build folder> -DSOURCE=<this folder> -DSTUDY=<study file> -P consumer_test.cmake
cmake_policy(VERSION 3.25)
string(RANDOM LENGTH 8 word)
set(folder /tmp/terrein_consumer_${word})

function(step)
  execute_process(COMMAND ${ARGN} RESULT_VARIABLE code OUTPUT_VARIABLE out ERROR_VARIABLE out)
  if(NOT code EQUAL 0)
    file(REMOVE_RECURSE ${folder})
    message(FATAL_ERROR "${ARGN}\n${out}")
  endif()
  set(out "${out}" PARENT_SCOPE)
endfunction()

step(${CMAKE_COMMAND} --install ${BUILD} --prefix ${folder}/prefix)
step(${CMAKE_COMMAND} -S ${SOURCE}/consumer -B ${folder}/build -DCMAKE_PREFIX_PATH=${folder}/prefix
     -DCMAKE_BUILD_TYPE=Release)
step(${CMAKE_COMMAND} --build ${folder}/build)
step(${folder}/build/consumer ${STUDY})
set(said "${out}")
# The installed program finds its tables and styles beside itself, wherever it was put.
step(${CMAKE_COMMAND} -E env --unset=TERREIN_DATA ${folder}/prefix/bin/terrein run
     ${folder}/prefix/share/terrein/datasets/demo/study.toml --set output.file=${folder}/result.gpkg -v)
file(GLOB results RELATIVE ${folder} ${folder}/result*)
file(GLOB headers ${folder}/prefix/include/terrein/terrein.hpp)
file(REMOVE_RECURSE ${folder})
# 4577 is the number of features that the layer `parcels` of the bundled GeoPackage states.
if(NOT said STREQUAL "Kanaalveld (fictief): 4577 parcels\n")
  message(FATAL_ERROR "the consumer said '${said}'")
endif()
if(NOT "result.gpkg" IN_LIST results OR NOT headers)
  message(FATAL_ERROR "the installed program wrote ${results}")
endif()
message("${said}")
