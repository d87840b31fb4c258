// What a class may derive from, and whose layout its objects begin with (CPython: best_base and solid_base in
// Objects/typeobject.c).
#include <ouro/objects/classes/detail/class_parts.h>
#include <ouro/objects/classes/detail/slots.h>
#include <ouro/objects/core/protocol.h>

#include <fmt/format.h>

#include <algorithm>

namespace ouro::detail {

namespace {

/// Objects of a native class hold a C++ struct, of which another native class has the same or one that derives from it.
bool holds_part_of(const Type& type, const NativeType& native) noexcept {
  const std::type_info& held = *static_cast<const Class&>(type).native->type;
  return held == *native.type ||
         std::ranges::any_of(native.bases, [&](const NativeType::Base& base) { return *base.type == held; });
}

bool is_acceptable(const Type& base, const NativeType* native) noexcept {
  if (base.kind == Kind::kObject || base.kind == Kind::kInstance) return true;
  if (base.kind == Kind::kNative) return native != nullptr ? holds_part_of(base, *native) : base.has(kBaseType);
  if (native != nullptr) return false;
  return base.has(kClassType) || (base.slots->flags & kBaseType) != 0;
}

/// The first type above with this layout: types that add no fields have their base's.
const Type& solid_base(const Type& base) noexcept {
  for (const Type* step = &base; step->has(kClassType) && step->kind != Kind::kNative; step = step->base)
    if (members_of(*step) > members_of(*step->base)) return *step;
  const Type* const layout = layout_of(base);
  const Type* solid = layout != nullptr ? layout : &base;
  while (solid->base != nullptr && solid->base->kind == solid->kind && solid->base->size == solid->size) solid = solid->base;
  return *solid;
}

void expect_each_once(std::span<Object* const> bases) {
  for (std::size_t i = 1; i < bases.size(); ++i)
    if (std::ranges::find(bases.first(i), bases[i]) != bases.begin() + static_cast<std::ptrdiff_t>(i))
      raise(ErrorKind::kTypeError, fmt::format("duplicate base class {}", static_cast<const Type*>(bases[i])->name));
}

}  // namespace

const Type* layout_of(const Type& type) noexcept {
  const Type* layout = &type;
  while (layout != nullptr && layout->has(kClassType)) layout = layout->kind == Kind::kNative ? nullptr : layout->base;
  return layout;
}

/// The first class behind a built-in type adds the place for a `__dict__`, if the type has none.
bool adds_to_layout(const Class& type) noexcept {
  return members_of(type) != members_of(*type.base) || has_instance_dict(type) != has_instance_dict(*type.base) ||
         (type.base->has(kClassType) && type.has(kWeakableType) != type.base->has(kWeakableType));
}

bool add_the_same(const Class& one, const Class& other) noexcept {
  if (has_instance_dict(one) != has_instance_dict(other) || one.has(kWeakableType) != other.has(kWeakableType)) return false;
  if (members_of(one) != members_of(other)) return false;
  const Shape& first = one.body->shapes.first();
  const Shape& second = other.body->shapes.first();
  const std::uint32_t named = std::min(members_of(one), Shape::kMaxNames);
  for (std::uint32_t place = members_of(*one.base); place < named; ++place)
    if (!equal_text(first.name(place), second.name(place))) return false;
  return true;
}

bool has_fitting_layout(const Type& type, const Type& step) noexcept {
  return is_subtype(solid_base(type), solid_base(step));
}

Type& best_base(std::span<Object* const> bases, const NativeType* native) {
  Type* best = nullptr;
  const Type* winner = nullptr;
  for (Object* const given : bases) {
    if (kind_of(*given) != Kind::kType) raise(ErrorKind::kTypeError, "bases must be types");
    auto& base = static_cast<Type&>(*given);
    if (!is_acceptable(base, native))
      raise(ErrorKind::kTypeError, fmt::format("type '{}' is not an acceptable base type", base.name));
    const Type& solid = solid_base(base);
    if (winner != nullptr && native != nullptr) continue;  // where its parts lie C++ knows
    if (winner != nullptr && is_subtype(*winner, solid)) continue;
    if (winner != nullptr && !is_subtype(solid, *winner))
      raise(ErrorKind::kTypeError, "multiple bases have instance lay-out conflict");
    winner = &solid;
    best = &base;
  }
  expect_each_once(bases);
  return *best;
}

}  // namespace ouro::detail
