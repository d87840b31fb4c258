# Each line of refused.cpp must be a compile error that begins with "Ouroboros: ", in the standard's mode and in GNU's:
# cmake -DINCLUDE=... -DCXX=... -DCXX_FLAGS=... -DCHECKS=... -DSOURCE=refused.cpp -P refused.cmake
cmake_policy(VERSION 3.25)
separate_arguments(CXX_FLAGS UNIX_COMMAND "${CXX_FLAGS}")
if(CXX MATCHES "clang") # which would stop after twenty errors
  list(APPEND CXX_FLAGS -ferror-limit=0)
endif()
file(STRINGS "${SOURCE}" expected REGEX "^  static_cast<void>")
list(LENGTH expected expected)
foreach(mode c++20 gnu++20)
  execute_process(COMMAND "${CXX}" "-std=${mode}" ${CXX_FLAGS} "-DOURO_CHECKS=${CHECKS}" "-I${INCLUDE}" -fsyntax-only "${SOURCE}"
    RESULT_VARIABLE status ERROR_VARIABLE said)
  string(REGEX MATCHALL "error: static[_ ]assert[^\n]*Ouroboros: " complaints "${said}")
  list(LENGTH complaints count)
  if(status EQUAL 0 OR NOT count EQUAL expected)
    message(FATAL_ERROR "${mode}: ${count} of ${expected} lines are refused\n${said}")
  endif()
endforeach()
message("${expected} conversions are refused")
