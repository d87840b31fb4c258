// Calls with keywords and stars, functions, classes, `super()`, `with`, `except*`.
#include <ouro/objects/classes/class.h>
#include <ouro/objects/classes/metaclass.h>
#include <ouro/objects/classes/super.h>
#include <ouro/objects/containers/detail/items_of.h>
#include <ouro/objects/containers/tuple.h>
#include <ouro/objects/core/attempt.h>
#include <ouro/objects/core/detail/or_fail.h>
#include <ouro/objects/errors/exception_group.h>
#include <ouro/objects/errors/raise.h>
#include <ouro/objects/functions/function.h>
#include <ouro/objects/functions/method.h>
#include <ouro/objects/modules/cell.h>
#include <ouro/objects/text/intern.h>
#include <ouro/objects/text/str.h>
#include <ouro/script/machine/calls.h>
#include <ouro/script/machine/errors.h>
#include <ouro/script/machine/operations.h>

#include <fmt/format.h>

#include <unordered_set>
#include <vector>

namespace ouro::script {

// ---- Calls ----

Object* call_with_keywords(Object& callee, Object* const* arguments, std::uint32_t count, const Tuple& names) {
  const auto positional = count - static_cast<std::uint32_t>(names.size);
  const Arguments given{{arguments, positional}, names.view(), {arguments + positional, names.size}};
  return call_object(callee, given).release();
}

Object* call_expanded(MachineThread& thread, Object& callee, Object& positional, Object* keywords) {
  static_cast<void>(thread);
  Ref<Tuple> items;
  if (is_exact<Tuple>(positional)) {
    items = share(static_cast<Tuple&>(positional));
  } else {
    const bool is_iterable =
        positional.type->slots->iterate != nullptr ||
        (positional.type->slots->sequence != nullptr && positional.type->slots->sequence->item != nullptr);
    if (!is_iterable)
      raise(ErrorKind::kTypeError,
            fmt::format("{} argument after * must be an iterable, not {}", called(callee), positional.type->name));
    items = tuple_from(positional);
  }
  std::vector<Object*> names, values;
  std::vector<Ref<>> held;
  if (keywords != nullptr) {
    for (auto [key, value] : static_cast<Dict&>(*keywords)) {
      held.push_back(share(key));
      held.push_back(share(value));
      names.push_back(&key);
      values.push_back(&value);
    }
  }
  return call_object(callee, Arguments{items->view(), names, values}).release();
}

Object* make_function(Activation& activation, Code& code, Object* const* parts, std::uint32_t which) {
  Ref<ScriptFunction> made = make_script_function(code, *activation.globals);
  const auto take = [&](FunctionPart part, Object*& place) {
    if ((which & part) != 0) store(place, share(**parts++).release());
  };
  take(kHasDefaults, made->defaults);
  take(kHasKeywordDefaults, made->keyword_defaults);
  take(kHasAnnotations, made->annotations);
  take(kHasClosure, made->closure);
  return made.release();
}

// ---- Classes ----

Object* super_of(Activation& activation) {
  const Code& code = *activation.code;
  if (code.body->parameters == 0) raise(ErrorKind::kRuntimeError, "super(): no arguments");
  Object* self = activation.slots[0];
  for (const std::uint32_t cell : code.body->parameter_cells)
    if (cell == 0 && self != nullptr && is<Cell>(*self)) self = static_cast<Cell&>(*self).contents;
  if (self == nullptr) raise(ErrorKind::kRuntimeError, "super(): arg[0] deleted");
  const CodeBody& body = *code.body;
  for (std::uint32_t slot = body.slots() - body.free; slot < body.slots(); ++slot) {
    if (text(code.variable(slot)) != "__class__") continue;
    Object* const type = static_cast<Cell&>(*activation.slots[slot]).contents;
    if (type == nullptr) raise(ErrorKind::kRuntimeError, "super(): empty __class__ cell");
    if (kind_of(*type) != Kind::kType)
      raise(ErrorKind::kRuntimeError, fmt::format("super(): __class__ is not a type ({})", type->type->name));
    const Ref<> held[] = {share(*self), share(*type)};
    return make_super(static_cast<Type&>(*type), *self).release();
  }
  raise(ErrorKind::kRuntimeError, "super(): __class__ cell not found");
}

namespace {

/// The keywords of a class statement without `metaclass`.
struct ClassKeywords {
  std::vector<Object*> names{}, values{};
  Object* metaclass = nullptr;

