// The behaviour of bytes (CPython: PyBytes_Type in Objects/bytesobject.c).
#include <ouro/base/error.h>
#include <ouro/objects/bytes/bytes.h>
#include <ouro/objects/bytes/detail/byte_parts.h>
#include <ouro/objects/bytes/detail/byte_percent.h>
#include <ouro/objects/bytes/detail/byte_search.h>
#include <ouro/objects/containers/detail/indexes.h>
#include <ouro/objects/containers/slice_object.h>
#include <ouro/objects/core/detail/slot_tables.h>
#include <ouro/objects/core/ordering.h>
#include <ouro/objects/core/protocol.h>
#include <ouro/objects/model/dismantle.h>
#include <ouro/objects/model/failure.h>
#include <ouro/objects/numbers/int.h>
#include <ouro/objects/text/str.h>

namespace ouro {

namespace {

Bytes& as_bytes(Object& object) noexcept { return static_cast<Bytes&>(object); }
const Bytes& as_bytes(const Object& object) noexcept { return static_cast<const Bytes&>(object); }

std::size_t block_bytes_slot(const Object& object) noexcept { return Bytes::block_size(as_bytes(object).size); }

Ref<> repr_slot(Object& object) { return repr_of(as_bytes(object)); }
std::int64_t hash_slot(Object& object) { return hash_of(as_bytes(object)); }

Answer compare_slot(Object& left, Object& right, Comparison op) {
  const Bytes* const other = as<Bytes>(right);
  if (other == nullptr) return Answer::kNotImplemented;
  const std::string_view mine = view(as_bytes(left));
  if (op == Comparison::kEqual || op == Comparison::kNotEqual)
    return (mine == view(*other)) == (op == Comparison::kEqual) ? Answer::kYes : Answer::kNo;
  return detail::answer(mine.compare(view(*other)) <=> 0, op);
}

Ref<> iterate_slot(Object& object) { return detail::make_byte_iterator(object); }
std::size_t length_slot(const Object& object) { return as_bytes(object).size; }

Ref<> item_slot(Object& object, std::int64_t index) {
  const Bytes& bytes = as_bytes(object);
  if (!detail::is_position(index, bytes.size)) return fail(object, ErrorKind::kIndexError, "index out of range");
  return make_int(builtins_of(object), static_cast<std::uint8_t>(bytes.data()[index]));
}

Ref<> subscript_slot(Object& object, Object& key) {
  if (detail::is_index(key)) return item_slot(object, detail::from_front(to_index(key), as_bytes(object).size));
  const SliceObject* const part = as<SliceObject>(key);
  if (part == nullptr) detail::refuse_byte_index("byte", key);
  return slice(as_bytes(object), unpack(*part));
}

Ref<> concatenate_slot(Object& left, Object& right) {
  if (!is<Bytes>(left)) return {};
  if (const Bytes* const other = as<Bytes>(right)) return concatenate(as_bytes(left), *other);
  return detail::concatenate_buffers(as_bytes(left), right);
}

Ref<> repeat_slot(Object& object, std::int64_t times) { return repeat(as_bytes(object), times); }

bool contains_slot(Object& object, Object& value) {
  const detail::SoughtMember sought(value);
  return sought.is_in(view(as_bytes(object)));
}

constexpr NumberSlots kNumber{.remainder = detail::remainder_slot<Bytes>};
constexpr SequenceSlots kSequence{
    .length = length_slot,
    .item = item_slot,
    .concatenate = concatenate_slot,
    .repeat = repeat_slot,
    .contains = contains_slot,
};
constexpr MappingSlots kMapping{.length = length_slot, .subscript = subscript_slot};

std::string short_text_slot(const Object& object) { return detail::short_text_of_bytes(view(as_bytes(object))); }

}  // namespace

constinit const TypeSlots detail::kBytesSlots{
    .name = "bytes",
    .kind = Kind::kBytes,
    .flags = kBaseType | kNoWeakDerivedType,
    .doc =
        "bytes(iterable_of_ints) -> bytes\nbytes(string, encoding[, errors]) -> bytes\nbytes(bytes_or_buffer) -> immutable "
        "copy of bytes_or_buffer\nbytes(int) -> bytes object of size given by the parameter initialized with null "
        "bytes\nbytes() -> empty bytes object\n\nConstruct an immutable array of bytes from:\n  - an iterable yielding "
        "integers in range(256)\n  - a text string encoded using the specified encoding\n  - any object implementing the "
        "buffer API.\n  - an integer",
    .dismantle = detail::dismantle_as<Bytes, nullptr, block_bytes_slot>,
    .block_bytes = block_bytes_slot,
    .repr = repr_slot,
    .str = repr_slot,
    .hash = hash_slot,
    .compare = compare_slot,
    .iterate = iterate_slot,
    .number = &kNumber,
    .sequence = &kSequence,
    .mapping = &kMapping,
    .construct = detail::construct_bytes,
    .attributes = &detail::kBytesAttributes,
    .copy = &detail::kBytesCopy,
    .short_text = short_text_slot,
};

}  // namespace ouro
