# Checks that every source and header is as clang-format writes it:
# cmake -DROOT=tree -DCLANG_FORMAT=clang-format-14 -DLIST=file -P check_format.cmake
#
# Each offender is named. To mend them: clang-format-14 -i FILE. LIST is written, for xargs, which uses all processors.
include("${CMAKE_CURRENT_LIST_DIR}/read_page.cmake")
include("${CMAKE_CURRENT_LIST_DIR}/find_sources.cmake")

find_sources(files)
list(LENGTH files count)
if(count EQUAL 0)
  message(FATAL_ERROR "No source file under ${ROOT}")
endif()
list(JOIN files "\n" lines)
file(WRITE "${LIST}" "${lines}\n")
cmake_host_system_information(RESULT jobs QUERY NUMBER_OF_LOGICAL_CORES)
execute_process(COMMAND xargs -P ${jobs} -n 40 "${CLANG_FORMAT}" --style=file --dry-run -Werror
  WORKING_DIRECTORY "${ROOT}" INPUT_FILE "${LIST}" ERROR_VARIABLE said RESULT_VARIABLE status)
foreach(file IN LISTS files)
  string(FIND "${said}" "${file}:" position)
  if(NOT position EQUAL -1)
    report("${file}: not as clang-format writes it")
  endif()
endforeach()
end_with_complaints("${count} files")
if(NOT status EQUAL 0)
  message(FATAL_ERROR "${CLANG_FORMAT} failed (${status}):\n${said}")
endif()
message("${count} files are as clang-format writes them")
