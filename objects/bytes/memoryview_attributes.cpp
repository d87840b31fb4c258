// The methods and properties of memoryview as attributes (CPython:
// memory_methods, memory_getsetlist).
#include <ouro/base/error.h>
#include <ouro/objects/bytes/detail/byte_parts.h>
#include <ouro/objects/bytes/detail/codec_parts.h>
#include <ouro/objects/bytes/detail/memory_items.h>
#include <ouro/objects/containers/list.h>
#include <ouro/objects/containers/tuple.h>
#include <ouro/objects/core/attributes.h>
#include <ouro/objects/core/none.h>
#include <ouro/objects/text/str.h>

#include <fmt/format.h>

#include <array>
#include <span>

namespace ouro::detail {

namespace {

MemoryView& open(MemoryView& view) {
  view.expect_open();
  return view;
}

Ref<> numbers_of(MemoryView& view, std::span<const std::int64_t> numbers) {
  Builtins& builtins = builtins_of(view);
  const Ref<List> made = make_list(builtins);
  for (std::size_t i = 0; i < numbers.size(); ++i) made->append(Ref<>(make_int(builtins, numbers[i])));
  return tuple_from(*made);
}

MemoryOrder order_of(MemoryView& view, Object* given) {
  if (given == nullptr || is_none(*given)) return view.expect_open(), MemoryOrder::kC;
  const Str* const str = as<Str>(*given);
  if (str == nullptr)
    raise(ErrorKind::kTypeError, fmt::format("tobytes() argument 'order' must be str or None, not {}", given->type->name));
  view.expect_open();
  if (text(*str) == "C") return MemoryOrder::kC;
  if (text(*str) == "F") return MemoryOrder::kFortran;
  if (text(*str) == "A") return MemoryOrder::kAny;
  raise(ErrorKind::kValueError, "order must be 'C', 'F' or 'A'");
}

std::span<Object* const> shape_items(Object& shape) {
  if (const List* const list = as<List>(shape)) return list->view();
  if (const Tuple* const tuple = as<Tuple>(shape)) return tuple->view();
  raise(ErrorKind::kTypeError, "shape must be a list or a tuple");
}

/// UnicodeEncodeError.
void expect_ascii(const Str& str) {
  if (!str.is_ascii()) static_cast<void>(encode(str, "ascii"));
}

Ref<> cast_argument(MemoryView& view, Object& format, Object* shape) {
  const Str* const letter = as<Str>(format);
  if (letter == nullptr)
    raise(ErrorKind::kTypeError,
          fmt::format("cast() argument 'format' must be str, not {}", is_none(format) ? "None" : format.type->name));
  expect_castable(view, shape != nullptr);
  if (shape == nullptr) return expect_ascii(*letter), view.cast(text(*letter));
  const std::span<Object* const> items = shape_items(*shape);
  expect_dimensions(view, items.size());
  expect_ascii(*letter);
  std::size_t bytes = native_size(cast_code(view, text(*letter)));
  std::array<std::int64_t, MemoryView::kMostDimensions> sizes{};
  for (std::size_t i = 0; i < items.size(); ++i) {
    const Int* const number = as_int(*items[i]);
    if (number == nullptr) raise(ErrorKind::kTypeError, "memoryview.cast(): elements of shape must be integers");
    if (!fits_int64(*number)) raise(ErrorKind::kOverflowError, "Python int too large to convert to C ssize_t");
    bytes = times_size(bytes, sizes[i] = number->value);
  }
  return view.cast(text(*letter), std::span<const std::int64_t>(sizes.data(), items.size()));
}

Ref<> hex_of_view(MemoryView& view, Object* sep, Object* bytes_per_sep) {
  const Ref<Bytes> bytes = view.to_bytes();
  return hex_text(builtins_of(view), ouro::view(*bytes), sep, bytes_per_sep);
}

constexpr Attribute kAttributes[] = {
    method(
        "release()", [](MemoryView& view) { view.release(); },
        "Release the underlying buffer exposed by the memoryview object."),
    method(
        "tobytes(order='C')", [](MemoryView& view, Object* order) { return view.to_bytes(order_of(view, order)); },
        "Return the data in the buffer as a byte string."),
    method(
        "hex(sep=<unrepresentable>, bytes_per_sep=1)",
        [](MemoryView& view, Object* sep, Object* bytes_per_sep) { return hex_of_view(view, sep, bytes_per_sep); },
        "Return the data in the buffer as a str of hexadecimal numbers."),
    method(
        "tolist()", [](MemoryView& view) { return view.to_list(); }, "Return the data in the buffer as a list of elements."),
    method(
        "cast(format, shape=<unrepresentable>)",
        [](MemoryView& view, Object& format, Object* shape) { return cast_argument(view, format, shape); },
        "Cast a memoryview to a new format or shape."),
    method(
        "toreadonly()", [](MemoryView& view) { return view.to_readonly(); }, "Return a readonly version of the memoryview."),
    method(
        "__enter__()", [](MemoryView& view) { return share(open(view)); }, ""),
    method(
        "__exit__(*args)", [](MemoryView& view, const Arguments&) { view.release(); }, ""),
    property(
        "obj", [](MemoryView& view) { return share(*open(view).owner); }, "The underlying object of the memoryview."),
    property(
        "nbytes", [](MemoryView& view) { return open(view).bytes(); },
        "The amount of space in bytes that the array would use in\n a "
        "contiguous representation."),
    property(
        "readonly", [](MemoryView& view) { return open(view).read_only; },
        "A bool indicating whether the memory is read only."),
    property(
        "itemsize", [](MemoryView& view) { return open(view).item_size; },
        "The size in bytes of each element of the memoryview."),
    property(
        "format", [](MemoryView& view) { return make_str(builtins_of(view), open(view).format); },
        "A string containing the format (in struct module style)\n for each "
        "element in the view."),
    property(
        "ndim", [](MemoryView& view) { return open(view).dimensions; },
        "An integer indicating how many dimensions of a multi-dimensional\n "
        "array the memory represents."),
    property(
        "shape", [](MemoryView& view) { return numbers_of(view, open(view).shape()); },
        "A tuple of ndim integers giving the shape of the memory\n as an "
        "N-dimensional array."),
    property(
        "strides", [](MemoryView& view) { return numbers_of(view, open(view).strides()); },
        "A tuple of ndim integers giving the size in bytes to access\n each "
        "element for each dimension of the array."),
    property(
        "suboffsets", [](MemoryView& view) { return share(builtins_of(open(view)).empty_tuple()); },
        "A tuple of integers used internally for PIL-style arrays."),
    property(
        "c_contiguous", [](MemoryView& view) { return open(view).is_contiguous(); },
        "A bool indicating whether the memory is C contiguous."),
    property(
        "f_contiguous", [](MemoryView& view) { return open(view).is_contiguous(MemoryOrder::kFortran); },
        "A bool indicating whether the memory is Fortran contiguous."),
    property(
        "contiguous", [](MemoryView& view) { return open(view).is_contiguous(MemoryOrder::kAny); },
        "A bool indicating whether the memory is contiguous."),
};

}  // namespace

constinit const AttributeTable kMemoryViewAttributes = kAttributeTable<kAttributes>;

}  // namespace ouro::detail