  ClassKeywords(const Arguments& arguments, const Str& wanted) {
    for (std::size_t i = 0; i < arguments.keyword_names.size(); ++i) {
      if (equal_text(static_cast<const Str&>(*arguments.keyword_names[i]), wanted)) {
        metaclass = arguments.keyword_values[i];
        continue;
      }
      names.push_back(arguments.keyword_names[i]);
      values.push_back(arguments.keyword_values[i]);
    }
  }
};

/// The cell that `super()` looks into must have the class by now (CPython: builtin___build_class__).
void expect_class_in_cell(Object& cell, Object& made, std::string_view name) {
  if (!is<Cell>(cell) || kind_of(made) != Kind::kType) return;
  Object* const contents = static_cast<Cell&>(cell).contents;
  if (contents == &made) return;
  if (contents == nullptr)
    raise(ErrorKind::kRuntimeError, fmt::format("__class__ not set defining '{}' as {}. Was __classcell__ propagated to "
                                                "type.__new__?",
                                                name, text(*repr(made))));
  raise(ErrorKind::kTypeError,
        fmt::format("__class__ set to {} defining '{}' as {}", text(*repr(*contents)), name, text(*repr(made))));
}

}  // namespace

Object* build_class(Interpreter& interpreter, const Arguments& arguments) {
  if (arguments.positional.size() < 2) raise(ErrorKind::kTypeError, "__build_class__: not enough arguments");
  Object& body = *arguments.positional[0];
  if (!is<ScriptFunction>(body)) raise(ErrorKind::kTypeError, "__build_class__: func must be a function");
  if (!is<Str>(*arguments.positional[1])) raise(ErrorKind::kTypeError, "__build_class__: name is not a string");
  const ClassKeywords keywords(arguments, *interpreter.names().metaclass);
  ClassStatement statement{.name = text(static_cast<const Str&>(*arguments.positional[1])),
                           .bases = arguments.positional.subspan(2),
                           .metaclass = keywords.metaclass,
                           .keyword_names = keywords.names,
                           .keyword_values = keywords.values};
  const Ref<> names = prepare_namespace(interpreter.builtins(), statement);
  if (!is<Dict>(*names)) raise(ErrorKind::kNotImplementedError, "a class namespace that is no dict");
  auto& function = static_cast<ScriptFunction&>(body);
  const Ref<> cell = run_class_body(interpreter, function, *names);
  if (!cell) return nullptr;
  statement.attributes = &static_cast<Dict&>(*names);
  Ref<> made = make_class(interpreter.builtins(), statement);
  expect_class_in_cell(*cell, *made, statement.name);
  return made.release();
}

// ---- with ----

namespace {

/// A special method of the object's type, bound; empty if it has none, or it failed.
Ref<> special_of(Object& object, Str& name) {
  Object* const found = lookup(*object.type, name);
  return found != nullptr ? ouro::detail::bind(*share(*found), object) : Ref<>();
}

[[noreturn]] void refuse_manager(const Object& manager, bool is_async, bool lacks_exit) {
  const char* const which = is_async ? "asynchronous context manager" : "context manager";
  const char* const missing = is_async ? " (missed __aexit__ method)" : " (missed __exit__ method)";
  raise(ErrorKind::kTypeError,
        fmt::format("'{}' object does not support the {} protocol{}", manager.type->name, which, lacks_exit ? missing : ""));
}

}  // namespace

bool before_with(Object& manager, Object*& exit, Object*& entered, bool is_async) {
  const KnownNames& names = interpreter_of(manager).names();
  const FailureMark mark(heap_of(manager).failures);
  const Ref<> enter = special_of(manager, is_async ? *names.aenter : *names.enter);
  if (mark.failed()) return false;
  if (!enter) refuse_manager(manager, is_async, false);
  Ref<> leave = special_of(manager, is_async ? *names.aexit : *names.exit);
  if (mark.failed()) return false;
  if (!leave) refuse_manager(manager, is_async, true);
  Ref<> result = call_object(*enter, {});
  if (!result) return false;
  exit = leave.release();
  entered = result.release();
  return true;
}

Object* call_exit_with(Object& exit, BaseException& exception) {
  Object& none = builtins_of(exit).none();
  Object* const arguments[] = {exception.type, &exception, exception.traceback != nullptr ? exception.traceback : &none};
  return call_object(exit, Arguments{arguments, {}, {}}).release();
}

// ---- except* ----

bool match_group(BaseException& exception, Object& type, Object*& rest, Object*& match) {
  const auto expect = [&](const Object& one) {
    if (!is_exception_type(one))
      raise(ErrorKind::kTypeError, "catching classes that do not inherit from BaseException is not allowed");
    if (is_subtype(static_cast<const Type&>(one), builtins_of(type).type(ErrorKind::kBaseExceptionGroup)))
      raise(ErrorKind::kTypeError, "catching ExceptionGroup with except* is not allowed. Use except instead.");
  };
  if (const auto* const several = as<Tuple>(type)) {
    for (Object* const one : several->view()) expect(*one);
  } else {
    expect(type);
  }
  Builtins& builtins = builtins_of(type);
  Object& none = builtins.none();
  if (static_cast<Object*>(&exception) == &none) {
    rest = match = &none;
    return true;
  }
  if (!is_exception_group(exception)) {
    const bool fits = matches(exception, type);
    if (!fits) {
      rest = share<Object>(exception).release();
      match = &none;
      return true;
    }
    Object* const only = &exception;
    match = make_exception_group(builtins, "", {&only, 1}).release();
    static_cast<BaseException*>(match)->set_context(nullptr);
    rest = &none;
    return true;
  }
  SplitExceptions parts = split(exception, type);
  match = parts.match ? static_cast<Object*>(parts.match.release()) : &none;
  rest = parts.rest ? static_cast<Object*>(parts.rest.release()) : &none;
  return true;
}

namespace {

/// Raised again as it was, and no other exception.
bool is_part_of(const BaseException& part, const BaseException& original) noexcept {
  return part.traceback == original.traceback && part.context == original.context && part.cause == original.cause;
}

void add_leaves(BaseException& exception, std::unordered_set<const Object*>& leaves) {
  if (!is_exception_group(exception)) {
    leaves.insert(&exception);
    return;
  }
  for (Object* const one : exceptions_of(exception)) add_leaves(static_cast<BaseException&>(*one), leaves);
}

/// The original, in its shape, with those exceptions only that `parts` have (CPython: exception_group_projection).
Ref<BaseException> projection(BaseException& original, const std::vector<Ref<BaseException>>& parts) {
  std::unordered_set<const Object*> leaves;
  for (const Ref<BaseException>& part : parts) add_leaves(*part, leaves);
  const Ref<Function> is_kept = ouro::make_function(builtins_of(original), "is_kept(exception)",
                                                    [&leaves](Object& one) { return leaves.contains(&one); });
  return subgroup(original, *is_kept);
}

}  // namespace

Object* reraise_star(BaseException& original, List& raised) {
  Builtins& builtins = builtins_of(raised);
  std::vector<Ref<>> anew;
  std::vector<Ref<BaseException>> again;
  for (Object* const one : raised.view()) {
    if (is_none(*one)) continue;
    auto& exception = static_cast<BaseException&>(*one);
    if (!is_exception_group(original)) return share(*one).release();
    is_part_of(exception, original) ? again.push_back(share(exception)) : anew.push_back(share(*one));
  }
  if (!again.empty()) {
    Ref<BaseException> part = projection(original, again);
    if (part) anew.push_back(std::move(part));
  }
  if (anew.empty()) return &builtins.none();
  if (anew.size() == 1) return anew[0].release();
  std::vector<Object*> all;
  for (const Ref<>& one : anew) all.push_back(one.get());
  return make_exception_group(builtins, "", all).release();
}

}  // namespace ouro::script
