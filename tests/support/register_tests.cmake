# Writes the test cases of a Catch2 program as CTest tests, one by one; runs after each build of the program.
# cmake -DPROGRAM=... -DLIST=<option that lists names> -DPREFIX=folder/ -DARGUMENTS=... -DPROPERTIES=... -DOUTPUT=... -P register_tests.cmake
#
# Catch2 brings a script for this, but splits names at semicolons, and a name that is a sentence may well have one. CMake's
# lists give brackets and semicolons a meaning, so control characters stand for them while the names are a list.
cmake_policy(VERSION 3.25)
string(ASCII 1 left)
string(ASCII 2 right)
string(ASCII 3 semicolon)

separate_arguments(LIST UNIX_COMMAND "${LIST}")
execute_process(COMMAND "${PROGRAM}" ${LIST} OUTPUT_VARIABLE names ERROR_VARIABLE said RESULT_VARIABLE status)
if(NOT status MATCHES "^[0-9]+$" OR names STREQUAL "") # version 2 exits with the number of names
  message(FATAL_ERROR "${PROGRAM} ${LIST} named no tests (${status}): ${said}")
endif()

string(REPLACE "[" "${left}" names "${names}")
string(REPLACE "]" "${right}" names "${names}")
string(REPLACE ";" "${semicolon}" names "${names}")
string(REGEX REPLACE "\n+$" "" names "${names}")
string(REPLACE "\n" ";" names "${names}")
set(script "")
foreach(name IN LISTS names)
  # As an argument a name is a pattern, in which Catch2 gives these characters a meaning.
  string(REGEX REPLACE "([\\,\"${left}${right}])" "\\\\\\1" pattern "${name}")
  string(APPEND script
    "add_test([==[${PREFIX}${name}]==] [==[${PROGRAM}]==] [==[${pattern}]==] ${ARGUMENTS})\n"
    "set_tests_properties([==[${PREFIX}${name}]==] PROPERTIES ${PROPERTIES})\n")
endforeach()
string(REPLACE "${left}" "[" script "${script}")
string(REPLACE "${right}" "]" script "${script}")
string(REPLACE "${semicolon}" ";" script "${script}")
file(WRITE "${OUTPUT}" "${script}")
