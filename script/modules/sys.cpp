// The module sys.
#include <ouro/objects/containers/tuple.h>
#include <ouro/objects/core/attributes.h>
#include <ouro/objects/core/none.h>
#include <ouro/objects/cpp/convert.h>
#include <ouro/objects/errors/raise.h>
#include <ouro/objects/errors/traceback.h>
#include <ouro/objects/functions/module_function.h>
#include <ouro/objects/numbers/float.h>
#include <ouro/objects/numbers/int.h>
#include <ouro/objects/numbers/int_digits.h>
#include <ouro/objects/text/intern.h>
#include <ouro/objects/text/str.h>
#include <ouro/script/machine/frame.h>
#include <ouro/script/machine/report.h>
#include <ouro/script/modules/modules.h>
#include <ouro/script/modules/sys_parts.h>
#include <ouro/script/modules/text_file.h>

#include <fmt/format.h>

#include <cstdio>
#include <limits>
#include <string>

namespace ouro::script {

namespace {

constexpr char kModuleName[] = "sys";

/// `sys.getrefcount(object)`: the call's own argument included. An immortal object's count is as large as CPython 3.12 says.
std::int64_t count_of(const Object& object) noexcept {
  return is_immortal(object) ? std::int64_t{0x3FFF'FFFF} : std::int64_t{object.refcount};
}

std::int64_t size_of(Object& object, Object* fallback) {
  const Ref<> method = find_attribute(object, *intern(builtins_of(object), "__sizeof__"));
  if (!method) {
    if (fallback != nullptr) return to_index(*fallback);
    raise(ErrorKind::kTypeError, fmt::format("Type {} doesn't define __sizeof__", object.type->name));
  }
  const Ref<> size = call(*method, {});
  // CPython counts the header of what its collector watches.
  const bool is_watched = object.type->has(kContainerType);
  return to_index(*size) + (is_watched ? 16 : 0);
}

Ref<> exception_info(Interpreter& interpreter) {
  Builtins& builtins = interpreter.builtins();
  BaseException* const handled = interpreter.here().handled_exception();
  Object& none = builtins.none();
  if (handled == nullptr) return make_tuple(builtins, {&none, &none, &none});
  Object* const traceback = handled->traceback != nullptr ? handled->traceback : &none;
  return make_tuple(builtins, {handled->type, handled, traceback});
}

Ref<> frame_at(Interpreter& interpreter, Object* depth) {
  std::int64_t left = depth != nullptr ? to_index(*depth) : 0;
  Activation* activation = interpreter.here().current;
  for (; activation != nullptr && left > 0; --left) activation = activation->previous;
  if (activation == nullptr) raise(ErrorKind::kValueError, "call stack is not deep enough");
  return frame_of(*activation);
}

void set_recursion_limit(Interpreter& interpreter, Object& limit) {
  const std::int64_t wanted = to_index(limit, ErrorKind::kOverflowError);
  if (wanted < 1) raise(ErrorKind::kValueError, "recursion limit must be greater or equal than 1");
  if (interpreter.builtins().recursion_depth >= static_cast<std::uint64_t>(wanted))
    raise(ErrorKind::kRecursionError,
          fmt::format("cannot set the recursion limit to {} at the recursion depth {}: the limit is too low", wanted,
                      interpreter.builtins().recursion_depth));
  interpreter.builtins().recursion_limit = static_cast<std::uint32_t>(wanted);
}

void set_switch_interval(Interpreter& interpreter, Object& seconds) {
  const auto wanted = from_object<double>(seconds);
  interpreter.runtime().set_switch_interval(std::chrono::microseconds(static_cast<std::int64_t>(wanted * 1e6)));
}

void set_digit_limit(Builtins& builtins, std::int64_t digits) {
  if (digits < 0) raise(ErrorKind::kValueError, fmt::format("maxdigits must be 0 or larger than {}", kLeastIntDigitLimit));
  set_int_max_str_digits(builtins, static_cast<std::size_t>(digits));
}

Ref<> show_value(Interpreter& interpreter, Object& value) {
  Builtins& builtins = interpreter.builtins();
  if (is_none(value)) return make_none(builtins);
  interpreter.builtins_module().set("_", builtins.none());
  const Ref<Str> shown = repr(value);
  const Ref<> out = Ref<>::share(interpreter.sys().find("stdout"));
  if (out) write_to(interpreter, *out, std::string(text(*shown)) + "\n");
  interpreter.builtins_module().set("_", value);
  return make_none(builtins);
}

void show_exception(Interpreter& interpreter, Object& exception, Object* traceback) {
  static_cast<void>(traceback);
  const Ref<> err = Ref<>::share(interpreter.sys().find("stderr"));
  if (!err || is_none(*err) || !is<BaseException>(exception)) return;
  write_to(interpreter, *err, report_of(interpreter, static_cast<BaseException&>(exception)));
}

/// What cannot be raised, as it is written where nobody else wants it.
void show_ignored(Interpreter& interpreter, Object& unraisable) {
  const auto part = [&](std::string_view name) { return get_attribute(unraisable, *intern(interpreter.builtins(), name)); };
  const Ref<> err = Ref<>::share(interpreter.sys().find("stderr"));
  if (!err || is_none(*err)) return;
  const Ref<> message = part("err_msg");
  const Ref<> object = part("object");
  const std::string words = is_none(*message) ? "Exception ignored in" : std::string(text(*str(*message)));
  write_to(interpreter, *err, is_none(*object) ? words + ":\n" : fmt::format("{}: {}\n", words, shown_in_error(*object)));
  const Ref<> exception = part("exc_value");
  if (is<BaseException>(*exception))
    write_to(interpreter, *err, report_of(interpreter, static_cast<BaseException&>(*exception)));
}

Ref<> leave(Interpreter& interpreter, Object* code) {
  Type& type = interpreter.builtins().type(ErrorKind::kSystemExit);
  raise(*(code != nullptr ? make_exception(type, {&code, 1}) : make_exception(type)));
}

Ref<> interned(Object& given) {
  if (!is_exact<Str>(given))
    raise(ErrorKind::kTypeError, is<Str>(given) ? fmt::format("can't intern {}", given.type->name)
                                                : fmt::format("intern() argument must be str, not {}", given.type->name));
  return intern(static_cast<Str&>(given));
}

constexpr Attribute kFunctions[] = {
    function(
        "getrefcount(object, /)", [](Object&, Object& object) { return count_of(object); },
        "Return the reference count of object.\n\nThe count returned is generally one higher than you might "
        "expect,\nbecause "
        "it includes the (temporary) reference as an argument to\ngetrefcount()."),
    function(
        "getsizeof(object, default=None)",
        [](Object&, Object& object, Object* fallback) { return size_of(object, fallback); },
        "getsizeof(object [, default]) -> int\n\nReturn the size of object in bytes."),
    function(
        "intern(string, /)", [](Object&, Object& given) { return interned(given); }, "``Intern'' the given string."),
    function(
        "exc_info()", [](Object& module) { return exception_info(interpreter_of(module)); },
        "Return current exception information: (type, value, traceback)."),
    function(
        "exception()",
        [](Object& module) {
          BaseException* const handled = interpreter_of(module).here().handled_exception();
          return handled != nullptr ? share<Object>(*handled) : make_none(builtins_of(module));
        },
        "Return the current exception."),
    function(
        "_getframe(depth=0, /)", [](Object& module, Object* depth) { return frame_at(interpreter_of(module), depth); },
        "Return a frame object from the call stack."),
    function(
        "getrecursionlimit()", [](Object& module) { return builtins_of(module).recursion_limit; },
        "Return the current value of the recursion limit."),
    function(
        "setrecursionlimit(limit, /)",
        [](Object& module, Object& limit) { set_recursion_limit(interpreter_of(module), limit); },
        "Set the maximum depth of the Python interpreter stack to n."),
    function(
        "getswitchinterval()",
        [](Object& module) {
          return static_cast<double>(interpreter_of(module).runtime().switch_interval().count()) * 1e-6;
        },
        "Return the current thread switch interval; see sys.setswitchinterval()."),
    function(
        "setswitchinterval(interval, /)",
        [](Object& module, Object& seconds) { set_switch_interval(interpreter_of(module), seconds); },
        "Set the ideal thread switching delay inside the Python interpreter."),
    function(
        "get_int_max_str_digits()", [](Object& module) { return int_max_str_digits(builtins_of(module)); },
        "Return the maximum string digits limit for non-binary int<->str conversions."),
    function(
        "set_int_max_str_digits(maxdigits)",
        [](Object& module, Object& digits) { set_digit_limit(builtins_of(module), to_index(digits)); },
        "Set the maximum string digits limit for non-binary int<->str conversions."),
    function(
        "getfilesystemencodeerrors()", [](Object& module) { return make_str(builtins_of(module), "surrogateescape"); },
        "Return the error mode used for Unicode to OS filename conversion."),
    function(
        "is_finalizing()", [](Object&) { return false; }, "Return True if Python is exiting."),
    function(
        "getallocatedblocks()", [](Object& module) { return interpreter_of(module).runtime().count_objects(); },
        "Return the number of memory blocks currently allocated."),
    function(
        "getdefaultencoding()", [](Object& module) { return make_str(builtins_of(module), "utf-8"); },
        "Return the current default encoding used by the Unicode implementation."),
    function(
        "getfilesystemencoding()", [](Object& module) { return make_str(builtins_of(module), "utf-8"); },
        "Return the encoding used to convert Unicode filenames to OS filenames."),
    function(
        "displayhook(object, /)", [](Object& module, Object& value) { return show_value(interpreter_of(module), value); },
        "Print an object to sys.stdout and also save it in builtins._"),
    function(
        "excepthook(exctype, value, traceback, /)",
        [](Object& module, Object&, Object& value, Object& traceback) {
          show_exception(interpreter_of(module), value, &traceback);
        },
        "Handle an exception by displaying it with a traceback on sys.stderr."),
    function(
        "unraisablehook(unraisable, /)",
        [](Object& module, Object& unraisable) { show_ignored(interpreter_of(module), unraisable); },
        "Handle an unraisable exception."),
    function(
        "exit(status=None, /)", [](Object& module, Object* code) { return leave(interpreter_of(module), code); },
        "Exit the interpreter by raising SystemExit(status)."),
};

void set_streams(Interpreter& interpreter, Module& module) {
  const Ref<Class> type = text_file_class(interpreter);
  interpreter.kept.push_back(type);
  const auto add = [&](const char* name, const char* original, std::FILE* file, std::string_view shown,
                       std::string_view mode) {
    const Ref<> stream = make_text_file(interpreter, *type, file, shown, mode);
    module.set(name, *stream);
    module.set(original, *stream);
  };
  add("stdin", "__stdin__", stdin, "<stdin>", "r");
  add("stdout", "__stdout__", stdout, "<stdout>", "w");
  add("stderr", "__stderr__", stderr, "<stderr>", "w");
}

}  // namespace

Ref<Module> make_sys_module(Interpreter& interpreter) {
  Builtins& builtins = interpreter.builtins();
  Ref<Module> module = make_builtin_module(interpreter, "sys",
                                           "This module provides access to some objects used or maintained by the\n"
                                           "interpreter and to functions that interact strongly with the interpreter.");
  add_functions(*module->attributes(), *module, kFunctionsOf<kFunctions, kModuleName>);
  module->set("modules", interpreter.modules());
  module->set("path", *make_list(builtins));
  module->set("argv", *make_list(builtins, {make_str(builtins, "").get()}));
  module->set("maxsize", *make_int(builtins, std::numeric_limits<std::int64_t>::max()));
  module->set("maxunicode", *make_int(builtins, 0x10FFFF));
  module->set("byteorder", *make_str(builtins, "little"));
  module->set("platform", *make_str(builtins, "linux"));
  module->set("version", *make_str(builtins, "3.11.2 (ouro)"));
  set_sys_parts(interpreter, *module);
  module->set("copyright", *make_str(builtins, ""));
  module->set("executable", *make_str(builtins, ""));
  module->set("dont_write_bytecode", builtins.boolean(true));
  module->set(
      "builtin_module_names", *[&] {
        Ref<List> names = make_list(builtins);
        for (const auto& [name, make] : interpreter.native_modules()) names->append(*intern(builtins, name));
        return tuple_from(*names);
      }());
  module->set("__displayhook__", *module->find("displayhook"));
  module->set("__excepthook__", *module->find("excepthook"));
  module->set("__unraisablehook__", *module->find("unraisablehook"));
  set_streams(interpreter, *module);
  return module;
}

}  // namespace ouro::script
