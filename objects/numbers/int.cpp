// How ints and bools are made, converted and calculated with.
#include <ouro/objects/core/detail/make_derived.h>
#include <ouro/objects/numbers/detail/big_value.h>
#include <ouro/objects/numbers/detail/format_int.h>
#include <ouro/objects/numbers/detail/int_parts.h>
#include <ouro/objects/numbers/detail/int_text.h>
#include <ouro/objects/numbers/detail/new_int.h>
#include <ouro/objects/numbers/detail/numeric_hash.h>
#include <ouro/objects/numbers/detail/small_int_math.h>
#include <ouro/objects/numbers/int.h>
#include <ouro/objects/numbers/int_digits.h>
#include <ouro/objects/text/detail/utf8.h>
#include <ouro/objects/text/str.h>

#include <algorithm>
#include <bit>
#include <cstring>
#include <limits>
#include <optional>
#include <string>
#include <type_traits>

namespace ouro {

namespace {

static_assert(std::is_same_v<detail::Limb, BigDigits::Word>, "limbs are copied as they are");

constexpr std::size_t digits_bytes(std::size_t limbs) noexcept {
  return sizeof(BigDigits) + limbs * sizeof(BigDigits::Word);
}

void fill_digits(BigDigits& digits, std::span<const detail::Limb> limbs, bool negative) noexcept {
  OURO_ASSERT_INTERNAL(limbs.back() != 0, "int-normal");
  OURO_ASSERT_INTERNAL(limbs.size() > 1 || limbs[0] - detail::Limb{negative} > detail::Limb{detail::kInt64Max},
                       "int-normal");
  digits.limbs = static_cast<std::uint32_t>(limbs.size());
  digits.negative = negative;
  std::memcpy(digits.first(), limbs.data(), limbs.size_bytes());
}

/// A buffer with this magnitude and sign, owned by the caller: for objects of derived classes.
BigDigits* copy_digits(Heap& heap, std::span<const detail::Limb> limbs, bool negative) {
  auto* const digits = static_cast<BigDigits*>(heap.memory.allocate_buffer(digits_bytes(limbs.size())));
  if (digits == nullptr) raise_out_of_memory();
  fill_digits(*digits, limbs, negative);
  return digits;
}

void free_digits(Heap& heap, BigDigits* digits) noexcept { heap.memory.free_buffer(digits, digits_bytes(digits->limbs)); }

/// The int whose magnitude, which does not fit 64 bits, is exactly this.
Ref<Int> make_big(Builtins& builtins, std::span<const detail::Limb> limbs, bool negative) {
  if (limbs.size() > detail::kMostLimbs) raise_out_of_memory();
  return make<Int>(builtins.type(Kind::kInt), detail::int_bytes(limbs.size()), [&](Int& made) noexcept {
    made.flags = Int::kBigFlag;
    made.big = reinterpret_cast<BigDigits*>(&made + 1);
    fill_digits(*made.big, limbs, negative);
  });
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
  return make_int_of_limbs(builtins, limbs_of(value), value.sign() < 0);
}

Ref<Int> make_one_limb(Builtins& builtins, Limb magnitude, bool negative) {
  if (magnitude - Limb{negative} > Limb{kInt64Max} && magnitude != 0) return make_big(builtins, {&magnitude, 1}, negative);
  return ouro::make_int(builtins, static_cast<std::int64_t>(negative ? Limb{0} - magnitude : magnitude));
}

Ref<Int> make_int_of_limbs(Builtins& builtins, std::span<const Limb> limbs, bool negative) {
  const std::size_t size = limbs::normal_size(limbs.data(), limbs.size());
  if (size <= 1) return make_one_limb(builtins, size == 0 ? 0 : limbs[0], negative);
  return make_big(builtins, limbs.first(size), negative);
}

Ref<Int> fitted(const Int& made) { return make_int_of_limbs(builtins_of(made), digits_of(made), made.big->negative); }

Ref<Int> make_int_wide(Builtins& builtins, Wide value) {
  if (value == static_cast<std::int64_t>(value)) return ouro::make_int(builtins, static_cast<std::int64_t>(value));
  const auto bits = static_cast<DoubleLimb>(value);
  const DoubleLimb magnitude = value < 0 ? DoubleLimb{0} - bits : bits;
  const Limb limbs[] = {static_cast<Limb>(magnitude), static_cast<Limb>(magnitude >> 64)};
  return make_int_of_limbs(builtins, limbs, value < 0);
}

/// Of an object of a derived class. Not every one has a number in a buffer.
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
  return make_big(builtins, detail::digits_of(value), value.big->negative);
}

Ref<Int> make_int_unsigned(Builtins& builtins, std::uint64_t value) {
  if (value <= static_cast<std::uint64_t>(detail::kInt64Max)) return make_int(builtins, static_cast<std::int64_t>(value));
  const detail::Limb limb = value;
  return make_big(builtins, {&limb, 1}, false);
}

Ref<Int> int_from_text(Builtins& builtins, std::string_view text, int base) {
  return int_from_text(builtins, text, base, builtins.int_max_str_digits);
}

Ref<Int> int_from_text(Builtins& builtins, std::string_view text, int base, std::size_t digit_limit) {
  if (std::int64_t value = 0; base == 10 && detail::parse_short_int(text, &value)) return make_int(builtins, value);
  if (detail::PlainDecimal plain; base == 10 && plain.read(text))
    return detail::make_int_of_limbs(builtins, plain.limbs(), plain.negative());
  if (const detail::Utf8Check check = detail::check_utf8(text); check.fault != detail::Utf8Fault::kNone)
    detail::raise_bad_utf8(text, check);
  return detail::with_standard_memory(builtins.heap, [&] {
    const detail::LongWork work(builtins.heap);
    const detail::ParsedInt parsed = detail::parse_limbs(text, base, digit_limit);
    return detail::make_int_of_limbs(builtins, parsed.limbs, parsed.negative);
  });
}

Ref<Int> int_from_double(Builtins& builtins, double value) {
  return detail::with_standard_memory(builtins.heap, [&] { return detail::make_int(builtins, detail::from_double(value)); });
}

Ref<Str> int_to_text(const Int& value) { return int_to_text(value, builtins_of(value).int_max_str_digits); }

Ref<Str> int_to_text(const Int& value, std::size_t digit_limit) {
  if (value.is_big()) {
    return detail::with_standard_memory(heap_of(value), [&] {
      std::optional<detail::LongWork> work;
      if (detail::is_long(value)) work.emplace(value, value);
      const detail::DecimalText decimal(detail::digits_of(value), value.is_negative(), digit_limit);
      return make_str_unchecked(builtins_of(value), decimal.text());
    });
  }
  char text[detail::kInt64TextMax];
  return make_str_unchecked(builtins_of(value), {text, detail::write_int64(value.value, text)});
}

Ref<Str> int_to_base(const Int& value, int base) {
  return detail::with_standard_memory(heap_of(value),
                                      [&] { return make_str_unchecked(builtins_of(value), prefixed_text(value, base)); });
}

std::size_t int_max_str_digits(const Builtins& builtins) noexcept { return builtins.int_max_str_digits; }

void set_int_max_str_digits(Builtins& builtins, std::size_t digits) {
  if (digits != kNoDigitLimit && digits < kLeastIntDigitLimit)
    raise(ErrorKind::kValueError, "maxdigits must be 0 or larger than 640");
  constexpr std::size_t kMost = std::numeric_limits<std::uint32_t>::max();
  builtins.int_max_str_digits = static_cast<std::uint32_t>(std::min(digits, kMost));
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
