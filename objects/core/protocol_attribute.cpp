// object.name (CPython: PyObject_GetAttr and its relatives in Objects/object.c).
#include <ouro/objects/classes/class.h>
#include <ouro/objects/classes/detail/class_parts.h>
#include <ouro/objects/classes/detail/special_slots.h>
#include <ouro/objects/classes/instance.h>
#include <ouro/objects/core/attempt.h>
#include <ouro/objects/core/detail/default_slots.h>
#include <ouro/objects/core/detail/hold.h>
#include <ouro/objects/core/detail/or_fail.h>
#include <ouro/objects/core/detail/unless.h>
#include <ouro/objects/core/protocol.h>
#include <ouro/objects/functions/method.h>
#include <ouro/objects/text/str.h>

#include <fmt/format.h>

namespace ouro {

namespace {

void expect_name(const Object& name) {
  if (!is<Str>(name)) raise(ErrorKind::kTypeError, fmt::format("attribute name must be string, not '{}'", name.type->name));
}

/// Empty if there is no such attribute, or if looking failed.
Ref<> look_up(Object& object, Object& name) {
  expect_name(name);
  const auto slot = object.type->slots->get_attribute;
  return slot != nullptr ? slot(object, name) : detail::get_type_given_attribute(object, name);
}

/// Sets or, with a null value, deletes an attribute.
void change_attribute(Object& object, Object& name, Object* value) {
  expect_name(name);
  const auto slot = object.type->slots->set_attribute;
  if (slot == detail::plain_set && is<Instance>(object)) return slot(object, name, value);  // which holds what it needs
  const Ref<> held[] = {share(object), share(name), Ref<>::share(value)};
  slot != nullptr ? slot(object, name, value) : detail::set_type_given_attribute(object, name, value);
}

/// "'Foo' object has no attribute 'bar'".
std::string no_attribute(const Object& object, const Object& name) {
  const std::string_view missing = text(static_cast<const Str&>(name));
  if (kind_of(object) == Kind::kType)
    return fmt::format("type object '{}' has no attribute '{}'", static_cast<const Type&>(object).name, missing);
  return fmt::format("'{}' object has no attribute '{}'", object.type->name, missing);
}

Error explain_no_attribute(const Failure& failure) {
  return {ErrorKind::kAttributeError, no_attribute(*failure.subject(), *failure.name())};
}

}  // namespace

namespace detail {

void raise_no_attribute(const Object& object, const Object& name) {
  raise(ErrorKind::kAttributeError, no_attribute(object, name));
}

Ref<> fail_no_attribute(Object& object, Object& name) {
  return fail(heap_of(object),
              Failure(error_type(ErrorKind::kAttributeError), explain_no_attribute, share(object), share(name)));
}

Ref<> get_type_given_attribute(Object& object, Object& name) {
  const Ref<> found = lookup_held(*object.type, static_cast<Str&>(name));
  return found ? bind(*found, object) : Ref<>();
}

void set_type_given_attribute(Object& object, Object& name, Object* value) {
  auto& wanted = static_cast<Str&>(name);
  const Ref<> found = lookup_held(*object.type, wanted);
  if (!found) raise_no_attribute(object, name);
  if (set_through(*found, object, wanted, value)) return;
  raise(ErrorKind::kAttributeError, fmt::format("'{}' object attribute '{}' is read-only", object.type->name, text(wanted)));
}

// A `__getattr__` or property may say by AttributeError that it has nothing either.
Ref<> find_attribute_or_fail(Object& object, Object& name) {
  const Ref<> held = hold_for(object, object);
  return unless(ErrorKind::kAttributeError, heap_of(object), [&] { return look_up(object, name); });
}

Ref<> get_attribute_or_fail(Object& object, Object& name) {
  const Ref<> held[] = {hold_for(object, object), hold_for(object, name)};
  const FailureMark mark(heap_of(object).failures);
  if (Ref<> value = look_up(object, name)) return value;
  return mark.failed() ? Ref<>() : fail_no_attribute(object, name);
}

}  // namespace detail

Ref<> find_attribute(Object& object, Object& name) {
  Heap& heap = heap_of(object);
  const FailureMark mark(heap.failures);
  Ref<> found = detail::find_attribute_or_fail(object, name);
  if (mark.failed()) raise_failure(heap);
  return found;
}

Ref<> get_attribute(Object& object, Object& name) {
  return raise_if_failed(heap_of(object), [&] { return detail::get_attribute_or_fail(object, name); });
}

Outcome<Ref<>> try_get_attribute(Object& object, Object& name) {
  return detail::attempt(heap_of(object), [&] { return detail::get_attribute_or_fail(object, name); });
}

bool has_attribute(Object& object, Object& name) { return static_cast<bool>(find_attribute(object, name)); }

void set_attribute(Object& object, Object& name, Object& value) { change_attribute(object, name, &value); }
void delete_attribute(Object& object, Object& name) { change_attribute(object, name, nullptr); }

bool is_instance(const Object& object, const Type& type) noexcept { return is_subtype(*object.type, type); }

}  // namespace ouro
