// `import`: built-in modules, then files and packages of `sys.path` (CPython: Lib/importlib/_bootstrap.py).
#include <ouro/objects/containers/tuple.h>
#include <ouro/objects/core/attempt.h>
#include <ouro/objects/core/attributes.h>
#include <ouro/objects/core/detail/or_fail.h>
#include <ouro/objects/errors/raise.h>
#include <ouro/objects/modules/simple_namespace.h>
#include <ouro/objects/numbers/int.h>
#include <ouro/objects/text/intern.h>
#include <ouro/objects/text/str.h>
#include <ouro/script/compiler/source.h>
#include <ouro/script/modules/embedded.h>
#include <ouro/script/modules/modules.h>

#include <fmt/format.h>

#include <fstream>
#include <iterator>
#include <optional>
#include <string>

#include <sys/stat.h>

namespace ouro::script {

namespace {

std::string_view text_of(Object& object) { return text(static_cast<const Str&>(object)); }

[[noreturn]] void raise_not_found(Interpreter& interpreter, const std::string& message, std::string_view name) {
  Builtins& builtins = interpreter.builtins();
  const Ref<BaseException> error = make_exception(builtins, ErrorKind::kModuleNotFoundError, message);
  set_attribute(*error, *intern(builtins, "name"), *make_str(builtins, name));
  raise(*error);
}

std::optional<std::string> read_file(const std::string& path) {
  struct stat status {};
  if (stat(path.c_str(), &status) != 0 || !S_ISREG(status.st_mode)) return std::nullopt;
  std::ifstream file(path, std::ios::binary);
  if (!file) return std::nullopt;
  return std::string(std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>());
}

/// A module as a file, or one that is part of the program.
struct FoundFile {
  std::string path;
  std::string folder{};  ///< of a package; empty: it is none
  std::string text;
  bool is_embedded = false;
};

std::optional<FoundFile> find_file(const std::string& folder, const std::string& name) {
  const std::string base = folder.empty() ? name : folder + "/" + name;
  const std::string package = base + "/__init__.py";
  if (auto text = read_file(package)) return FoundFile{package, base, std::move(*text)};
  const std::string module = base + ".py";
  if (auto text = read_file(module)) return FoundFile{module, {}, std::move(*text)};
  return std::nullopt;
}

std::optional<FoundFile> find_on(Object& path, const std::string& name) {
  const Ref<List> folders = list_from(path);
  for (Object* const folder : folders->view()) {
    if (!is<Str>(*folder)) continue;
    if (auto found = find_file(std::string(text_of(*folder)), name)) return found;
  }
  return std::nullopt;
}

Ref<> make_spec(Interpreter& interpreter, std::string_view name, std::string_view origin, bool is_file) {
  Builtins& builtins = interpreter.builtins();
  const Ref<Dict> parts = make_dict(builtins);
  const std::size_t dot = name.rfind('.');
  parts->set("name", *make_str(builtins, name));
  parts->set("origin", *make_str(builtins, origin));
  parts->set("loader", builtins.none());
  parts->set("parent", *make_str(builtins, dot == std::string_view::npos ? "" : name.substr(0, dot)));
  parts->set("has_location", builtins.boolean(is_file));
  return make_namespace(builtins, parts.get());
}

/// Runs the file of a module. The module stands in `sys.modules` meanwhile, and no longer if that fails.
Ref<> load(Interpreter& interpreter, const std::string& name, const FoundFile& file) {
  Builtins& builtins = interpreter.builtins();
  const Ref<Module> module = make_module(builtins, name);
  const Ref<Dict> globals = module->attributes();
  const bool is_package = !file.folder.empty();
  const std::size_t dot = name.rfind('.');
  if (!file.is_embedded) globals->set("__file__", *make_str(builtins, file.path));
  if (!file.is_embedded) globals->set("__cached__", builtins.none());
  globals->set("__package__", *make_str(builtins, is_package                 ? std::string_view(name)
                                                  : dot == std::string::npos ? std::string_view()
                                                                             : std::string_view(name).substr(0, dot)));
  globals->set("__spec__", *make_spec(interpreter, name, file.path, !file.is_embedded));
  globals->set(*interpreter.names().builtins, interpreter.builtins_module());
  if (is_package) globals->set("__path__", *make_list(builtins, {make_str(builtins, file.folder).get()}));
  const Ref<Str> key = intern(builtins, name);
  interpreter.modules().set(*key, *module);
  const FailureMark mark(interpreter.heap().failures);
  const Ref<> done = ouro::detail::fail_if_thrown(interpreter.heap(), [&] {
    const Ref<Code> code = compile_for(interpreter, file.text, {.file = file.path, .is_text = false});
    return interpreter.run(*code, *globals);
  });
  if (!done) {
    static_cast<void>(interpreter.modules().discard(*key));
    return {};
  }
  Object* const now = interpreter.modules().find(*key);  // it may have put something else there
  return now != nullptr ? share(*now) : Ref<>(module);
}

/// What needs files or the process, in an engine that allows neither.
bool is_forbidden(const Interpreter& interpreter, std::string_view name) noexcept {
  const Permissions& allowed = interpreter.permissions();
  const std::string_view first = name.substr(0, name.find('.'));
  return !(allowed.files && allowed.process) && (first == "os" || first == "posixpath" || first == "tempfile");
}

/// A module that is written in Python and part of the program.
std::optional<FoundFile> find_embedded(const Interpreter& interpreter, const std::string& name) {
  const EmbeddedModule found = find_embedded_module(name);
  if (found.text == nullptr || is_forbidden(interpreter, name)) return std::nullopt;
  const std::string path = "<frozen " + name + ">";
  return FoundFile{path, is_embedded_package(name) ? path : std::string(), found.text, true};
}

/// Loads what was found, and makes it known to its package.
Ref<> load_into(Interpreter& interpreter, const std::string& name, Object* parent, const FoundFile& file) {
  Ref<> module = load(interpreter, name, file);
  if (module && parent != nullptr)
    set_attribute(*parent, *intern(interpreter.builtins(), name.substr(name.rfind('.') + 1)), *module);
  return module;
}

/// Imports `name`, whose parent is there: `parent` has its `__path__`. Empty: that failed.
Ref<> import_one(Interpreter& interpreter, const std::string& name, Object* parent) {
  if (Object* const known = interpreter.modules().find(name)) {
    if (is_none(*known)) raise_not_found(interpreter, fmt::format("import of {} halted; None in sys.modules", name), name);
    return share(*known);
  }
  const std::size_t dot = name.rfind('.');
  const std::string last = dot == std::string::npos ? name : name.substr(dot + 1);
  if (parent == nullptr) {
    if (Ref<> native = interpreter.make_native_module(name)) return native;
  }
  Ref<> path;
  if (parent == nullptr) {
    path = Ref<>::share(interpreter.sys().find("path"));
  } else {
    path = find_attribute(*parent, *interpreter.names().path);
    if (!path)
      raise_not_found(interpreter, fmt::format("No module named '{}'; '{}' is not a package", name, name.substr(0, dot)),
                      name);
  }
  if (path && interpreter.permissions().files) {
    if (const auto file = find_on(*path, last)) return load_into(interpreter, name, parent, *file);
  }
  if (const auto file = find_embedded(interpreter, name)) return load_into(interpreter, name, parent, *file);
  raise_not_found(interpreter, fmt::format("No module named '{}'", name), name);
}

/// All of a dotted name. `first` is what its first part is. Empty: that failed.
Ref<> import_dotted(Interpreter& interpreter, const std::string& name, Ref<>& first) {
  Ref<> module;
  for (std::size_t end = 0; end != std::string::npos;) {
    end = name.find('.', end == 0 ? 0 : end + 1);
    const Ref<> parent = module;
    module = import_one(interpreter, name.substr(0, end), parent.get());
    if (!module) return {};
    if (!first) first = module;
  }
  return module;
}

/// The absolute name of a relative import.
std::string resolved(Interpreter& interpreter, Object* globals, std::string_view name, std::int64_t level) {
  std::string package;
  if (globals != nullptr && is<Dict>(*globals)) {
    const auto& dict = static_cast<const Dict&>(*globals);
    if (Object* const own = dict.find("__package__"); own != nullptr && is<Str>(*own)) {
      package = text_of(*own);
    } else if (Object* const called = dict.find("__name__"); called != nullptr && is<Str>(*called)) {
      package = text_of(*called);
      const std::size_t dot = package.rfind('.');
      if (dict.find("__path__") == nullptr) package.erase(dot == std::string::npos ? 0 : dot);
    }
  }
  if (package.empty()) raise(ErrorKind::kImportError, "attempted relative import with no known parent package");
  for (std::int64_t up = 1; up < level; ++up) {
    const std::size_t dot = package.rfind('.');
    if (dot == std::string::npos) raise(ErrorKind::kImportError, "attempted relative import beyond top-level package");
    package.erase(dot);
  }
  static_cast<void>(interpreter);
  return name.empty() ? package : package + "." + std::string(name);
}

/// `from package import name` imports modules of the package. False: that failed.
bool import_listed(Interpreter& interpreter, Object& module, Object& names) {
  const Ref<> path = find_attribute(module, *interpreter.names().path);
  if (!path) return true;
  const Ref<> called = get_attribute(module, *interpreter.names().name);
  const Ref<List> listed = list_from(names);
  for (Object* const name : listed->view()) {
    const Ref<> held = share(*name);
    if (!is<Str>(*name))
      raise(ErrorKind::kTypeError, "Item in ``from list'' must be str, not " + std::string(name->type->name));
    if (text_of(*name) == "*") {
      if (const Ref<> all = find_attribute(module, *interpreter.names().all))
        if (!import_listed(interpreter, module, *all)) return false;
      continue;
    }
    if (has_attribute(module, *name)) continue;
    const std::string full = fmt::format("{}.{}", text_of(*called), text_of(*name));
    const FailureMark mark(interpreter.heap().failures);
    const Ref<> inner =
        ouro::detail::fail_if_thrown(interpreter.heap(), [&] { return import_one(interpreter, full, &module); });
    if (inner) continue;
    // A name that is no module is the business of `from`.
    if (!mark.failed(ErrorKind::kModuleNotFoundError)) return false;
    const Ref<BaseException> error = exception_of(interpreter.builtins(), interpreter.heap().failures.take());
    const Ref<> missing = get_attribute(*error, *intern(interpreter.builtins(), "name"));
    if (!is<Str>(*missing) || text_of(*missing) != full) {
      static_cast<void>(fail(*error));
      return false;
    }
  }
  return true;
}

constexpr Parameters kParameters = parameters("__import__(name, globals=None, locals=None, fromlist=(), level=0)");

}  // namespace

Ref<> import_module(Interpreter& interpreter, const Arguments& arguments) {
  const PlacedArguments<5> given(kParameters, arguments);
  if (!is<Str>(*given[0])) raise(ErrorKind::kTypeError, "module name must be a string");
  const std::int64_t level = given[4] != nullptr ? to_index(*given[4]) : 0;
  if (level < 0) raise(ErrorKind::kValueError, "level must be >= 0");
  std::string name(text_of(*given[0]));
  if (level > 0) name = resolved(interpreter, given[1], name, level);
  if (name.empty()) raise(ErrorKind::kValueError, "Empty module name");
  Ref<> first;
  const Ref<> module = import_dotted(interpreter, name, first);
  if (!module) return {};
  const bool is_from = given[3] != nullptr && !is_none(*given[3]) && truth(*given[3]);
  if (!is_from) return level > 0 && !text_of(*given[0]).empty() ? module : first;
  if (!import_listed(interpreter, *module, *given[3])) return {};
  return module;
}

Ref<> import_by_name(Interpreter& interpreter, std::string_view name) {
  Ref<> first;
  return import_dotted(interpreter, std::string(name), first);
}

namespace {

/// The file of a module, or of the module __main__ of a package, whose name is then `package`.
std::optional<FoundFile> find_program(Interpreter& interpreter, const std::string& name, std::string& package) {
  const std::size_t dot = name.rfind('.');
  package = dot == std::string::npos ? "" : name.substr(0, dot);
  const Ref<> parent =
      package.empty() ? Ref<>() : raise_if_failed(interpreter.heap(), [&] { return import_by_name(interpreter, package); });
  const Ref<> path =
      parent ? find_attribute(*parent, *interpreter.names().path) : Ref<>::share(interpreter.sys().find("path"));
  std::optional<FoundFile> found;
  if (path && interpreter.permissions().files) found = find_on(*path, name.substr(dot + 1));
  if (!found) found = find_embedded(interpreter, name);
  if (!found || found->folder.empty()) return found;
  package = name;
  return found->is_embedded ? find_embedded(interpreter, name + ".__main__") : find_file(found->folder, "__main__");
}

}  // namespace

std::optional<ModuleProgram> find_module_program(Interpreter& interpreter, Dict& globals, std::string_view name) {
  std::string package;
  const std::string name_text(name);
  auto found = find_program(interpreter, name_text, package);
  if (!found) return std::nullopt;
  Builtins& builtins = interpreter.builtins();
  if (!found->is_embedded) {
    globals.set("__file__", *make_str(builtins, found->path));
    globals.set("__cached__", builtins.none());
  }
  globals.set("__package__", *make_str(builtins, package));
  globals.set("__spec__", *make_spec(interpreter, package == name ? name_text + ".__main__" : name_text, found->path,
                                     !found->is_embedded));
  return ModuleProgram{std::move(found->path), std::move(found->text)};
}

Ref<Module> make_builtin_module(Interpreter& interpreter, std::string_view name, std::string_view doc) {
  Ref<Module> module = make_module(interpreter.builtins(), name, doc);
  module->set("__spec__", *make_spec(interpreter, name, "built-in", false));
  return module;
}

Ref<Code> compile_for(Interpreter& interpreter, std::string_view text, SourceOptions options) {
  options.switches_between_instructions = interpreter.switches_between_instructions;
  return compile_source(interpreter.builtins(), text, options);
}

}  // namespace ouro::script
