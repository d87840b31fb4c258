// Instances of classes: their attributes in slots or in a dict, how they are made, traversed and ended.
#include <ouro/objects/classes/derived.h>
#include <ouro/objects/classes/detail/class_parts.h>
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

using detail::Shape;

/// Slots of an instance whose class has not seen an attribute yet.
constexpr std::uint32_t kSlotsAtFirst = 3;

Class& class_at(const Object& object) noexcept { return static_cast<Class&>(*object.type); }

[[noreturn, gnu::cold]] void refuse(const Object& object, const Str& name) {
  raise(ErrorKind::kAttributeError, fmt::format("'{}' object has no attribute '{}'", object.type->name, text(name)));
}

bool is_dict_name(const Str& name) noexcept { return text(name) == "__dict__"; }
bool is_class_name(const Str& name) noexcept { return text(name) == "__class__"; }
/// Names that data descriptors of `object` and of every class have, so that no instance has them itself.
bool is_reserved(const Str& name) noexcept { return is_class_name(name) || is_dict_name(name); }

/// How many of the first slots are members that `__slots__` name. They stay where they are.
std::uint32_t members_of(const Instance& object) noexcept { return class_at(object).body->members; }

/// The attributes in slots leave the instance, all at once: what their end runs may set others.
void drop_slots(Instance& object) noexcept {
  const std::uint32_t members = members_of(object);
  const std::uint32_t used = std::exchange(object.next, members) - members;
  std::array<Ref<>, Shape::kMaxNames> dropped;
  static_assert(kSlotsAtFirst <= Shape::kMaxNames);
  for (std::uint32_t slot = 0; slot < used; ++slot)
    dropped[slot] = Ref<>::adopt(std::exchange(object.values[members + slot], nullptr));
  for (std::uint32_t slot = 0; slot < used; ++slot) dropped[slot].reset();
}

/// Moves the values into a dict, in order. All or nothing. Making the dict may collect, and a finalizer set attributes of
/// this very instance: then it is too small, or there is one already.
Ref<Dict> materialise(Instance& object) {
  const Ref<> held = share(object);
  const std::uint32_t members = members_of(object);
  while (object.dict == nullptr) {
    const std::uint32_t room = object.next;
    Ref<Dict> dict = make_dict(builtins_of(object), room);
    if (object.dict != nullptr || object.next > room) continue;
    const Shape& shape = class_at(object).body->shape;
    for (std::uint32_t slot = members; slot < object.next; ++slot)
      if (object.values[slot] != nullptr) dict->set(shape.name(slot), *object.values[slot]);
    object.dict = dict.release();
    drop_slots(object);
  }
  return share(static_cast<Dict&>(*object.dict));
}

/// `object.__dict__ = value`; null: an empty one in its place.
void replace_dict(Instance& object, Object* value) {
  if (value != nullptr && !is<Dict>(*value))
    raise(ErrorKind::kTypeError, fmt::format("__dict__ must be set to a dictionary, not a '{}'", value->type->name));
  Ref<> dict = value != nullptr ? share(*value) : Ref<>(make_dict(builtins_of(object)));
  expect_one_runtime(object, *dict);
  const Ref<> old = Ref<>::adopt(std::exchange(object.dict, dict.release()));
  drop_slots(object);
}

/// Sets what every object has and no instance owns.
void set_reserved(Instance& object, Str& name, Object* value) {
  if (is_dict_name(name) && !class_at(object).body->has_dict) refuse(object, name);
  if (is_dict_name(name)) return replace_dict(object, value);
  detail::set_class(object, value);
}

/// The slot in which a new attribute may be put, or kAbsent if the order or the room forbids that. May give the name a slot.
std::uint32_t slot_for_new(Instance& object, Str& name) noexcept {
  Shape& shape = class_at(object).body->shape;
  std::uint32_t slot = shape.find(name);
  if (slot == Shape::kAbsent && object.next == shape.size() && shape.size() < Shape::kMaxNames) {
    slot = shape.size();
    shape.add(name);
  }
  return slot != Shape::kAbsent && slot >= object.next && slot < object.slots() ? slot : Shape::kAbsent;
}

/// Lets an instance that has no room for more attributes teach the class how many there will be: the next one will have.
void learn(Instance& object, Str& name) noexcept {
  Shape& shape = class_at(object).body->shape;
  const bool has_all_others = static_cast<const Dict*>(object.dict)->size + members_of(object) == shape.size();
  if (has_all_others && shape.size() < Shape::kMaxNames && shape.find(name) == Shape::kAbsent) shape.add(name);
}

