// Objects of classes that derive from a built-in type: life and attributes (CPython: subtype_traverse, subtype_clear,
// subtype_dealloc in Objects/typeobject.c).
#include <ouro/objects/classes/class.h>
#include <ouro/objects/classes/derived.h>
#include <ouro/objects/classes/detail/class_parts.h>
#include <ouro/objects/classes/detail/layout_entries.h>
#include <ouro/objects/classes/detail/slots.h>
#include <ouro/objects/containers/dict.h>
#include <ouro/objects/core/detail/default_slots.h>
#include <ouro/objects/core/detail/make_derived.h>
#include <ouro/objects/functions/method.h>
#include <ouro/objects/model/dismantle.h>
#include <ouro/objects/text/intern.h>
#include <ouro/objects/text/str.h>

#include <fmt/format.h>

#include <utility>

namespace ouro::detail {

namespace {

using Shape = EdgeLayout::Shape;

Object** place_at(const Object& object, std::size_t offset) noexcept;
std::size_t bytes_of_base(const Object& object) noexcept;

}  // namespace

EdgeRun places_behind(const Object& object) noexcept {
  return {place_at(object, dict_place(bytes_of_base(object))), std::size_t{1} + object.type->edges.count};
}

namespace {

/// Law base-in-front.
const TypeSlots& base_of(const Object& object) noexcept { return *object.type->slots->base; }

std::size_t bytes_of_base(const Object& object) noexcept {
  const TypeSlots& base = base_of(object);
  return base.size != 0 ? base.size : base.block_bytes(object);
}

Object** place_at(const Object& object, std::size_t offset) noexcept {
  return reinterpret_cast<Object**>(reinterpret_cast<std::byte*>(const_cast<Object*>(&object)) + offset);
}

Object*& dict_behind(const Object& object) noexcept { return *place_at(object, dict_place(bytes_of_base(object))); }

// ---- Life ----

std::size_t block_bytes_slot(const Object& object) noexcept {
  return dict_place(bytes_of_base(object)) + places_behind(object).count * sizeof(Object*);
}

/// The dict first, then what the base has. `edge_name_slot` counts the same way.
void traverse_slot(const Object& object, Visitor visit) noexcept {
  const EdgeRun behind = places_behind(object);
  for (std::size_t i = 0; i < behind.count; ++i) visit(behind.first[i]);
  const TypeSlots& base = base_of(object);
  if (base.edges.shape == Shape::kCustom) return base.traverse(object, visit);
  const EdgeRun run = edge_run(object, base.edges);
  for (std::size_t i = 0; i < run.count; ++i) visit(run.first[i]);
}

void clear_slot(Object& object) noexcept {
  const EdgeRun behind = places_behind(object);
  for (std::size_t i = 0; i < behind.count; ++i) store(behind.first[i], nullptr);
  if (base_of(object).clear != nullptr) base_of(object).clear(object);
}

void drop(Object* target) noexcept {
  if (target != nullptr) decrement(*target);
}

/// In the order in which the base's own objects do: sequences from the end.
void drop_edges_of_base(const Object& object, const TypeSlots& base) noexcept {
  const EdgeRun run = edge_run(object, base.edges);
  if (base.edges.shape == Shape::kInline || base.edges.shape == Shape::kBuffer) {
    for (std::size_t i = run.count; i-- > 0;) drop(run.first[i]);
  } else {
    for (std::size_t i = 0; i < run.count; ++i) drop(run.first[i]);
  }
}

void release_slot(Object& object) noexcept {
  const TypeSlots& base = base_of(object);
  const EdgeRun behind = places_behind(object);
  for (std::size_t i = 0; i < behind.count; ++i) drop(std::exchange(behind.first[i], nullptr));
  drop_edges_of_base(object, base);
  const bool owns_storage = (base.flags & kContainerType) != 0 || (object.flags & kStorageFlag) != 0;
  if (owns_storage && base.release != nullptr) base.release(object);
}

std::size_t slot_of_edge(const Object& object, const TypeSlots& base, std::size_t number) noexcept {
  const EdgeRun run = edge_run(object, base.edges);
  std::size_t slot = 0;
  for (; slot < run.count; ++slot)
    if (run.first[slot] != nullptr && number-- == 0) break;
  return slot;
}

std::string edge_name_slot(const Object& object, std::size_t number) {
  const EdgeRun behind = places_behind(object);
  for (std::size_t i = 0; i < behind.count; ++i)
    if (behind.first[i] != nullptr && number-- == 0) return i == 0 ? ".__dict__" : fmt::format(".__slots__[{}]", i - 1);
  const TypeSlots& base = base_of(object);
  const bool is_custom = base.edges.shape == Shape::kCustom;
  const std::size_t slot = is_custom ? number : slot_of_edge(object, base, number);
  return base.edge_name != nullptr ? base.edge_name(object, slot) : fmt::format("[{}]", slot);
}

/// A class has its own name and methods, and its objects are tracked as long as they live, as in CPython.
void take_out_what_is_not_inherited(TypeSlots& slots) noexcept {
  slots.name = {};
  slots.doc = {};
  slots.attributes = nullptr;
  slots.may_untrack = nullptr;
  slots.dismantle = dismantle_any;
}

void put_dict_behind(TypeSlots& slots, const TypeSlots& base) noexcept {
  slots.flags |= kForeignType;  // each is cleared on its own: what it owns is no plain run of edges
  slots.size = base.size != 0 ? static_cast<std::uint32_t>(dict_place(base.size) + sizeof(Object*)) : 0;
  slots.dict_offset = base.size != 0 ? static_cast<std::uint32_t>(dict_place(base.size)) : 0;
  slots.edges = EdgeLayout::custom();
  slots.block_bytes = block_bytes_slot;
  slots.release = release_slot;
  slots.traverse = traverse_slot;
  slots.clear = clear_slot;
  slots.edge_name = edge_name_slot;
  slots.copy = derived_copy_of(base.copy);
}

// ---- Attributes ----

bool is_dict_name(const Str& name) noexcept { return text(name) == "__dict__"; }

/// The object's own, empty if it has none. Comparing with keys may run any code, so that the dict is held.
Ref<> own_value(const Object& object, Str& name) {
  const Ref<> held = Ref<>::share(*dict_slot(object));
  return held ? Ref<>::share(static_cast<Dict&>(*held).find(name)) : Ref<>();
}

/// There is no place for attributes but members.
[[noreturn, gnu::cold]] void refuse_without_dict(const Object& object, const Str& name, const Object* found) {
  if (found == nullptr) raise_no_attribute(object, name);
  raise(ErrorKind::kAttributeError, fmt::format("'{}' object attribute '{}' is read-only", object.type->name, text(name)));
}

void remove_own(Object& object, Str& name) {
  const Ref<> held = Ref<>::share(*dict_slot(object));
  if (!held || !static_cast<Dict&>(*held).discard(name)) raise_no_attribute(object, name);
}

}  // namespace

TypeSlots derived_slots(const TypeSlots& base) noexcept {
  TypeSlots made = base;
  take_out_what_is_not_inherited(made);
  made.base = &base;
  constexpr std::uint32_t kNotInherited =
      kUntrackableType | kUntrackableInFullType | kBaseType | kNoWeakDerivedType | kWeakableType;
  made.flags = (base.flags & ~kNotInherited) | kContainerType;
  if ((base.flags & kNoWeakDerivedType) == 0) made.flags |= kWeakableType;
  // What attributes a class has stands in a dict of its own already.
  if (base.dict_offset == 0 && base.kind != Kind::kType) put_dict_behind(made, base);
  return made;
}

Object** dict_slot(const Object& object) noexcept {
  const TypeSlots& slots = *object.type->slots;
  if (slots.dict_offset != 0) return place_at(object, slots.dict_offset);
  return derives_from_builtin(*object.type) && kind_of(object) != Kind::kType ? &dict_behind(object) : nullptr;
}

Ref<Dict> dict_of_derived(Object& object) {
  const Ref<> held = share(object);
  Object** const place = dict_slot(object);
  if (*place == nullptr) {
    Ref<Dict> made = make_dict(builtins_of(object));
    if (*place == nullptr) *place = made.release();  // law made-once
  }
  return share(static_cast<Dict&>(**place));
}

void replace_dict_of_derived(Object& object, Object* value) {
  if (value != nullptr && !is<Dict>(*value))
    raise(ErrorKind::kTypeError, fmt::format("__dict__ must be set to a dictionary, not a '{}'", value->type->name));
  if (value != nullptr) expect_one_runtime(object, *value);
  store(*dict_slot(object), Ref<>::share(value).release());
}

Ref<> get_attribute_with_dict(Object& object, Object& name_object) {
  auto& name = static_cast<Str&>(name_object);
  const Ref<> found = lookup_held(*object.type, name);
  if (found && is_read_first(*found)) return bind(*found, object);
  if (is_dict_name(name) && has_instance_dict(*object.type)) return dict_of_derived(object);
  if (Ref<> own = own_value(object, name)) return own;
  return found ? bind(*found, object) : Ref<>();
}

void set_attribute_with_dict(Object& object, Object& name_object, Object* value) {
  auto& name = static_cast<Str&>(name_object);
  const Ref<> found = lookup_held(*object.type, name);
  if (found && set_through(*found, object, name, value)) return;
  if (!has_instance_dict(*object.type)) refuse_without_dict(object, name, found.get());
  if (is_dict_name(name)) return replace_dict_of_derived(object, value);
  if (value == nullptr) return remove_own(object, name);
  dict_of_derived(object)->set(*intern(name), *value);
}

}  // namespace ouro::detail
