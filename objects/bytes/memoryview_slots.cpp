// The behaviour of memoryview (CPython: PyMemoryView_Type in
// Objects/memoryobject.c).
#include <ouro/base/error.h>
#include <ouro/objects/bytes/detail/byte_parts.h>
#include <ouro/objects/bytes/detail/memory_items.h>
#include <ouro/objects/containers/iterator.h>
#include <ouro/objects/containers/list.h>
#include <ouro/objects/core/builtins.h>
#include <ouro/objects/core/detail/default_slots.h>
#include <ouro/objects/core/detail/slot_tables.h>
#include <ouro/objects/core/parameters.h>
#include <ouro/objects/core/protocol.h>
#include <ouro/objects/numbers/int.h>
#include <ouro/objects/text/str.h>

#include <fmt/format.h>

#include <utility>

namespace ouro {

namespace {

MemoryView& view_of(Object& object) noexcept { return static_cast<MemoryView&>(object); }
const MemoryView& view_of(const Object& object) noexcept { return static_cast<const MemoryView&>(object); }

void traverse_slot(const Object& object, Visitor visit) noexcept { visit(view_of(object).owner); }

/// Store first, release after: the owner's end may run any code. Buffers that
/// look at the view hold it: it has none now.
void close(Object& object) noexcept {
  MemoryView& view = view_of(object);
  Object* const owner = std::exchange(view.owner, nullptr);
  if (owner == nullptr) return;
  if (view.counter != nullptr) --*view.counter;
  decrement(*owner);
}

/// A view that a Buffer looks at stays as it is: it is held, and so no garbage.
void clear_slot(Object& object) noexcept {
  if (view_of(object).exports == 0) close(object);
}

std::size_t block_bytes_slot(const Object& object) noexcept { return MemoryView::block_size(view_of(object).dimensions); }
std::string edge_name_slot(const Object&, std::size_t) { return ".obj"; }

Ref<> repr_slot(Object& object) {
  const std::string_view released = view_of(object).is_released() ? "released " : "";
  return make_str(builtins_of(object), fmt::format("<{}memory at {}>", released, fmt::ptr(&object)));
}

std::int64_t hash_slot(Object& object) {
  MemoryView& view = view_of(object);
  if (view.is_hashed) return view.cached_hash;
  view.expect_open();
  if (!view.read_only) raise(ErrorKind::kValueError, "cannot hash writable memoryview object");
  if (view.code != 'B' && view.code != 'b' && view.code != 'c')
    raise(ErrorKind::kValueError, "memoryview: hashing is restricted to formats 'B', 'b' or 'c'");
  static_cast<void>(hash(*share(*view.owner)));
  const Ref<Bytes> bytes = view.to_bytes();
  view.cached_hash = hash_of(*bytes);
  view.is_hashed = true;
  return view.cached_hash;
}

std::size_t length_slot(const Object& object) {
  const MemoryView& view = view_of(object);
  view.expect_open();
  return view.dimensions == 0 ? 1 : static_cast<std::size_t>(view.shape()[0]);
}

/// How `item` of a sequence is asked for, with its index counted from the
/// front.
Ref<> item_slot(Object& object, std::int64_t index) {
  const Ref<Int> key = make_int(builtins_of(object), index);
  return detail::memory_subscript(object, *key);
}

Ref<> iterate_slot(Object& object) {
  const MemoryView& view = view_of(object);
  if (view.dimensions == 0) raise(ErrorKind::kTypeError, "invalid indexing of 0-dim memory");
  if (view.dimensions != 1) raise(ErrorKind::kNotImplementedError, "multi-dimensional sub-views are not implemented");
  detail::expect_letter(view);
  view.expect_open();
  return detail::make_byte_iterator(object);
}

constexpr Parameters kParameters = parameters("memoryview(object)");

Ref<> construct_slot(Type&, const Arguments& arguments) {
  const std::size_t count = arguments.positional.size() + arguments.keyword_names.size();
  if (count > 1) raise(ErrorKind::kTypeError, fmt::format("memoryview() takes at most 1 argument ({} given)", count));
  const PlacedArguments<1> given(kParameters, arguments);
  return make_memoryview(*given[0]);
}

constexpr SequenceSlots kSequence{.length = length_slot, .item = item_slot};
constexpr MappingSlots kMapping{
    .length = length_slot, .subscript = detail::memory_subscript, .set_subscript = detail::set_memory_subscript};

/// The rows from dimension `dimension` on, as lists of lists.
Ref<> rows_of(const MemoryView& view, const char* at, std::size_t dimension) {
  if (dimension == view.dimensions) return detail::unpack_item(view, at);
  const Ref<List> row = make_list(builtins_of(view));
  for (std::int64_t i = 0; i < view.shape()[dimension]; ++i)
    row->append(rows_of(view, at + i * view.strides()[dimension], dimension + 1));
  return row;
}

}  // namespace

Ref<> MemoryView::to_list() const {
  expect_open();
  detail::expect_letter(*this);
  // A view of its own stays open whatever finalizers do, for making lists may
  // collect.
  const Ref<MemoryView> shown = detail::new_view(const_cast<MemoryView&>(*this), dimensions);
  return rows_of(*shown, shown->data, 0);
}

constinit const TypeSlots detail::kMemoryViewSlots{
    .name = "memoryview",
    .kind = Kind::kMemoryView,
    .flags = kContainerType | kForeignType | kWeakableType,
    .edges = EdgeLayout::custom(),
    .doc = "Create a new memoryview object which references the given object.",
    .block_bytes = block_bytes_slot,
    .release = close,
    .traverse = traverse_slot,
    .clear = clear_slot,
    .edge_name = edge_name_slot,
    .repr = repr_slot,
    .hash = hash_slot,
    .compare = detail::compare_memory,
    .iterate = iterate_slot,
    .sequence = &kSequence,
    .mapping = &kMapping,
    .construct = construct_slot,
    .attributes = &detail::kMemoryViewAttributes,
};

}  // namespace ouro
