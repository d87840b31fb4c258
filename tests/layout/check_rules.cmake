# Checks that docs/gc-semantics.md and the tests say the same about the rules of collection:
# cmake -DROOT=tree -DRULES=122 -P check_rules.cmake
#
#   rows     each rule has one row "| 48 | ...", none has two
#   tests    a row names tests, by sentence and file, which exist and have the rule's tag, or says "No test: why"
#   tags     a test in tests/rules that has a rule's tag is named in the rule's row
#
# Each offender is named with the page or file it is in.
include("${CMAKE_CURRENT_LIST_DIR}/read_page.cmake")
set(page docs/gc-semantics.md)

# Every test case of tests/rules with a rule's tag: "number|sentence|file".
set(tagged "")
file(GLOB files RELATIVE "${ROOT}" "${ROOT}/tests/rules/*.cpp")
foreach(file IN LISTS files)
  read_text("${file}" text)
  string(REGEX MATCHALL "TEST_CASE\\(\"[^\"]+\",[ \n]*\"[^\"]+\"\\)" cases "${text}")
  foreach(case IN LISTS cases)
    string(REGEX MATCH "^TEST_CASE\\(\"([^\"]+)\",[ \n]*\"([^\"]+)\"" ignored "${case}")
    set(sentence "${CMAKE_MATCH_1}")
    string(REGEX MATCHALL "rule-[0-9]+" tags "${CMAKE_MATCH_2}")
    foreach(tag IN LISTS tags)
      string(REPLACE "rule-" "" rule "${tag}")
      list(APPEND tagged "${rule}|${sentence}|${file}")
    endforeach()
  endforeach()
endforeach()

# The rows of the page.
read_text("${page}" text)
string(REPLACE "\n" ";" rows "${text}")
set(seen "")
set(named "")
foreach(row IN LISTS rows)
  if(NOT row MATCHES "^\\| ([0-9]+) \\|")
    continue()
  endif()
  set(rule "${CMAKE_MATCH_1}")
  if(rule IN_LIST seen)
    report("${page}: rule ${rule} has two rows")
  endif()
  list(APPEND seen "${rule}")
  find_tests("${row}" tests)
  if(tests STREQUAL "" AND NOT row MATCHES "No test: [a-z]")
    report("${page}: rule ${rule} names no test and gives no reason")
  endif()
  foreach(test IN LISTS tests)
    take_apart("${test}" sentence file)
    set(entry "${rule}|${sentence}|${file}")
    list(APPEND named "${entry}")
    if(NOT entry IN_LIST tagged)
      report("${page}: rule ${rule}: ${file} has no test of this sentence with the tag rule-${rule}: ${sentence}")
    endif()
  endforeach()
endforeach()

foreach(rule RANGE 1 ${RULES})
  if(NOT rule IN_LIST seen)
    report("${page}: rule ${rule} has no row")
  endif()
endforeach()
foreach(entry IN LISTS tagged)
  if(NOT entry IN_LIST named)
    string(REPLACE "|" ";" parts "${entry}")
    list(GET parts 0 rule)
    list(GET parts 1 sentence)
    list(GET parts 2 file)
    report("${file}: the row of rule ${rule} does not name: ${sentence}")
  endif()
endforeach()

list(LENGTH named test_count)
end_with_complaints("${RULES} rules")
message("${RULES} rules and ${test_count} tests agree")
