# The warnings every target is built with. Arithmetic flags are part of the same-bytes promise: no contraction into
# fused multiply-adds, and never -march=native. That nobody asks errno or trap flags about a root or a comparison
# moves no value, and lets the compiler leave out branches.
add_library(dronewall_warnings INTERFACE)
target_compile_options(dronewall_warnings INTERFACE
  -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wsign-conversion -Wno-missing-field-initializers
  -ffp-contract=off -fno-math-errno -fno-trapping-math)
if(DRONEWALL_WERROR)
  target_compile_options(dronewall_warnings INTERFACE -Werror)
  if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
    # These follow the flow of values through inlined code, and g++ 12 is wrong about its own strings, vectors and
    # operator delete, differently at each level of optimisation: shown, but no errors.
    foreach(flow maybe-uninitialized restrict mismatched-new-delete array-bounds stringop-overflow
                 free-nonheap-object)
      target_compile_options(dronewall_warnings INTERFACE -Wno-error=${flow})
    endforeach()
  endif()
endif()
if(CMAKE_CXX_FLAGS MATCHES "sanitize")
  # g++ 12 sees uninitialised members in its own std::regex when it instruments it.
  target_compile_options(dronewall_warnings INTERFACE -Wno-maybe-uninitialized)
endif()
if(CMAKE_CXX_COMPILER_ID STREQUAL "Clang")
  # Catch2's headers warn under clang; ours must not.
  target_compile_options(dronewall_warnings INTERFACE -Wno-unknown-warning-option)
endif()

find_program(CCACHE_PROGRAM ccache)
if(CCACHE_PROGRAM)
  set(CMAKE_CXX_COMPILER_LAUNCHER ${CCACHE_PROGRAM})
endif()
