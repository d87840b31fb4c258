// How instances of run-time classes go into messages: their own attributes, without a call of any of their methods.
#include <ouro/objects/classes/detail/class_parts.h>
#include <ouro/objects/classes/detail/instance_values.h>
#include <ouro/objects/classes/detail/slots.h>
#include <ouro/objects/classes/instance.h>
#include <ouro/objects/containers/dict.h>
#include <ouro/objects/messages/copied.h>

#include <fmt/format.h>

namespace ouro::detail {

namespace {

/// The name of a place: of a member that the shape has no room for its class's descriptor says it. Null if that was deleted.
Str* name_at(const Class& type, const Shape& shape, std::uint32_t slot) {
  return slot < shape.size() ? &shape.name(slot) : member_name(type, slot);
}

/// Without its descriptor the name of such a member stands nowhere.
[[noreturn, gnu::cold]] void refuse_copy(const Object& object) {
  raise(ErrorKind::kTypeError, fmt::format("cannot pickle '{}' object with more than {} slots", object.type->name,
                                           std::uint32_t{Shape::kMaxNames}));
}

void write_instance(const Object& object, MessageNode& node, StateWriter& to) {
  const auto& instance = static_cast<const Instance&>(object);
  const std::size_t first = to.words();
  node.flag = instance.dict != nullptr;
  if (node.flag) to.reference(instance.dict);
  const auto& type = static_cast<const Class&>(*object.type);
  const Shape& shape = shape_of(instance);
  for (std::uint32_t slot = 0; slot < instance.next; ++slot) {
    if (instance.values[slot] == nullptr) continue;
    Str* const name = name_at(type, shape, slot);
    if (name == nullptr) refuse_copy(object);
    to.uncounted(*name);  // which the class counts, not the instance
    to.reference(instance.values[slot]);
  }
  node.count = static_cast<std::uint32_t>((to.words() - first) / 2);  // of pairs: a dict is one word
}

/// A member beyond those of the shape goes to its own place.
void set_restored(Instance& object, Str& name, Object& value) {
  const auto& type = static_cast<const Class&>(*object.type);
  if (type.body->members <= Shape::kMaxNames || type.body->shapes.first().find_equal(name) != Shape::kAbsent)
    return set_own_attribute(object, name, value);
  const Object* const found = lookup(type, name);
  const auto* const descriptor = found != nullptr ? as<Descriptor>(*found) : nullptr;
  if (descriptor == nullptr || !is_slot_member(*descriptor)) return set_own_attribute(object, name, value);
  store(member_places(object)[static_cast<const SlotMember*>(descriptor)->place], share(value).release());
}

/// `flag`: the instance has a dict.
void read_instance(Object& object, const MessageNode& node, StateReader& from) {
  auto& instance = static_cast<Instance&>(object);
  if (node.flag) {
    // A native object's constructor, or a finalizer, may have found the instance already and given it attributes.
    const std::uint32_t members = static_cast<const Class&>(*object.type).body->members;
    while (instance.dict != nullptr || instance.next != members) object.type->slots->clear(object);
    adopt_dict(instance, static_cast<Dict&>(*from.reference()));
  }
  for (std::uint32_t i = 0; i < node.count; ++i) {
    const Ref<> name = from.reference();
    set_restored(instance, static_cast<Str&>(*name), *from.reference());
  }
}

}  // namespace

const CopySlots kInstanceCopy{
    .write = write_instance,
    .make = [](Type& type, const MessageNode&, StateReader&) -> Ref<> { return make_instance(static_cast<Class&>(type)); },
    .read = read_instance,
};

}  // namespace ouro::detail
