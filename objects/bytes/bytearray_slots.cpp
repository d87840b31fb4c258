// The behaviour of bytearray (CPython: PyByteArray_Type in Objects/bytearrayobject.c).
#include <ouro/base/error.h>
#include <ouro/objects/bytes/bytearray.h>
#include <ouro/objects/bytes/detail/byte_parts.h>
#include <ouro/objects/bytes/detail/byte_percent.h>
#include <ouro/objects/bytes/detail/byte_search.h>
#include <ouro/objects/containers/detail/indexes.h>
#include <ouro/objects/containers/slice_object.h>
#include <ouro/objects/core/detail/has_index.h>
#include <ouro/objects/core/detail/slot_tables.h>
#include <ouro/objects/core/ordering.h>
#include <ouro/objects/core/protocol.h>
#include <ouro/objects/model/dismantle.h>
#include <ouro/objects/model/failure.h>
#include <ouro/objects/numbers/int.h>
#include <ouro/objects/text/detail/text_repr.h>
#include <ouro/objects/text/str_builder.h>

#include <limits>
#include <optional>

namespace ouro {

namespace {

ByteArray& as_array(Object& object) noexcept { return static_cast<ByteArray&>(object); }
const ByteArray& as_array(const Object& object) noexcept { return static_cast<const ByteArray&>(object); }

void release_slot(Object& object) noexcept {
  const ByteArray& array = as_array(object);
  if (array.room != 0) heap_of(object).memory.free_buffer(array.block, array.room);
}

/// Like CPython, which escapes ' in a bytearray between quotes of the other kind, too.
void append_escaped(StrBuilder& out, std::string_view shown, char quote) {
  if (quote == '\'') return out.append(shown);
  for (std::size_t at; (at = shown.find('\'')) != std::string_view::npos; shown.remove_prefix(at + 1)) {
    out.append(shown.substr(0, at));
    out.append("\\'");
  }
  out.append(shown);
}

Ref<> repr_slot(Object& object) {
  const std::string_view bytes = view(as_array(object));
  const detail::ReprPlan plan = detail::plan_bytes_repr(bytes);
  detail::ByteCollector shown(heap_of(object));
  shown.resize(plan.size);
  detail::write_bytes_repr(bytes, plan, shown.data());
  StrBuilder out(builtins_of(object));
  out.append(object.type->name);
  out.append('(');
  append_escaped(out, std::string_view(shown.data(), plan.size), plan.quote);
  out.append(')');
  return out.finish();
}

Answer compare_slot(Object& left, Object& right, Comparison op) {
  if (!is<ByteArray>(left) || !detail::has_plain_buffer(right)) return Answer::kNotImplemented;
  const Buffer other(right);
  const std::string_view mine = view(as_array(left));
  if (op == Comparison::kEqual || op == Comparison::kNotEqual)
    return (mine == other.view()) == (op == Comparison::kEqual) ? Answer::kYes : Answer::kNo;
  return detail::answer(mine.compare(other.view()) <=> 0, op);
}

Ref<> iterate_slot(Object& object) { return detail::make_byte_iterator(object); }
std::size_t length_slot(const Object& object) { return as_array(object).size; }

Ref<> item_slot(Object& object, std::int64_t index) {
  const ByteArray& array = as_array(object);
  if (!detail::is_position(index, array.size)) return fail(object, ErrorKind::kIndexError, "bytearray index out of range");
  return make_int(builtins_of(object), static_cast<std::uint8_t>(array.first[index]));
}

Ref<> subscript_slot(Object& object, Object& key) {
  if (detail::is_index(key)) {
    const std::int64_t index = to_index(key);  // which may change the bytearray
    return item_slot(object, detail::from_front(index, as_array(object).size));
  }
  const SliceObject* const part = as<SliceObject>(key);
  if (part == nullptr) detail::refuse_byte_index("bytearray", key);
  const Slice wanted = unpack(*part);
  return as_array(object).slice(wanted);
}

void change_item(ByteArray& array, std::int64_t index, Object* value) {
  if (value == nullptr) return array.erase(index);
  const std::uint8_t byte = detail::byte_argument(*value);  // which may change the bytearray
  array.set(index, byte);
}

/// `array[part] = value`. What is no bytes is made a bytearray first; numbers and text are refused.
void set_slice(ByteArray& array, const Slice& part, Object& value) {
  if (!is<ByteArray>(value) || &value == &array) {
    if (detail::has_number(value) || is<Str>(value))
      raise(ErrorKind::kTypeError, "can assign only bytes, buffers, or iterables of ints in range(0, 256)");
    const Ref<ByteArray> copied = bytearray_from(value);
    return array.set_slice(part, view(*copied));
  }
  array.set_slice(part, view(as_array(value)));
}

void set_subscript_slot(Object& object, Object& key, Object* value) {
  ByteArray& array = as_array(object);
  if (detail::is_index(key)) return change_item(array, to_index(key), value);
  const SliceObject* const part = as<SliceObject>(key);
  if (part == nullptr) detail::refuse_byte_index("bytearray", key);
  const Slice wanted = unpack(*part);
  if (value == nullptr) return array.erase_slice(wanted);
  set_slice(array, wanted, *value);
}

void set_item_slot(Object& object, std::int64_t index, Object* value) {
  // The index is already counted from the front.
  if (index < 0) raise(ErrorKind::kIndexError, "bytearray index out of range");
  change_item(as_array(object), index, value);
}

Ref<> concatenate_slot(Object& left, Object& right) {
  if (!is<ByteArray>(left)) return {};
  return detail::concatenate_buffers(as_array(left), right);
}

Ref<> repeat_slot(Object& object, std::int64_t times) {
  const std::string_view bytes = view(as_array(object));
  const std::size_t count = times > 0 ? static_cast<std::size_t>(times) : 0;
  if (!bytes.empty() && count > Bytes::kMaxSize / bytes.size()) raise_out_of_memory();
  const std::size_t size = bytes.size() * count;
  return detail::new_bytearray(builtins_of(object), size,
                               [&](char* to) noexcept { detail::write_repeated(bytes, size, to); });
}

bool contains_slot(Object& object, Object& value) {
  const detail::SoughtMember sought(value);
  return sought.is_in(view(as_array(object)));
}

constexpr NumberSlots kNumber{.remainder = detail::remainder_slot<ByteArray>};
constexpr SequenceSlots kSequence{
    .length = length_slot,
    .item = item_slot,
    .set_item = set_item_slot,
    .concatenate = concatenate_slot,
    .repeat = repeat_slot,
    .contains = contains_slot,
};
constexpr MappingSlots kMapping{
    .length = length_slot,
    .subscript = subscript_slot,
    .set_subscript = set_subscript_slot,
};

std::string short_text_slot(const Object& object) {
  return "bytearray(" + detail::short_text_of_bytes(view(as_array(object))) + ")";
}

}  // namespace

constinit const TypeSlots detail::kByteArraySlots{
    .name = "bytearray",
    .kind = Kind::kByteArray,
    .flags = kBaseType,
    .size = sizeof(ByteArray),
    .doc =
        "bytearray(iterable_of_ints) -> bytearray\nbytearray(string, encoding[, errors]) -> "
        "bytearray\nbytearray(bytes_or_buffer) -> mutable copy of bytes_or_buffer\nbytearray(int) -> bytes array of size "
        "given by the parameter initialized with null bytes\nbytearray() -> empty bytes array\n\nConstruct a mutable "
        "bytearray object from:\n  - an iterable yielding integers in range(256)\n  - a text string encoded using the "
        "specified encoding\n  - a bytes or a buffer object\n  - any object implementing the buffer API.\n  - an integer",
    .dismantle = detail::dismantle_as<ByteArray, release_slot>,
    .release = release_slot,
    .repr = repr_slot,
    .str = repr_slot,
    .compare = compare_slot,
    .iterate = iterate_slot,
    .number = &kNumber,
    .sequence = &kSequence,
    .mapping = &kMapping,
    .construct = detail::construct_bytearray,
    .initialise = detail::initialise_bytearray,
    .attributes = &detail::kByteArrayAttributes,
    .copy = &detail::kByteArrayCopy,
    .short_text = short_text_slot,
};

[[noreturn]] void detail::refuse_byte_index(std::string_view what, const Object& key) {
  raise(ErrorKind::kTypeError,
        std::string(what) + " indices must be integers or slices, not " + std::string(key.type->name));
}

}  // namespace ouro
