// The module builtins: what the core has, and what needs frames, code and files.
#include <ouro/objects/bytes/buffer.h>
#include <ouro/objects/bytes/bytes.h>
#include <ouro/objects/containers/tuple.h>
#include <ouro/objects/core/attempt.h>
#include <ouro/objects/core/attributes.h>
#include <ouro/objects/core/detail/index_arguments.h>
#include <ouro/objects/core/detail/or_fail.h>
#include <ouro/objects/cpp/native_cast.h>
#include <ouro/objects/errors/raise.h>
#include <ouro/objects/functions/module_function.h>
#include <ouro/objects/operations/builtin_functions.h>
#include <ouro/objects/text/intern.h>
#include <ouro/objects/text/str.h>
#include <ouro/script/compiler/source.h>
#include <ouro/script/machine/async.h>
#include <ouro/script/machine/calls.h>
#include <ouro/script/machine/frame.h>
#include <ouro/script/machine/operations.h>
#include <ouro/script/modules/modules.h>
#include <ouro/script/modules/text_file.h>

#include <fmt/format.h>

#include <optional>
#include <string>

namespace ouro::script {

void write_to(Interpreter& interpreter, Object& file, std::string_view text) {
  if (TextFile* const stream = native_cast<TextFile>(file)) return write_text(*stream, text);
  const Ref<Str> made = make_str(interpreter.builtins(), text);
  Object* const argument = made.get();
  const Ref<Str> name = intern(interpreter.builtins(), "write");
  static_cast<void>(call_method(file, *name, Arguments{{&argument, 1}, {}, {}}));
}

namespace {

constexpr char kModuleName[] = "builtins";

/// The code that called; RuntimeError if C++ did.
Activation& caller(Interpreter& interpreter) {
  Activation* const running = interpreter.here().current;
  if (running == nullptr) raise(ErrorKind::kRuntimeError, "no current frame");
  return *running;
}

bool is_given(const Object* argument) noexcept { return argument != nullptr && !is_none(*argument); }

// ---- print, input ----

constexpr Parameters kPrintKeywords = parameters("print(*, sep=None, end=None, file=None, flush=False)");

Object* text_argument(Object* given, std::string_view name) {
  if (!is_given(given)) return nullptr;
  if (!is<Str>(*given))
    raise(ErrorKind::kTypeError, fmt::format("{} must be None or a string, not {}", name, given->type->name));
  return given;
}

void print(Interpreter& interpreter, const Arguments& given) {
  const PlacedArguments<4> named(kPrintKeywords, {{}, given.keyword_names, given.keyword_values});
  Object* const sep = text_argument(named[0], "sep");
  Object* const end = text_argument(named[1], "end");
  Ref<> file = is_given(named[2]) ? share(*named[2]) : Ref<>::share(interpreter.sys().find("stdout"));
  if (!file) raise(ErrorKind::kRuntimeError, "lost sys.stdout");
  if (is_none(*file)) return;
  for (std::size_t i = 0; i < given.positional.size(); ++i) {
    if (i > 0) write_to(interpreter, *file, sep != nullptr ? text(static_cast<const Str&>(*sep)) : " ");
    const Ref<Str> shown = str(*given.positional[i]);
    write_to(interpreter, *file, text(*shown));
  }
  write_to(interpreter, *file, end != nullptr ? text(static_cast<const Str&>(*end)) : "\n");
  if (named[3] != nullptr && truth(*named[3]))
    static_cast<void>(call_method(*file, *intern(interpreter.builtins(), "flush"), {}));
}

Ref<> input(Interpreter& interpreter, Object* prompt) {
  const Ref<> out = Ref<>::share(interpreter.sys().find("stdout"));
  const Ref<> in = Ref<>::share(interpreter.sys().find("stdin"));
  if (!in || is_none(*in)) raise(ErrorKind::kRuntimeError, "input(): lost sys.stdin");
  if (prompt != nullptr && out) write_to(interpreter, *out, text(*str(*prompt)));
  if (out) static_cast<void>(call_method(*out, *intern(interpreter.builtins(), "flush"), {}));
  const Ref<> line = call_method(*in, *intern(interpreter.builtins(), "readline"), {});
  if (!is<Str>(*line)) raise(ErrorKind::kTypeError, "object.readline() returned non-string");
  std::string_view read = text(static_cast<const Str&>(*line));
  if (read.empty()) raise(ErrorKind::kEOFError, "EOF when reading a line");
  if (read.ends_with('\n')) read.remove_suffix(1);
  return make_str(interpreter.builtins(), read);
}

// ---- exec, eval, compile ----

ParseMode mode_of(Object& given) {
  const std::string_view mode = is<Str>(given) ? text(static_cast<const Str&>(given)) : "";
  if (mode == "exec") return ParseMode::kExec;
  if (mode == "eval") return ParseMode::kEval;
  if (mode == "single") return ParseMode::kSingle;
  raise(ErrorKind::kValueError, "compile() mode must be 'exec', 'eval' or 'single'");
}

/// A program as bytes or str.
struct ProgramText {
  std::string text{};
  bool is_text = true;
};

ProgramText program_text(Object& source, std::string_view function) {
  if (is<Str>(source)) return {std::string(text(static_cast<const Str&>(source))), true};
  if (is<Bytes>(source)) return {std::string(view(static_cast<const Bytes&>(source))), false};
  raise(ErrorKind::kTypeError,
        fmt::format("{}() arg 1 must be a string, bytes or {} object", function, function == "compile" ? "AST" : "code"));
}

Ref<Code> compiled(Interpreter& interpreter, Object& source, std::string_view file, ParseMode mode,
                   std::string_view function) {
  ProgramText program = program_text(source, function);
  if (mode == ParseMode::kEval) program.text.erase(0, program.text.find_first_not_of(" \t"));
  return compile_for(interpreter, program.text, {.file = file, .mode = mode, .is_text = program.is_text});
}

std::string file_name(Object& given) {
  if (is<Str>(given)) return std::string(text(static_cast<const Str&>(given)));
  if (is<Bytes>(given)) return std::string(view(static_cast<const Bytes&>(given)));
  raise(ErrorKind::kTypeError, fmt::format("expected str, bytes or os.PathLike object, not {}", given.type->name));
}

/// Where `exec` and `eval` run.
struct Namespaces {
  Ref<Dict> globals;
  Ref<> locals;
};

Namespaces namespaces(Interpreter& interpreter, Object* globals, Object* locals, std::string_view function) {
  if (is_given(globals)) {
    if (!is<Dict>(*globals))
      raise(ErrorKind::kTypeError, fmt::format("{}() globals must be a dict, not {}", function, globals->type->name));
    Ref<Dict> given = share(static_cast<Dict&>(*globals));
    Ref<> own = is_given(locals) ? share(*locals) : share<Object>(*given);
    return {std::move(given), std::move(own)};
  }
  Activation& running = caller(interpreter);
  return {share(*running.globals), is_given(locals) ? share(*locals) : locals_of(running)};
}

Ref<> evaluate(Interpreter& interpreter, Object& source, Object* globals, Object* locals, bool is_exec) {
  const std::string_view function = is_exec ? "exec" : "eval";
  const Namespaces names = namespaces(interpreter, globals, locals, function);
  Ref<Code> code;
  if (is<Code>(source)) {
    code = share(static_cast<Code&>(source));
    if (code->body->free != 0)
      raise(ErrorKind::kTypeError, fmt::format("code object passed to {}() may not contain free variables", function));
  } else {
    code = compiled(interpreter, source, "<string>", is_exec ? ParseMode::kExec : ParseMode::kEval, function);
  }
  const Ref<> result = interpreter.run(*code, *names.globals, names.locals.get());
  if (!result) return {};
  return is_exec ? make_none(interpreter.builtins()) : result;
}

// ---- Namespaces as objects ----

Ref<> directory(Interpreter& interpreter, Object* object) {
  if (object != nullptr) return dir(*object);
  const Ref<> names = locals_of(caller(interpreter));
  const Ref<List> listed = list_from(*names);
  listed->sort();
  return listed;
}

Ref<> anext_of(Object& iterator, const Object* fallback) {
  if (fallback != nullptr) raise(ErrorKind::kNotImplementedError, "anext() with a default");
  return async_next(iterator);
}

constexpr Attribute kFunctions[] = {
    function(
        "print(*args, **kwargs)", [](Object& module, const Arguments& given) { print(interpreter_of(module), given); },
        "Prints the values to a stream, or to sys.stdout by default.\n\n  sep\n    string inserted between values, default "
        "a "
        "space.\n  end\n    string appended after the last value, default a newline.\n  file\n    a file-like object "
        "(stream); defaults to the current sys.stdout.\n  flush\n    whether to forcibly flush the stream."),
    function(
        "input(prompt='', /)", [](Object& module, Object* prompt) { return input(interpreter_of(module), prompt); },
        "Read a string from standard input.  The trailing newline is stripped."),
    function(
        "exec(source, globals=None, locals=None, /)",
        [](Object& module, Object& source, Object* globals, Object* locals) {
          return evaluate(interpreter_of(module), source, globals, locals, true);
        },
        "Execute the given source in the context of globals and locals."),
    function(
        "eval(source, globals=None, locals=None, /)",
        [](Object& module, Object& source, Object* globals, Object* locals) {
          return evaluate(interpreter_of(module), source, globals, locals, false);
        },
        "Evaluate the given source in the context of globals and locals."),
    function(
        "compile(source, filename, mode, flags=0, dont_inherit=False, optimize=-1)",
        [](Object& module, Object& source, Object& file, Object& mode, Object*, Object*, Object*) {
          return compiled(interpreter_of(module), source, file_name(file), mode_of(mode), "compile");
        },
        "Compile source into a code object that can be executed by exec() or eval()."),
    function(
        "globals()", [](Object& module) { return share<Object>(*caller(interpreter_of(module)).globals); },
        "Return the dictionary containing the current scope's global variables."),
    function(
        "locals()", [](Object& module) { return locals_of(caller(interpreter_of(module))); },
        "Return a dictionary containing the current scope's local variables."),
    function(
        "vars(object=None, /)",
        [](Object& module, Object* object) {
          return object != nullptr ? vars(*object) : locals_of(caller(interpreter_of(module)));
        },
        "vars([object]) -> dictionary"),
    function(
        "dir(object=None, /)", [](Object& module, Object* object) { return directory(interpreter_of(module), object); },
        "dir([object]) -> list of strings"),
    function(
        "aiter(async_iterable, /)", [](Object&, Object& object) { return async_iterator(object); },
        "Return an AsyncIterator for an AsyncIterable object."),
    function(
        "anext(aiterator, default=None, /)",
        [](Object&, Object& iterator, Object* fallback) { return anext_of(iterator, fallback); },
        "async anext(aiterator[, default])"),
    function(
        "__build_class__(*args, **kwargs)",
        [](Object& module, const Arguments& given) { return Ref<>::adopt(build_class(interpreter_of(module), given)); },
        "__build_class__(func, name, /, *bases, [metaclass], **kwds) -> class\n\nInternal helper function used by the class "
        "statement."),
    function(
        "__import__(*args, **kwargs)",
        [](Object& module, const Arguments& given) { return import_module(interpreter_of(module), given); },
        "Import a module."),
};

/// `open` is io's, which is imported when it is first called.
Ref<> open_file(Interpreter& interpreter, const Arguments& given) {
  const Ref<> io = import_by_name(interpreter, "io");
  if (!io) return {};
  return call_method(*io, *intern(interpreter.builtins(), "open"), given);
}

constexpr Attribute kFileFunctions[] = {
    function(
        "open(*args, **kwargs)",
        [](Object& module, const Arguments& given) { return open_file(interpreter_of(module), given); },
        "Open file and return a stream.  Raise OSError upon failure."),
};

}  // namespace

Ref<Module> make_builtins_module(Interpreter& interpreter) {
  Builtins& builtins = interpreter.builtins();
  Ref<Module> module =
      make_builtin_module(interpreter, "builtins",
                          "Built-in functions, exceptions, and other objects.\n\nNoteworthy: None is the `nil' "
                          "object; Ellipsis represents `...' in slices.");
  const Ref<Dict> known = builtin_functions(builtins, module.get());
  module->attributes()->update(*known);
  add_functions(*module->attributes(), *module, kFunctionsOf<kFunctions, kModuleName>);
  if (interpreter.permissions().files && interpreter.permissions().process)
    add_functions(*module->attributes(), *module, kFunctionsOf<kFileFunctions, kModuleName>);
  module->set("__debug__", builtins.boolean(true));
  return module;
}

void add_site_names(Interpreter& interpreter) {
  const Ref<> site = raise_if_failed(interpreter.heap(), [&] { return import_by_name(interpreter, "_sitebuiltins"); });
  const Ref<> names = share(*static_cast<Module&>(*site).find("names"));
  interpreter.builtins_dict().update(*names);
}

}  // namespace ouro::script
