// Bound methods and properties, and how what is found on a class is bound to an object.
#include <ouro/objects/classes/class.h>
#include <ouro/objects/classes/detail/slots.h>
#include <ouro/objects/classes/detail/special_slots.h>
#include <ouro/objects/classes/super.h>
#include <ouro/objects/copying/detail/reduce.h>
#include <ouro/objects/core/attributes.h>
#include <ouro/objects/core/detail/or_fail.h>
#include <ouro/objects/core/detail/slot_tables.h>
#include <ouro/objects/core/identity_hash.h>
#include <ouro/objects/core/none.h>
#include <ouro/objects/core/protocol.h>
#include <ouro/objects/functions/descriptor.h>
#include <ouro/objects/functions/detail/descriptor_protocol.h>
#include <ouro/objects/functions/detail/invoke.h>
#include <ouro/objects/functions/function.h>
#include <ouro/objects/functions/method.h>
#include <ouro/objects/functions/property.h>
#include <ouro/objects/functions/wrapped_function.h>
#include <ouro/objects/model/dismantle.h>
#include <ouro/objects/model/make.h>
#include <ouro/objects/operations/builtin_functions.h>
#include <ouro/objects/text/intern.h>
#include <ouro/objects/text/str.h>

#include <fmt/format.h>

#include <array>
#include <string>

