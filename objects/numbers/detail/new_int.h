// How an int beyond 64 bits is made: object and limbs in one block, computed where they stay.
//
//   offset 0        16      24               32
//          +--------+-------+----------------+------+------+-----+-------+
//          | header | big   | limbs | sign   | limb | limb | ... | spare |
//          +--------+-|-----+----------------+------+------+-----+-------+
//                     +-----^
//
// An object of a class that derives from int has its `__dict__` there, and its limbs in a buffer (kStorageFlag).
//
// Law int-block: the block of an int whose limbs lie in it is as long as its limbs and the spare ones that its flags count.
#pragma once

#include <ouro/objects/numbers/detail/big_value.h>
#include <ouro/objects/numbers/detail/limbs.h>
#include <ouro/objects/numbers/detail/small_int_math.h>
#include <ouro/objects/numbers/int.h>

#include <cstddef>
#include <cstdint>
#include <span>

namespace ouro::detail {

/// The flags of a big int from here on count limbs of its block that it does not use.
inline constexpr unsigned kSpareShift = 10;
static_assert(Int::kBigFlag < (1U << kSpareShift));
inline constexpr std::size_t kMostSpareLimbs = (std::size_t{1} << (32 - kSpareShift)) - 1;
/// Two GiB of limbs: more than kMaxBits lets through.
inline constexpr std::size_t kMostLimbs = std::size_t{1} << 28;

/// Bytes of a block with room for so many limbs.
[[nodiscard]] constexpr std::size_t int_bytes(std::size_t limbs) noexcept {
  return sizeof(Int) + sizeof(BigDigits) + limbs * sizeof(Limb);
}
/// The slot `block_bytes`; of an object of a derived class the bytes that the layout of int takes.
[[nodiscard]] inline std::size_t block_bytes_of_int(const Object& object) noexcept {
  const auto& number = static_cast<const Int&>(object);
  if (!number.is_big() || (number.flags & kStorageFlag) != 0) return sizeof(Int);
  return int_bytes(number.big->limbs + (number.flags >> kSpareShift));
}

/// The int with this magnitude, of at most one limb, and sign.
[[nodiscard]] Ref<Int> make_one_limb(Builtins& builtins, Limb magnitude, bool negative);
/// The int with this magnitude and sign, inline if it fits (law int-normal). Leading zeros are allowed. Throws MemoryError.
[[nodiscard]] Ref<Int> make_int_of_limbs(Builtins& builtins, std::span<const Limb> limbs, bool negative);
/// The value of `made`, which `build_int` just filled, in a block that suits it.
[[nodiscard]] Ref<Int> fitted(const Int& made);

/// `build_int` where the number is too long for its block to count what is spare.
template <class Fill>
[[nodiscard, gnu::noinline, gnu::cold]] Ref<Int> build_long_int(Builtins& builtins, std::size_t capacity, bool negative,
                                                                Fill&& fill) {
  if (capacity > kMostLimbs) raise_out_of_memory();
  return with_standard_memory(builtins.heap, [&] {
    ScratchLimbs room(capacity);
    return make_int_of_limbs(builtins, {room.data(), fill(room.data())}, negative);
  });
}

/// The int whose magnitude `fill(Limb* out)` writes to room for `capacity` limbs; it returns how many of them count, the
/// last of which is not 0. It may throw std::bad_alloc. Throws MemoryError.
template <class Fill>
[[nodiscard, gnu::always_inline]] inline Ref<Int> build_int(Builtins& builtins, std::size_t capacity, bool negative,
                                                            Fill&& fill) {
  if (capacity > kMostSpareLimbs) [[unlikely]]
    return build_long_int(builtins, capacity, negative, fill);
  std::size_t size = 0;
  Ref<Int> made = make<Int>(builtins.immortals->type(Kind::kInt), int_bytes(capacity),
                            [&](Int& number) noexcept(noexcept(fill(nullptr))) {
                              auto* const digits = reinterpret_cast<BigDigits*>(&number + 1);
                              size = fill(digits->first());
                              OURO_ASSERT_INTERNAL(size <= capacity, "int-block");
                              digits->limbs = static_cast<std::uint32_t>(size);
                              digits->negative = negative;
                              number.big = digits;
                              number.flags = Int::kBigFlag | static_cast<std::uint32_t>(capacity - size) << kSpareShift;
                            });
  if (size > 1 && capacity - size <= 2 + size / 8) [[likely]]
    return made;
  return fitted(*made);
}

/// The magnitude and sign of an int of any size, read where they are. Refers to the int.
class Magnitude {
 public:
  explicit Magnitude(const Int& value) noexcept
      : own_(value.is_big() ? 0 : magnitude_of(value.value)),
        first_(value.is_big() ? value.big->first() : &own_),
        size_(value.is_big() ? value.big->limbs
              : own_ != 0    ? 1
                             : 0),
        negative_(value.is_negative()) {}
  Magnitude(const Magnitude&) = delete;
  Magnitude& operator=(const Magnitude&) = delete;

  [[nodiscard]] const Limb* data() const noexcept { return first_; }
  /// Normal: the last limb is not 0; no limb at all for 0.
  [[nodiscard]] std::size_t size() const noexcept { return size_; }
  [[nodiscard]] bool negative() const noexcept { return negative_; }
  [[nodiscard]] std::span<const Limb> span() const noexcept { return {first_, size_}; }

 private:
  Limb own_;
  const Limb* first_;
  std::size_t size_;
  bool negative_;
};

}  // namespace ouro::detail
