# Checks the lines of every source and header: cmake -DROOT=tree -DCOLUMNS=125 -P check_lines.cmake
#
#   first    each begins with a comment that says what is in it
#   columns  no line has more than COLUMNS characters (not bytes: a character of UTF-8 is one column)
#
# Each offender is named. Trees of planted offenders are passed over.
include("${CMAKE_CURRENT_LIST_DIR}/read_page.cmake")
include("${CMAKE_CURRENT_LIST_DIR}/find_sources.cmake")
string(ASCII 128 first_byte) # of those that continue a character
string(ASCII 191 last_byte)
string(REPEAT "." ${COLUMNS} row)

# Names the lines of a file that are too long. Most files have none, which file(STRINGS) sees quickly.
function(check_columns file)
  file(STRINGS "${ROOT}/${file}" long ENCODING UTF-8 REGEX "${row}.")
  if(long STREQUAL "")
    return()
  endif()
  read_text("${file}" text)
  string(REPLACE "\n" ";" lines "${text}")
  set(number 0)
  foreach(line IN LISTS lines)
    math(EXPR number "${number} + 1")
    string(REGEX REPLACE "[${first_byte}-${last_byte}]" "" characters "${line}")
    string(LENGTH "${characters}" columns)
    if(columns GREATER COLUMNS)
      report("${file}:${number}: ${columns} columns")
    endif()
  endforeach()
endfunction()

find_sources(files)
foreach(file IN LISTS files)
  file(READ "${ROOT}/${file}" beginning LIMIT 16)
  if(NOT beginning MATCHES "^// [^ ]")
    report("${file}: does not begin with a comment")
  endif()
  check_columns("${file}")
endforeach()

list(LENGTH files count)
if(count EQUAL 0)
  message(FATAL_ERROR "No source file under ${ROOT}")
endif()
end_with_complaints("${count} files")
message("${count} files begin with a comment and have at most ${COLUMNS} columns")
