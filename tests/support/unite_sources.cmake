# Compiling several sources of tests at once: what they share, headers and templates, is compiled once for all of them.
#
# Each source is put into a namespace of its own, so that helpers of the same name do not meet. What it includes comes before, at
# the top of the file, where nothing is inside a namespace; with `#pragma once` its own includes then do nothing. A source in
# ouro::test finds there, as an outer namespace, what it would find alone.

# Sets `mode`: ALONE for a source that must be compiled alone, since it defines what a header declares (stage.cpp of stage.h),
# has macros, specialisations or namespaces beside ouro::test, names ::ouro from within ouro::test, or is compiled in a way of its
# own; INNER for another that is
# in ouro::test, OUTER for one that is not.
function(ouro_find_mode source mode)
  string(REGEX REPLACE "\\.cpp$" ".h" header "${source}")
  file(STRINGS "${source}" lines REGEX "^(namespace [a-z]|template ?<>|extern |#define |#if)|(^|[^:<a-z])ouro::")
  set(inner ${lines})
  list(FILTER inner INCLUDE REGEX "^namespace ouro::test {")
  list(FILTER lines EXCLUDE REGEX "^(} |namespace ouro::test|using namespace ouro)")
  if(NOT inner)
    list(FILTER lines INCLUDE REGEX "^(namespace [a-z]|template ?<>|extern |#define |#if)")
  endif()
  get_source_file_property(is_other "${source}" SKIP_PRECOMPILE_HEADERS)
  if(EXISTS "${header}" OR lines OR is_other)
    set(${mode} ALONE PARENT_SCOPE)
  elseif(inner)
    set(${mode} INNER PARENT_SCOPE)
  else()
    set(${mode} OUTER PARENT_SCOPE)
  endif()
endfunction()

# Sets `united` to sources that have the same tests as `sources` (absolute paths), in batches of `size`.
function(ouro_unite_sources name sources size united)
  set(result "")
  set(batch "")
  foreach(source IN LISTS sources)
    ouro_find_mode("${source}" mode)
    if(mode STREQUAL "ALONE")
      list(APPEND result "${source}")
    else()
      list(APPEND batch "${source}")
    endif()
    list(LENGTH batch count)
    if(count EQUAL size)
      ouro_write_batch(${name} "${batch}" result)
      set(batch "")
    endif()
  endforeach()
  if(batch)
    ouro_write_batch(${name} "${batch}" result)
  endif()
  set(${united} "${result}" PARENT_SCOPE)
endfunction()

# Writes a source that includes those of the batch, and appends it to the list `sources`.
function(ouro_write_batch name batch sources)
  set(includes "")
  set(body "")
  foreach(source IN LISTS batch)
    cmake_path(GET source PARENT_PATH folder)
    cmake_path(GET source STEM stem)
    string(MAKE_C_IDENTIFIER "united_${stem}" space)
    file(STRINGS "${source}" lines REGEX "^#include ")
    list(TRANSFORM lines REPLACE "^#include \"(.+)\"" "#include \"${folder}/\\1\"")
    list(APPEND includes ${lines})
    ouro_find_mode("${source}" mode)
    if(mode STREQUAL "INNER")
      set(space "ouro::test::${space}")
    endif()
    string(APPEND body "namespace ${space} {\n#include \"${source}\"\n}\n")
    set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS "${source}") # its includes are copied
  endforeach()
  list(REMOVE_DUPLICATES includes)
  list(JOIN includes "\n" includes)
  list(LENGTH ${sources} number)
  set(united "${CMAKE_CURRENT_BINARY_DIR}/united/${name}_${number}.cpp")
  file(CONFIGURE OUTPUT "${united}" CONTENT "@includes@\n\n@body@" @ONLY)
  set(${sources} "${${sources}};${united}" PARENT_SCOPE)
endfunction()
