// How ints and bools are made, converted and calculated with.
#include <ouro/objects/core/detail/make_derived.h>
#include <ouro/objects/numbers/detail/big_value.h>
#include <ouro/objects/numbers/detail/format_int.h>
#include <ouro/objects/numbers/detail/int_parts.h>
#include <ouro/objects/numbers/detail/int_text.h>
#include <ouro/objects/numbers/detail/numeric_hash.h>
#include <ouro/objects/numbers/detail/small_int_math.h>
#include <ouro/objects/numbers/int.h>
#include <ouro/objects/numbers/int_digits.h>
#include <ouro/objects/text/detail/utf8.h>
#include <ouro/objects/text/str.h>

#include <bit>
#include <cstring>
#include <string>
#include <type_traits>

namespace ouro {

namespace {

static_assert(std::is_same_v<detail::Limb, BigDigits::Word>, "limbs are copied as they are");

constexpr std::size_t digits_bytes(std::size_t limbs) noexcept {
  return sizeof(BigDigits) + limbs * sizeof(BigDigits::Word);
}

/// A buffer with this magnitude and sign, owned by the caller.
BigDigits* copy_digits(Heap& heap, std::span<const detail::Limb> limbs, bool negative) {
  OURO_ASSERT_INTERNAL(limbs.back() != 0, "int-normal");
  OURO_ASSERT_INTERNAL(limbs.size() > 1 || limbs[0] - detail::Limb{negative} > detail::Limb{detail::kInt64Max},
                       "int-normal");
  auto* const digits = static_cast<BigDigits*>(heap.memory.allocate_buffer(digits_bytes(limbs.size())));
  if (digits == nullptr) raise_out_of_memory();
  digits->limbs = static_cast<std::uint32_t>(limbs.size());
  digits->negative = negative;
  std::memcpy(digits->first(), limbs.data(), limbs.size_bytes());
  return digits;
}

void free_digits(Heap& heap, BigDigits* digits) noexcept { heap.memory.free_buffer(digits, digits_bytes(digits->limbs)); }

/// The int that takes over `digits`.
Ref<Int> adopt_digits(Builtins& builtins, BigDigits* digits) {
  try {
    return make<Int>(builtins.type(Kind::kInt), sizeof(Int), [digits](Int& made) noexcept {
      made.flags = Int::kBigFlag | kStorageFlag;
      made.big = digits;
    });
  } catch (...) {
    free_digits(builtins.heap, digits);
    throw;
  }
}

/// The text of `value` in a power of two as base, with Python's prefix.
std::string prefixed_text(const Int& value, int base) {
  std::string text = detail::to_power_of_two_base(detail::big_value(value), std::countr_zero(static_cast<unsigned>(base)));
  text.insert(value.is_negative() ? 1 : 0, base == 16 ? "0x" : base == 8 ? "0o" : "0b");
  return text;
}

}  // namespace

namespace detail {

BigInt big_value(const Int& value) {
  if (!value.is_big()) return BigInt(value.value);
  return from_limbs(digits_of(value), value.big->negative);
}

Ref<Int> make_int(Builtins& builtins, const BigInt& value) {
  if (std::int64_t small = 0; to_int64(value, &small)) return ouro::make_int(builtins, small);
  return adopt_digits(builtins, copy_digits(builtins.heap, limbs_of(value), value.sign() < 0));
}

std::optional<Wide> wide_value(const Int& value) noexcept {
  if (!value.is_big()) return value.value;
  const std::span<const Limb> limbs = digits_of(value);
  if (limbs.size() > 2 || (limbs.size() == 2 && limbs[1] >> 63 != 0)) return std::nullopt;
  const Wide magnitude = limbs.size() == 1 ? Wide{limbs[0]} : Wide{limbs[1]} << 64 | limbs[0];
  return value.big->negative ? -magnitude : magnitude;
}

Ref<Int> make_int_wide(Builtins& builtins, Wide value) {
  if (value == static_cast<std::int64_t>(value)) return ouro::make_int(builtins, static_cast<std::int64_t>(value));
  __extension__ using Magnitude = unsigned __int128;
  const Magnitude magnitude = value < 0 ? Magnitude{0} - static_cast<Magnitude>(value) : static_cast<Magnitude>(value);
  const Limb limbs[] = {static_cast<Limb>(magnitude), static_cast<Limb>(magnitude >> 64)};
  return adopt_digits(builtins, copy_digits(builtins.heap, {limbs, limbs[1] == 0 ? 1u : 2u}, value < 0));
}

/// Not every int of a derived class that waited for its end has a number in a buffer.
void release_int(Object& object) noexcept {
  const auto& number = static_cast<const Int&>(object);
  if (number.is_big()) free_digits(heap_of(object), number.big);
}

Ref<Int> make_derived_int(Type& type, const Int& value) {
  BigDigits* const digits = value.is_big() ? copy_digits(*type.heap, digits_of(value), value.big->negative) : nullptr;
  try {
    return make_derived<Int>(type, sizeof(Int), [&](Int& made) noexcept {
      if (digits == nullptr) {
        made.value = value.value;
      } else {
        made.flags = Int::kBigFlag | kStorageFlag;
        made.big = digits;
      }
    });
  } catch (...) {
    if (digits != nullptr) free_digits(*type.heap, digits);
    throw;
  }
}

}  // namespace detail

Ref<Int> exact_int(Int& value) {
  if (is_exact<Int>(value)) return share(value);
  Builtins& builtins = builtins_of(value);
  if (!value.is_big()) return make_int(builtins, value.value);
  return adopt_digits(builtins, copy_digits(builtins.heap, detail::digits_of(value), value.big->negative));
}

Ref<Int> make_int_unsigned(Builtins& builtins, std::uint64_t value) {
  if (value <= static_cast<std::uint64_t>(detail::kInt64Max)) return make_int(builtins, static_cast<std::int64_t>(value));
  const detail::Limb limb = value;
  return adopt_digits(builtins, copy_digits(builtins.heap, {&limb, 1}, false));
}

Ref<Int> int_from_text(Builtins& builtins, std::string_view text, int base) {
  return int_from_text(builtins, text, base, kIntDigitLimit);
}

Ref<Int> int_from_text(Builtins& builtins, std::string_view text, int base, std::size_t digit_limit) {
  if (std::int64_t value = 0; base == 10 && detail::parse_short_int(text, &value)) return make_int(builtins, value);
  if (const detail::Utf8Check check = detail::check_utf8(text); check.fault != detail::Utf8Fault::kNone)
    detail::raise_bad_utf8(text, check);
  return detail::with_standard_memory(
      builtins.heap, [&] { return detail::make_int(builtins, detail::parse_int(text, base, digit_limit)); });
}

Ref<Int> int_from_double(Builtins& builtins, double value) {
  return detail::with_standard_memory(builtins.heap, [&] { return detail::make_int(builtins, detail::from_double(value)); });
}

Ref<Str> int_to_text(const Int& value) { return int_to_text(value, kIntDigitLimit); }

Ref<Str> int_to_text(const Int& value, std::size_t digit_limit) {
  if (value.is_big()) {
    return detail::with_standard_memory(heap_of(value), [&] {
      return make_str_unchecked(builtins_of(value), detail::to_decimal(detail::big_value(value), digit_limit));
    });
  }
  char text[detail::kInt64TextMax];
  return make_str_unchecked(builtins_of(value), {text, detail::write_int64(value.value, text)});
}

Ref<Str> int_to_base(const Int& value, int base) {
  return detail::with_standard_memory(heap_of(value),
                                      [&] { return make_str_unchecked(builtins_of(value), prefixed_text(value, base)); });
}

std::int64_t to_int64(const Int& value) {
  if (value.is_big()) raise(ErrorKind::kOverflowError, "Python int too large to convert to C long");
  return value.value;
}

std::uint64_t to_uint64(const Int& value) {
  if (value.is_negative()) raise(ErrorKind::kOverflowError, "can't convert negative value to unsigned int");
  if (!value.is_big()) return static_cast<std::uint64_t>(value.value);
  if (value.big->limbs != 1) raise(ErrorKind::kOverflowError, "Python int too large to convert to C unsigned long");
  return *value.big->first();
}

double to_double(const Int& value) {
  if (!value.is_big()) return static_cast<double>(value.value);
  return detail::with_standard_memory(heap_of(value), [&] { return detail::to_double(detail::big_value(value)); });
}

std::int64_t hash_of(const Int& value) noexcept {
  if (!value.is_big()) return detail::hash_int64(value.value);
  const std::span<const detail::Limb> limbs = detail::digits_of(value);
  std::uint64_t residue = 0;
  // 2**64 is 2**3 modulo 2**61 - 1, so that one limb further is a rotation by three bits.
  for (std::size_t i = limbs.size(); i-- > 0;)
    residue = detail::reduce_hash(detail::rotate_hash(residue, 3) + detail::reduce_hash(limbs[i]));
  return detail::sign_hash(residue, value.big->negative);
}

std::strong_ordering compare_ints(const Int& left, const Int& right) noexcept {
  if (!left.is_big() && !right.is_big()) return left.value <=> right.value;
  if (left.is_negative() != right.is_negative()) return right.is_negative() <=> left.is_negative();
  const auto limbs = [](const Int& value) { return value.is_big() ? value.big->limbs : 0; };
  std::strong_ordering order = limbs(left) <=> limbs(right);  // law int-normal: an inline value is the smaller magnitude
  for (std::size_t i = limbs(left); order == 0 && i-- > 0;) order = left.big->first()[i] <=> right.big->first()[i];
  return left.is_negative() ? 0 <=> order : order;
}

std::uint64_t bit_length(const Int& value) noexcept {
  if (!value.is_big()) return static_cast<std::uint64_t>(detail::bit_length(value.value));
  const std::span<const detail::Limb> limbs = detail::digits_of(value);
  return 64 * limbs.size() - static_cast<std::uint64_t>(std::countl_zero(limbs.back()));
}

}  // namespace ouro
