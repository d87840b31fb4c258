// Instances of classes: how they are made, traversed and ended.
#include <ouro/objects/classes/detail/class_parts.h>
#include <ouro/objects/classes/detail/instance_values.h>
#include <ouro/objects/classes/instance.h>
#include <ouro/objects/containers/dict.h>
#include <ouro/objects/core/detail/default_slots.h>
#include <ouro/objects/model/dismantle.h>
#include <ouro/objects/model/make.h>
#include <ouro/objects/text/str.h>

#include <fmt/format.h>

#include <algorithm>
#include <utility>

namespace ouro {

namespace {

/// Slots, at least, of the first instances of a class, which often get attributes that none had when they were made, and of
/// those whose class has not seen an attribute yet. CPython leaves room as well: init_inline_values in Objects/dictobject.c.
constexpr std::uint32_t kSlotsAtFirst = 3;

std::uint32_t slots_for_next(detail::ClassBody& body) noexcept {
  const std::uint32_t learned = std::max(body.shapes.widest(), body.members);
  if (!body.has_dict) return learned;
  if (learned != body.members && body.roomy == 0) return learned;
  if (body.roomy > 0) --body.roomy;
  return std::max(learned, body.members + kSlotsAtFirst);
}

}  // namespace

Ref<Instance> make_instance(Class& type) {
  const std::uint32_t slots = slots_for_next(*type.body);
  const std::uint32_t members = type.body->members;
  return make<Instance>(type, instance_bytes(slots), [slots, members](Instance& object) noexcept {
    object.edges = slots + 1;
    object.set_next(members);
    object.set_shape(0);
    object.dict = nullptr;
    std::fill_n(object.values, slots, nullptr);
  });
}

void adopt_dict(Instance& object, Dict& dict) noexcept {
  OURO_ASSERT(object.dict == nullptr && object.next == detail::members_of(object), "one-place");
  expect_one_runtime(object, dict);
  increment(dict);
  object.dict = &dict;
}

namespace detail {

namespace {

constexpr EdgeLayout kInstanceEdges = EdgeLayout::inline_array(sizeof(Object) + 2 * sizeof(std::uint32_t), sizeof(Object));

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
  const Shape& shape = shape_of(static_cast<const Instance&>(object));
  if (number > shape.size()) return fmt::format(".__slots__[{}]", number - 1);
  return std::string(".").append(text(shape.name(static_cast<std::uint32_t>(number) - 1)));
}

/// What `dismantle` need not ask the type of an instance.
struct KnownInstance : AskType {
  [[nodiscard]] static constexpr bool is_weak_reference(const Type&) noexcept { return false; }
  [[nodiscard]] static constexpr bool owns_type(const Type&) noexcept { return true; }
  [[nodiscard]] static constexpr EdgeLayout edges(const Type&) noexcept { return kInstanceEdges; }
  static void release(const Type&, Object&) noexcept {}
};

void dismantle_instance(Heap& heap, Type& type, Object& object) noexcept {
  static_cast<void>(dismantle<KnownInstance>(heap, type, object, bytes_of_instance(object), DropReference{}));
}

}  // namespace

const TypeSlots kInstanceSlots{
    .name = {},
    .kind = Kind::kInstance,
    .flags = kContainerType | kWeakableType,
    .edges = kInstanceEdges,
    .dismantle = dismantle_instance,
    .block_bytes = bytes_of_instance,
    .clear = clear_instance,
    .edge_name = name_of_edge,
    .construct = construct_object,
    .copy = &kInstanceCopy,
};

}  // namespace detail

}  // namespace ouro
