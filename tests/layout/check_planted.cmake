# Tests a checker: it must fail on a planted tree and say exactly what the tree's expected.txt lists.
# cmake -DCHECKER=check_floors.cmake -DROOT=planted -DFLOORS=floors.txt -P check_planted.cmake
cmake_policy(VERSION 3.25)
execute_process(COMMAND "${CMAKE_COMMAND}" "-DROOT=${ROOT}" "-DFLOORS=${FLOORS}" "-DRULES=${RULES}" -P "${CMAKE_CURRENT_LIST_DIR}/${CHECKER}"
  RESULT_VARIABLE status OUTPUT_VARIABLE ignored ERROR_VARIABLE said)
if(status EQUAL 0)
  message(FATAL_ERROR "The checker passed a tree with planted offenders")
endif()
string(REGEX REPLACE "CMake Error.*" "" said "${said}")
string(REGEX REPLACE "\n" ";" said "${said}")
list(FILTER said EXCLUDE REGEX "^$")
file(STRINGS "${ROOT}/expected.txt" expected)
list(SORT said)
list(SORT expected)
if(NOT said STREQUAL expected)
  string(REPLACE ";" "\n  " said "${said}")
  string(REPLACE ";" "\n  " expected "${expected}")
  message(FATAL_ERROR "The checker said\n  ${said}\nbut was expected to say\n  ${expected}")
endif()
