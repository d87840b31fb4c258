// Objects of classes made at run time that derive from a native class: the struct in front, a `__dict__` behind.
//
//   offset 0        16            n
//          +--------+-------------+------+
//          | header | the struct  | dict |
//          +--------+-------------+------+
#include <ouro/objects/classes/class.h>
#include <ouro/objects/classes/derived.h>
#include <ouro/objects/classes/native_type.h>
#include <ouro/objects/model/dismantle.h>

#include <utility>

namespace ouro::detail {

namespace {

/// What objects of the native class do.
const TypeSlots& slots_of_struct(const Object& object) noexcept {
  return *static_cast<const Class*>(object.type)->native->slots;
}

/// The dict first, then what the struct holds. `edge_name_slot` counts the same way.
void traverse_slot(const Object& object, Visitor visit) noexcept {
  visit(*dict_slot(object));
  if (const auto traverse = slots_of_struct(object).traverse) traverse(object, visit);
}

void clear_slot(Object& object) noexcept {
  store(*dict_slot(object), nullptr);
  if (const auto clear = slots_of_struct(object).clear) clear(object);
}

void release_slot(Object& object) noexcept {
  store(*dict_slot(object), nullptr);
  if ((object.flags & kStorageFlag) != 0) slots_of_struct(object).release(object);
}

std::string edge_name_slot(const Object& object, std::size_t number) {
  if (*dict_slot(object) != nullptr && number-- == 0) return ".__dict__";
  const auto edge_name = slots_of_struct(object).edge_name;
  return edge_name != nullptr ? edge_name(object, number) : std::string();
}

}  // namespace

TypeSlots slots_of_native_subclass(const NativeType& native) noexcept {
  constexpr std::uint32_t kWord = sizeof(Object*);
  TypeSlots made = *native.slots;
  made.flags |= kContainerType | kForeignType;
  made.dict_offset = (made.size + kWord - 1) / kWord * kWord;
  made.size = made.dict_offset + kWord;
  made.edges = EdgeLayout::custom();
  made.dismantle = dismantle_any;
  made.release = release_slot;
  made.traverse = traverse_slot;
  made.clear = clear_slot;
  made.edge_name = edge_name_slot;
  made.copy = nullptr;
  return made;
}

}  // namespace ouro::detail
