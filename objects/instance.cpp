#include <ouro/objects/detail/class_parts.h>
#include <ouro/objects/detail/invoke.h>
#include <ouro/objects/detail/special_slots.h>
#include <ouro/objects/dict.h>
#include <ouro/objects/function.h>
#include <ouro/objects/instance.h>
#include <ouro/objects/intern.h>
#include <ouro/objects/method.h>
#include <ouro/objects/model/make.h>
#include <ouro/objects/none.h>
#include <ouro/objects/protocol.h>
#include <ouro/objects/str.h>

#include <fmt/format.h>

#include <algorithm>

namespace ouro {

namespace {

using detail::Shape;
using detail::Special;

/// Slots of an instance whose class has not seen an attribute yet.
constexpr std::uint32_t kSlotsAtFirst = 3;

Class& class_at(const Object& object) noexcept { return static_cast<Class&>(*object.type); }

[[noreturn, gnu::cold]] void refuse(const Object& object, const Str& name) {
  raise(ErrorKind::kAttributeError, fmt::format("'{}' object has no attribute '{}'", object.type->name, text(name)));
}

/// `__dict__` and `__class__` are not attributes that can be set.
void refuse_reserved(const Str& name) {
  if (text(name) == "__class__" || text(name) == "__dict__")
    raise(ErrorKind::kTypeError, fmt::format("attribute '{}' is read-only", text(name)));
}

/// Moves the values into a dict, in order. All or nothing.
Dict& materialise(Instance& object) {
  if (object.dict != nullptr) return static_cast<Dict&>(*object.dict);
  const Shape& shape = class_at(object).body->shape;
  Ref<Dict> dict = make_dict(builtins_of(object), object.next);
  for (std::uint32_t slot = 0; slot < object.next; ++slot)
    if (object.values[slot] != nullptr) dict->set(shape.name(slot), *object.values[slot]);
  object.dict = dict.release();
  const std::uint32_t used = std::exchange(object.next, 0);
  for (std::uint32_t slot = 0; slot < used; ++slot) store(object.values[slot], nullptr);
  return static_cast<Dict&>(*object.dict);
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
  const bool has_all_others = static_cast<const Dict*>(object.dict)->size == shape.size();
  if (has_all_others && shape.size() < Shape::kMaxNames && shape.find(name) == Shape::kAbsent) shape.add(name);
}

/// Sets an attribute that the instance does not have, without a look at the class.
void put_attribute(Instance& object, Str& given, Object& value) {
  const Ref<Str> name = intern(given);
  expect_one_runtime(object, *name);
  if (object.dict != nullptr) learn(object, *name);
  const std::uint32_t slot = object.dict == nullptr ? slot_for_new(object, *name) : Shape::kAbsent;
  if (slot == Shape::kAbsent) return materialise(object).set(*name, value);
  expect_one_runtime(object, value);
  increment(value);
  object.values[slot] = &value;
  object.next = slot + 1;
}

/// The same, if the class has no property of that name.
void add_attribute(Instance& object, Str& name, Object& value) {
  refuse_reserved(name);
  if (Object* const found = lookup(*object.type, name);
      found != nullptr && detail::set_property(*found, object, name, &value))
    return;
  put_attribute(object, name, value);
}

void remove_attribute(Instance& object, Str& name) {
  refuse_reserved(name);
  if (Object* const found = lookup(*object.type, name);
      found != nullptr && detail::set_property(*found, object, name, nullptr))
    return;
  if (object.dict != nullptr) {
    if (!static_cast<Dict*>(object.dict)->discard(name)) refuse(object, name);
    return;
  }
  const std::uint32_t slot = class_at(object).body->shape.find_equal(name);
  if (slot >= object.next || object.values[slot] == nullptr) refuse(object, name);
  const Ref<> old = Ref<>::adopt(std::exchange(object.values[slot], nullptr));
  while (object.next > 0 && object.values[object.next - 1] == nullptr) --object.next;
}

/// Where the value of an attribute that the instance has in a slot lies, or null.
Object** find_slot(const Instance& object, const Str& name) noexcept {
  const std::uint32_t slot = class_at(object).body->shape.find_equal(name);
  if (slot >= object.next || object.values[slot] == nullptr) return nullptr;
  return const_cast<Object**>(&object.values[slot]);
}

}  // namespace

Ref<Instance> make_instance(Class& type) {
  const std::uint32_t learned = type.body->shape.size();
  const std::uint32_t slots = learned == 0 ? kSlotsAtFirst : learned;
  return make<Instance>(type, instance_bytes(slots), [slots](Instance& object) noexcept {
    object.edges = slots + 1;
    object.next = 0;
    object.dict = nullptr;
    std::fill_n(object.values, slots, nullptr);
  });
}

Ref<> instantiate(Class& type, const Arguments& arguments) {
  Ref<Instance> made = make_instance(type);
  Object* const initialiser = type.body->method(Special::kInit);
  if (initialiser == nullptr) {
    if (arguments.positional.empty() && arguments.keyword_names.empty()) return made;
    raise(ErrorKind::kTypeError, fmt::format("{}() takes no arguments", type.name));
  }
  const Ref<> result = detail::call_found(*share(*initialiser), *made, arguments);
  if (!is_none(*result))
    raise(ErrorKind::kTypeError, fmt::format("__init__() should return None, not '{}'", result->type->name));
  return made;
}

Object* own_attribute(const Instance& object, Str& name) {
  if (object.dict != nullptr) return static_cast<const Dict*>(object.dict)->find(name);
  Object** const slot = find_slot(object, name);
  return slot == nullptr ? nullptr : *slot;
}

Ref<> get_instance_attribute(Instance& object, Str& name) {
  if (Object* const own = own_attribute(object, name)) return share(*own);
  if (Object* const found = lookup(*object.type, name)) return detail::bind(*found, object);
  return text(name) == "__dict__" ? Ref<>(dict_of(object)) : Ref<>();
}

void set_instance_attribute(Instance& object, Str& name, Object* value) {
  if (value == nullptr) return remove_attribute(object, name);
  if (object.dict == nullptr) {
    if (Object** const slot = find_slot(object, name)) {
      expect_one_runtime(object, *value);
      increment(*value);
      return store(*slot, value);
    }
  } else if (static_cast<Dict*>(object.dict)->find(name) != nullptr) {
    return static_cast<Dict*>(object.dict)->set(name, *value);
  }
  add_attribute(object, name, *value);
}

void set_own_attribute(Instance& object, Str& name, Object& value) { put_attribute(object, name, value); }

void adopt_dict(Instance& object, Dict& dict) noexcept {
  OURO_ASSERT(object.dict == nullptr && object.next == 0, "one-place");
  expect_one_runtime(object, dict);
  increment(dict);
  object.dict = &dict;
}

Ref<Dict> dict_of(Instance& object) { return share(materialise(object)); }

namespace detail {

namespace {

std::size_t bytes_of_instance(const Object& object) noexcept {
  return instance_bytes(static_cast<const Instance&>(object).slots());
}

void clear_instance(Object& object) noexcept {
  auto& instance = static_cast<Instance&>(object);
  instance.next = 0;
  store(instance.dict, nullptr);
  for (std::uint32_t slot = 0; slot < instance.slots(); ++slot) store(instance.values[slot], nullptr);
}

std::string name_of_edge(const Object& object, std::size_t number) {
  if (number == 0) return ".__dict__";
  const Str& name = class_at(object).body->shape.name(static_cast<std::uint32_t>(number) - 1);
  return std::string(".").append(text(name));
}

}  // namespace

Ref<> plain_get(Object& self, Object& name_object) {
  auto& name = static_cast<Str&>(name_object);
  if (is<Instance>(self)) return get_instance_attribute(static_cast<Instance&>(self), name);
  Object* const found = lookup(*self.type, name);
  return found == nullptr ? Ref<>() : bind(*found, self);
}

void plain_set(Object& self, Object& name_object, Object* value) {
  auto& name = static_cast<Str&>(name_object);
  if (is<Instance>(self)) return set_instance_attribute(static_cast<Instance&>(self), name, value);
  Object* const found = lookup(*self.type, name);
  if (found == nullptr) refuse(self, name);
  if (!set_property(*found, self, name, value))
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
};

}  // namespace detail

}  // namespace ouro
