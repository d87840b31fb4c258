# Runs PROGRAM with argument MODE under VALGRIND and looks at what Memcheck says.
if(NOT VALGRIND)
  message("skipped: Valgrind is not installed, or was not found when the build was configured")
  return()
elseif(NOT HAS_HEADER)
  message("skipped: the library was built without <valgrind/memcheck.h>, so it tells Valgrind nothing")
  return()
endif()

set(expected_clean "ERROR SUMMARY: 0 errors.*")
set(expected_late "Invalid read of size 4.*Address 0x[0-9a-f]+ is 0 bytes inside a block of size [0-9]+ free'd.*ERROR SUMMARY: 1 errors")
set(expected_fresh "Conditional jump or move depends on uninitialised value.*ERROR SUMMARY: 1 errors")
set(expected_leak "72 bytes in 1 blocks are definitely lost.*ERROR SUMMARY: 1 errors")

execute_process(COMMAND "${VALGRIND}" --leak-check=full "${PROGRAM}" ${MODE} OUTPUT_VARIABLE output ERROR_VARIABLE said RESULT_VARIABLE result)
if(NOT result EQUAL 0 OR NOT output MATCHES "done" OR NOT said MATCHES "${expected_${MODE}}")
  message(FATAL_ERROR "Memcheck said (status ${result}), but expected was\n${expected_${MODE}}\n\n${output}${said}")
endif()
