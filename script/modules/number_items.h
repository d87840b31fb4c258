// Numbers in memory, as the modules struct and array keep them: from bytes to objects and back.
#pragma once

#include <ouro/objects/core/protocol.h>
#include <ouro/objects/numbers/int.h>

#include <algorithm>
#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>

namespace ouro::script {

/// What the bytes of a number mean.
enum class NumberSort : std::uint8_t { kSigned, kUnsigned, kFloat };

/// A number of 1 to 8 bytes.
struct NumberLayout {
  NumberSort sort = NumberSort::kSigned;
  std::size_t size = 1;
  bool is_swapped = false;  ///< the most significant byte comes first
};

/// The bytes as an unsigned number, the least significant first.
[[nodiscard]] inline std::uint64_t load_bits(const char* at, const NumberLayout& layout) noexcept {
  unsigned char bytes[8] = {};
  std::memcpy(bytes, at, layout.size);
  if (layout.is_swapped) std::reverse(bytes, bytes + layout.size);
  return std::bit_cast<std::uint64_t>(bytes);
}
inline void store_bits(char* at, const NumberLayout& layout, std::uint64_t bits) noexcept {
  auto bytes = std::bit_cast<std::array<char, 8>>(bits);
  if (layout.is_swapped) std::reverse(bytes.begin(), bytes.begin() + static_cast<std::ptrdiff_t>(layout.size));
  std::memcpy(at, bytes.data(), layout.size);
}

/// The int or float at a place. Throws MemoryError.
[[nodiscard]] Ref<> load_number(Builtins& builtins, const char* at, const NumberLayout& layout);
/// How an int lies to what the bytes can hold: -1 it is too small, 1 too large, 0 it was written.
[[nodiscard]] int store_int(char* at, const NumberLayout& layout, const Int& value);
/// False: the number is too large for a float of that size.
[[nodiscard]] bool store_float(char* at, const NumberLayout& layout, double value) noexcept;

}  // namespace ouro::script
