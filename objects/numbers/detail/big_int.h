// int beyond 64 bits: Boost's cpp_int with Python's rules put round it, for what is no matter of speed.
//
// Sums, differences and comparisons are cpp_int's own operators. Everything in which Python differs is a function: here
// floor division, the sign of %, pow, float and hash; text is in int_text.h. What operators do with ints at their full speed
// is in big_arithmetic.h and big_bits.h. small_int_math.h has the same for values of 64 bits; a caller tries that first and
// comes here when it overflows.
//
// Values are sign and magnitude; up to 128 bits lie inside the object, more on the heap.
//
// Errors: what Python raises is raised as ouro::Error in CPython 3.11's wording. A result that is bound to exceed kMaxBits
// is refused with MemoryError before anything is computed. Memory is scratch memory (scratch_memory.h), so every function
// that is not noexcept may throw std::bad_alloc, which the caller turns into MemoryError. (The allocator of a cpp_int has no
// state and could not find its runtime; an int object can keep the limbs in memory of its own: `limbs_of`, `from_limbs`.)
#pragma once

#include <ouro/objects/numbers/detail/limbs.h>

#include <boost/multiprecision/cpp_int.hpp>

#include <compare>
#include <cstddef>
#include <cstdint>
#include <span>
#include <type_traits>
#include <utility>

namespace ouro::detail {

static_assert(std::is_same_v<Limb, boost::multiprecision::limb_type>, "limbs are handed over as they are");

/// An integer of any size. Expression templates are off: `auto` holds a value.
using BigInt = boost::multiprecision::number<
    boost::multiprecision::cpp_int_backend<0, 0, boost::multiprecision::signed_magnitude, boost::multiprecision::unchecked,
                                           ScratchAllocator<Limb>>,
    boost::multiprecision::et_off>;

/// The largest result a shift, product or power may have: 2**33 bits, one GiB of limbs.
inline constexpr std::uint64_t kMaxBits = std::uint64_t{1} << 33;

// ---- 64-bit values and limbs ----------------------------------------------------------------------------------------

/// True, and the value stored, if it fits 64 bits.
[[nodiscard]] bool to_int64(const BigInt& value, std::int64_t* out) noexcept;
/// The magnitude, least significant limb first, without leading zeros; {0} for 0. Valid until `value` changes.
[[nodiscard]] std::span<const Limb> limbs_of(const BigInt& value) noexcept;
/// The number with this magnitude and sign. Leading zeros are allowed.
[[nodiscard]] BigInt from_limbs(std::span<const Limb> limbs, bool negative);

/// int.bit_length(): bits of the magnitude.
[[nodiscard]] std::uint64_t bit_length(const BigInt& value) noexcept;
/// hash(value), equal to that of an equal float: modulo 2**61 - 1.
[[nodiscard]] std::int64_t hash_big_int(const BigInt& value) noexcept;

// ---- arithmetic -----------------------------------------------------------------------------------------------------

/// a * b, refused with MemoryError above kMaxBits.
[[nodiscard]] BigInt multiply(const BigInt& a, const BigInt& b);
/// a // b, rounded towards minus infinity. ZeroDivisionError "integer division or modulo by zero".
[[nodiscard]] BigInt floor_divide(const BigInt& a, const BigInt& b);
/// a % b, with the sign of b. ZeroDivisionError "integer modulo by zero".
[[nodiscard]] BigInt floor_modulo(const BigInt& a, const BigInt& b);
/// divmod(a, b): quotient and remainder. ZeroDivisionError as floor_divide.
[[nodiscard]] std::pair<BigInt, BigInt> floor_divmod(const BigInt& a, const BigInt& b);
/// base ** exponent for exponent >= 0. (A negative exponent makes a float in Python: the caller uses float_math.h.)
/// MemoryError above kMaxBits.
[[nodiscard]] BigInt power(const BigInt& base, const BigInt& exponent);
/// pow(base, exponent, modulus), with the sign of the modulus. A negative exponent inverts first. ValueError "pow() 3rd
/// argument cannot be 0", "base is not invertible for the given modulus".
[[nodiscard]] BigInt power_modulo(const BigInt& base, const BigInt& exponent, const BigInt& modulus);

/// Refuses value << count where that exceeds kMaxBits: MemoryError, and OverflowError "too many digits in integer" where
/// CPython could not even count the digits.
[[noreturn, gnu::cold]] void refuse_left_shift(const BigInt& value, const BigInt& count);

// ---- float ----------------------------------------------------------------------------------------------------------

/// float(value), rounded half to even. OverflowError "int too large to convert to float".
[[nodiscard]] double to_double(const BigInt& value);
/// int(value): towards zero. OverflowError "cannot convert float infinity to integer", ValueError "cannot convert float NaN
/// to integer".
[[nodiscard]] BigInt from_double(double value);
/// a / b, rounded once from the exact quotient. ZeroDivisionError "division by zero", OverflowError "integer division result
/// too large for a float".
[[nodiscard]] double true_divide(const BigInt& a, const BigInt& b);
/// How Python orders an int and a float: by exact value. Unordered for a nan.
[[nodiscard]] std::partial_ordering compare(const BigInt& left, double right);

}  // namespace ouro::detail
