# Writes a C++ source with the texts of the modules that are written in Python. Run at build time:
#   cmake -DFOLDER=script/modules/python -DOUTPUT=python_texts.inc -P EmbedPython.cmake
file(GLOB files "${FOLDER}/*.py")
list(SORT files)
set(all "// Made by cmake/EmbedPython.cmake: name and text of each module.\n")
foreach(file IN LISTS files)
  get_filename_component(name "${file}" NAME)
  string(REGEX REPLACE "[.]py$" "" name "${name}")
  file(READ "${file}" text)
  string(APPEND all "{\"${name}\", R\"PYTHON(${text})PYTHON\"},\n")
endforeach()
file(WRITE "${OUTPUT}" "${all}")
