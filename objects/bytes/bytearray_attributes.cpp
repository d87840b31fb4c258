// bytearray(...), its methods as attributes, and how bytearrays go into messages (CPython: bytearray_methods).
#include <ouro/objects/bytes/detail/byte_attributes.h>
#include <ouro/objects/copying/detail/reduce.h>
#include <ouro/objects/core/detail/index_arguments.h>
#include <ouro/objects/core/parameters.h>
#include <ouro/objects/core/place.h>

#include <fmt/format.h>

#include <limits>

namespace ouro {

namespace detail {

namespace {

constexpr Parameters kParameters = parameters("bytearray(source=b'', encoding='utf-8', errors='strict')");

/// Replaces what there is by what `object` shows, says or gives.
void fill(ByteArray& array, Object& object) {
  if (const std::optional<std::size_t> count = count_argument_of(object)) {
    array.resize(*count);
    std::memset(array.first, 0, *count);
  } else if (has_buffer(object)) {
    const Ref<Bytes> shown = bytes_shown(object);
    array.extend(view(*shown));
  } else {
    ByteCollector bytes(heap_of(object));
    collect_bytes(object, "cannot convert '{}' object to bytearray", "byte must be in range(0, 256)", bytes);
    array.extend(std::string_view(bytes.data(), bytes.size()));
  }
}

void fill_with_text(ByteArray& array, Object& object, Object* encoding, Object* errors) {
  const std::string_view code = name_argument(encoding, "bytearray", "encoding", {});
  const std::string_view handler = name_argument(errors, "bytearray", "errors", "strict");
  const Str* const str = as<Str>(object);
  if (str == nullptr)
    raise(ErrorKind::kTypeError,
          encoding != nullptr ? "encoding without a string argument" : "errors without a string argument");
  if (encoding == nullptr) raise(ErrorKind::kTypeError, "string argument without an encoding");
  const Ref<Bytes> encoded = encode(*str, code, handler);
  array.extend(view(*encoded));
}

Ref<> add_in_place(ByteArray& array, Object& other) {
  if (!has_plain_buffer(other))
    raise(ErrorKind::kTypeError, fmt::format("can't concat {} to {}", other.type->name, array.type->name));
  const Buffer more(other);
  array.extend(more.view());
  return share(array);
}

Ref<> repeat_here(ByteArray& array, Object& times) {
  array.repeat_in_place(to_index(times, ErrorKind::kOverflowError));
  return share(array);
}

/// `bytearray.__reduce_ex__(protocol)`.
Ref<> reduced(ByteArray& array, std::int64_t protocol) {
  Builtins& builtins = builtins_of(array);
  const Ref<> attributes = detail::state_of(array);
  Ref<> arguments = share<Object>(builtins.empty_tuple());
  if (!view(array).empty() && protocol < 3) {
    const Ref<> characters = decode(builtins, view(array), "latin-1");
    const Ref<> encoding = make_str(builtins, "latin-1");
    arguments = make_tuple(builtins, {characters.get(), encoding.get()});
  } else if (!view(array).empty()) {
    const Ref<> bytes = make_bytes(builtins, view(array));
    arguments = make_tuple(builtins, {bytes.get()});
  }
  return make_tuple(builtins, {array.type, arguments.get(), attributes.get()});
}

constexpr auto kAttributes = byte_attributes<ByteArray>(std::array{
    method(
        "__alloc__()", [](ByteArray& array) { return array.room; },
        "B.__alloc__() -> int\n\nReturn the number of bytes actually allocated."),
    special_method(
        "__iadd__(value, /)", [](ByteArray& array, Object& other) { return add_in_place(array, other); },
        "Implement self+=value."),
    special_method(
        "__imul__(value, /)", [](ByteArray& array, Object& times) { return repeat_here(array, times); },
        "Implement self*=value."),
    method(
        "__reduce__()", [](ByteArray& array) { return reduced(array, 2); }, "Return state information for pickling."),
    method(
        "__reduce_ex__(proto=0, /)",
        [](ByteArray& array, Object* protocol) { return reduced(array, c_int_argument(protocol, 0)); },
        "Return state information for pickling."),
    method(
        "__sizeof__()", [](ByteArray& array) { return block_bytes(array) + array.room; },
        "Returns the size of the bytearray object in memory, in bytes."),
    method(
        "append(item, /)", [](ByteArray& array, Object& item) { array.append(byte_argument(item)); },
        "Append a single item to the end of the bytearray."),
    method(
        "clear()", [](ByteArray& array) { array.clear(); }, "Remove all items from the bytearray."),
    method(
        "copy()", [](ByteArray& array) { return make_bytearray(builtins_of(array), view(array)); }, "Return a copy of B."),
    method(
        "extend(iterable_of_ints, /)", [](ByteArray& array, Object& iterable) { array.extend(iterable); },
        "Append all the items from the iterator or sequence to the end of the bytearray."),
    method(
        "insert(index, item, /)",
        [](ByteArray& array, Object& index, Object& item) {
          const std::int64_t at = size_argument(&index, 0);
          array.insert(at, byte_argument(item));
        },
        "Insert a single item into the bytearray before the given index."),
    method(
        "pop(index=-1, /)", [](ByteArray& array, Object* index) { return array.pop(size_argument(index, -1)); },
        "Remove and return a single item from B."),
    method(
        "remove(value, /)", [](ByteArray& array, Object& value) { array.remove(byte_argument(value)); },
        "Remove the first occurrence of a value in the bytearray."),
    method(
        "reverse()", [](ByteArray& array) { array.reverse(); }, "Reverse the order of the values in B in place."),
});

}  // namespace

constinit const AttributeTable kByteArrayAttributes = kAttributeTable<kAttributes>;

Ref<> construct_bytearray(Type& type, const Arguments&) { return adopt_byte_block(type, nullptr, 0, 0); }

void initialise_bytearray(Object& object, const Arguments& arguments) {
  const PlacedArguments<3> given(kParameters, arguments);
  auto& array = static_cast<ByteArray&>(object);
  for (const std::size_t place : {std::size_t{1}, std::size_t{2}})
    if (given[place] != nullptr)
      static_cast<void>(name_argument(given[place], "bytearray", place == 1 ? "encoding" : "errors", {}));
  if (array.size != 0) array.clear();
  if (given[0] == nullptr) {
    if (given[1] == nullptr && given[2] == nullptr) return;
    raise(ErrorKind::kTypeError,
          given[1] != nullptr ? "encoding without a string argument" : "errors without a string argument");
  }
  if (is<Str>(*given[0]) || given[1] != nullptr || given[2] != nullptr)
    return fill_with_text(array, *given[0], given[1], given[2]);
  fill(array, *given[0]);
}

/// The bytes stand in the message; more than 4 GiB do not fit.
const CopySlots kByteArrayCopy{
    .note =
        [](const Object& object, MessageNode& node, StateWriter& to) {
          const auto& array = static_cast<const ByteArray&>(object);
          if (array.size > std::numeric_limits<std::uint32_t>::max())
            raise(ErrorKind::kOverflowError, "a bytearray of more than 4 GiB does not go into a message");
          node.count = static_cast<std::uint32_t>(array.size);
          node.place = to.keep(view(array));
        },
    .make = [](Type& type, const MessageNode& node, StateReader& from) -> Ref<> {
      Ref<ByteArray> made = adopt_byte_block(type, nullptr, 0, 0);
      made->extend(from.kept(node.place, node.count));
      return made;
    },
};

}  // namespace detail

Ref<ByteArray> bytearray_from(Object& object) {
  if (is<Str>(object)) raise(ErrorKind::kTypeError, "string argument without an encoding");
  Ref<ByteArray> made = make_bytearray(builtins_of(object));
  detail::fill(*made, object);
  return made;
}

void ByteArray::extend(Object& iterable) {
  const Ref<> held = share(*this);
  if (has_buffer(iterable)) {
    const Ref<Bytes> shown = detail::bytes_shown(iterable);
    return extend(ouro::view(*shown));
  }
  detail::ByteCollector bytes(heap_of(*this));
  detail::collect_bytes(iterable, "can't extend bytearray with {}", "byte must be in range(0, 256)", bytes);
  extend(std::string_view(bytes.data(), bytes.size()));
}

}  // namespace ouro
