# The syntax of the language (script/syntax), a library of its own that needs nothing of the runtime.

# utf8proc knows Unicode's categories and normal forms. Debian's has no package file of CMake.
find_path(OURO_UTF8PROC_INCLUDE utf8proc.h)
find_library(OURO_UTF8PROC_LIBRARY utf8proc)
mark_as_advanced(OURO_UTF8PROC_INCLUDE OURO_UTF8PROC_LIBRARY)
if(NOT OURO_UTF8PROC_INCLUDE OR NOT OURO_UTF8PROC_LIBRARY)
  message(STATUS "The language, script/, is not built: it needs utf8proc (Debian: libutf8proc-dev)")
  set(OURO_BUILD_SCRIPT OFF)
  set(OURO_BUILD_ENGINE OFF)
  return()
endif()

# Adds sources (absolute paths) of script/ to a library: as ouro_add_sources, which looks at the headers of the library only.
function(ouro_add_script_sources target sources)
  file(GLOB_RECURSE headers RELATIVE "${PROJECT_SOURCE_DIR}" CONFIGURE_DEPENDS "${PROJECT_SOURCE_DIR}/script/*.h")
  list(APPEND OURO_HEADERS ${headers})
  ouro_add_sources(${target} "${sources}")
endfunction()

file(GLOB OURO_SYNTAX_SOURCES CONFIGURE_DEPENDS "${PROJECT_SOURCE_DIR}/script/syntax/*.cpp")
add_library(ouro_script_syntax STATIC)
ouro_add_script_sources(ouro_script_syntax "${OURO_SYNTAX_SOURCES}")
add_library(ouro::script_syntax ALIAS ouro_script_syntax)
ouro_own_target(ouro_script_syntax)
ouro_include_tree(ouro_script_syntax)
ouro_private_dependencies(ouro_script_syntax)
target_compile_features(ouro_script_syntax PUBLIC cxx_std_20)
target_include_directories(ouro_script_syntax SYSTEM PRIVATE "${OURO_UTF8PROC_INCLUDE}")
target_link_libraries(ouro_script_syntax PRIVATE "$<BUILD_INTERFACE:${OURO_UTF8PROC_LIBRARY}>" $<INSTALL_INTERFACE:utf8proc>)
set_target_properties(ouro_script_syntax PROPERTIES EXPORT_NAME script_syntax POSITION_INDEPENDENT_CODE ON)

if(NOT PROJECT_IS_TOP_LEVEL AND NOT OURO_INSTALL)
  set_target_properties(ouro_script_syntax PROPERTIES EXCLUDE_FROM_ALL ON)
endif()

if(OURO_BUILD_ENGINE)
  include(OuroEngine)
endif()
include(OuroPythonModules)
