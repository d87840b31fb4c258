# What the checkers of pages share: reading a text, complaining, and finding the tests that a row names.
cmake_policy(VERSION 3.25)

# CMake's lists give brackets and semicolons a meaning, so control characters stand for them.
string(ASCII 1 open)
string(ASCII 2 close)
string(ASCII 3 end)

function(read_text path text)
  file(READ "${ROOT}/${path}" read)
  string(REPLACE "[" "${open}" read "${read}")
  string(REPLACE "]" "${close}" read "${read}")
  string(REPLACE ";" "${end}" read "${read}")
  set(${text} "${read}" PARENT_SCOPE)
endfunction()

function(report complaint)
  message("${complaint}")
  set_property(GLOBAL APPEND PROPERTY offenders "${complaint}")
endfunction()

# Ends the script with an error if there were complaints.
function(end_with_complaints about)
  get_property(offenders GLOBAL PROPERTY offenders)
  list(LENGTH offenders count)
  if(count GREATER 0)
    message(FATAL_ERROR "${count} offenders among ${about}")
  endif()
endfunction()

# Sets `tests` to what a row names, each as "sentence" (link).
function(find_tests row tests)
  string(REGEX MATCHALL "\"[^\"]+\" \\(${open}[^${close}]+${close}\\([^)]+\\)" found "${row}")
  set(${tests} "${found}" PARENT_SCOPE)
endfunction()

# Sets `sentence`, without quotes, and `file`, seen from the root, of a test that a page in docs/ names.
function(take_apart test sentence file)
  string(REGEX MATCH "^\"([^\"]+)\" \\(${open}[^${close}]+${close}\\(\\.\\./([^)]+)\\)" ignored "${test}")
  set(${sentence} "${CMAKE_MATCH_1}" PARENT_SCOPE)
  set(${file} "${CMAKE_MATCH_2}" PARENT_SCOPE)
endfunction()

# Complains if the file has no test case of that sentence.
function(expect_test page name sentence file)
  if(NOT EXISTS "${ROOT}/${file}")
    return() # a link that leads nowhere is named by check_registers.cmake
  endif()
  read_text("${file}" text)
  string(FIND "${text}" "TEST_CASE(\"${sentence}\"" position)
  if(position EQUAL -1)
    report("${page}: ${name}: ${file} has no test case \"${sentence}\"")
  endif()
endfunction()
