# Makes a source of the blocks in ```cpp of a page: cmake -DPAGE=page.md -DOUTPUT=page.cpp -P extract_snippets.cmake
cmake_policy(VERSION 3.25)
file(READ "${PAGE}" text)
get_filename_component(name "${PAGE}" NAME)
set(source "// The snippets of ${name}, made by extract_snippets.cmake.\n#include <docs/snippet.h>\n")
string(APPEND source "#include <ouro/fmt.h>\n#include <ouro/ouro.h>\n\n")
set(headers array chrono filesystem functional map memory optional string string_view thread tuple
    unordered_map variant vector)
foreach(header IN LISTS headers)
  string(APPEND source "#include <${header}>\n")
endforeach()
string(APPEND source "\nusing namespace ouro;\n\n")
set(number 0)
while(TRUE)
  string(FIND "${text}" "\n```cpp\n" begin)
  if(begin EQUAL -1)
    break()
  endif()
  math(EXPR begin "${begin} + 8")
  string(SUBSTRING "${text}" ${begin} -1 text)
  string(FIND "${text}" "\n```" end)
  string(SUBSTRING "${text}" 0 ${end} block)
  string(SUBSTRING "${text}" ${end} -1 text)
  math(EXPR number "${number} + 1")
  if(block MATCHES "^(struct|class|enum|template|namespace|#include)[ <]")
    string(APPEND source "${block}\n\n")
  else()
    string(APPEND source
      "TEST_CASE(\"${name}, block ${number}\", \"[docs]\") {\n"
      "  ouro::test::Fixture fixture({.collect_at_every_allocation = false});\n"
      "  [[maybe_unused]] ouro::Runtime& rt = fixture.rt;\n"
      "  ouro::test::Show show(rt);\n  {\n${block}\n  }\n"
      "  CHECK(show.shown == ouro::test::promised(R\"snippet(${block})snippet\"));\n}\n\n")
  endif()
endwhile()
if(number EQUAL 0)
  message(FATAL_ERROR "${PAGE} has no block in ```cpp")
endif()
file(WRITE "${OUTPUT}" "${source}")