/// Gives a member a value that has none, and says whether there is such a member. Law slot-members.
bool put_member(Instance& object, const Str& name, Object& value) noexcept {
  const detail::ClassBody& body = *class_at(object).body;
  const std::uint32_t slot = body.guarded ? Shape::kAbsent : body.shape.find(name);
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
  if (members_of(object) != 0 && put_member(object, *name, value)) return;
  if (!class_at(object).body->has_dict) refuse_new(object, *name);
  if (object.dict != nullptr) learn(object, *name);
  const std::uint32_t slot = object.dict == nullptr ? slot_for_new(object, *name) : Shape::kAbsent;
  if (slot == Shape::kAbsent) {
    const Ref<> kept[] = {share(object), share(value)};  // making a dict may collect
    return materialise(object)->set(*name, value);
  }
  expect_one_runtime(object, value);
  increment(value);
  object.values[slot] = &value;
  object.next = slot + 1;
}

/// Where the value of an attribute that the instance has in a slot lies, or null. Law slot-members.
Object** find_slot(const Instance& object, const Str& name) noexcept {
  const detail::ClassBody& body = *class_at(object).body;
  const std::uint32_t slot = body.shape.find_equal(name);
  if (slot >= object.next || object.values[slot] == nullptr || (slot < body.members && body.guarded)) return nullptr;
  return const_cast<Object**>(&object.values[slot]);
}

void remove_slot(Instance& object, Object*& place) noexcept {
  const Ref<> old = Ref<>::adopt(std::exchange(place, nullptr));
  const std::uint32_t members = members_of(object);
  while (object.next > members && object.values[object.next - 1] == nullptr) --object.next;
}

void remove_attribute(Instance& object, Str& name) {
  if (object.next != 0) {
    if (Object** const place = find_slot(object, name)) return remove_slot(object, *place);
    const detail::ClassBody& body = *class_at(object).body;
    if (!body.guarded && body.shape.find_equal(name) < body.members) raise(ErrorKind::kAttributeError, text(name));
  }
  if (object.dict == nullptr && !class_at(object).body->has_dict) refuse_new(object, name);
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
  if (is_dict_name(name)) return class_at(object).body->has_dict ? Ref<>(dict_of(object)) : Ref<>();
  return is_class_name(name) ? share<Object>(*object.type) : Ref<>();
}

/// True if it is read as it is, whatever it was found through: only functions, descriptors, what wraps a function and
/// objects of classes may be bound.
inline bool is_read_as_it_is(const Object& found) noexcept {
  const Kind kind = kind_of(found);
  const bool wraps = kind >= Kind::kProperty && kind <= Kind::kSuper;
  return !found.type->has(kClassType) && kind != Kind::kFunction && kind != Kind::kDescriptor && !wraps;
}

/// A data descriptor of the class comes before the instance's own value.
Ref<> get_guarded_attribute(Instance& object, Str& name) {
  const Ref<> found = Ref<>::share(lookup(*object.type, name));
  if (found && detail::is_read_first(*found)) return detail::bind(*found, object);
  if (Ref<> own = own_value(object, name)) return own;
  return get_from_class(object, name, found.get());
}

[[gnu::noinline]] Ref<> get_slowly(Instance& object, Str& name) {
  if (class_at(object).body->guarded) return get_guarded_attribute(object, name);
  if (Ref<> own = own_value(object, name)) return own;
  return get_from_class(object, name, lookup(*object.type, name));
}

/// What most reads find is found without a call: a value in a slot, or what was asked of the class lately.
[[gnu::always_inline]] inline Ref<> get_at_hand(Instance& object, Str& name) {
  detail::ClassBody& body = *class_at(object).body;
  if (body.guarded || object.dict != nullptr || !name.is_interned()) [[unlikely]]
    return get_slowly(object, name);
  const std::uint32_t slot = body.shape.find(name);
  if (slot < object.next && object.values[slot] != nullptr) return share(*object.values[slot]);
  const auto& [cached, found] = body.cache.entry(name);
  if (cached != &name || found == nullptr) [[unlikely]]
    return get_slowly(object, name);
  return is_read_as_it_is(*found) ? share(*found) : detail::bind(*found, object);
}

/// True if a data descriptor of the class took the change.
bool set_through_class(Object& object, Str& name, Object* value) {
  const Ref<> found = Ref<>::share(lookup(*object.type, name));
  return found && detail::set_through(*found, object, name, value);
}

}  // namespace

