# Law same-checks: of a program compiled with each level of OURO_CHECKS only the one with the library's level links, and what
# the linker says of the others names the level: cmake -DPREFIX=... -DCXX=... -DCXX_FLAGS=... -DSOURCE=main.cpp -DFOLDER=...
# -DCHECKS=... -P other_checks.cmake
cmake_policy(VERSION 3.25)
find_program(PKG_CONFIG NAMES pkg-config pkgconf REQUIRED)
file(GLOB_RECURSE package "${PREFIX}/*/ouro.pc")
cmake_path(GET package PARENT_PATH package_path)
set(ENV{PKG_CONFIG_PATH} "${package_path}")
execute_process(COMMAND "${PKG_CONFIG}" --cflags --libs ouro OUTPUT_VARIABLE flags COMMAND_ERROR_IS_FATAL ANY
  OUTPUT_STRIP_TRAILING_WHITESPACE)
separate_arguments(flags UNIX_COMMAND "${flags}")
separate_arguments(CXX_FLAGS UNIX_COMMAND "${CXX_FLAGS}")
list(FILTER flags EXCLUDE REGEX "OURO_CHECKS")
file(MAKE_DIRECTORY "${FOLDER}")
foreach(level RANGE 3)
  execute_process(COMMAND "${CXX}" -std=c++20 ${CXX_FLAGS} "-DOURO_CHECKS=${level}" "${SOURCE}" -o "${FOLDER}/checks_${level}" ${flags}
    RESULT_VARIABLE status ERROR_VARIABLE said)
  if(level EQUAL CHECKS AND NOT status EQUAL 0)
    message(FATAL_ERROR "A program with the library's OURO_CHECKS=${level} does not link:\n${said}")
  elseif(NOT level EQUAL CHECKS AND status EQUAL 0)
    message(FATAL_ERROR "A program with OURO_CHECKS=${level} links to a library with OURO_CHECKS=${CHECKS}")
  elseif(NOT level EQUAL CHECKS AND NOT said MATCHES "library_checks.*CheckLevel.*${level}")
    message(FATAL_ERROR "OURO_CHECKS=${level}: the linker does not say why:\n${said}")
  endif()
endforeach()
message("Only OURO_CHECKS=${CHECKS} links")
