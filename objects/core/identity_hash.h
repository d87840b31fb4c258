// The hash of an object that is equal to nothing but itself.
#pragma once

#include <bit>
#include <cstdint>

namespace ouro::detail {

/// The address, turned so that the bits which are the same for all objects come last (CPython: _Py_HashPointer). Never -1.
[[nodiscard]] inline std::int64_t identity_hash(const void* object) noexcept {
  const auto hash = static_cast<std::int64_t>(std::rotr(reinterpret_cast<std::uintptr_t>(object), 4));
  return hash == -1 ? -2 : hash;
}

}  // namespace ouro::detail
