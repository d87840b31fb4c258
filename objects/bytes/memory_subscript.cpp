// view[key], view[key] = value, and == of memoryviews (CPython:
// memory_subscript, memory_ass_sub, memory_richcompare).
#include <ouro/base/error.h>
#include <ouro/objects/bytes/detail/byte_parts.h>
#include <ouro/objects/bytes/detail/memory_items.h>
#include <ouro/objects/containers/detail/indexes.h>
#include <ouro/objects/containers/slice_object.h>
#include <ouro/objects/containers/tuple.h>
#include <ouro/objects/core/detail/scratch_buffer.h>
#include <ouro/objects/core/protocol.h>

#include <fmt/format.h>

#include <algorithm>
#include <cstring>

namespace ouro::detail {

namespace {

[[noreturn, gnu::cold]] void refuse(ErrorKind kind, std::string_view why) { raise(kind, why); }
/// What CPython, too, refuses to do with views of several dimensions.
constexpr ErrorKind kNotImplemented = ErrorKind::kNotImplementedError;

bool is_ellipsis(const Object& key) noexcept { return kind_of(key) == Kind::kEllipsis; }

/// A tuple of nothing but positions, () too.
const Tuple* as_places(const Object& key) noexcept {
  const Tuple* const tuple = as<Tuple>(key);
  if (tuple == nullptr) return nullptr;
  return std::ranges::all_of(tuple->view(), [](const Object* part) { return is_index(*part); }) ? tuple : nullptr;
}

bool is_several_slices(const Object& key) noexcept {
  const Tuple* const tuple = as<Tuple>(key);
  if (tuple == nullptr || tuple->size == 0) return false;
  return std::ranges::all_of(tuple->view(), [](const Object* part) { return is<SliceObject>(*part); });
}

/// How far item `index` of a dimension lies from the first. Law view-released:
/// asking may have released the view.
std::int64_t offset_of(const MemoryView& view, std::size_t dimension, Object& index) {
  const std::int64_t wanted = to_index(index);
  view.expect_open();
  const auto size = static_cast<std::size_t>(view.shape()[dimension]);
  const std::int64_t place = from_front(wanted, size);
  if (!is_position(place, size))
    raise(ErrorKind::kIndexError, fmt::format("index out of bounds on dimension {}", dimension + 1));
  return place * view.strides()[dimension];
}

std::int64_t offset_of(const MemoryView& view, const Tuple& places) {
  if (places.size < view.dimensions) refuse(kNotImplemented, "sub-views are not implemented");
  if (places.size > view.dimensions)
    raise(ErrorKind::kTypeError,
          fmt::format("cannot index {}-dimension view with {}-element tuple", view.dimensions, places.size));
  std::int64_t offset = 0;
  for (std::size_t i = 0; i < places.size; ++i) offset += offset_of(view, i, *places.items[i]);
  return offset;
}

Ref<> subscript_without_dimensions(MemoryView& view, Object& key) {
  if (const Tuple* const tuple = as<Tuple>(key); tuple != nullptr && tuple->size == 0) {
    expect_letter(view);
    return unpack_item(view, view.data);
  }
  if (is_ellipsis(key)) return share(view);
  refuse(ErrorKind::kTypeError, "invalid indexing of 0-dim memory");
}

void set_item(MemoryView& view, std::int64_t offset, Object& value) {
  const PackedItem packed = pack_item(view, value);
  view.expect_open();
  std::memcpy(view.data + offset, packed.data(), view.item_size);
}

std::string_view without_mark(std::string_view format) noexcept {
  return format.starts_with('@') ? format.substr(1) : format;
}

bool same_shape(const MemoryView& left, const MemoryView& right) noexcept {
  return std::ranges::equal(left.shape(), right.shape());
}

/// `view[part] = value`, in one dimension. The items are copied first, for both
/// may be the same memory.
void set_slice(MemoryView& view, const SliceObject& part, Object& value) {
  if (!has_buffer(value))
    raise(ErrorKind::kTypeError, fmt::format("a bytes-like object is required, not '{}'", value.type->name));
  const Ref<MemoryView> from = make_memoryview(value);
  const Slice wanted = unpack(part);
  const Ref<MemoryView> to = view.slice(wanted);
  const bool is_alike =
      from->item_size == to->item_size && without_mark(from->format) == without_mark(to->format) && same_shape(*from, *to);
  if (!is_alike) refuse(ErrorKind::kValueError, "memoryview assignment: lvalue and rvalue have different structures");
  const Ref<Bytes> copied = from->to_bytes();
  const char* next = copied->data();
  const auto put = [&](char* at) {
    std::memcpy(at, next, to->item_size);
    next += to->item_size;
  };
  for_each_item(*to, to->data, 0, put);
}

void expect_changeable(const MemoryView& view, const Object* value) {
  view.expect_open();
  expect_letter(view);
  if (view.read_only) refuse(ErrorKind::kTypeError, "cannot modify read-only memory");
  if (value == nullptr) refuse(ErrorKind::kTypeError, "cannot delete memory");
}

bool equal_parts(const MemoryView& left, const char* at, const MemoryView& right, const char* there, std::size_t dimension) {
  if (dimension == left.dimensions) return equal_items(left, at, right, there);
  for (std::int64_t i = 0; i < left.shape()[dimension]; ++i) {
    if (!equal_parts(left, at, right, there, dimension + 1)) return false;
    at += left.strides()[dimension];
    there += right.strides()[dimension];
  }
  return true;
}

/// True for bytes that can be compared at once.
bool is_plain(const MemoryView& view) noexcept {
  return view.is_contiguous() && view.code != '\0' && view.code != 'f' && view.code != 'd';
}

bool equal_views(const MemoryView& left, const MemoryView& right) {
  if (!same_shape(left, right)) return false;
  if (left.code == right.code && is_plain(left) && is_plain(right))
    return left.bytes() == 0 || std::memcmp(left.data, right.data, left.bytes()) == 0;
  return equal_parts(left, left.data, right, right.data, 0);
}

}  // namespace

Ref<> memory_subscript(Object& object, Object& key) {
  auto& view = static_cast<MemoryView&>(object);
  view.expect_open();
  if (view.dimensions == 0) return subscript_without_dimensions(view, key);
  if (is_index(key)) {
    if (view.dimensions > 1) static_cast<void>(to_index(key));
    expect_letter(view);
    if (view.dimensions > 1) refuse(kNotImplemented, "multi-dimensional sub-views are not implemented");
    const std::int64_t offset = offset_of(view, 0, key);
    return unpack_item(view, view.data + offset);
  }
  if (const SliceObject* const part = as<SliceObject>(key)) {
    const Slice wanted = ouro::unpack(*part);
    return view.slice(wanted);
  }
  if (const Tuple* const places = as_places(key)) {
    expect_letter(view);
    const std::int64_t offset = offset_of(view, *places);
    return unpack_item(view, view.data + offset);
  }
  if (is_several_slices(key)) refuse(kNotImplemented, "multi-dimensional slicing is not implemented");
  refuse(ErrorKind::kTypeError, "memoryview: invalid slice key");
}

void set_memory_subscript(Object& object, Object& key, Object* value) {
  auto& view = static_cast<MemoryView&>(object);
  expect_changeable(view, value);
  const Tuple* const places = as_places(key);
  if (view.dimensions == 0) {
    if (!is_ellipsis(key) && (places == nullptr || places->size != 0))
      refuse(ErrorKind::kTypeError, "invalid indexing of 0-dim memory");
    return set_item(view, 0, *value);
  }
  if (is_index(key)) {
    if (view.dimensions > 1) refuse(kNotImplemented, "sub-views are not implemented");
    return set_item(view, offset_of(view, 0, key), *value);
  }
  const SliceObject* const part = as<SliceObject>(key);
  if (part != nullptr && view.dimensions == 1) return set_slice(view, *part, *value);
  if (places != nullptr) return set_item(view, offset_of(view, *places), *value);
  if (part != nullptr || is_several_slices(key))
    refuse(kNotImplemented, "memoryview slice assignments are currently restricted to ndim = 1");
  refuse(ErrorKind::kTypeError, "memoryview: invalid slice key");
}

Answer compare_memory(Object& left, Object& right, Comparison op) {
  if (op != Comparison::kEqual && op != Comparison::kNotEqual) return Answer::kNotImplemented;
  if (!is<MemoryView>(left)) return Answer::kNotImplemented;
  auto& view = static_cast<MemoryView&>(left);
  const MemoryView* const other = as<MemoryView>(right);
  const auto is_closed = [](const MemoryView* shown) { return shown != nullptr && shown->is_released(); };
  bool equal = &left == &right;
  if (!view.is_released() && !is_closed(other)) {
    if (!has_buffer(right)) return Answer::kNotImplemented;
    // Views of their own stay open while items are compared, whose classes may
    // release these.
    const Ref<MemoryView> mine = new_view(view, view.dimensions);
    const Ref<MemoryView> theirs = make_memoryview(right);
    equal = equal_views(*mine, *theirs);
  }
  return equal == (op == Comparison::kEqual) ? Answer::kYes : Answer::kNo;
}

}  // namespace ouro::detail
