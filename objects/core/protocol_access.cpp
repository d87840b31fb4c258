// len, object[key] and `in` (CPython: PyObject_Size, PyObject_GetItem and PySequence_Contains in Objects/abstract.c).
#include <ouro/objects/classes/generic_alias.h>
#include <ouro/objects/core/attempt.h>
#include <ouro/objects/core/detail/has_index.h>
#include <ouro/objects/core/detail/hold.h>
#include <ouro/objects/core/detail/or_fail.h>
#include <ouro/objects/core/none.h>
#include <ouro/objects/core/protocol.h>
#include <ouro/objects/text/intern.h>

#include <fmt/format.h>

namespace ouro {

namespace {

[[noreturn, gnu::cold]] void refuse_subscript(const Object& object) {
  if (kind_of(object) == Kind::kType)
    raise(ErrorKind::kTypeError, fmt::format("type '{}' is not subscriptable", static_cast<const Type&>(object).name));
  raise(ErrorKind::kTypeError, fmt::format("'{}' object is not subscriptable", object.type->name));
}

/// `type[item]`. Empty if the type has no `__class_getitem__`.
Ref<> get_item_of_type(Object& type, Object& key) {
  if (&type == &builtins_of(type).type(Kind::kType)) return make_generic_alias(type, key);
  const Ref<> method = find_attribute(type, *intern(builtins_of(type), "__class_getitem__"));
  if (!method || is_none(*method)) return {};
  Object* const given[] = {&key};
  return call(*method, {given, {}, {}});
}

/// `key` as a position counted from the front. May still be negative or too big: the slot says so.
std::int64_t position(Object& object, Object& key) {
  if (!detail::has_index(key))
    raise(ErrorKind::kTypeError, fmt::format("sequence index must be integer, not '{}'", key.type->name));
  const std::int64_t index = to_index(key);
  const SequenceSlots& sequence = *object.type->slots->sequence;
  if (index >= 0 || sequence.length == nullptr) return index;
  return index + static_cast<std::int64_t>(sequence.length(object));
}

/// CPython asks a key for its index before it finds that a sequence cannot be changed, and words the refusal of a deletion
/// in two ways.
[[noreturn, gnu::cold]] void refuse_change(Object& object, Object& key, bool is_deletion) {
  const bool is_position = object.type->slots->sequence != nullptr && detail::has_index(key);
  const Ref<> held = detail::hold(object);
  if (is_position) static_cast<void>(to_index(key));
  const std::string_view refused = !is_deletion  ? "does not support item assignment"
                                   : is_position ? "doesn't support item deletion"
                                                 : "does not support item deletion";
  raise(ErrorKind::kTypeError, fmt::format("'{}' object {}", object.type->name, refused));
}

/// Changes or, with a null value, deletes an item.
void change_item(Object& object, Object& key, Object* value) {
  const Ref<> held[] = {detail::hold_for(key, object), value != nullptr ? detail::hold_for(key, *value) : Ref<>()};
  const TypeSlots& slots = *object.type->slots;
  if (slots.mapping != nullptr && slots.mapping->set_subscript != nullptr)
    return slots.mapping->set_subscript(object, key, value);
  if (slots.sequence != nullptr && slots.sequence->set_item != nullptr)
    return slots.sequence->set_item(object, position(object, key), value);
  refuse_change(object, key, value == nullptr);
}

Ref<> iterate_members(Object& object) {
  try {
    return iterate(object);
  } catch (const Error& error) {
    if (!error.is(ErrorKind::kTypeError)) throw;
    raise_instead(ErrorKind::kTypeError, fmt::format("argument of type '{}' is not iterable", object.type->name));
  }
}

}  // namespace

std::size_t length(Object& object) {
  const TypeSlots& slots = *object.type->slots;
  if (slots.sequence != nullptr && slots.sequence->length != nullptr) return slots.sequence->length(object);
  if (slots.mapping != nullptr && slots.mapping->length != nullptr) return slots.mapping->length(object);
  raise(ErrorKind::kTypeError, fmt::format("object of type '{}' has no len()", object.type->name));
}

Ref<> detail::get_item_or_fail(Object& object, Object& key) {
  const Ref<> held[] = {detail::hold_for(key, object), detail::hold_for(key, key)};
  const TypeSlots& slots = *object.type->slots;
  if (slots.mapping != nullptr && slots.mapping->subscript != nullptr) return slots.mapping->subscript(object, key);
  if (slots.sequence != nullptr && slots.sequence->item != nullptr)
    return slots.sequence->item(object, position(object, key));
  if (kind_of(object) == Kind::kType)
    if (Ref<> item = get_item_of_type(object, key)) return item;
  refuse_subscript(object);
}

Ref<> get_item(Object& object, Object& key) {
  return raise_if_failed(heap_of(object), [&] { return detail::get_item_or_fail(object, key); });
}

Outcome<Ref<>> try_get_item(Object& object, Object& key) {
  return detail::attempt(heap_of(object), [&] { return detail::get_item_or_fail(object, key); });
}

Error detail::explain_missing_key(const Failure& failure) {
  return {ErrorKind::kKeyError, shown_in_error(*failure.subject())};
}
Ref<> detail::fail_missing_key(Object& key) {
  return fail(heap_of(key), Failure(error_type(ErrorKind::kKeyError), explain_missing_key, share(key)));
}

void set_item(Object& object, Object& key, Object& value) { change_item(object, key, &value); }
void delete_item(Object& object, Object& key) { change_item(object, key, nullptr); }

bool contains(Object& object, Object& value) {
  const Ref<> held[] = {share(object), share(value)};
  const SequenceSlots* const sequence = object.type->slots->sequence;
  if (sequence != nullptr && sequence->contains != nullptr) return sequence->contains(object, value);
  const Ref<> iterator = iterate_members(object);
  while (const Ref<> member = next(*iterator))
    if (same_or_equal(*member, value)) return true;
  return false;
}

}  // namespace ouro
