// From a syntax tree to code (CPython: Python/compile.c).
//
//   Ref<Code> code = compile(tree.root(), {.builtins = rt.builtins(), .file = "a.py"});
#pragma once

#include <ouro/objects/containers/list.h>
#include <ouro/objects/core/builtins.h>
#include <ouro/script/code/code.h>
#include <ouro/script/compiler/symbols.h>
#include <ouro/script/syntax/node.h>

#include <string_view>

namespace ouro::script {

/// What `from __future__ import` may name. All are the rule here but `annotations`, which has no effect.
inline constexpr std::string_view kFutureFeatures[] = {
    "nested_scopes",  "generators",       "division",       "absolute_import", "with_statement",
    "print_function", "unicode_literals", "barry_as_FLUFL", "generator_stop",  "annotations"};

struct CompileOptions {
  Builtins& builtins;
  std::string_view file;
  /// Takes each name and literal of the tree; null: nobody keeps them. See Constants.
  List* arena = nullptr;
  /// A safepoint behind each instruction.
  bool switches_between_instructions = false;
};

/// The code of a whole tree. Throws ProgramError for what CPython's compiler refuses, and ouro::Error.
[[nodiscard]] Ref<Code> compile(const ast::Mod& tree, const CompileOptions& options);

}  // namespace ouro::script
