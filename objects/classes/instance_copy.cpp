// How instances of run-time classes go into messages: their own attributes, without a call of any of their methods.
#include <ouro/objects/classes/detail/class_parts.h>
#include <ouro/objects/classes/detail/instance_values.h>
#include <ouro/objects/classes/instance.h>
#include <ouro/objects/containers/dict.h>
#include <ouro/objects/messages/copied.h>

#include <fmt/format.h>

namespace ouro::detail {

namespace {

/// The names of so many members stand nowhere.
[[noreturn, gnu::cold]] void refuse_copy(const Object& object) {
  raise(ErrorKind::kTypeError, fmt::format("cannot pickle '{}' object with more than {} slots", object.type->name,
                                           std::uint32_t{Shape::kMaxNames}));
}

void write_instance(const Object& object, MessageNode& node, StateWriter& to) {
  const auto& instance = static_cast<const Instance&>(object);
  const std::size_t first = to.words();
  node.flag = instance.dict != nullptr;
  if (node.flag) to.reference(instance.dict);
  const Shape& shape = shape_of(instance);
  if (instance.next > shape.size()) refuse_copy(object);
  for (std::uint32_t slot = 0; slot < instance.next; ++slot) {
    if (instance.values[slot] == nullptr) continue;
    to.uncounted(shape.name(slot));  // which the shape counts, not the instance
    to.reference(instance.values[slot]);
  }
  node.count = static_cast<std::uint32_t>((to.words() - first) / 2);  // of pairs: a dict is one word
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
    set_own_attribute(instance, static_cast<Str&>(*name), *from.reference());
  }
}

}  // namespace

const CopySlots kInstanceCopy{
    .write = write_instance,
    .make = [](Type& type, const MessageNode&, StateReader&) -> Ref<> { return make_instance(static_cast<Class&>(type)); },
    .read = read_instance,
};

}  // namespace ouro::detail
