// The values of an instance: putting them into slots, taking them out, moving them into a dict.
#include <ouro/objects/classes/detail/instance_values.h>
#include <ouro/objects/containers/dict.h>

#include <array>
#include <utility>

namespace ouro::detail {

Object** find_slot(const Instance& object, const Str& name) noexcept {
  const ClassBody& body = body_of(object);
  const std::uint32_t slot = shape_of(object).find_equal(name);
  if (!has_value(object, slot) || (slot < body.members && body.guarded)) return nullptr;
  return const_cast<Object**>(&object.values[slot]);
}

namespace {

/// Closes the gaps that attributes left which were deleted or passed over: what it has, in order, and then `name`. False if
/// there is no shape for that. Law attribute-order.
bool close_gaps(Instance& object, Str& name) noexcept {
  ClassBody& body = body_of(object);
  Heap& heap = heap_of(object);
  ShapePlace place{0, body.members};
  const auto step = [&](Str& to) {
    place.shape = body.shapes.need_next(heap, place, to);
    ++place.next;
    return place.shape != Shapes::kNone;
  };
  for (std::uint32_t slot = body.members; slot < object.next; ++slot)
    if (object.values[slot] != nullptr && !step(shape_of(object).name(slot))) return false;
  if (!step(name)) return false;
  std::uint32_t to = body.members;
  for (std::uint32_t slot = body.members; slot < object.next; ++slot)
    if (object.values[slot] != nullptr) std::swap(object.values[to++], object.values[slot]);
  object.set_next(to);
  object.set_shape(place.shape);
  return true;
}

/// Lets the instance go on to where `name` leads, and returns the slot; kAbsent if there is none, or no room. An order in
/// which attributes are left out needs no shape of its own: their slots stay empty. An attribute that has the name of a
/// member, which something else of a class hides, goes into the dict.
std::uint32_t slot_for_new(Instance& object, Str& name) noexcept {
  Shapes& shapes = body_of(object).shapes;
  const ShapePlace place{object.shape, object.next};
  std::uint32_t number = shapes.find_next(place, name);
  if (number == Shapes::kNone) {
    const std::uint32_t later = shape_of(object).find(name);
    if (later != Shape::kAbsent && later > object.next) return later < object.slots() ? later : Shape::kAbsent;
    if (later < members_of(object)) return Shape::kAbsent;
    if (later != Shape::kAbsent) return close_gaps(object, name) ? object.next : Shape::kAbsent;
    number = shapes.need_next(heap_of(object), place, name);
    if (number == Shapes::kNone) return Shape::kAbsent;
  }
  if (object.next >= object.slots()) return Shape::kAbsent;
  object.set_shape(number);
  return object.next;
}

}  // namespace

bool put_in_slot(Instance& object, Str& name, Object& value) noexcept {
  const std::uint32_t slot = slot_for_new(object, name);
  if (slot == Shape::kAbsent) return false;
  expect_one_runtime(object, value);
  increment(value);
  object.values[slot] = &value;
  object.set_next(slot + 1);
  return true;
}

void remove_slot(Instance& object, Object*& place) noexcept {
  const Ref<> old = Ref<>::adopt(std::exchange(place, nullptr));
  const std::uint32_t members = members_of(object);
  while (object.next > members && object.values[object.next - 1] == nullptr) object.set_next(object.next - 1);
}

void drop_slots(Instance& object) noexcept {
  const std::uint32_t members = members_of(object);
  const std::uint32_t used = object.next - members;
  object.set_next(members);
  std::array<Ref<>, Shape::kMaxNames> dropped;
  for (std::uint32_t slot = 0; slot < used; ++slot)
    dropped[slot] = Ref<>::adopt(std::exchange(object.values[members + slot], nullptr));
  for (std::uint32_t slot = 0; slot < used; ++slot) dropped[slot].reset();
}

// Making the dict may collect, and a finalizer set attributes of this very instance: then it is too small, or there is one
// already.
Ref<Dict> materialise(Instance& object) {
  const Ref<> held = share(object);
  const std::uint32_t members = members_of(object);
  while (object.dict == nullptr) {
    const std::uint32_t room = object.next;
    Ref<Dict> dict = make_dict(builtins_of(object), room);
    if (object.dict != nullptr || object.next > room) continue;
    const Shape& shape = shape_of(object);
    for (std::uint32_t slot = members; slot < object.next; ++slot)
      if (object.values[slot] != nullptr) dict->set(shape.name(slot), *object.values[slot]);
    object.dict = dict.release();
    drop_slots(object);
  }
  return share(static_cast<Dict&>(*object.dict));
}

void learn(Instance& object, Str& name) noexcept {
  Shapes& shapes = body_of(object).shapes;
  const Shape& shape = shape_of(object);
  const bool has_all_others = static_cast<const Dict*>(object.dict)->size + members_of(object) == shape.size();
  if (has_all_others && shape.size() < Shape::kMaxNames && shape.find(name) == Shape::kAbsent)
    shapes.add(object.shape, name);
}

}  // namespace ouro::detail
