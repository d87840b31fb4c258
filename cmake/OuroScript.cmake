# The syntax of the language (script/syntax), a library of its own that needs nothing of the runtime.

# utf8proc knows Unicode's categories and normal forms. Debian's has no package file of CMake.
find_path(OURO_UTF8PROC_INCLUDE utf8proc.h)
find_library(OURO_UTF8PROC_LIBRARY utf8proc)
mark_as_advanced(OURO_UTF8PROC_INCLUDE OURO_UTF8PROC_LIBRARY)
if(NOT OURO_UTF8PROC_INCLUDE OR NOT OURO_UTF8PROC_LIBRARY)
  message(FATAL_ERROR "The language needs utf8proc (Debian: libutf8proc-dev); -DOURO_BUILD_SCRIPT=OFF builds the rest without it")
endif()
add_library(ouro_utf8proc INTERFACE)
target_include_directories(ouro_utf8proc SYSTEM INTERFACE "${OURO_UTF8PROC_INCLUDE}")
target_link_libraries(ouro_utf8proc INTERFACE "${OURO_UTF8PROC_LIBRARY}")

file(GLOB OURO_SYNTAX_SOURCES CONFIGURE_DEPENDS "${PROJECT_SOURCE_DIR}/script/syntax/*.cpp")
add_library(ouro_script_syntax STATIC ${OURO_SYNTAX_SOURCES})
add_library(ouro::script_syntax ALIAS ouro_script_syntax)
ouro_own_target(ouro_script_syntax)
ouro_include_tree(ouro_script_syntax)
ouro_private_dependencies(ouro_script_syntax)
target_compile_features(ouro_script_syntax PUBLIC cxx_std_20)
target_link_libraries(ouro_script_syntax PRIVATE ouro_utf8proc)
set_target_properties(ouro_script_syntax PROPERTIES EXPORT_NAME script_syntax POSITION_INDEPENDENT_CODE ON)

if(NOT PROJECT_IS_TOP_LEVEL AND NOT OURO_INSTALL)
  set_target_properties(ouro_script_syntax PROPERTIES EXCLUDE_FROM_ALL ON)
endif()

if(OURO_BUILD_ENGINE)
  include(OuroEngine)
endif()
