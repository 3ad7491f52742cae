# One interface target for the project's own sources: language level, warnings, and the arithmetic that makes
# results the same on every run.
add_library(terrein_warnings INTERFACE)
target_compile_features(terrein_warnings INTERFACE cxx_std_20)
target_compile_options(terrein_warnings INTERFACE
  -Wall -Wextra -Wshadow -Wconversion -Wsign-conversion $<$<CXX_COMPILER_ID:GNU>:-Wdouble-promotion> -Wold-style-cast -Wnon-virtual-dtor
  -ffp-contract=off)  # fused multiply-add would make values depend on the processor
if(TERREIN_WERROR)
  # GCC 12 sees faults that are none inside std::string and <regex> at -O1 and -O2: shown, but no errors.
  target_compile_options(terrein_warnings INTERFACE -Werror
    $<$<CXX_COMPILER_ID:GNU>:-Wno-error=array-bounds -Wno-error=stringop-overflow -Wno-error=restrict
                             -Wno-error=maybe-uninitialized>)
endif()
if(TERREIN_SANITIZE)
  target_compile_options(terrein_warnings INTERFACE -fsanitize=address,undefined -fno-sanitize-recover=undefined
                                                    -fno-omit-frame-pointer)
  target_link_options(terrein_warnings INTERFACE -fsanitize=address,undefined)
endif()
if(TERREIN_FUZZ)
  target_compile_options(terrein_warnings INTERFACE -fsanitize=fuzzer-no-link)
endif()

# Code whose speed does not matter: not optimised, so that it compiles in half the time.
function(terrein_compile_quickly target)
  target_compile_options(${target} PRIVATE -O0)
endfunction()
