// Between bytes and C++: what holds std::byte.
//
//   std::vector<std::byte>       from whatever shows bytes (bytes, bytearray, memoryview, `__buffer__`), copied; to a bytes
//   std::span<const std::byte>   of a bytes, borrowed; to a bytes. A bytearray may change its size while the span is there:
//                                take a Buffer (objects/bytes/buffer.h), which holds it still, or a vector
#pragma once

#include <ouro/objects/bytes/buffer.h>
#include <ouro/objects/bytes/bytes.h>
#include <ouro/objects/cpp/from_object.h>

#include <concepts>
#include <cstddef>
#include <ranges>
#include <span>
#include <vector>

namespace ouro::detail {

/// A vector, array or span of std::byte.
template <class T>
concept ByteRange = std::ranges::contiguous_range<const T> && std::ranges::sized_range<const T> &&
    std::same_as<std::remove_cv_t<std::ranges::range_value_t<const T>>, std::byte>;

/// The bytes of a range of std::byte. Throws MemoryError.
template <ByteRange T>
[[nodiscard]] Ref<> bytes_of(Builtins& builtins, const T& range) {
  return make_bytes(builtins, std::span<const std::byte>(std::ranges::data(range), std::ranges::size(range)));
}

template <>
inline constexpr bool kBorrows<std::span<const std::byte>> = true;

template <>
struct From<std::span<const std::byte>> {
  static std::span<const std::byte> convert(Object& object) { return span_of(From<Bytes&>::convert(object)); }
};

template <>
struct From<std::vector<std::byte>> {
  static std::vector<std::byte> convert(Object& object) {
    const Buffer shown(object);
    return {shown.span().begin(), shown.span().end()};
  }
};

}  // namespace ouro::detail