Ref<Instance> make_instance(Class& type) {
  const detail::ClassBody& body = *type.body;
  const std::uint32_t learned = std::max(body.shape.size(), body.members);
  const std::uint32_t slots = learned == body.members && body.has_dict ? learned + kSlotsAtFirst : learned;
  const std::uint32_t members = body.members;
  return make<Instance>(type, instance_bytes(slots), [slots, members](Instance& object) noexcept {
    object.edges = slots + 1;
    object.next = members;
    object.dict = nullptr;
    std::fill_n(object.values, slots, nullptr);
  });
}

Object* own_attribute(const Instance& object, Str& name) { return own_value(object, name).get(); }

Ref<> get_instance_attribute(Instance& object, Str& name) { return get_at_hand(object, name); }

void set_instance_attribute(Instance& object, Str& name, Object* value) {
  // Comparing with the keys of a dict may run foreign code, and so may looking for a data descriptor.
  const bool guarded = class_at(object).body->guarded;
  const bool may_run = guarded || object.dict != nullptr;
  const Ref<> held[] = {may_run ? Ref<>(share(object)) : Ref<>(), may_run ? Ref<>::share(value) : Ref<>()};
  if (guarded && set_through_class(object, name, value)) return;
  if (value != nullptr && replace_own_attribute(object, name, *value)) return;
  if (is_reserved(name)) {
    const Ref<> kept[] = {share(object), Ref<>::share(value)};  // making another dict may collect
    return set_reserved(object, name, value);
  }
  value != nullptr ? put_attribute(object, name, *value) : remove_attribute(object, name);
}

void set_own_attribute(Instance& object, Str& name, Object& value) {
  const detail::ClassBody& body = *class_at(object).body;
  const std::uint32_t slot = body.shape.find_equal(name);
  if (slot == Shape::kAbsent || slot >= body.members) return put_attribute(object, name, value);
  expect_one_runtime(object, value);
  store(object.values[slot], share(value).release());
}

void adopt_dict(Instance& object, Dict& dict) noexcept {
  OURO_ASSERT(object.dict == nullptr && object.next == members_of(object), "one-place");
  expect_one_runtime(object, dict);
  increment(dict);
  object.dict = &dict;
}

Ref<Dict> dict_of(Instance& object) {
  if (!class_at(object).body->has_dict)
    raise(ErrorKind::kAttributeError, fmt::format("'{}' object has no attribute '__dict__'", object.type->name));
  return materialise(object);
}

namespace detail {

namespace {

std::size_t bytes_of_instance(const Object& object) noexcept {
  return instance_bytes(static_cast<const Instance&>(object).slots());
}

void clear_instance(Object& object) noexcept {
  auto& instance = static_cast<Instance&>(object);
  const Ref<> dict = Ref<>::adopt(std::exchange(instance.dict, nullptr));
  drop_slots(instance);
  for (std::uint32_t slot = 0; slot < members_of(instance); ++slot) store(instance.values[slot], nullptr);
}

std::string name_of_edge(const Object& object, std::size_t number) {
  if (number == 0) return ".__dict__";
  const Shape& shape = class_at(object).body->shape;
  if (number > shape.size()) return fmt::format(".__slots__[{}]", number - 1);
  return std::string(".").append(text(shape.name(static_cast<std::uint32_t>(number) - 1)));
}

/// Of a native object, or one of a class that derives from a built-in type.
[[gnu::noinline]] Ref<> get_of_other(Object& self, Str& name) {
  if (derives_from_builtin(*self.type)) {
    const auto of_base = self.type->slots->base->get_attribute;
    return of_base != nullptr ? of_base(self, name) : get_attribute_with_dict(self, name);
  }
  if (dict_slot(self) != nullptr) return get_attribute_with_dict(self, name);  // of a subclass of a native class
  if (Object* const found = lookup(*self.type, name)) return bind(*found, self);
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

const TypeSlots kInstanceSlots{
    .name = {},
    .kind = Kind::kInstance,
    .flags = kContainerType | kWeakableType,
    .edges = EdgeLayout::inline_array(sizeof(Object) + 2 * sizeof(std::uint32_t), sizeof(Object)),
    .block_bytes = bytes_of_instance,
    .clear = clear_instance,
    .edge_name = name_of_edge,
    .construct = construct_object,
    .copy = &kInstanceCopy,
};

}  // namespace detail

}  // namespace ouro
