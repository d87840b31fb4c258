// The modules that are part of the program.
#pragma once

#include <ouro/script/compiler/source.h>
#include <ouro/script/machine/interpreter.h>

#include <optional>
#include <string>
#include <string_view>

namespace ouro::script {

/// Gives an interpreter the modules that it needs, and makes all others known.
void furnish(Interpreter& interpreter);

[[nodiscard]] Ref<Module> make_builtins_module(Interpreter& interpreter);
/// `exit`, `help` and what else CPython's module site adds to the built-ins.
void add_site_names(Interpreter& interpreter);
[[nodiscard]] Ref<Module> make_sys_module(Interpreter& interpreter);
/// Makes the others known by their names; each is made when it is first imported.
void add_native_modules(Interpreter& interpreter);

[[nodiscard]] Ref<Module> make_gc_module(Interpreter& interpreter);
[[nodiscard]] Ref<Module> make_weakref_module(Interpreter& interpreter);
[[nodiscard]] Ref<Module> make_time_module(Interpreter& interpreter);
[[nodiscard]] Ref<Module> make_threading_module(Interpreter& interpreter);
[[nodiscard]] Ref<Module> make_queue_module(Interpreter& interpreter);
[[nodiscard]] Ref<Module> make_operator_module(Interpreter& interpreter);
[[nodiscard]] Ref<Module> make_copy_module(Interpreter& interpreter);
[[nodiscard]] Ref<Module> make_pprint_module(Interpreter& interpreter);
[[nodiscard]] Ref<Module> make_types_module(Interpreter& interpreter);
[[nodiscard]] Ref<Module> make_future_module(Interpreter& interpreter);
[[nodiscard]] Ref<Module> make_abc_module(Interpreter& interpreter);
[[nodiscard]] Ref<Module> make_math_module(Interpreter& interpreter);
[[nodiscard]] Ref<Module> make_json_module(Interpreter& interpreter);
[[nodiscard]] Ref<Module> make_traceback_module(Interpreter& interpreter);
[[nodiscard]] Ref<Module> make_random_module(Interpreter& interpreter);
[[nodiscard]] Ref<Module> make_struct_module(Interpreter& interpreter);
[[nodiscard]] Ref<Module> make_array_module(Interpreter& interpreter);
[[nodiscard]] Ref<Module> make_posix_module(Interpreter& interpreter);
[[nodiscard]] Ref<Module> make_itertools_module(Interpreter& interpreter);
[[nodiscard]] Ref<Module> make_collections_module(Interpreter& interpreter);

/// `compile_source`, as this interpreter wants it: with a safepoint behind each instruction or without.
[[nodiscard]] Ref<Code> compile_for(Interpreter& interpreter, std::string_view text, SourceOptions options);

/// `__import__(name, globals, locals, fromlist, level)`. May fail.
[[nodiscard]] Ref<> import_module(Interpreter& interpreter, const Arguments& arguments);
/// `importlib.import_module(name)`: the module itself, also of a dotted name.
[[nodiscard]] Ref<> import_by_name(Interpreter& interpreter, std::string_view name);

/// A module that is run as the program: `-m name`.
struct ModuleProgram {
  std::string path;
  std::string text;
};
/// Finds it, or the module __main__ of a package; the names that say where it comes from are put into `globals`. Imports the
/// packages around it; throws what that raises.
[[nodiscard]] std::optional<ModuleProgram> find_module_program(Interpreter& interpreter, Dict& globals,
                                                               std::string_view name);

/// A module with CPython's `__spec__` for what is built in.
[[nodiscard]] Ref<Module> make_builtin_module(Interpreter& interpreter, std::string_view name, std::string_view doc);

/// Writes to `sys.stdout`: `print`. Throws what `write` of it throws.
void write_to(Interpreter& interpreter, Object& file, std::string_view text);

}  // namespace ouro::script
