// SipHash-1-3: the keyed hash of str and bytes, as in CPython 3.11.
//
// A dict probed with keys an attacker chose must not degrade, so the hash of text depends on a 128-bit key that every
// runtime draws for itself. With the key of zeros the result equals CPython's under PYTHONHASHSEED=0 for bytes and for
// ASCII str. (CPython hashes the 1, 2 or 4-byte form of other text; here it is always the UTF-8.)
#pragma once

#include <cstdint>
#include <string_view>

namespace ouro::detail {

/// The secret of one runtime.
struct HashKey {
  std::uint64_t first = 0;
  std::uint64_t second = 0;
};

/// SipHash-1-3 of `bytes`, the algorithm alone. Never reads outside `bytes`.
[[nodiscard]] std::uint64_t siphash13(HashKey key, std::string_view bytes) noexcept;

/// hash() of a str or bytes object: 0 when empty, and never -1, which CPython keeps for errors.
[[nodiscard]] inline std::int64_t hash_bytes(HashKey key, std::string_view bytes) noexcept {
  if (bytes.empty()) return 0;
  const auto hash = static_cast<std::int64_t>(siphash13(key, bytes));
  return hash == -1 ? -2 : hash;
}

}  // namespace ouro::detail
