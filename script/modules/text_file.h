// TextFile: the standard streams as scripts see them.
#pragma once

#include <ouro/script/machine/interpreter.h>

#include <cstdio>
#include <string>
#include <string_view>
#include <tuple>

namespace ouro::script {

/// What the objects of class TextIOWrapper hold.
struct TextFile {
  std::FILE* file = nullptr;
  std::string name;
  std::string mode;
  static constexpr std::tuple<> edges{};
};

/// The class, made once for an interpreter.
[[nodiscard]] Ref<Class> text_file_class(Interpreter& interpreter);
[[nodiscard]] Ref<> make_text_file(Interpreter& interpreter, Class& type, std::FILE* file, std::string_view name,
                                   std::string_view mode);
/// Writes a text. OSError.
void write_text(TextFile& file, std::string_view text);
/// The next line with its end; empty at the end of the file. Other threads run meanwhile; KeyboardInterrupt at a terminal.
[[nodiscard]] std::string read_line(Runtime& runtime, std::FILE* file);

}  // namespace ouro::script
