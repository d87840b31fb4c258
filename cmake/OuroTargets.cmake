# How a target of this tree is compiled.

# Warnings and language settings for a target that is ours. A project that embeds us keeps its own warnings.
function(ouro_own_target target)
  set_target_properties(${target} PROPERTIES CXX_STANDARD 20 CXX_STANDARD_REQUIRED ON CXX_EXTENSIONS OFF)
  if(PROJECT_IS_TOP_LEVEL)
    target_compile_options(${target} PRIVATE -Wall -Wextra -Wconversion -Wshadow)
    # GCC looks for memory to reuse after 400 MB, not after 128: a tenth of its time less.
    target_compile_options(${target} PRIVATE $<$<CXX_COMPILER_ID:GNU>:--param=ggc-min-heapsize=400000>)
  endif()
  if(OURO_WERROR)
    target_compile_options(${target} PRIVATE -Werror)
  endif()
  # GCC's sanitizers hide assignments from this warning, which then warns for nothing, also about the standard library.
  if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU" AND CMAKE_CXX_FLAGS MATCHES "-fsanitize")
    target_compile_options(${target} PRIVATE -Wno-maybe-uninitialized)
  endif()
endfunction()

# Lets `target` include <ouro/folder/file.h>: from include/ouro of this tree, which has the front headers and one link for each
# folder, and from the install prefix, which has the same paths.
function(ouro_include_tree target)
  target_include_directories(${target} PUBLIC
    $<BUILD_INTERFACE:${PROJECT_SOURCE_DIR}/include> $<INSTALL_INTERFACE:${CMAKE_INSTALL_INCLUDEDIR}>)
endfunction()

# fmt and Boost are used in sources only. Taking their include directories, instead of linking to their targets, keeps both
# out of the exported link interface: who uses an installed Ouroboros needs neither. Of fmt 9 the library compiles what is no
# template itself (fmt_library.cpp), which the programs of this tree use as well; other versions are used header-only.
function(ouro_private_dependencies target)
  ouro_use_fmt(${target})
  if(fmt_VERSION VERSION_LESS 10)
    ouro_add_foreign(${target} "${PROJECT_SOURCE_DIR}/cmake/fmt_library.cpp")
  endif()
  target_include_directories(${target} SYSTEM PRIVATE $<TARGET_PROPERTY:Boost::headers,INTERFACE_INCLUDE_DIRECTORIES>)
endfunction()

# Says that sources have nothing of ours in them. Sanitizers, which would look for faults of ours, take most of their time.
function(ouro_is_foreign)
  set_source_files_properties(${ARGN} PROPERTIES SKIP_PRECOMPILE_HEADERS ON)
  if(CMAKE_CXX_FLAGS MATCHES "-fsanitize")
    set_source_files_properties(${ARGN} PROPERTIES COMPILE_OPTIONS -fno-sanitize=address,undefined)
  endif()
endfunction()

# Adds a foreign source (absolute path) to `target`.
function(ouro_add_foreign target source)
  target_sources(${target} PRIVATE "${source}")
  ouro_is_foreign("${source}")
endfunction()

# Lets `target`, and whoever links it if `scope` says so, include fmt.
function(ouro_use_fmt target)
  set(scope PRIVATE)
  if(ARGC GREATER 1)
    set(scope ${ARGV1})
  endif()
  target_include_directories(${target} SYSTEM ${scope} $<TARGET_PROPERTY:fmt::fmt-header-only,INTERFACE_INCLUDE_DIRECTORIES>)
  if(NOT fmt_VERSION VERSION_LESS 10)
    target_compile_definitions(${target} ${scope} FMT_HEADER_ONLY=1)
  endif()
endfunction()

# Compiles headers once for the sources of `target`. Where that is done for all of the library (OURO_PRECOMPILE=ALL), a missing
# include goes unseen: one preset of each run of the tests must do without.
function(ouro_precompile target)
  target_precompile_headers(${target} PRIVATE ${ARGN})
  ouro_allow_precompiled(${target})
endfunction()

# What a target that uses precompiled headers, be they another target's, is compiled with.
function(ouro_allow_precompiled target)
  if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
    target_compile_options(${target} PRIVATE -fpch-preprocess) # for ccache
    if(OURO_PRECOMPILE) # GCC forgets the pragmas of a precompiled header: native_life.h has one, and <string> is a system header
      target_compile_options(${target} PRIVATE -Wno-missing-field-initializers -Wno-array-bounds -Wno-restrict -Wno-stringop-overflow)
    endif()
  endif()
endfunction()

# How tests and examples are compiled, beside what all targets are.
function(ouro_test_flags target)
  separate_arguments(flags NATIVE_COMMAND "${OURO_TEST_FLAGS}")
  target_compile_options(${target} PRIVATE ${flags})
endfunction()

# Adds a program of this tree that uses the library, fmt and Boost's headers.
function(ouro_add_program target)
  add_executable(${target} ${ARGN})
  ouro_own_target(${target})
  target_link_libraries(${target} PRIVATE ouro::ouro Boost::headers)
  ouro_use_fmt(${target})
endfunction()
