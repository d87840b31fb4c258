// Functions of scripts as objects (CPython: Objects/funcobject.c).
#include <ouro/objects/classes/derived.h>
#include <ouro/objects/core/attributes.h>
#include <ouro/objects/core/detail/default_slots.h>
#include <ouro/objects/core/protocol.h>
#include <ouro/objects/functions/method.h>
#include <ouro/objects/model/dismantle.h>
#include <ouro/objects/model/make.h>
#include <ouro/objects/modules/cell.h>
#include <ouro/objects/modules/module.h>
#include <ouro/objects/text/intern.h>
#include <ouro/objects/text/str.h>
#include <ouro/script/machine/calls.h>
#include <ouro/script/machine/function.h>
#include <ouro/script/machine/interpreter.h>

#include <fmt/format.h>

#include <string>

namespace ouro::script {

namespace {

ScriptFunction& function_in(Object& object) noexcept { return static_cast<ScriptFunction&>(object); }

/// What a call needs stays.
void clear_function(Object& object) noexcept {
  ScriptFunction& function = function_in(object);
  for (Object** part : {&function.defaults, &function.keyword_defaults, &function.closure, &function.annotations,
                        &function.doc, &function.module, &function.dict})
    store(*part, nullptr);
}

std::string edge_name_of_function(const Object&, std::size_t number) {
  constexpr const char* kNames[] = {".__code__",        ".__globals__",  ".__builtins__",   ".__name__",
                                    ".__qualname__",    ".__defaults__", ".__kwdefaults__", ".__closure__",
                                    ".__annotations__", ".__doc__",      ".__module__",     ".__dict__"};
  return kNames[number];
}

Ref<> repr_function(Object& object) {
  const auto& name = static_cast<const Str&>(*function_in(object).qualified_name);
  return make_str(builtins_of(object), fmt::format("<function {} at {}>", text(name), static_cast<const void*>(&object)));
}

Ref<> or_none(const Object& owner, Object* part) {
  return part != nullptr ? share(*part) : Ref<>::adopt(&builtins_of(owner).none());
}

void set_name(Object*& place, Object* value, std::string_view attribute) {
  if (value == nullptr || !is<Str>(*value))
    raise(ErrorKind::kTypeError, fmt::format("{} must be set to a string object", attribute));
  store(place, share(*value).release());
}

/// None, and deleting, mean that there are none.
template <class T>
void set_part(Object*& place, Object* value, std::string_view attribute, std::string_view wanted) {
  const bool is_gone = value == nullptr || is_none(*value);
  if (!is_gone && !is<T>(*value))
    raise(ErrorKind::kTypeError, fmt::format("{} must be set to a {} object", attribute, wanted));
  store(place, is_gone ? nullptr : share(*value).release());
}

void set_code(ScriptFunction& function, Object* value) {
  if (value == nullptr || !is<Code>(*value)) raise(ErrorKind::kTypeError, "__code__ must be set to a code object");
  const auto& code = static_cast<const Code&>(*value);
  const std::size_t cells = function.closure != nullptr ? static_cast<const Tuple&>(*function.closure).size : 0;
  if (cells != code.body->free)
    raise(ErrorKind::kValueError, fmt::format("{}() requires a code object with {} free vars, not {}",
                                              text(static_cast<const Str&>(*function.name)), cells, code.body->free));
  store(function.code, share(*value).release());
}

Ref<> annotations_of(ScriptFunction& function) {
  if (function.annotations == nullptr) function.annotations = make_dict(builtins_of(function)).release();
  return share(*function.annotations);
}

constexpr Attribute kAttributes[] = {
    property(
        "__code__", [](ScriptFunction& function) { return share(*function.code); },
        [](ScriptFunction& function, Object* value) { set_code(function, value); }, ""),
    property(
        "__defaults__", [](ScriptFunction& function) { return or_none(function, function.defaults); },
        [](ScriptFunction& function, Object* value) { set_part<Tuple>(function.defaults, value, "__defaults__", "tuple"); },
        ""),
    property(
        "__kwdefaults__", [](ScriptFunction& function) { return or_none(function, function.keyword_defaults); },
        [](ScriptFunction& function, Object* value) {
          set_part<Dict>(function.keyword_defaults, value, "__kwdefaults__", "dict");
        },
        ""),
    property(
        "__annotations__", [](ScriptFunction& function) { return annotations_of(function); },
        [](ScriptFunction& function, Object* value) {
          set_part<Dict>(function.annotations, value, "__annotations__", "dict");
        },
        ""),
    property(
        "__name__", [](ScriptFunction& function) { return share(*function.name); },
        [](ScriptFunction& function, Object* value) { set_name(function.name, value, "__name__"); }, ""),
    property(
        "__qualname__", [](ScriptFunction& function) { return share(*function.qualified_name); },
        [](ScriptFunction& function, Object* value) { set_name(function.qualified_name, value, "__qualname__"); }, ""),
    property(
        "__doc__", [](ScriptFunction& function) { return or_none(function, function.doc); },
        [](ScriptFunction& function, Object* value) { store(function.doc, Ref<>::share(value).release()); }, ""),
    property(
        "__module__", [](ScriptFunction& function) { return or_none(function, function.module); },
        [](ScriptFunction& function, Object* value) { store(function.module, Ref<>::share(value).release()); }, ""),
    member(
        "__globals__", [](ScriptFunction& function) { return share(*function.globals); }, ""),
    member(
        "__builtins__", [](ScriptFunction& function) { return share(*function.built_ins); }, ""),
    member(
        "__closure__", [](ScriptFunction& function) { return or_none(function, function.closure); }, ""),
    property(
        "__dict__", [](ScriptFunction& function) { return ouro::detail::dict_of_derived(function); },
        [](ScriptFunction& function, Object* value) {
          if (value == nullptr || !is<Dict>(*value)) raise(ErrorKind::kTypeError, "__dict__ must be set to a dictionary");
          store(function.dict, share(*value).release());
        },
        ""),
    special_method(
        "__get__(instance, owner=None, /)",
        [](ScriptFunction& function, Object& instance, Object*) {
          return is_none(instance) ? share<Object>(function) : Ref<>(make_method(function, instance));
        },
        "Return an attribute of instance, which is of type owner."),
};

// ---- types.FunctionType(...) ----

constexpr Parameters kParameters = parameters("function(code, globals, name=None, argdefs=None, closure=None)");

const Tuple* cells_for(const Code& code, Object* given) {
  const bool has_given = given != nullptr && !is_none(*given);
  if (has_given && !is<Tuple>(*given)) raise(ErrorKind::kTypeError, "arg 5 (closure) must be tuple");
  const std::size_t count = has_given ? static_cast<const Tuple&>(*given).size : 0;
  if (code.body->free != 0 && !has_given) raise(ErrorKind::kTypeError, "arg 5 (closure) must be tuple");
  if (count != code.body->free)
    raise(ErrorKind::kValueError,
          fmt::format("{} requires closure of length {}, not {}", code.name_text(), code.body->free, count));
  if (!has_given) return nullptr;
  for (Object* const cell : static_cast<const Tuple&>(*given).view())
    if (!is<Cell>(*cell))
      raise(ErrorKind::kTypeError, fmt::format("arg 5 (closure) expected cell, found {}", cell->type->name));
  return static_cast<const Tuple*>(given);
}

Ref<> construct_function(Type&, const Arguments& arguments) {
  const PlacedArguments<5> given(kParameters, arguments);
  if (!is<Code>(*given[0]))
    raise(ErrorKind::kTypeError, fmt::format("function() argument 'code' must be code, not {}", given[0]->type->name));
  if (!is<Dict>(*given[1]))
    raise(ErrorKind::kTypeError, fmt::format("function() argument 'globals' must be dict, not {}", given[1]->type->name));
  auto& code = static_cast<Code&>(*given[0]);
  const auto is_given = [&](std::size_t i) { return given[i] != nullptr && !is_none(*given[i]); };
  if (is_given(2) && !is<Str>(*given[2])) raise(ErrorKind::kTypeError, "arg 3 (name) must be None or string");
  if (is_given(3) && !is<Tuple>(*given[3])) raise(ErrorKind::kTypeError, "arg 4 (defaults) must be None or tuple");
  const Tuple* const cells = cells_for(code, given[4]);
  const Ref<ScriptFunction> made = make_script_function(code, static_cast<Dict&>(*given[1]));
  if (is_given(2)) store(made->name, share(*given[2]).release());
  if (is_given(3)) store(made->defaults, share(*given[3]).release());
  if (cells != nullptr) store(made->closure, share<Object>(const_cast<Tuple&>(*cells)).release());
  return made;
}

/// What `__doc__` of a code's function is: the first constant, if that is a str.
Object& doc_of(const Code& code) {
  const auto constants = static_cast<const Tuple&>(*code.constants).view();
  return !constants.empty() && is<Str>(*constants[0]) ? *constants[0] : builtins_of(code).none();
}

}  // namespace

Ref<ScriptFunction> make_script_function(Code& code, Dict& globals) {
  Interpreter& interpreter = interpreter_of(code);
  Ref<Dict> built_ins = interpreter.builtins_for(globals);
  Ref<> module = Ref<>::share(globals.find(*interpreter.names().name));
  Ref<> held[] = {share<Object>(code), share<Object>(globals), share(*code.name), share(*code.qualified_name),
                  share(doc_of(code))};
  return make<ScriptFunction>(interpreter.builtins().type(kFunctionKind), sizeof(ScriptFunction),
                              [&](ScriptFunction& made) noexcept {
                                made.code = held[0].release();
                                made.globals = held[1].release();
                                made.built_ins = built_ins.release();
                                made.name = held[2].release();
                                made.qualified_name = held[3].release();
                                made.defaults = made.keyword_defaults = made.closure = made.annotations = nullptr;
                                made.doc = held[4].release();
                                made.module = module.release();
                                made.dict = nullptr;
                              });
}

constinit const TypeSlots kFunctionSlots{
    .name = "function",
    .kind = kFunctionKind,
    .flags = kContainerType | kWeakableType | kFunctionType,
    .size = sizeof(ScriptFunction),
    .edges = ScriptFunction::kEdges,
    .dict_offset = sizeof(Object) + 11 * sizeof(Object*),
    .doc =
        "Create a function object.\n\n  code\n    a code object\n  globals\n    the globals dictionary\n  name\n    a "
        "string that overrides the name from the code object\n  argdefs\n    a tuple that specifies the default argument "
        "values\n  closure\n    a tuple that supplies the bindings for free variables",
    .dismantle = ouro::detail::dismantle_as<ScriptFunction>,
    .clear = clear_function,
    .edge_name = edge_name_of_function,
    .repr = repr_function,
    .hash = default_hash,
    .call = call_script_function,
    .get_attribute = ouro::detail::get_attribute_with_dict,
    .set_attribute = ouro::detail::set_attribute_with_dict,
    .construct = construct_function,
    .attributes = &kAttributeTable<kAttributes>,
};

}  // namespace ouro::script