namespace ouro {

Ref<Method> make_method(Object& function, Object& self) {
  // Counted first, for making the object may collect.
  Ref<> held_function = share(function);
  Ref<> held_self = share(self);
  return make<Method>(builtins_of(function).type(Kind::kMethod), sizeof(Method), [&](Method& method) noexcept {
    method.function = held_function.release();
    method.self = held_self.release();
  });
}

namespace detail {

namespace {

bool is_property(const Object& found) noexcept {
  return is<Function>(found) && static_cast<const Function&>(found).is_property();
}
bool has_special(const Object& object, Special which) noexcept {
  return class_of(object) != nullptr && special_method(object, which) != nullptr;
}
bool is_set_through(const Object& found) noexcept {
  if (const auto* const descriptor = as<Descriptor>(found)) return is_data_descriptor(*descriptor);
  return is<Property>(found) || has_special(found, Special::kSet) || has_special(found, Special::kDelete);
}
/// True of objects of the built-in types that have `__get__`, functions and descriptors apart.
bool is_built_to_be_read(const Object& found) noexcept {
  static_assert(static_cast<int>(Kind::kSuper) - static_cast<int>(Kind::kProperty) == 3, "they stand side by side");
  return kind_of(found) >= Kind::kProperty && kind_of(found) <= Kind::kSuper;
}

void set_property(Object& found, Object& self, const Str& name, Object* value) {
  if (value == nullptr || static_cast<const Function&>(found).behaviour->most < 2) {
    raise(ErrorKind::kAttributeError, fmt::format("property '{}' of '{}' object has no {}", text(name), self.type->name,
                                                  value == nullptr ? "deleter" : "setter"));
  }
  const std::array held{share(self), share(*value)};
  static_cast<void>(call_with_self(found, self, Arguments{{&value, 1}, {}, {}}));
}

Method& method_of(Object& object) noexcept { return static_cast<Method&>(object); }

void clear_method(Object& object) noexcept {
  // None in place of what is gone keeps the method callable, if only to a TypeError.
  Object& none = builtins_of(object).none();
  store(method_of(object).function, &none);
  store(method_of(object).self, &none);
}

std::string name_of_edge(const Object&, std::size_t number) { return number == 0 ? ".__func__" : ".__self__"; }

/// What the function calls itself, if it does.
std::string name_for_repr(Object& function) {
  if (is<Function>(function)) return std::string(name_of(static_cast<const Function&>(function)));
  for (const std::string_view attribute : {"__qualname__", "__name__"}) {
    const Ref<> name = find_attribute(function, *intern(builtins_of(function), attribute));
    if (name && is<Str>(*name)) return std::string(text(static_cast<const Str&>(*name)));
  }
  return "?";
}

Ref<> repr_method(Object& object) {
  const Method& method = method_of(object);
  const Ref<> held[] = {share(*method.function), share(*method.self)};
  const std::string name = name_for_repr(*held[0]);
  const Ref<Str> self = repr(*held[1]);
  return make_str(builtins_of(object), fmt::format("<bound method {} of {}>", name, text(*self)));
}

// Equal if bound to the same object, as in CPython since 3.8: an equal one will not do.
Answer compare_methods(Object& left, Object& right, Comparison op) {
  if (op != Comparison::kEqual && op != Comparison::kNotEqual) return Answer::kNotImplemented;
  if (!is<Method>(left) || !is<Method>(right)) return Answer::kNotImplemented;
  const bool same =
      method_of(left).self == method_of(right).self && equal(*method_of(left).function, *method_of(right).function);
  return same == (op == Comparison::kEqual) ? Answer::kYes : Answer::kNo;
}

std::int64_t hash_method(Object& object) {
  const std::int64_t hash_of_both = identity_hash(method_of(object).self) ^ hash(*method_of(object).function);
  return hash_of_both == -1 ? -2 : hash_of_both;
}

Ref<> call_method_object(Object& callee, const Arguments& arguments) {
  return call_with_self_or_fail(*share(*method_of(callee).function), *share(*method_of(callee).self), arguments);
}

/// `(getattr, (object, name of the function))`.
Ref<> reduced_method(Method& method) {
  const Ref<> held[] = {share(*method.self), share(*method.function)};
  Builtins& builtins = builtins_of(method);
  const Ref<> name = get_attribute(*held[1], *intern(builtins, "__name__"));
  return reduced(*builtin_function(builtins, "getattr"), {held[0].get(), name.get()});
}

/// That of the function.
Ref<> doc_of_method(Method& method) {
  const Ref<> function = share(*method.function);
  Ref<> doc = find_attribute(*function, *intern(builtins_of(method), "__doc__"));
  return doc ? doc : make_none(builtins_of(*function));
}

constexpr Attribute kMethodAttributes[] = {
    method(
        "__reduce__()", [](Method& method) { return reduced_method(method); }, ""),
    member(
        "__func__", [](Method& method) { return share(*method.function); },
        "the function (or other callable) implementing a method"),
    member(
        "__self__", [](Method& method) { return share(*method.self); }, "the instance to which a method is bound"),
    property(
        "__doc__", [](Method& method) { return doc_of_method(method); }, ""),
};

/// What a method does not have itself its function may have.
Ref<> get_method_attribute(Object& object, Object& name) {
  if (Object* const found = lookup(*object.type, static_cast<Str&>(name))) return bind(*found, object);
  return get_attribute_or_fail(*share(*method_of(object).function), name);
}

/// `types.MethodType(function, self)`.
Ref<> construct_method(Type&, const Arguments& arguments) {
  if (!arguments.keyword_names.empty()) raise(ErrorKind::kTypeError, "method() takes no keyword arguments");
  if (arguments.positional.size() != 2)
    raise(ErrorKind::kTypeError, fmt::format("method expected 2 arguments, got {}", arguments.positional.size()));
  Object& function = *arguments.positional[0];
  if (function.type->slots->call == nullptr) raise(ErrorKind::kTypeError, "first argument must be callable");
  if (is_none(*arguments.positional[1])) raise(ErrorKind::kTypeError, "self must not be None");
  return make_method(function, *arguments.positional[1]);
}

}  // namespace

bool may_guard(const Object& value) noexcept {
  return is_property(value) || is<Property>(value) || class_of(value) != nullptr ||
         (is<Descriptor>(value) && is_data_descriptor(static_cast<const Descriptor&>(value)));
}

bool is_descriptor(const Object& found) noexcept {
  return is_function(found) || is<Descriptor>(found) || is_built_to_be_read(found) || has_special(found, Special::kGet);
}

bool is_read_first(const Object& found) noexcept {
  if (is<Function>(found)) return is_property(found);
  return is_set_through(found) && is_descriptor(found);
}

namespace {

Ref<> get_function(Object& found, Object& self) {
  const auto& function = static_cast<const Function&>(found);
  if (function.is_bound()) return make_method(found, self);
  if (!function.is_property()) return share(found);
  const Ref<> held = share(self);
  return call_with_self_or_fail(found, self, {});
}

Ref<> get_descriptor(Descriptor& found, Object* self, Object* owner) {
  const bool is_of_type = owner != nullptr && kind_of(*owner) == Kind::kType;
  if (is_of_type && (self == nullptr || found.attribute->sort == Attribute::Sort::kClassMethod))
    return bind_descriptor_to_class(found, static_cast<Type&>(*owner));
  return self != nullptr ? bind_descriptor(found, *self) : share<Object>(found);
}

/// One of a built-in type, or of a class that leaves reading to that.
Ref<> get_built_in(Object& found, Object* self, Object* owner) {
  switch (kind_of(found)) {
    case Kind::kProperty:
      return self != nullptr ? get_property(static_cast<Property&>(found), *self) : share(found);
    case Kind::kStaticMethod:
      return get_static_method(static_cast<StaticMethod&>(found));
    case Kind::kClassMethod:
      return get_class_method(static_cast<ClassMethod&>(found), owner != nullptr ? *owner : *self->type);
    case Kind::kSuper:
      return self != nullptr ? get_super(static_cast<Super&>(found), *self) : share(found);
    default:
      return share(found);
  }
}

}  // namespace

Ref<> get_through(Object& found, Object* self, Object* owner) {
  if (is<Function>(found)) return self != nullptr ? get_function(found, *self) : share(found);
  if (found.type->has(kFunctionType)) return self != nullptr ? Ref<>(make_method(found, *self)) : share(found);
  if (auto* const descriptor = as<Descriptor>(found)) return get_descriptor(*descriptor, self, owner);
  const bool has_own = has_special(found, Special::kGet);
  if (!has_own && !is_built_to_be_read(found)) return share(found);
  const Ref<> held[] = {share(found), Ref<>::share(self), Ref<>::share(owner)};
  if (!has_own) return get_built_in(found, self, owner);
  Object& none = builtins_of(found).none();
  return call_special_or_fail(found, Special::kGet, {self != nullptr ? self : &none, owner != nullptr ? owner : &none});
}

Ref<> bind(Object& found, Object& self) { return get_through(found, &self, self.type); }
Ref<> bind_to_class(Object& found, Type& type) { return get_through(found, nullptr, &type); }

namespace {

void change_through(Object& found, Object& self, Object* value) {
  if (const auto* const descriptor = as<Descriptor>(found)) return set_descriptor(*descriptor, self, value);
  const Special which = value != nullptr ? Special::kSet : Special::kDelete;
  if (is<Property>(found) && !has_special(found, which)) {
    const Ref<> held[] = {share(found), share(self), Ref<>::share(value)};
    return set_through_property(static_cast<Property&>(found), self, value);
  }
  static_cast<void>(value != nullptr ? call_special(found, which, {&self, value}) : call_special(found, which, {&self}));
}

}  // namespace

bool set_through(Object& found, Object& self, Str& name, Object* value) {
  if (is_property(found)) {
    set_property(found, self, name, value);
    return true;
  }
  if (!is_set_through(found)) return false;
  change_through(found, self, value);
  return true;
}

// ---- As methods: `property.__get__` ----

namespace {

/// `dict.__dict__['fromkeys'].__get__(object, owner)`.
Ref<> get_class_descriptor(Descriptor& found, Object& owner) {
  if (kind_of(owner) != Kind::kType)
    raise(ErrorKind::kTypeError, fmt::format("descriptor '{}' for type '{}' needs a type, not a '{}' as arg 2",
                                             name_of(found), found.owner->name, owner.type->name));
  auto& type = static_cast<Type&>(owner);
  if (!is_subtype(type, *found.owner))
    raise(ErrorKind::kTypeError, fmt::format("descriptor '{}' requires a subtype of '{}' but received '{}'", name_of(found),
                                             found.owner->name, type.name));
  return bind_descriptor_to_class(found, type);
}

}  // namespace

Ref<> call_get(const Type&, Object& self, const Arguments& given) {
  const std::size_t count = given.positional.size();
  if (!given.keyword_names.empty()) raise(ErrorKind::kTypeError, "wrapper __get__() takes no keyword arguments");
  if (count == 0) raise(ErrorKind::kTypeError, " expected at least 1 argument, got 0");
  if (count > 2) raise(ErrorKind::kTypeError, fmt::format(" expected at most 2 arguments, got {}", count));
  const auto or_null = [](Object* object) { return is_none(*object) ? nullptr : object; };
  Object* const instance = or_null(given.positional[0]);
  Object* const owner = count == 2 ? or_null(given.positional[1]) : nullptr;
  if (instance == nullptr && owner == nullptr) raise(ErrorKind::kTypeError, "__get__(None, None) is invalid");
  if (const auto* const descriptor = as<Descriptor>(self);
      descriptor != nullptr && descriptor->attribute->sort == Attribute::Sort::kClassMethod)
    return get_class_descriptor(static_cast<Descriptor&>(self), owner != nullptr ? *owner : *instance->type);
  if (is_function(self) || is<Descriptor>(self)) return get_through(self, instance, owner);
  return get_built_in(self, instance, owner);  // past the `__get__` of a class, which may be what calls this
}

Ref<> call_set(const Type&, Object& self, const Arguments& given) {
  if (const auto* const descriptor = as<Descriptor>(self))
    return set_descriptor(*descriptor, *given.positional[0], given.positional[1]), make_none(builtins_of(self));
  set_through_property(static_cast<Property&>(self), *given.positional[0], given.positional[1]);
  return make_none(builtins_of(self));
}

Ref<> call_delete(const Type&, Object& self, const Arguments& given) {
  if (const auto* const descriptor = as<Descriptor>(self))
    return set_descriptor(*descriptor, *given.positional[0], nullptr), make_none(builtins_of(self));
  set_through_property(static_cast<Property&>(self), *given.positional[0], nullptr);
  return make_none(builtins_of(self));
}

const TypeSlots kMethodSlots{
    .name = "method",
    .kind = Kind::kMethod,
    .flags = kContainerType | kWeakableType,
    .size = sizeof(Method),
    .edges = Method::kEdges,
    .dismantle = dismantle_as<Method>,
    .clear = clear_method,
    .edge_name = name_of_edge,
    .repr = repr_method,
    .hash = hash_method,
    .compare = compare_methods,
    .call = call_method_object,
    .get_attribute = get_method_attribute,
    .construct = construct_method,
    .attributes = &kAttributeTable<kMethodAttributes>,
};

}  // namespace detail

}  // namespace ouro
