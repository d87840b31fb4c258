// int.to_bytes and int.from_bytes (CPython: int_to_bytes_impl, _PyLong_FromByteArray in Objects/longobject.c).
#include <ouro/base/error.h>
#include <ouro/objects/bytes/detail/byte_parts.h>
#include <ouro/objects/bytes/detail/int_bytes.h>
#include <ouro/objects/bytes/detail/new_bytes.h>
#include <ouro/objects/core/detail/index_arguments.h>
#include <ouro/objects/core/none.h>
#include <ouro/objects/core/protocol.h>
#include <ouro/objects/numbers/detail/big_value.h>
#include <ouro/objects/text/str.h>

#include <fmt/format.h>

#include <algorithm>
#include <bit>
#include <vector>

namespace ouro::detail {

namespace {

/// True for the lowest byte first.
bool is_little(Object* order, std::string_view function) {
  if (order == nullptr) return false;
  const Str* const str = as<Str>(*order);
  if (str == nullptr)
    raise(ErrorKind::kTypeError, fmt::format("{}() argument 'byteorder' must be str, not {}", function,
                                             is_none(*order) ? "None" : order->type->name));
  if (text(*str) == "little") return true;
  if (text(*str) != "big") raise(ErrorKind::kValueError, "byteorder must be either 'little' or 'big'");
  return false;
}

/// The magnitude of any int.
struct Magnitude {
  explicit Magnitude(const Int& value) noexcept {
    if (value.is_big()) {
      limbs = digits_of(value);
    } else {
      const auto bits = static_cast<std::uint64_t>(value.value);
      small = value.value < 0 ? std::uint64_t{0} - bits : bits;
      limbs = {&small, 1};
    }
  }
  Magnitude(const Magnitude&) = delete;
  Magnitude& operator=(const Magnitude&) = delete;

  [[nodiscard]] bool is_power_of_two() const noexcept {
    return std::has_single_bit(limbs.back()) &&
           std::ranges::all_of(limbs.first(limbs.size() - 1), [](Limb limb) { return limb == 0; });
  }

  Limb small = 0;
  std::span<const Limb> limbs;
};

/// `to`, or what lies `count - 1 - i` behind it.
char& place(char* to, std::size_t i, std::size_t count, bool little) noexcept { return to[little ? i : count - 1 - i]; }

/// Two's complement in `count` bytes.
void write_int(std::span<const Limb> limbs, bool negative, char* to, std::size_t count, bool little) noexcept {
  unsigned carry = 1;
  for (std::size_t i = 0; i < count; ++i) {
    auto byte = static_cast<unsigned>(i / 8 < limbs.size() ? limbs[i / 8] >> (i % 8 * 8) & 0xFF : 0);
    if (negative) {
      byte = (byte ^ 0xFF) + carry;
      carry = byte >> 8;
    }
    place(to, i, count, little) = static_cast<char>(byte & 0xFF);
  }
}

bool fits(const Int& value, const Magnitude& magnitude, std::size_t count, bool is_signed) noexcept {
  const std::uint64_t bits = bit_length(value);
  const std::uint64_t room = std::uint64_t{count} * 8;
  if (!is_signed || bits == 0) return bits <= room;
  return bits < room || (bits == room && value.is_negative() && magnitude.is_power_of_two());
}

/// The number in up to 8 bytes, its highest bit as the sign if it has one.
std::uint64_t read_small(std::string_view bytes, bool little, bool negative) noexcept {
  std::uint64_t value = negative ? ~std::uint64_t{0} : 0;
  for (std::size_t i = bytes.size(); i-- > 0;)
    value = value << 8 | static_cast<unsigned char>(bytes[little ? i : bytes.size() - 1 - i]);
  return value;
}

Ref<Int> read_big(Builtins& builtins, std::string_view bytes, bool little, bool negative) {
  return with_standard_memory(builtins.heap, [&] {
    std::vector<Limb, ScratchAllocator<Limb>> limbs((bytes.size() + 7) / 8, negative ? ~Limb{0} : 0);
    for (std::size_t i = 0; i < bytes.size(); ++i) {
      const Limb byte = static_cast<unsigned char>(bytes[little ? i : bytes.size() - 1 - i]);
      limbs[i / 8] = (limbs[i / 8] & ~(Limb{0xFF} << (i % 8 * 8))) | byte << (i % 8 * 8);
    }
    bool carry = negative;
    for (Limb& limb : limbs) {
      if (!negative) break;
      limb = ~limb + (carry ? 1 : 0);
      carry = carry && limb == 0;
    }
    return make_int(builtins, from_limbs(limbs, negative));
  });
}

/// `bytes(object)` without what makes bytes of a number.
Ref<Bytes> bytes_given(Object& given) {
  if (is_index(given) && !has_buffer(given))
    raise(ErrorKind::kTypeError, fmt::format("cannot convert '{}' object to bytes", given.type->name));
  if (is<Str>(given)) raise(ErrorKind::kTypeError, "cannot convert 'str' object to bytes");
  return bytes_from(given);
}

}  // namespace

Ref<Bytes> int_to_bytes(const Int& value, Object* length, Object* order, Object* is_signed) {
  const std::int64_t wanted = size_argument(length, 1);
  const bool has_sign = is_signed != nullptr && truth(*is_signed);
  const bool little = is_little(order, "to_bytes");
  if (wanted < 0) raise(ErrorKind::kValueError, "length argument must be non-negative");
  if (value.is_negative() && !has_sign) raise(ErrorKind::kOverflowError, "can't convert negative int to unsigned");
  const Magnitude magnitude(value);
  const auto count = static_cast<std::size_t>(wanted);
  if (count < Bytes::kMaxSize && !fits(value, magnitude, count, has_sign))
    raise(ErrorKind::kOverflowError, "int too big to convert");
  return new_bytes(builtins_of(value), count,
                   [&](char* to) noexcept { write_int(magnitude.limbs, value.is_negative(), to, count, little); });
}

Ref<> int_from_bytes(Type& type, Object& bytes, Object* order, Object* is_signed) {
  const bool has_sign = is_signed != nullptr && truth(*is_signed);
  const bool little = is_little(order, "from_bytes");
  const Ref<Bytes> held = bytes_given(bytes);
  const std::string_view given = view(*held);
  Builtins& builtins = *type.heap->builtins;
  const bool negative = has_sign && !given.empty() && static_cast<signed char>(little ? given.back() : given.front()) < 0;
  Ref<> made;
  if (given.size() > 8) {
    made = read_big(builtins, given, little, negative);
  } else {
    const std::uint64_t value = read_small(given, little, negative);
    made = negative ? Ref<>(ouro::make_int(builtins, static_cast<std::int64_t>(value))) : ouro::make_int(builtins, value);
  }
  if (type.kind == Kind::kInt && !type.has(kClassType)) return made;
  Object* const arguments[] = {made.get()};
  return call(type, Arguments{arguments, {}, {}});
}

}  // namespace ouro::detail
