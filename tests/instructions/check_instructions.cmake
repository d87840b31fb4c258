# Counts the instructions of a program's paths with callgrind and compares them with what a page records:
# cmake -DPROGRAM=instructions -DVALGRIND=valgrind -DPATHS=constant,any -DNOTHING=nothing -DLESS=10000 -DMORE=20000 -DUNIT=1
#   -DPAGE=docs/allocator.md -P check_instructions.cmake
# LESS and MORE are how often the program goes along a path, UNIT how many turns that is; what NOTHING takes is taken off.
cmake_policy(VERSION 3.25)

# Sets `instructions` to how many one turn of the path takes, times 100.
function(measure path instructions)
  foreach(count ${LESS} ${MORE})
    execute_process(COMMAND "${VALGRIND}" --tool=callgrind --callgrind-out-file=/dev/null "${PROGRAM}" ${path} ${count}
      OUTPUT_VARIABLE output ERROR_VARIABLE output RESULT_VARIABLE status)
    if(NOT status EQUAL 0 OR NOT output MATCHES "Collected : ([0-9]+)")
      message(FATAL_ERROR "callgrind on '${path}' failed:\n${output}")
    endif()
    set(total_${count} ${CMAKE_MATCH_1})
  endforeach()
  math(EXPR hundredths "(${total_${MORE}} - ${total_${LESS}}) * 100 / ((${MORE} - ${LESS}) * ${UNIT})")
  set(${instructions} ${hundredths} PARENT_SCOPE)
endfunction()

file(READ "${PAGE}" page)
measure(${NOTHING} loop)
set(grown 0)
string(REPLACE "," ";" paths "${PATHS}")
foreach(path ${paths})
  if(NOT page MATCHES "\\| `${path}` \\|[^|]*\\| ([0-9]+) \\|")
    message(FATAL_ERROR "${PAGE} records no instructions for `${path}`")
  endif()
  set(recorded ${CMAKE_MATCH_1})
  measure(${path} turn)
  math(EXPR taken "(${turn} - ${loop} + 50) / 100")
  message("${path}: a turn takes ${taken} instructions, ${recorded} are recorded")
  if(taken GREATER recorded)
    set(grown 1)
  endif()
endforeach()
if(grown)
  message(FATAL_ERROR "A path has grown")
endif()
