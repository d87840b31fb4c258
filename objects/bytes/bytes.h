// Bytes: a sequence of numbers from 0 to 255 that never changes.
//
//   offset 0        16     24     32
//          +--------+------+------+--------------------+-----+
//          | header | hash | size | bytes ...          | \0  |
//          +--------+------+------+--------------------+-----+
//
// What both bytes and bytearray can do takes a `std::string_view` of the bytes, whatever they mean: searching, comparing and
// copying them is what that type is made for.
#pragma once

#include <ouro/objects/containers/slice.h>
#include <ouro/objects/core/builtins.h>
#include <ouro/objects/core/kind.h>
#include <ouro/objects/model/ref.h>

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

namespace ouro {

struct Str;

/// The object of a bytes. The bytes follow, then a zero.
struct Bytes : Object {
  static constexpr Kind kKind = Kind::kBytes;
  static constexpr Home kHome = Home::kAtoms;
  /// What `cached_hash` says before the hash is computed; no bytes hash to it.
  static constexpr std::int64_t kNoHash = -1;
  /// More bytes than this are refused with MemoryError before memory is asked for.
  static constexpr std::uint64_t kMaxSize = std::uint64_t{1} << 46;

  std::int64_t cached_hash;
  std::uint64_t size;

  [[nodiscard]] const char* data() const noexcept { return reinterpret_cast<const char*>(this + 1); }
  [[nodiscard]] char* data() noexcept { return reinterpret_cast<char*>(this + 1); }
  /// Bytes of an object with `size` bytes.
  [[nodiscard]] static constexpr std::size_t block_size(std::size_t size) noexcept;
};
static_assert(sizeof(Bytes) == 32);

constexpr std::size_t Bytes::block_size(std::size_t size) noexcept { return sizeof(Bytes) + size + 1; }

/// The bytes, valid while the object lives.
[[nodiscard]] inline std::string_view view(const Bytes& bytes) noexcept { return {bytes.data(), bytes.size}; }
[[nodiscard]] inline std::span<const std::byte> span_of(const Bytes& bytes) noexcept {
  return std::as_bytes(std::span<const char>(bytes.data(), bytes.size));
}

/// The bytes object of these. Collects nothing. Throws MemoryError.
[[nodiscard]] Ref<Bytes> make_bytes(Builtins& builtins, std::string_view bytes);
[[nodiscard]] inline Ref<Bytes> make_bytes(Builtins& builtins, std::span<const std::byte> bytes) {
  return make_bytes(builtins, std::string_view(reinterpret_cast<const char*>(bytes.data()), bytes.size()));
}
/// `bytes(object)`, of whatever has a buffer, `__bytes__`, or numbers to iterate over; an int is a number of zero bytes.
/// TypeError "cannot convert 'float' object to bytes", "string argument without an encoding"; ValueError "bytes must be in
/// range(0, 256)", "negative count".
[[nodiscard]] Ref<Bytes> bytes_from(Object& object);
/// The value as a bytes: itself, unless it is of a class that derives from bytes. Throws MemoryError.
[[nodiscard]] Ref<Bytes> exact_bytes(const Bytes& value);

/// `hash(bytes)`: keyed like that of a str, computed once.
[[nodiscard]] std::int64_t hash_of(const Bytes& bytes) noexcept;
/// `left + right`.
[[nodiscard]] Ref<Bytes> concatenate(const Bytes& left, const Bytes& right);
/// `bytes * times`; nothing if `times` is not positive. OverflowError "repeated bytes are too long"; MemoryError.
[[nodiscard]] Ref<Bytes> repeat(const Bytes& bytes, std::int64_t times);
/// `bytes[start:stop:step]`. ValueError "slice step cannot be zero".
[[nodiscard]] Ref<Bytes> slice(const Bytes& bytes, const Slice& part);
/// `repr(bytes)`: "b'a\\x00'".
[[nodiscard]] Ref<Str> repr_of(const Bytes& bytes);

}  // namespace ouro
