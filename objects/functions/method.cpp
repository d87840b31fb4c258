// Bound methods and properties, and how what is found on a class is bound to an object.
#include <ouro/objects/classes/class.h>
#include <ouro/objects/classes/detail/special_slots.h>
#include <ouro/objects/core/attributes.h>
#include <ouro/objects/core/detail/slot_tables.h>
#include <ouro/objects/core/identity_hash.h>
#include <ouro/objects/core/protocol.h>
#include <ouro/objects/functions/descriptor.h>
#include <ouro/objects/functions/detail/invoke.h>
#include <ouro/objects/functions/function.h>
#include <ouro/objects/functions/method.h>
#include <ouro/objects/model/dismantle.h>
#include <ouro/objects/model/make.h>
#include <ouro/objects/text/str.h>

#include <fmt/format.h>

#include <array>

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
  return has_special(found, Special::kSet) || has_special(found, Special::kDelete);
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

Ref<> repr_method(Object& object) {
  const Method& method = method_of(object);
  const std::string_view name =
      is<Function>(*method.function) ? name_of(static_cast<const Function&>(*method.function)) : "?";
  const Ref<Str> self = repr(*method.self);
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

constexpr Attribute kMethodAttributes[] = {
    member(
        "__self__", [](Method& method) { return share(*method.self); }, "the instance to which a method is bound"),
    member(
        "__func__", [](Method& method) { return share(*method.function); },
        "the function (or other callable) implementing a method"),
};

/// What a method does not have itself its function may have.
Ref<> get_method_attribute(Object& object, Object& name) {
  if (Object* const found = lookup(*object.type, static_cast<Str&>(name))) return bind(*found, object);
  return find_attribute(*share(*method_of(object).function), name);
}

}  // namespace

bool may_guard(const Object& value) noexcept {
  return is_property(value) || class_of(value) != nullptr ||
         (is<Descriptor>(value) && is_data_descriptor(static_cast<const Descriptor&>(value)));
}

bool is_read_first(const Object& found) noexcept {
  if (is<Function>(found)) return is_property(found);
  if (is<Descriptor>(found)) return is_set_through(found);
  return has_special(found, Special::kGet) && is_set_through(found);
}

Ref<> bind(Object& found, Object& self) {
  if (is<Function>(found)) {
    const auto& function = static_cast<const Function&>(found);
    if (function.is_bound()) return make_method(found, self);
    if (!function.is_property()) return share(found);
    const Ref<> held = share(self);
    return call_with_self_or_fail(found, self, {});
  }
  if (const auto* const descriptor = as<Descriptor>(found)) return bind_descriptor(*descriptor, self);
  if (!has_special(found, Special::kGet)) return share(found);
  return call_special_or_fail(found, Special::kGet, {&self, self.type});
}

Ref<> bind_to_class(Object& found, Type& type) {
  if (auto* const descriptor = as<Descriptor>(found)) return bind_descriptor_to_class(*descriptor, type);
  if (!has_special(found, Special::kGet)) return share(found);
  return call_special_or_fail(found, Special::kGet, {&builtins_of(type).none(), &type});
}

bool set_through(Object& found, Object& self, Str& name, Object* value) {
  if (is_property(found)) {
    set_property(found, self, name, value);
    return true;
  }
  if (!is_set_through(found)) return false;
  if (const auto* const descriptor = as<Descriptor>(found)) return set_descriptor(*descriptor, self, value), true;
  static_cast<void>(value != nullptr ? call_special(found, Special::kSet, {&self, value})
                                     : call_special(found, Special::kDelete, {&self}));
  return true;
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
    .attributes = &kAttributeTable<kMethodAttributes>,
};

}  // namespace detail

}  // namespace ouro
