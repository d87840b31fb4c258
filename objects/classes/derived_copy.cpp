// How objects of classes that derive from a built-in type go into messages: what the base writes, then the `__dict__`,
// without a call of any of their methods.
//
//   words   [ class | what the base writes | dict | members ]      a base that refers to others: list, tuple, dict
//           [ class | place (two words)    | dict | members ]      one that does not: what its node would say as `place`
#include <ouro/objects/classes/derived.h>
#include <ouro/objects/classes/detail/class_parts.h>
#include <ouro/objects/classes/detail/slots.h>
#include <ouro/objects/containers/dict.h>
#include <ouro/objects/messages/copied.h>

namespace ouro::detail {

namespace {

const CopySlots& copy_of_base(const Type& type) noexcept { return *type.slots->base->copy; }

void note_derived(const Object& object, MessageNode& node, StateWriter& to) {
  const CopySlots& base = copy_of_base(*object.type);
  if (base.write != nullptr && base.note != nullptr) base.note(object, node, to);
}

void write_derived(const Object& object, MessageNode& node, StateWriter& to) {
  const CopySlots& base = copy_of_base(*object.type);
  if (base.write != nullptr) {
    base.write(object, node, to);
  } else {
    MessageNode noted = node;
    if (base.note != nullptr) base.note(object, noted, to);
    node.flag = noted.flag;
    node.count = noted.count;
    to.number(noted.place);
  }
  const Object* const* const dict = dict_slot(object);
  to.reference(*dict);
  const std::uint32_t members = members_of(*object.type);
  to.number(members);
  for (std::uint32_t i = 0; i < members; ++i) to.reference(member_places(object)[i]);
}

Ref<> make_derived_copy(Type& type, const MessageNode& node, StateReader& from) {
  const CopySlots& base = copy_of_base(type);
  MessageNode noted = node;
  if (base.write == nullptr) noted.place = from.number();
  return base.make(type, noted, from);
}

/// Past what making the object has read.
void skip_what_is_made(const CopySlots& base, const MessageNode& node, StateReader& from) {
  if (base.write == nullptr) return static_cast<void>(from.number());
  for (std::uint32_t i = 0; i < node.count; ++i) static_cast<void>(from.reference());
}

/// The class may have others here.
void read_members(Object& object, StateReader& from) {
  const std::uint64_t written = from.number();
  for (std::uint64_t i = 0; i < written; ++i) {
    Ref<> value = from.reference();
    if (i < members_of(*object.type)) store(member_places(object)[i], value.release());
  }
}

void read_derived(Object& object, const MessageNode& node, StateReader& from) {
  const CopySlots& base = copy_of_base(*object.type);
  if (base.read != nullptr) {
    base.read(object, node, from);
  } else {
    skip_what_is_made(base, node, from);
  }
  Ref<> dict = from.reference();
  if (dict) store(*dict_slot(object), dict.release());
  read_members(object, from);
}

constexpr CopySlots derived_copy(bool made_from_others) noexcept {
  return {.note = note_derived,
          .write = write_derived,
          .make = make_derived_copy,
          .read = read_derived,
          .made_from_others = made_from_others};
}

constexpr CopySlots kFilledLater = derived_copy(false);
constexpr CopySlots kMadeFromOthers = derived_copy(true);

}  // namespace

const CopySlots* derived_copy_of(const CopySlots* base) noexcept {
  if (base == nullptr || base->by_name) return nullptr;
  return base->made_from_others ? &kMadeFromOthers : &kFilledLater;
}

}  // namespace ouro::detail
