// new_bytes: the one place where bytes and bytearrays are made, and what both have in common for code that serves both.
#pragma once

#include <ouro/objects/bytes/bytearray.h>
#include <ouro/objects/bytes/bytes.h>
#include <ouro/objects/core/immortals.h>
#include <ouro/objects/model/make.h>

#include <concepts>
#include <cstddef>
#include <cstring>
#include <string_view>

namespace ouro::detail {

/// Bytes or ByteArray.
template <class B>
concept BytesType = std::same_as<B, Bytes> || std::same_as<B, ByteArray>;

/// Fills a new bytes in.
template <class Fill>
inline void set_up_bytes(Bytes& made, std::size_t size, Fill& fill) noexcept {
  made.cached_hash = Bytes::kNoHash;
  made.size = size;
  fill(made.data());
  made.data()[size] = '\0';
}

/// A bytes of `size` bytes that are written by `fill(char*)`, which must not throw. Collects nothing. Throws MemoryError.
template <class Fill>
[[nodiscard]] inline Ref<Bytes> new_bytes(Builtins& builtins, std::size_t size, Fill&& fill) {
  if (size > Bytes::kMaxSize) [[unlikely]]
    raise_out_of_memory();
  return make<Bytes>(builtins.immortals->type(Kind::kBytes), Bytes::block_size(size),
                     [&](Bytes& made) noexcept { set_up_bytes(made, size, fill); });
}

/// A bytes of a class that derives from bytes. The caller holds what `bytes` is part of. Throws MemoryError.
[[nodiscard]] Ref<Bytes> make_derived_bytes(Type& type, std::string_view bytes);

/// A block for `room` bytes of a bytearray, more than 0. Throws MemoryError.
[[nodiscard]] char* new_byte_block(Heap& heap, std::size_t room);
/// A bytearray of `type`, which is bytearray or derives from it, that owns the block. Without a block it is empty. The block
/// is given back if memory is lacking.
[[nodiscard]] Ref<ByteArray> adopt_byte_block(Type& type, char* block, std::size_t room, std::size_t size);

/// The same for a bytearray.
template <class Fill>
[[nodiscard]] inline Ref<ByteArray> new_bytearray(Builtins& builtins, std::size_t size, Fill&& fill) {
  Type& type = builtins.immortals->type(Kind::kByteArray);
  if (size == 0) return adopt_byte_block(type, nullptr, 0, 0);
  char* const block = new_byte_block(builtins.heap, size + 1);
  fill(block);
  block[size] = '\0';
  return adopt_byte_block(type, block, size + 1, size);
}

/// The same for either.
template <BytesType B, class Fill>
[[nodiscard]] inline Ref<B> new_like(Builtins& builtins, std::size_t size, Fill&& fill) {
  if constexpr (std::same_as<B, Bytes>) {
    return new_bytes(builtins, size, fill);
  } else {
    return new_bytearray(builtins, size, fill);
  }
}
template <BytesType B>
[[nodiscard]] inline Ref<B> copy_like(Builtins& builtins, std::string_view bytes) {
  return new_like<B>(builtins, bytes.size(), [bytes](char* to) noexcept {
    if (!bytes.empty()) std::memcpy(to, bytes.data(), bytes.size());
  });
}
/// A part of `whole`: that itself if it is all of a bytes, which never changes.
template <BytesType B>
[[nodiscard]] inline Ref<B> part_like(const B& whole, std::string_view part) {
  if constexpr (std::same_as<B, Bytes>)
    if (part.size() == whole.size && is_exact<Bytes>(whole)) return share(const_cast<Bytes&>(whole));
  return copy_like<B>(builtins_of(whole), part);
}

}  // namespace ouro::detail
