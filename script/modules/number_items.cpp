// Numbers in memory: from bytes to objects and back (CPython: Modules/_struct.c, Objects/floatobject.c).
#include <ouro/objects/numbers/float.h>
#include <ouro/script/modules/number_items.h>

#include <cmath>

namespace ouro::script {

namespace {

/// A float of two bytes: 1 bit of sign, 5 of exponent, 10 of fraction.
double from_half(std::uint64_t bits) noexcept {
  const auto exponent = static_cast<int>(bits >> 10 & 0x1F);
  const auto fraction = static_cast<double>(bits & 0x3FF);
  double value = 0;
  if (exponent == 0x1F) {
    value = fraction == 0 ? HUGE_VAL : std::nan("");
  } else {
    value = exponent == 0 ? std::ldexp(fraction, -24) : std::ldexp(1024 + fraction, exponent - 25);
  }
  return (bits & 0x8000) != 0 ? -value : value;
}

/// The nearest of two bytes, half to even; nothing is as large as 65520.
bool to_half(double value, std::uint64_t& bits) noexcept {
  bits = std::signbit(value) ? 0x8000 : 0;
  const double size = std::fabs(value);
  if (std::isnan(value)) {
    bits |= 0x7E00;
  } else if (std::isinf(value)) {
    bits |= 0x7C00;
  } else if (size >= 65520) {
    return false;
  } else {
    int exponent = 0;
    std::frexp(size, &exponent);
    exponent = std::max(exponent, -13);  // what is smaller has the least exponent, and fewer digits
    // The carry of rounding goes into the exponent, where it belongs.
    const auto fraction = static_cast<std::uint64_t>(std::nearbyint(std::ldexp(size, 11 - exponent)));
    bits |= size == 0 ? 0 : fraction + (static_cast<std::uint64_t>(exponent + 13) << 10);
  }
  return true;
}

}  // namespace

Ref<> load_number(Builtins& builtins, const char* at, const NumberLayout& layout) {
  const std::uint64_t bits = load_bits(at, layout);
  if (layout.sort == NumberSort::kFloat) {
    if (layout.size == 2) return make_float(builtins, from_half(bits));
    if (layout.size == 4)
      return make_float(builtins, static_cast<double>(std::bit_cast<float>(static_cast<std::uint32_t>(bits))));
    return make_float(builtins, std::bit_cast<double>(bits));
  }
  if (layout.sort == NumberSort::kUnsigned) return make_int(builtins, bits);
  const auto unused = static_cast<unsigned>(64 - 8 * layout.size);
  return make_int(builtins, static_cast<std::int64_t>(bits << unused) >> unused);
}

int store_int(char* at, const NumberLayout& layout, const Int& value) {
  const bool is_negative = value.is_negative();
  const auto digits = static_cast<unsigned>(8 * layout.size);
  std::uint64_t bits = 0;
  if (layout.sort == NumberSort::kUnsigned) {
    if (is_negative) return -1;
    if (bit_length(value) > digits) return 1;
    bits = to_uint64(value);
  } else {
    if (!fits_int64(value)) return is_negative ? -1 : 1;
    const std::int64_t number = value.value;
    const std::int64_t most = static_cast<std::int64_t>(~std::uint64_t{0} >> (65 - digits));
    if (number > most) return 1;
    if (number < -most - 1) return -1;
    bits = static_cast<std::uint64_t>(number);
  }
  store_bits(at, layout, bits);
  return 0;
}

bool store_float(char* at, const NumberLayout& layout, double value) noexcept {
  std::uint64_t bits = std::bit_cast<std::uint64_t>(value);
  if (layout.size == 4) {
    const auto narrow = static_cast<float>(value);
    if (std::isinf(narrow) && std::isfinite(value)) return false;
    bits = std::bit_cast<std::uint32_t>(narrow);
  } else if (layout.size == 2 && !to_half(value, bits)) {
    return false;
  }
  store_bits(at, layout, bits);
  return true;
}

}  // namespace ouro::script
