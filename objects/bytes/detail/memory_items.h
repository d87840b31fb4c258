// The items of a memoryview: from memory to numbers and back (CPython:
// unpack_single, pack_single in Objects/memoryobject.c).
#pragma once

#include <ouro/objects/bytes/memoryview.h>
#include <ouro/objects/core/builtins.h>
#include <ouro/objects/model/ref.h>

#include <array>
#include <cstddef>
#include <string_view>

namespace ouro::detail {

/// The letter of a native format, "i" or "@i"; 0 for any other.
[[nodiscard]] char native_code(std::string_view format) noexcept;
/// The same text, which lives as long as the program. Requires that it is one.
[[nodiscard]] std::string_view native_format(std::string_view format) noexcept;
/// Bytes of an item of that letter.
[[nodiscard]] std::size_t native_size(char code) noexcept;

/// The number, bool or bytes at `at`. NotImplementedError "memoryview: format e
/// not supported".
[[nodiscard]] Ref<> unpack_item(const MemoryView& view, const char* at);

/// Room for one item.
using PackedItem = std::array<char, 8>;
/// The bytes of `value`. Runs code of its class. TypeError "memoryview: invalid
/// type for format 'B'", ValueError "memoryview: invalid value for format 'B'".
[[nodiscard]] PackedItem pack_item(const MemoryView& view, Object& value);

/// True if the items at both places are equal. May run code where the formats
/// differ.
[[nodiscard]] bool equal_items(const MemoryView& left, const char* at, const MemoryView& right, const char* there);

/// NotImplementedError "memoryview: unsupported format <i" for what is no
/// letter.
void expect_letter(const MemoryView& view);

/// Calls `visit(char*)` for each item, the last dimension's first.
template <class F>
void for_each_item(const MemoryView& view, char* at, std::size_t dimension, F& visit) {
  if (dimension == view.dimensions) return visit(at);
  for (std::int64_t i = 0; i < view.shape()[dimension]; ++i)
    for_each_item(view, at + i * view.strides()[dimension], dimension + 1, visit);
}

// What the sources of memoryview share.
[[nodiscard]] Ref<> memory_subscript(Object& object, Object& key);
void set_memory_subscript(Object& object, Object& key, Object* value);
[[nodiscard]] Answer compare_memory(Object& left, Object& right, Comparison op);
extern const AttributeTable kMemoryViewAttributes;
/// What `cast` asks of a view, step by step, in the order of CPython's errors: the view itself, the number of dimensions,
/// the letter of the format, and each size of the shape, which the bytes before it are multiplied by.
void expect_castable(const MemoryView& view, bool is_shaped);
void expect_dimensions(const MemoryView& view, std::size_t wanted);
[[nodiscard]] char cast_code(const MemoryView& view, std::string_view format);
[[nodiscard]] std::size_t times_size(std::size_t bytes, std::int64_t size);
/// A view of the same owner whose shape and strides are to be filled in.
[[nodiscard]] Ref<MemoryView> new_view(MemoryView& from, std::size_t dimensions);

}  // namespace ouro::detail
