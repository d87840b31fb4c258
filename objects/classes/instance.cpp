// Attributes of instances: their own and those of their classes.
#include <ouro/objects/classes/derived.h>
#include <ouro/objects/classes/detail/class_parts.h>
#include <ouro/objects/classes/detail/instance_values.h>
#include <ouro/objects/classes/detail/layout_entries.h>
#include <ouro/objects/classes/detail/special_slots.h>
#include <ouro/objects/classes/instance.h>
#include <ouro/objects/containers/dict.h>
#include <ouro/objects/core/detail/default_slots.h>
#include <ouro/objects/core/none.h>
#include <ouro/objects/core/protocol.h>
#include <ouro/objects/functions/descriptor.h>
#include <ouro/objects/functions/function.h>
#include <ouro/objects/functions/method.h>
#include <ouro/objects/model/make.h>
#include <ouro/objects/text/intern.h>
#include <ouro/objects/text/str.h>

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <utility>

namespace ouro {

namespace {

using detail::body_of;
using detail::find_slot;
using detail::has_value;
using detail::Shape;
using detail::shape_of;

[[noreturn, gnu::cold]] void refuse(const Object& object, const Str& name) {
  raise(ErrorKind::kAttributeError, fmt::format("'{}' object has no attribute '{}'", object.type->name, text(name)));
}

bool is_dict_name(const Str& name) noexcept { return text(name) == "__dict__"; }
bool is_weakref_name(const Str& name) noexcept { return text(name) == "__weakref__"; }
bool is_class_name(const Str& name) noexcept { return text(name) == "__class__"; }
/// Names that data descriptors of `object` and of every class have, so that no instance has them itself.
bool is_reserved(const Str& name) noexcept { return is_class_name(name) || is_dict_name(name); }

/// Sets what every object has and no instance owns.
void set_reserved(Instance& object, Str& name, Object* value) {
  if (is_dict_name(name) && !body_of(object).has_dict) refuse(object, name);
  if (is_dict_name(name)) return detail::replace_dict(object, value);
  detail::set_class(object, value);
}

/// Gives a member a value that has none, and says whether there is such a member. Law slot-members.
bool put_member(Instance& object, const Str& name, Object& value) noexcept {
  const detail::ClassBody& body = body_of(object);
  const std::uint32_t slot = body.guarded ? Shape::kAbsent : body.shapes.first().find(name);
  if (slot == Shape::kAbsent || slot >= body.members) return false;
  expect_one_runtime(object, value);
  increment(value);
  store(object.values[slot], &value);
  return true;
}

/// There is no place for attributes but members.
[[noreturn, gnu::cold]] void refuse_new(const Object& object, Str& name) {
  if (lookup(*object.type, name) == nullptr) refuse(object, name);
  raise(ErrorKind::kAttributeError, fmt::format("'{}' object attribute '{}' is read-only", object.type->name, text(name)));
}

/// Sets an attribute that the instance does not have, without a look at the class.
void put_attribute(Instance& object, Str& given, Object& value) {
  const bool may_collect = !given.is_interned();
  const Ref<> held[] = {may_collect ? Ref<>(share(object)) : Ref<>(), may_collect ? share(value) : Ref<>()};
  const Ref<Str> name = intern(given);
  expect_one_runtime(object, *name);
  if (detail::members_of(object) != 0 && put_member(object, *name, value)) return;
  if (!body_of(object).has_dict) refuse_new(object, *name);
  if (object.dict != nullptr)
    detail::learn(object, *name);
  else if (detail::put_in_slot(object, *name, value))
    return;
  const Ref<> kept[] = {share(object), share(value)};  // making a dict may collect
  detail::materialise(object)->set(*name, value);
}

void remove_attribute(Instance& object, Str& name) {
  if (object.next != 0) {
    if (Object** const place = find_slot(object, name)) return detail::remove_slot(object, *place);
    const detail::ClassBody& body = body_of(object);
    if (!body.guarded && body.shapes.first().find_equal(name) < body.members) raise(ErrorKind::kAttributeError, text(name));
  }
  if (object.dict == nullptr && !body_of(object).has_dict) refuse_new(object, name);
  const Ref<> dict = Ref<>::share(object.dict);
  if (!dict || !static_cast<Dict&>(*dict).discard(name)) refuse(object, name);
}

/// False if the instance does not have the attribute.
bool replace_own_attribute(Instance& object, Str& name, Object& value) {
  if (object.next != 0) {
    if (Object** const slot = find_slot(object, name)) {
      expect_one_runtime(object, value);
      increment(value);
      store(*slot, &value);
      return true;
    }
  }
  if (object.dict == nullptr) return false;
  const Ref<Dict> dict = share(static_cast<Dict&>(*object.dict));
  if (is_reserved(name) || dict->find(name) == nullptr) return false;
  dict->set(name, value);
  return true;
}

/// Comparing with the keys of its dict may put another in the place of that, so it is held.
Ref<> own_value(const Instance& object, Str& name) {
  if (object.next != 0)
    if (Object** const slot = find_slot(object, name)) return share(**slot);
  if (object.dict == nullptr || is_reserved(name)) return {};
  const Ref<Dict> dict = share(static_cast<Dict&>(*object.dict));
  return Ref<>::share(dict->find(name));
}

/// What the instance does not have itself.
Ref<> get_from_class(Instance& object, const Str& name, Object* found) {
  if (found != nullptr) return detail::bind(*found, object);
  if (is_dict_name(name)) return body_of(object).has_dict ? Ref<>(dict_of(object)) : Ref<>();
  return is_class_name(name) ? share<Object>(*object.type) : Ref<>();
}

/// True if it is read as it is, whatever it was found through: only functions, descriptors, what wraps a function and
/// objects of classes may be bound.
inline bool is_read_as_it_is(const Object& found) noexcept {
  const Kind kind = kind_of(found);
  const bool wraps = kind >= Kind::kProperty && kind <= Kind::kSuper;
  const bool may_be_bound = (found.type->instance_flags & (kClassType | kFunctionType)) != 0;
  return !may_be_bound && kind != Kind::kFunction && kind != Kind::kDescriptor && !wraps;
}

/// A data descriptor of the class comes before the instance's own value.
Ref<> get_guarded_attribute(Instance& object, Str& name) {
  const Ref<> found = detail::lookup_held(*object.type, name);
  if (found && detail::is_read_first(*found)) return detail::bind(*found, object);
  if (Ref<> own = own_value(object, name)) return own;
  return get_from_class(object, name, found.get());
}

[[gnu::noinline]] Ref<> get_slowly(Instance& object, Str& name) {
  if (body_of(object).guarded) return get_guarded_attribute(object, name);
  if (Ref<> own = own_value(object, name)) return own;
  return get_from_class(object, name, detail::lookup_held(*object.type, name).get());
}

/// Names that begin so may be reserved, where no class has anything.
bool is_special_name(const Str& name) noexcept { return text(name).starts_with("__"); }

/// What most reads find is found without a call: a value in a slot, or what was asked of the class lately.
[[gnu::always_inline]] inline Ref<> get_at_hand(Instance& object, Str& name) {
  const detail::ClassBody& body = body_of(object);
  if (body.guarded || object.dict != nullptr || !name.is_interned()) [[unlikely]]
    return get_slowly(object, name);
  const std::uint32_t slot = body.shapes.at(object.shape).find(name);
  if (has_value(object, slot)) return share(*object.values[slot]);
  const auto* const cached = body.cache.find(name);
  if (cached == nullptr || (cached->value == nullptr && is_special_name(name))) [[unlikely]]
    return get_slowly(object, name);
  Object* const found = cached->value;
  if (found == nullptr) return {};
  return is_read_as_it_is(*found) ? share(*found) : detail::bind(*found, object);
}

/// Most writes, likewise: another value in a slot, or one in the next slot. False: look in the usual way.
[[gnu::always_inline]] inline bool set_at_hand(Instance& object, const Str& name, Object& value) noexcept {
  const detail::ClassBody& body = body_of(object);
  if (body.guarded || object.dict != nullptr || !name.is_interned()) [[unlikely]]
    return false;
  const std::uint32_t slot = body.shapes.at(object.shape).find(name);
  const bool is_next = slot == object.next && slot < object.slots() && slot >= body.members;
  if (!is_next && !has_value(object, slot)) return false;
  expect_one_runtime(object, value);
  increment(value);
  if (is_next) object.set_next(slot + 1);
  store(object.values[slot], &value);
  return true;
}

/// True if a data descriptor of the class took the change.
bool set_through_class(Object& object, Str& name, Object* value) {
  const Ref<> found = detail::lookup_held(*object.type, name);
  return found && detail::set_through(*found, object, name, value);
}

}  // namespace

Object* own_attribute(const Instance& object, Str& name) { return own_value(object, name).get(); }

Ref<> get_instance_attribute(Instance& object, Str& name) { return get_at_hand(object, name); }

Object* method_at_hand(const Instance& object, const Str& name) noexcept {
  const detail::ClassBody& body = body_of(object);
  if (object.dict != nullptr || !name.is_interned() || body.slots.get_attribute != detail::plain_get) return nullptr;
  if (has_value(object, shape_of(object).find(name))) return nullptr;
  const auto* const cached = body.cache.find(name);
  return cached != nullptr && cached->value != nullptr && detail::takes_self(*cached->value) ? cached->value : nullptr;
}

void set_instance_attribute(Instance& object, Str& name, Object* value) {
  if (value != nullptr && set_at_hand(object, name, *value)) return;
  // Comparing with the keys of a dict may run foreign code, and so may looking for a data descriptor.
  const bool guarded = body_of(object).guarded;
  const bool may_run = guarded || object.dict != nullptr;
  const Ref<> held[] = {may_run ? Ref<>(share(object)) : Ref<>(), may_run ? Ref<>::share(value) : Ref<>()};
  if ((guarded || is_weakref_name(name)) && set_through_class(object, name, value)) return;
  if (value != nullptr && replace_own_attribute(object, name, *value)) return;
  if (is_reserved(name)) {
    const Ref<> kept[] = {share(object), Ref<>::share(value)};  // making another dict may collect
    return set_reserved(object, name, value);
  }
  value != nullptr ? put_attribute(object, name, *value) : remove_attribute(object, name);
}

void set_own_attribute(Instance& object, Str& name, Object& value) {
  const detail::ClassBody& body = body_of(object);
  const std::uint32_t slot = body.shapes.first().find_equal(name);
  if (slot == Shape::kAbsent || slot >= body.members) return put_attribute(object, name, value);
  expect_one_runtime(object, value);
  store(object.values[slot], share(value).release());
}

Ref<Dict> dict_of(Instance& object) {
  if (!body_of(object).has_dict)
    raise(ErrorKind::kAttributeError, fmt::format("'{}' object has no attribute '__dict__'", object.type->name));
  return detail::materialise(object);
}

namespace detail {

void replace_dict(Instance& object, Object* value) {
  if (value != nullptr && !is<Dict>(*value))
    raise(ErrorKind::kTypeError, fmt::format("__dict__ must be set to a dictionary, not a '{}'", value->type->name));
  const Ref<> held = share(object);  // making another dict may collect
  Ref<> dict = value != nullptr ? share(*value) : Ref<>(make_dict(builtins_of(object)));
  expect_one_runtime(object, *dict);
  const Ref<> old = Ref<>::adopt(std::exchange(object.dict, dict.release()));
  drop_slots(object);
}

namespace {

/// Of a native object, or one of a class that derives from a built-in type.
[[gnu::noinline]] Ref<> get_of_other(Object& self, Str& name) {
  if (derives_from_builtin(*self.type)) {
    const auto of_base = self.type->slots->base->get_attribute;
    return of_base != nullptr ? of_base(self, name) : get_attribute_with_dict(self, name);
  }
  if (dict_slot(self) != nullptr) return get_attribute_with_dict(self, name);  // of a subclass of a native class
  if (const Ref<> found = lookup_held(*self.type, name)) return bind(*found, self);
  return is_class_name(name) ? share<Object>(*self.type) : Ref<>();
}

}  // namespace

Ref<> plain_get(Object& self, Object& name_object) {
  auto& name = static_cast<Str&>(name_object);
  return is<Instance>(self) ? get_at_hand(static_cast<Instance&>(self), name) : get_of_other(self, name);
}

void plain_set(Object& self, Object& name_object, Object* value) {
  auto& name = static_cast<Str&>(name_object);
  if (is<Instance>(self)) return set_instance_attribute(static_cast<Instance&>(self), name, value);
  if (derives_from_builtin(*self.type)) {
    const auto of_base = self.type->slots->base->set_attribute;
    return of_base != nullptr ? of_base(self, name, value) : set_attribute_with_dict(self, name, value);
  }
  if (dict_slot(self) != nullptr) return set_attribute_with_dict(self, name, value);
  if (set_through_class(self, name, value)) return;
  if (lookup(*self.type, name) == nullptr) refuse(self, name);
  raise(ErrorKind::kAttributeError, fmt::format("'{}' object attribute '{}' is read-only", self.type->name, text(name)));
}

}  // namespace detail

}  // namespace ouro
