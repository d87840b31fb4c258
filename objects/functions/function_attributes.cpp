// The attributes of functions (CPython: Objects/funcobject.c). What C++ has not is not there: code, globals, closure.
#include <ouro/objects/classes/detail/class_parts.h>
#include <ouro/objects/containers/dict.h>
#include <ouro/objects/containers/tuple.h>
#include <ouro/objects/core/detail/default_slots.h>
#include <ouro/objects/core/detail/or_fail.h>
#include <ouro/objects/core/none.h>
#include <ouro/objects/core/protocol.h>
#include <ouro/objects/functions/detail/descriptor_protocol.h>
#include <ouro/objects/functions/detail/function_parts.h>
#include <ouro/objects/functions/method.h>
#include <ouro/objects/text/intern.h>
#include <ouro/objects/text/str.h>

#include <fmt/format.h>

#include <algorithm>
#include <span>
#include <string_view>

namespace ouro::detail {

namespace {

/// What the function has of that; empty: nothing was set.
Ref<> extra(Function& function, FunctionExtra which) {
  const Object* const list = extras_of(function);
  if (list == nullptr) return {};
  Object* const found = static_cast<const List*>(list)->view()[static_cast<std::size_t>(which)];
  return found == &builtins_of(function).not_implemented() ? Ref<>() : share(*found);
}

void set_extra(Function& function, FunctionExtra which, Object& value) {
  const Ref<> held[] = {share<Object>(function), share(value)};
  if (extras_of(function) == nullptr) {
    Ref<List> made = make_list(builtins_of(function));
    for (std::size_t i = 0; i < kFunctionExtras; ++i) made->append(builtins_of(function).not_implemented());
    if (extras_of(function) == nullptr) extras_of(function) = made.release();  // law made-once
  }
  static_cast<List*>(extras_of(function))->set(static_cast<std::int64_t>(which), value);
}

Ref<> extra_or_none(Function& function, FunctionExtra which) {
  Ref<> found = extra(function, which);
  return found ? found : make_none(builtins_of(function));
}

/// One that is a dict, made when it is asked for.
Ref<Dict> dict_extra(Function& function, FunctionExtra which) {
  if (const Ref<> found = extra(function, which)) return static_ref_cast<Dict>(found);
  const Ref<Dict> made = make_dict(builtins_of(function));
  set_extra(function, which, *made);
  return static_ref_cast<Dict>(extra(function, which));
}

[[noreturn, gnu::cold]] void refuse(const std::string& why) { raise(ErrorKind::kTypeError, why); }

void set_dict(Function& function, Object* value) {
  if (value == nullptr) refuse("cannot delete __dict__");
  if (!is<Dict>(*value)) refuse(fmt::format("__dict__ must be set to a dictionary, not a '{}'", value->type->name));
  set_extra(function, FunctionExtra::kDict, *value);
}

/// Those that may be anything: deleting one leaves None.
void set_plain(Function& function, FunctionExtra which, Object* value) {
  set_extra(function, which, value != nullptr ? *value : builtins_of(function).none());
}

void set_annotations(Function& function, Object* value) {
  if (value != nullptr && !is_none(*value) && !is<Dict>(*value)) refuse("__annotations__ must be set to a dict object");
  const bool is_reset = value == nullptr || is_none(*value);
  set_extra(function, FunctionExtra::kAnnotations, is_reset ? builtins_of(function).not_implemented() : *value);
}

// ---- Names ----

/// The last part of the full name, unless another one was set.
Ref<> name_of_function(Function& function) {
  if (Ref<> own = extra(function, FunctionExtra::kName)) return own;
  const std::string_view full = name_of(function);
  return make_str(builtins_of(function), full.substr(full.rfind('.') + 1));
}

void set_name(Function& function, Object* value) {
  if (value == nullptr || !is<Str>(*value)) refuse("__name__ must be set to a string object");
  set_extra(function, FunctionExtra::kName, *value);
}

void set_qualified_name(Function& function, Object* value) {
  if (value == nullptr || !is<Str>(*value)) refuse("__qualname__ must be set to a string object");
  set_extra(function, FunctionExtra::kName, *name_of_function(function));
  store(function.name, share(*value).release());
}

// ---- Defaults ----

std::size_t names_of(const Function& function) noexcept {
  return function.parameters == nullptr ? 0 : function.behaviour->most;
}

Ref<> defaults_of(Function& function) {
  if (Ref<> given = extra(function, FunctionExtra::kDefaults)) return given;
  const auto* const parameters = static_cast<const Tuple*>(function.parameters);
  const std::size_t names = names_of(function);
  if (parameters == nullptr || parameters->size == names) return make_none(builtins_of(function));
  return make_tuple(builtins_of(function), parameters->view().subspan(names));
}

/// The names of the parameters and the last ones of the new defaults, as many as there are names.
Ref<> with_defaults(Function& function, const Tuple* given) {
  const Ref<> held = share(*function.parameters);
  const Ref<List> all = make_list(builtins_of(function));
  const std::size_t names = names_of(function);
  for (Object* const name : static_cast<const Tuple&>(*held).view().first(names)) all->append(*name);
  const auto defaults = given != nullptr ? given->view() : std::span<Object* const>();
  for (Object* const each : defaults.last(std::min(names, defaults.size()))) all->append(*each);
  return tuple_from(*all);
}

/// Parameters that had a default and are left without one are needed by each call.
void set_defaults(Function& function, Object* value) {
  if (value != nullptr && !is_none(*value) && !is<Tuple>(*value)) refuse("__defaults__ must be set to a tuple object");
  const Ref<> held[] = {share<Object>(function), Ref<>::share(value)};
  Ref<> parameters =
      function.parameters == nullptr ? Ref<>() : with_defaults(function, value != nullptr ? as<Tuple>(*value) : nullptr);
  set_plain(function, FunctionExtra::kDefaults, value);
  if (parameters) store(function.parameters, parameters.release());
}

/// No call asks for them: a native function has no parameters that are given by name alone.
void set_keyword_defaults(Function& function, Object* value) {
  if (value != nullptr && !is_none(*value) && !is<Dict>(*value)) refuse("__kwdefaults__ must be set to a dict object");
  set_plain(function, FunctionExtra::kKeywordDefaults, value);
}

constexpr Attribute kFunctionAttributes[] = {
    get_method(),
    property(
        "__doc__", [](Function& function) { return extra_or_none(function, FunctionExtra::kDoc); },
        [](Function& function, Object* value) { set_plain(function, FunctionExtra::kDoc, value); }, ""),
    property(
        "__module__", [](Function& function) { return extra_or_none(function, FunctionExtra::kModule); },
        [](Function& function, Object* value) { set_plain(function, FunctionExtra::kModule, value); }, ""),
    property(
        "__defaults__", [](Function& function) { return defaults_of(function); },
        [](Function& function, Object* value) { set_defaults(function, value); }, ""),
    property(
        "__kwdefaults__", [](Function& function) { return extra_or_none(function, FunctionExtra::kKeywordDefaults); },
        [](Function& function, Object* value) { set_keyword_defaults(function, value); }, ""),
    property(
        "__annotations__", [](Function& function) { return dict_extra(function, FunctionExtra::kAnnotations); },
        [](Function& function, Object* value) { set_annotations(function, value); }, ""),
    property(
        "__dict__", [](Function& function) { return dict_extra(function, FunctionExtra::kDict); },
        [](Function& function, Object* value) { set_dict(function, value); }, ""),
    property(
        "__name__", [](Function& function) { return name_of_function(function); },
        [](Function& function, Object* value) { set_name(function, value); }, ""),
    property(
        "__qualname__", [](Function& function) { return share(*function.name); },
        [](Function& function, Object* value) { set_qualified_name(function, value); }, ""),
};

/// Its own attribute, empty if it has none.
Ref<> own_value(Function& function, Str& name) {
  const Ref<> dict = extra(function, FunctionExtra::kDict);
  return dict ? Ref<>::share(static_cast<const Dict&>(*dict).find(name)) : Ref<>();
}

}  // namespace

const AttributeTable kFunctionAttributeTable = kAttributeTable<kFunctionAttributes>;

Ref<> get_function_attribute(Object& object, Object& name_object) {
  auto& name = static_cast<Str&>(name_object);
  const Ref<> held = share(object);
  const Ref<> found = lookup_held(*object.type, name);
  if (found && is_read_first(*found)) return bind(*found, object);
  if (Ref<> own = own_value(static_cast<Function&>(object), name)) return own;
  return found ? bind(*found, object) : Ref<>();
}

void set_function_attribute(Object& object, Object& name_object, Object* value) {
  auto& name = static_cast<Str&>(name_object);
  auto& function = static_cast<Function&>(object);
  const Ref<> held[] = {share(object), Ref<>::share(value)};
  const Ref<> found = lookup_held(*object.type, name);
  if (found && set_through(*found, object, name, value)) return;
  if (value != nullptr) return dict_extra(function, FunctionExtra::kDict)->set(*intern(name), *value);
  const Ref<> dict = extra(function, FunctionExtra::kDict);
  if (!dict || !static_cast<Dict&>(*dict).discard(name)) raise_no_attribute(object, name);
}

}  // namespace ouro::detail
