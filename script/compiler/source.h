// From text to code.
#pragma once

#include <ouro/objects/containers/list.h>
#include <ouro/objects/core/builtins.h>
#include <ouro/script/code/code.h>
#include <ouro/script/syntax/parse.h>

#include <string_view>

namespace ouro::script {

struct SourceOptions {
  std::string_view file = "<string>";
  ParseMode mode = ParseMode::kExec;
  bool is_text = true;
  /// Takes what the parser of CPython holds while a file runs; null: nobody holds it.
  List* arena = nullptr;
  /// A safepoint behind each instruction: threads may switch between any two, as in CPython up to 3.9.
  bool switches_between_instructions = false;
};

/// The code of a program. Throws ouro::Error, of CPython's SyntaxError object where the text is wrong.
[[nodiscard]] Ref<Code> compile_source(Builtins& builtins, std::string_view text, const SourceOptions& options);

}  // namespace ouro::script
