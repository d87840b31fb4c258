// ByteArray: a sequence of numbers from 0 to 255 that can be changed.
//
//   offset 0        16      24      32       40     48         52
//          +--------+-------+-------+--------+------+----------+
//          | header | block | room  | first  | size | exports  |    block --> | (gone) | bytes ... | \0 | (room) |
//          +--------+-------+-------+--------+------+----------+                        ^ first
//
// It grows as CPython's does, by about an eighth; what is deleted at the front leaves room there, so that a queue of bytes
// costs no more than its bytes.
//
// Laws
//   exported-still: while a memoryview or a Buffer shows the bytes, they do not move, nor does their number change.
#pragma once

#include <ouro/objects/bytes/bytes.h>
#include <ouro/objects/containers/slice.h>
#include <ouro/objects/core/builtins.h>
#include <ouro/objects/core/kind.h>
#include <ouro/objects/model/ref.h>

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

namespace ouro {

/// The object of a bytearray. Constant time where nothing else is said; indexes count from the end if negative. What changes
/// the number of bytes raises BufferError "Existing exports of data: object cannot be re-sized" while somebody looks at
/// them, and may throw MemoryError; nothing has changed then.
struct ByteArray : Object {
  static constexpr Kind kKind = Kind::kByteArray;
  static constexpr Home kHome = Home::kAtoms;

  char* block;         ///< null if room is 0
  std::uint64_t room;  ///< bytes of the block
  char* first;         ///< the first byte, inside the block; a zero stands behind the last. Never null
  std::uint64_t size;
  std::uint32_t exports;  ///< who looks at the bytes (buffer.h)

  [[nodiscard]] std::string_view view() const noexcept { return {first, size}; }
  [[nodiscard]] std::span<std::byte> span() noexcept { return std::as_writable_bytes(std::span<char>(first, size)); }

  // ---- Single bytes ----

  /// `bytearray[index]`. IndexError "bytearray index out of range".
  [[nodiscard]] std::uint8_t get(std::int64_t index) const;
  /// `bytearray[index] = value`.
  void set(std::int64_t index, std::uint8_t value);
  /// `del bytearray[index]`. Linear in what follows, or in nothing for the first one.
  void erase(std::int64_t index);
  /// `bytearray.append(value)`. Amortised constant.
  void append(std::uint8_t value);
  /// `bytearray.insert(index, value)`, the index clipped. Linear in what follows.
  void insert(std::int64_t index, std::uint8_t value);
  /// `bytearray.pop(index)`. IndexError "pop from empty bytearray", "pop index out of range".
  std::uint8_t pop(std::int64_t index = -1);
  /// `bytearray.remove(value)`. ValueError "value not found in bytearray".
  void remove(std::uint8_t value);

  // ---- All of them; linear ----

  /// `bytearray.extend(iterable)`: all or nothing. TypeError "can't extend bytearray with float", ValueError "byte
  /// must be in range(0, 256)".
  void extend(Object& iterable);
  /// Appends these, which may be some of its own.
  void extend(std::string_view more);
  void clear();
  void reverse() noexcept;
  /// Sets the number of bytes; new ones are not initialised.
  void resize(std::size_t new_size);
  /// Law exported-still: BufferError if somebody looks at the bytes.
  void expect_no_exports() const;

  // ---- Slices; linear ----

  /// `bytearray[start:stop:step]`.
  [[nodiscard]] Ref<ByteArray> slice(const Slice& part) const;
  /// `bytearray[start:stop:step] = bytes`, which may be some of its own. ValueError "attempt to assign bytes of size 2 to
  /// extended slice of size 3".
  void set_slice(const Slice& part, std::string_view bytes);
  /// `del bytearray[start:stop:step]`.
  void erase_slice(const Slice& part);
  /// `bytearray *= times`. MemoryError.
  void repeat_in_place(std::int64_t times);

 private:
  /// True if these begin among its own bytes.
  [[nodiscard]] bool is_own(std::string_view bytes) const noexcept;
  void replace_run(std::size_t at, std::size_t gone, std::string_view bytes);
};
static_assert(sizeof(ByteArray) == 56);

[[nodiscard]] inline std::string_view view(const ByteArray& array) noexcept { return array.view(); }

/// A bytearray of these bytes. Collects nothing. Throws MemoryError.
[[nodiscard]] Ref<ByteArray> make_bytearray(Builtins& builtins, std::string_view bytes = {});
/// `bytearray(object)`: as `bytes_from`, without `__bytes__`. TypeError "cannot convert 'float' object to bytearray".
[[nodiscard]] Ref<ByteArray> bytearray_from(Object& object);

}  // namespace ouro
