// How slots are called through their special methods (CPython: the wrap_ functions of Objects/typeobject.c). For
// slot_wrappers.cpp.
#pragma once

#include <ouro/objects/core/attributes.h>
#include <ouro/objects/core/builtins.h>

#include <string_view>

namespace ouro::detail {

/// What tells whether two types have the same slot.
using SlotAddress = const void*;

template <class F>
SlotAddress address_of_code(F* code) noexcept {
  return reinterpret_cast<SlotAddress>(code);
}

/// The slot of a group that a type may lack.
template <class Group, class F>
SlotAddress slot_in(const Group* group, F* Group::*member) noexcept {
  return group != nullptr ? address_of_code(group->*member) : nullptr;
}
/// A special method, and how to find its slot.
struct SlotName {
  Attribute attribute;
  SlotAddress (*slot)(const TypeSlots&) noexcept;
};

template <class Code>
constexpr SlotName wrapper(std::string_view text, std::string_view doc, SlotAddress (*slot)(const TypeSlots&) noexcept,
                           Code call) {
  return {{.sort = Attribute::Sort::kSlotWrapper, .parameters = parameters(text), .doc = doc, .call = call}, slot};
}

template <auto kMember>
SlotAddress own(const TypeSlots& slots) noexcept {
  return address_of_code(slots.*kMember);
}
template <auto kMember>
SlotAddress of_number(const TypeSlots& slots) noexcept {
  return slot_in(slots.number, kMember);
}

[[nodiscard]] inline Ref<> or_not_implemented(const Object& self, Ref<> result) {
  return result ? result : Ref<>::share(builtins_of(self).not_implemented());
}

template <auto kMember>
Ref<> call_unary(const Type& owner, Object& self, const Arguments&) {
  return (owner.slots->*kMember)(self);
}
template <UnarySlot NumberSlots::*kMember>
Ref<> call_unary_number(const Type& owner, Object& self, const Arguments&) {
  return (owner.slots->number->*kMember)(self);
}
template <BinarySlot NumberSlots::*kMember>
Ref<> call_binary(const Type& owner, Object& self, const Arguments& given) {
  return or_not_implemented(self, (owner.slots->number->*kMember)(self, *given.positional[0]));
}
template <BinarySlot NumberSlots::*kMember>
Ref<> call_reflected(const Type& owner, Object& self, const Arguments& given) {
  return or_not_implemented(self, (owner.slots->number->*kMember)(*given.positional[0], self));
}

template <UnarySlot NumberSlots::*kMember>
constexpr SlotName unary(std::string_view text, std::string_view doc) {
  return wrapper(text, doc, of_number<kMember>, call_unary_number<kMember>);
}
template <BinarySlot NumberSlots::*kMember>
constexpr SlotName binary(std::string_view text, std::string_view doc) {
  return wrapper(text, doc, of_number<kMember>, call_binary<kMember>);
}
template <BinarySlot NumberSlots::*kMember>
constexpr SlotName reflected(std::string_view text, std::string_view doc) {
  return wrapper(text, doc, of_number<kMember>, call_reflected<kMember>);
}

template <Comparison kOp>
Ref<> call_compare(const Type& owner, Object& self, const Arguments& given) {
  const Answer answer = owner.slots->compare(self, *given.positional[0], kOp);
  if (answer == Answer::kNotImplemented) return Ref<>::share(builtins_of(self).not_implemented());
  return make_bool(builtins_of(self), answer == Answer::kYes);
}
template <Comparison kOp>
constexpr SlotName comparison(std::string_view text, std::string_view doc) {
  return wrapper(text, doc, own<&TypeSlots::compare>, call_compare<kOp>);
}

// Of containers, numbers and everything else (slot_calls.cpp).
[[nodiscard]] SlotAddress length_of(const TypeSlots& slots) noexcept;
[[nodiscard]] SlotAddress item_of(const TypeSlots& slots) noexcept;
[[nodiscard]] SlotAddress set_item_of(const TypeSlots& slots) noexcept;
[[nodiscard]] SlotAddress contains_of(const TypeSlots& slots) noexcept;
[[nodiscard]] SlotAddress add_of(const TypeSlots& slots) noexcept;
[[nodiscard]] SlotAddress multiply_of(const TypeSlots& slots) noexcept;
[[nodiscard]] Ref<> call_length(const Type& owner, Object& self, const Arguments&);
[[nodiscard]] Ref<> call_item(const Type& owner, Object& self, const Arguments& given);
[[nodiscard]] Ref<> call_set_item(const Type& owner, Object& self, const Arguments& given);
[[nodiscard]] Ref<> call_delete_item(const Type& owner, Object& self, const Arguments& given);
[[nodiscard]] Ref<> call_contains(const Type& owner, Object& self, const Arguments& given);
[[nodiscard]] Ref<> call_add(const Type& owner, Object& self, const Arguments& given);
[[nodiscard]] Ref<> call_multiply(const Type& owner, Object& self, const Arguments& given);
[[nodiscard]] Ref<> call_reflected_multiply(const Type& owner, Object& self, const Arguments& given);
[[nodiscard]] Ref<> call_hash(const Type& owner, Object& self, const Arguments&);
[[nodiscard]] Ref<> call_truth(const Type& owner, Object& self, const Arguments&);
[[nodiscard]] Ref<> call_next(const Type& owner, Object& self, const Arguments&);
[[nodiscard]] Ref<> call_call(const Type& owner, Object& self, const Arguments& given);
[[nodiscard]] Ref<> call_initialise(const Type& owner, Object& self, const Arguments& given);
[[nodiscard]] Ref<> call_get_attribute(const Type& owner, Object& self, const Arguments& given);
[[nodiscard]] Ref<> call_set_attribute(const Type& owner, Object& self, const Arguments& given);
[[nodiscard]] Ref<> call_delete_attribute(const Type& owner, Object& self, const Arguments& given);
[[nodiscard]] Ref<> call_new(const Type& owner, Object&, const Arguments& given);

}  // namespace ouro::detail
