# The modules of scripts that are written in Python become texts of the library ouro::script.
if(NOT TARGET ouro_script)
  return()
endif()
file(GLOB OURO_PYTHON_MODULES CONFIGURE_DEPENDS "${PROJECT_SOURCE_DIR}/script/modules/python/*.py")
set(OURO_PYTHON_TEXTS "${PROJECT_BINARY_DIR}/script_modules/python_texts.inc")
add_custom_command(
  OUTPUT "${OURO_PYTHON_TEXTS}"
  COMMAND "${CMAKE_COMMAND}" "-DFOLDER=${PROJECT_SOURCE_DIR}/script/modules/python" "-DOUTPUT=${OURO_PYTHON_TEXTS}" -P
          "${PROJECT_SOURCE_DIR}/cmake/EmbedPython.cmake"
  DEPENDS ${OURO_PYTHON_MODULES} "${PROJECT_SOURCE_DIR}/cmake/EmbedPython.cmake"
  COMMENT "Embedding the modules that are written in Python"
  VERBATIM)
target_sources(ouro_script PRIVATE "${OURO_PYTHON_TEXTS}")
target_include_directories(ouro_script PRIVATE "${PROJECT_BINARY_DIR}/script_modules")
