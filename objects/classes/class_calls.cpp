// Calls that concern a class itself: making its objects (CPython: type_call, object_new), and what others are told when it
// is made (CPython: type_new_set_names, type_new_init_subclass).
#include <ouro/objects/classes/derived.h>
#include <ouro/objects/classes/detail/class_parts.h>
#include <ouro/objects/classes/detail/special_slots.h>
#include <ouro/objects/classes/instance.h>
#include <ouro/objects/containers/dict.h>
#include <ouro/objects/containers/tuple.h>
#include <ouro/objects/core/detail/default_slots.h>
#include <ouro/objects/core/handle.h>
#include <ouro/objects/core/none.h>
#include <ouro/objects/core/protocol.h>
#include <ouro/objects/errors/raise.h>
#include <ouro/objects/functions/function.h>
#include <ouro/objects/functions/method.h>
#include <ouro/objects/text/intern.h>
#include <ouro/objects/text/str.h>

#include <fmt/format.h>

namespace ouro {

namespace {

using detail::Special;

/// Calls `__new__` of a class: what the class gives, with the class in front.
Ref<> call_new(Object& found, Class& type, const Arguments& rest) {
  if (is_function(found)) return detail::call_with_self(found, type, rest);
  const Ref<> bound = raise_if_failed(heap_of(type), [&] { return detail::bind_to_class(found, type); });
  return detail::call_with_self(*bound, type, rest);
}

Ref<> construct_derived(Class& type, const Arguments& arguments) {
  const auto construct = type.slots->construct;
  if (construct == nullptr) raise(ErrorKind::kTypeError, fmt::format("cannot create '{}' instances", type.name));
  return construct(type, arguments);
}

void initialise(Object& object, const Arguments& arguments) {
  const auto slot = object.type->slots->initialise;
  if (slot != nullptr) slot(object, arguments);
}

void set_name(Class& type, Object& name, Object& value) {
  const Ref<> found = detail::lookup_held(*value.type, *intern(builtins_of(type), "__set_name__"));
  if (!found) return;
  try {
    static_cast<void>(detail::call_found(*found, value, {&type, &name}));
  } catch (const Error& error) {
    const std::string message = fmt::format("Error calling __set_name__ on '{}' instance {} in '{}'", value.type->name,
                                            text(*repr(name)), type.name);
    raise(make_exception(builtins_of(type), ErrorKind::kRuntimeError, message), error);
  }
}

/// A copy is walked, and holds what is told, for each may change the class.
void set_names(Class& type) {
  if (static_cast<const Dict&>(*type.attributes).size == 0) return;
  const Ref<Dict> held = static_cast<const Dict&>(*type.attributes).copy();
  for (auto [name, value] : held) set_name(type, *share(name), *share(value));
}

/// A class may be given a function in place of a class method after it was made.
Ref<> call_class_method(Object& found, Class& type, const Arguments& given) {
  if (is_function(found)) return detail::call_with_self(found, type, given);
  const Ref<> bound = raise_if_failed(heap_of(type), [&] { return detail::bind_to_class(found, type); });
  return call(*bound, given);
}

void init_subclass(Class& type, const Arguments& keywords) {
  const Ref<Str> name = intern(builtins_of(type), "__init_subclass__");
  const Ref<Tuple> order = share(static_cast<Tuple&>(*type.mro));
  bool behind = false;
  for (Object* const step : order->view()) {
    const Ref<> found = behind && as_class(*step) != nullptr ? detail::find_in_step(*step, *name) : Ref<>();
    if (found) return static_cast<void>(call_class_method(*found, type, keywords));
    behind = behind || step == &type;
  }
  if (!keywords.keyword_names.empty())
    raise(ErrorKind::kTypeError, fmt::format("{}.__init_subclass__() takes no keyword arguments", detail::qualname(type)));
}

}  // namespace

namespace detail {

Ref<> make_object(Class& type, const Arguments& arguments) {
  if (type.mro == nullptr && type.attributes != nullptr)  // its metaclass is just saying what the MRO is
    raise(ErrorKind::kTypeError, fmt::format("cannot create '{}' instances", type.name));
  if (const Ref<> maker = Ref<>::share(type.body->method(Special::kNew))) return call_new(*maker, type, arguments);
  if (derives_from_builtin(type)) return construct_derived(type, arguments);
  if (type.native != nullptr) raise(ErrorKind::kTypeError, fmt::format("cannot create '{}' instances", type.name));
  return construct_object(type, arguments);
}

}  // namespace detail

Ref<> instantiate(Class& type, const Arguments& arguments) {
  const Ref<> held = share<Object>(type);
  Ref<> made = detail::make_object(type, arguments);
  if (is_instance(*made, type)) initialise(*made, arguments);
  return made;
}

namespace detail {

void tell_of_new_class(Class& type, const Arguments& keywords) {
  set_names(type);
  init_subclass(type, keywords);
}

}  // namespace detail

}  // namespace ouro
