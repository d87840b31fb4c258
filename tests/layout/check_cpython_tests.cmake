# Checks that every row of docs/threads-cpython-tests.md names tests that exist, or says why there is none:
# cmake -DROOT=tree -P check_cpython_tests.cmake
#
# A row begins "| `test_name` |". Each offender is named.
include("${CMAKE_CURRENT_LIST_DIR}/read_page.cmake")
set(page docs/threads-cpython-tests.md)

read_text("${page}" text)
string(REPLACE "\n" ";" rows "${text}")
set(row_count 0)
foreach(row IN LISTS rows)
  if(NOT row MATCHES "^\\| `(test[^`]+)` \\|")
    continue()
  endif()
  set(name "${CMAKE_MATCH_1}")
  math(EXPR row_count "${row_count} + 1")
  find_tests("${row}" tests)
  if(tests STREQUAL "" AND NOT row MATCHES "No test: [a-zA-Z]")
    report("${page}: ${name} names no test and gives no reason")
  endif()
  foreach(test IN LISTS tests)
    take_apart("${test}" sentence file)
    expect_test("${page}" "${name}" "${sentence}" "${file}")
  endforeach()
endforeach()

if(row_count EQUAL 0)
  message(FATAL_ERROR "No rows in ${page}")
endif()
end_with_complaints("${row_count} tests of CPython")
message("${row_count} tests of CPython are accounted for")
