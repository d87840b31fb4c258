// What the import statements do (CPython: import_name, import_from and import_all_from in Python/ceval.c).
#include <ouro/objects/containers/tuple.h>
#include <ouro/objects/core/attempt.h>
#include <ouro/objects/core/detail/or_fail.h>
#include <ouro/objects/errors/raise.h>
#include <ouro/objects/text/intern.h>
#include <ouro/objects/text/str.h>
#include <ouro/script/machine/calls.h>
#include <ouro/script/machine/operations.h>

#include <fmt/format.h>

#include <string>

namespace ouro::script {

Object* import_name(Activation& activation, Str& name, Object& names, Object& level) {
  Interpreter& interpreter = interpreter_of(name);
  Object* const importer = activation.built_ins->find(*interpreter.names().import);
  if (importer == nullptr) return fail(name, ErrorKind::kImportError, "__import__ not found").release();
  const Ref<> held = share(*importer);
  Object* const locals = activation.locals != nullptr ? activation.locals : &interpreter.builtins().none();
  Object* const arguments[] = {&name, activation.globals, locals, &names, &level};
  return call_object(*held, Arguments{arguments, {}, {}}).release();
}

namespace {

std::string text_or_unknown(Object& module, Str& name) {
  const Ref<> value = find_attribute(module, name);
  return value && is<Str>(*value) ? std::string(text(static_cast<const Str&>(*value))) : std::string();
}

[[noreturn]] void refuse_import(Object& module, Str& name) {
  Interpreter& interpreter = interpreter_of(name);
  const std::string called = text_or_unknown(module, *interpreter.names().name);
  const std::string file = text_or_unknown(module, *interpreter.names().file);
  const std::string message =
      fmt::format("cannot import name '{}' from '{}' ({})", text(name), called.empty() ? "<unknown module name>" : called,
                  file.empty() ? "unknown location" : file);
  const Ref<BaseException> error = make_exception(interpreter.builtins(), ErrorKind::kImportError, message);
  set_attribute(*error, *intern(interpreter.builtins(), "name"), *make_str(interpreter.builtins(), called));
  raise(*error);
}

}  // namespace

Object* import_from(Object& module, Str& name) {
  Interpreter& interpreter = interpreter_of(name);
  const FailureMark mark(interpreter.heap().failures);
  if (Ref<> found = ouro::detail::find_attribute_or_fail(module, name)) return found.release();
  if (mark.failed()) return nullptr;
  // A module inside a package may be there without being its attribute yet.
  const std::string full = text_or_unknown(module, *interpreter.names().name) + "." + std::string(text(name));
  if (Object* const inner = interpreter.modules().find(full)) return share(*inner).release();
  refuse_import(module, name);
}

bool import_star(Activation& activation, Object& module) {
  Interpreter& interpreter = interpreter_of(module);
  Ref<> names = find_attribute(module, *interpreter.names().all);
  const bool has_all = static_cast<bool>(names);
  if (!has_all) {
    names = find_attribute(module, *interpreter.names().dict);
    if (!names) raise(ErrorKind::kImportError, "from-import-* object has no __dict__ and no __all__");
  }
  const Ref<List> listed = list_from(*names);
  for (Object* const name : listed->view()) {
    const Ref<> held = share(*name);
    if (!is<Str>(*name))
      raise(ErrorKind::kTypeError, fmt::format("Item in {}.__all__ must be str, not {}",
                                               text_or_unknown(module, *interpreter.names().name), name->type->name));
    auto& attribute = static_cast<Str&>(*name);
    if (!has_all && text(attribute).starts_with('_')) continue;
    store_name(activation, attribute, *get_attribute(module, attribute));
  }
  return true;
}

}  // namespace ouro::script
