// Calling the slots of containers and of all objects as special methods.
#include <ouro/base/error.h>
#include <ouro/objects/core/detail/default_slots.h>
#include <ouro/objects/core/detail/or_fail.h>
#include <ouro/objects/core/protocol.h>
#include <ouro/objects/functions/detail/slot_calls.h>
#include <ouro/objects/numbers/int.h>
#include <ouro/objects/text/str.h>

#include <fmt/format.h>

#include <string>

namespace ouro::detail {

namespace {

SlotAddress first_of(SlotAddress one, SlotAddress other) noexcept { return one != nullptr ? one : other; }

/// An index counted from the front, as sequences want it.
std::int64_t position(const SequenceSlots& sequence, const Object& self, Object& key) {
  const std::int64_t index = to_index(key);
  return index < 0 && sequence.length != nullptr ? index + static_cast<std::int64_t>(sequence.length(self)) : index;
}

Ref<> change_item(const Type& owner, Object& self, Object& key, Object* value) {
  const TypeSlots& slots = *owner.slots;
  if (slots.mapping != nullptr && slots.mapping->set_subscript != nullptr) {
    slots.mapping->set_subscript(self, key, value);
  } else {
    slots.sequence->set_item(self, position(*slots.sequence, self, key), value);
  }
  return make_none(builtins_of(self));
}

Ref<> repeat(const Type& owner, Object& self, Object& times) {
  return owner.slots->sequence->repeat(self, to_index(times, ErrorKind::kOverflowError));
}

void expect_attribute_name(const Object& name) {
  if (!is<Str>(name)) raise(ErrorKind::kTypeError, fmt::format("attribute name must be string, not '{}'", name.type->name));
}

/// `object.__setattr__` would go past what a type says of its own attributes.
void expect_applicable(const Type& owner, const Object& self, std::string_view what) {
  if (kind_of(self) != Kind::kType || owner.kind == Kind::kType) return;
  raise(ErrorKind::kTypeError, fmt::format("can't apply this {} to {} object", what, self.type->name));
}

Ref<> change_attribute(const Type& owner, Object& self, Object& name, Object* value) {
  expect_applicable(owner, self, value != nullptr ? "__setattr__" : "__delattr__");
  const bool is_builtin_type = kind_of(self) == Kind::kType && !static_cast<const Type&>(self).has(kClassType);
  if (!is_builtin_type) expect_attribute_name(name);  // those refuse to be changed first
  owner.slots->set_attribute(self, name, value);
  return make_none(builtins_of(self));
}

}  // namespace

// ---- Containers ----

SlotAddress length_of(const TypeSlots& slots) noexcept {
  return first_of(slot_in(slots.mapping, &MappingSlots::length), slot_in(slots.sequence, &SequenceSlots::length));
}
SlotAddress item_of(const TypeSlots& slots) noexcept {
  return first_of(slot_in(slots.mapping, &MappingSlots::subscript), slot_in(slots.sequence, &SequenceSlots::item));
}
SlotAddress set_item_of(const TypeSlots& slots) noexcept {
  return first_of(slot_in(slots.mapping, &MappingSlots::set_subscript), slot_in(slots.sequence, &SequenceSlots::set_item));
}
SlotAddress contains_of(const TypeSlots& slots) noexcept { return slot_in(slots.sequence, &SequenceSlots::contains); }
SlotAddress add_of(const TypeSlots& slots) noexcept {
  return first_of(slot_in(slots.number, &NumberSlots::add), slot_in(slots.sequence, &SequenceSlots::concatenate));
}
SlotAddress multiply_of(const TypeSlots& slots) noexcept {
  return first_of(slot_in(slots.number, &NumberSlots::multiply), slot_in(slots.sequence, &SequenceSlots::repeat));
}

Ref<> call_length(const Type& owner, Object& self, const Arguments&) {
  const TypeSlots& slots = *owner.slots;
  const bool mapped = slots.mapping != nullptr && slots.mapping->length != nullptr;
  return make_int(builtins_of(self), mapped ? slots.mapping->length(self) : slots.sequence->length(self));
}

Ref<> call_item(const Type& owner, Object& self, const Arguments& given) {
  const TypeSlots& slots = *owner.slots;
  Object& key = *given.positional[0];
  if (slots.mapping != nullptr && slots.mapping->subscript != nullptr) return slots.mapping->subscript(self, key);
  return slots.sequence->item(self, position(*slots.sequence, self, key));
}

Ref<> call_set_item(const Type& owner, Object& self, const Arguments& given) {
  return change_item(owner, self, *given.positional[0], given.positional[1]);
}
Ref<> call_delete_item(const Type& owner, Object& self, const Arguments& given) {
  return change_item(owner, self, *given.positional[0], nullptr);
}

Ref<> call_contains(const Type& owner, Object& self, const Arguments& given) {
  return make_bool(builtins_of(self), owner.slots->sequence->contains(self, *given.positional[0]));
}

Ref<> call_add(const Type& owner, Object& self, const Arguments& given) {
  const NumberSlots* const number = owner.slots->number;
  Object& other = *given.positional[0];
  const bool is_number = number != nullptr && number->add != nullptr;
  return or_not_implemented(self, is_number ? number->add(self, other) : owner.slots->sequence->concatenate(self, other));
}

Ref<> call_multiply(const Type& owner, Object& self, const Arguments& given) {
  const NumberSlots* const number = owner.slots->number;
  Object& other = *given.positional[0];
  if (number == nullptr || number->multiply == nullptr) return repeat(owner, self, other);
  return or_not_implemented(self, number->multiply(self, other));
}
Ref<> call_reflected_multiply(const Type& owner, Object& self, const Arguments& given) {
  const NumberSlots* const number = owner.slots->number;
  Object& other = *given.positional[0];
  if (number == nullptr || number->multiply == nullptr) return repeat(owner, self, other);
  return or_not_implemented(self, number->multiply(other, self));
}

// ---- Everything else ----

Ref<> call_hash(const Type& owner, Object& self, const Arguments&) {
  return make_int(builtins_of(self), owner.slots->hash(self));
}
Ref<> call_truth(const Type& owner, Object& self, const Arguments&) {
  return make_bool(builtins_of(self), owner.slots->truth(self));
}
Ref<> call_next(const Type& owner, Object& self, const Arguments&) {
  const FailureMark mark(heap_of(self).failures);
  Ref<> item = owner.slots->next(self);
  return item || mark.failed() ? item : fail(self, ErrorKind::kStopIteration);
}
Ref<> call_call(const Type& owner, Object& self, const Arguments& given) { return owner.slots->call(self, given); }
Ref<> call_initialise(const Type& owner, Object& self, const Arguments& given) {
  owner.slots->initialise(self, given);
  return make_none(builtins_of(self));
}

Ref<> call_get_attribute(const Type& owner, Object& self, const Arguments& given) {
  Object& name = *given.positional[0];
  expect_attribute_name(name);
  const FailureMark mark(heap_of(self).failures);
  Ref<> found = owner.slots->get_attribute(self, name);
  return found || mark.failed() ? found : fail_no_attribute(self, name);
}
Ref<> call_set_attribute(const Type& owner, Object& self, const Arguments& given) {
  return change_attribute(owner, self, *given.positional[0], given.positional[1]);
}
Ref<> call_delete_attribute(const Type& owner, Object& self, const Arguments& given) {
  return change_attribute(owner, self, *given.positional[0], nullptr);
}

namespace {

/// The type that makes the objects of `type`, whatever `__new__` its classes have.
const Type& maker_of(const Type& type) noexcept {
  const Type* maker = &type;
  while (has_new_method(*maker)) maker = maker->base;
  return *maker;
}

}  // namespace

/// `int.__new__(type, ...)` (CPython: tp_new_wrapper).
Ref<> call_new(const Type& owner, Object&, const Arguments& given) {
  const auto refuse = [&](const std::string& why) {
    raise(ErrorKind::kTypeError, fmt::format("{}.__new__({}", owner.name, why));
  };
  if (given.positional.empty()) refuse("): not enough arguments");
  Object& first = *given.positional[0];
  if (kind_of(first) != Kind::kType) refuse(fmt::format("X): X is not a type object ({})", first.type->name));
  auto& type = static_cast<Type&>(first);
  if (!is_subtype(type, owner)) refuse(fmt::format("{0}): {0} is not a subtype of {1}", type.name, owner.name));
  const auto construct = type.slots->construct;  // null: the type cannot be called
  if (construct != owner.slots->construct)
    refuse(fmt::format("{}) is not safe, use {}.__new__()", type.name, maker_of(type).name));
  return construct(type, {given.positional.subspan(1), given.keyword_names, given.keyword_values});
}

}  // namespace ouro::detail
