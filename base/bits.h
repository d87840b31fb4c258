// Small arithmetic on addresses and sizes that every floor needs.
#pragma once

#include <bit>
#include <cstddef>
#include <cstdint>

namespace ouro {

/// `value` rounded up to a multiple of `alignment`, which must be a power of two.
[[nodiscard]] constexpr std::size_t align_up(std::size_t value, std::size_t alignment) noexcept {
  return (value + alignment - 1) & ~(alignment - 1);
}

/// `value` rounded down to a multiple of `alignment`, which must be a power of two.
[[nodiscard]] constexpr std::size_t align_down(std::size_t value, std::size_t alignment) noexcept {
  return value & ~(alignment - 1);
}

/// `amount / unit`, rounded up.
[[nodiscard]] constexpr std::size_t divide_up(std::size_t amount, std::size_t unit) noexcept {
  return (amount + unit - 1) / unit;
}

/// The address of `pointer` as a number.
[[nodiscard]] inline std::uintptr_t address_of(const void* pointer) noexcept {
  return reinterpret_cast<std::uintptr_t>(pointer);
}

}  // namespace ouro
