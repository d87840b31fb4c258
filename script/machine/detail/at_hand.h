// Attributes, methods and globals that are found without a call, as most are.
//
// A word of an instruction's cache says where the name was the last time. That is a guess: it is looked at before it is
// used, so nothing has to be told when a class, an instance or a dict changes.
#pragma once

#include <ouro/objects/classes/detail/instance_values.h>
#include <ouro/objects/classes/detail/special_slots.h>
#include <ouro/objects/classes/instance.h>
#include <ouro/objects/containers/detail/dict_search.h>
#include <ouro/objects/containers/dict.h>
#include <ouro/objects/functions/descriptor.h>
#include <ouro/objects/text/str.h>
#include <ouro/script/machine/activation.h>

#include <cstdint>
#include <cstring>

namespace ouro::script {

/// Where an instance has an attribute in a slot, if nothing of its class comes before it; null: look in the usual way.
[[nodiscard, gnu::always_inline]] inline Object** slot_at_hand(Object& object, const Str& name, Word& guess) noexcept {
  if (!is<Instance>(object)) return nullptr;
  auto& instance = static_cast<Instance&>(object);
  const ouro::detail::ClassBody& body = ouro::detail::body_of(instance);
  if (body.guarded || instance.dict != nullptr || body.slots.get_attribute != ouro::detail::plain_get) return nullptr;
  const ouro::detail::Shape& shape = body.shapes.at(instance.shape);
  std::uint32_t slot = guess;
  if (!shape.has_at(slot, name)) [[unlikely]] {
    slot = shape.find(name);
    if (slot == ouro::detail::Shape::kAbsent) return nullptr;
    guess = slot;
  }
  return ouro::detail::has_value(instance, slot) ? &instance.values[slot] : nullptr;
}

/// Sets an attribute of an instance that has it in a slot, or gets it in the next one. Drops what was there, which may run
/// any code. False, and nothing is done: set it in the usual way.
[[nodiscard, gnu::always_inline]] inline bool set_at_hand(Object& object, const Str& name, Object& value,
                                                          Word& guess) noexcept {
  if (!is<Instance>(object)) return false;
  auto& instance = static_cast<Instance&>(object);
  const ouro::detail::ClassBody& body = ouro::detail::body_of(instance);
  if (body.guarded || instance.dict != nullptr || body.slots.set_attribute != ouro::detail::plain_set) return false;
  const ouro::detail::Shape& shape = body.shapes.at(instance.shape);
  std::uint32_t slot = guess;
  if (!shape.has_at(slot, name)) [[unlikely]] {
    slot = shape.find(name);
    if (slot == ouro::detail::Shape::kAbsent) return false;
    guess = slot;
  }
  const bool is_next = slot == instance.next && slot < instance.slots() && slot >= body.members;
  if (!is_next && !ouro::detail::has_value(instance, slot)) return false;
  expect_one_runtime(object, value);
  increment(value);
  if (is_next) {
    instance.set_next(slot + 1);
    Object* const before = instance.values[slot];
    instance.values[slot] = &value;
    if (before != nullptr) decrement(*before);
    return true;
  }
  store(instance.values[slot], &value);
  return true;
}

/// `object.name` as a method of a class made at run time that a call would give the object to, borrowed; null: look in the
/// usual way.
[[nodiscard, gnu::always_inline]] inline Object* method_here(const Object& object, const Str& name) noexcept {
  if (!is<Instance>(object)) return nullptr;
  const auto& instance = static_cast<const Instance&>(object);
  const ouro::detail::ClassBody& body = ouro::detail::body_of(instance);
  if (instance.dict != nullptr || body.slots.get_attribute != ouro::detail::plain_get) return nullptr;
  if (ouro::detail::has_value(instance, body.shapes.at(instance.shape).find(name))) return nullptr;
  const auto* const cached = body.cache.find(name);
  return cached != nullptr ? cached->value : nullptr;
}

/// The method of a built-in type that an instruction found the last time, borrowed, if the object is of the type that has
/// it; null: look in the usual way. Built-in types and their methods live as long as the runtime and never change.
[[nodiscard, gnu::always_inline]] inline Object* builtin_method_at_hand(const Object& object, const Word* cache) noexcept {
  Descriptor* known = nullptr;
  std::memcpy(&known, cache, sizeof known);
  return known != nullptr && known->owner == object.type ? known : nullptr;
}
inline void note_builtin_method(const Object& object, Object& found, Word* cache) noexcept {
  if (!is<Descriptor>(found) || static_cast<Descriptor&>(found).owner != object.type) return;
  if (object.type->has(kClassType) || object.type->slots->get_attribute != nullptr) return;
  const auto* const known = static_cast<Descriptor*>(&found);
  std::memcpy(cache, &known, sizeof known);
}

/// A global that stands where it was the last time, borrowed, or a built-in that no global hides; null: look in the usual
/// way.
[[nodiscard, gnu::always_inline]] inline Object* global_at_hand(const Activation& activation, const Str& name,
                                                                const Word* guesses) noexcept {
  const Dict& globals = *activation.globals;
  const std::uint32_t place = guesses[0] - 1;
  if (place < globals.used && globals.pairs[place].key == &name) return globals.pairs[place].value;
  const Dict& built_ins = *activation.built_ins;
  const std::uint32_t other = guesses[1] - 1;
  if (other >= built_ins.used || built_ins.pairs[other].key != &name || name.cached_hash == Str::kNoHash) return nullptr;
  const std::uint32_t hidden = ouro::detail::find_near(globals, ouro::detail::fold_hash(name.cached_hash), &name);
  return hidden == ouro::detail::kAbsent ? built_ins.pairs[other].value : nullptr;
}

}  // namespace ouro::script
