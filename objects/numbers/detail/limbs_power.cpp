// Powers of magnitudes, and powers with a modulus (Knuth, 4.6.3: left to right, by windows of the exponent).
#include <ouro/objects/numbers/detail/limbs.h>
#include <ouro/objects/numbers/detail/limbs_division.h>

#include <algorithm>

namespace ouro::detail::limbs {

namespace {

/// value *= factor. `room` is for the product.
void multiply_to(ScratchLimbs& value, std::span<const Limb> factor, ScratchLimbs& room) {
  room.resize(value.size() + factor.size());
  multiply(room.data(), value.data(), value.size(), factor.data(), factor.size());
  room.resize(normal_size(room.data(), room.size()));
  value.swap(room);
}

/// Calculates with remainders of a modulus, each as long as `size()`, leading zeros included.
///
/// What the remainders are reduced by is a multiple of the modulus, as long as a Division wants it and with its highest bit
/// set: so nothing is shifted from one product to the next.
class Remainders {
 public:
  explicit Remainders(std::span<const Limb> modulus)
      : modulus_(modulus), multiple_(multiple_of(modulus)), by_(multiple_.data(), multiple_.size()), room_(4 * size()) {}
  Remainders(const Remainders&) = delete;
  Remainders& operator=(const Remainders&) = delete;

  [[nodiscard]] std::size_t size() const noexcept { return multiple_.size(); }

  /// out = a * b. They may be the same.
  void multiply(Limb* out, const Limb* a, const Limb* b) {
    Limb* const product = room_.data();
    Limb* const quotient = product + 2 * size();
    limbs::multiply(product, a, size(), b, size());
    static_cast<void>(divide_in_place(quotient, product, by_, size(), quotient + size()));
    std::copy(product, product + size(), out);
  }
  /// What remains of the modulus itself.
  [[nodiscard]] ScratchLimbs reduced(const Limb* value) {
    const std::size_t normal = normal_size(value, size());
    if (normal < modulus_.size()) return {value, value + normal};
    ScratchLimbs remainder(modulus_.size());
    divide(room_.data(), remainder.data(), value, normal, modulus_.data(), modulus_.size());
    remainder.resize(normal_size(remainder.data(), remainder.size()));
    return remainder;
  }

 private:
  static ScratchLimbs multiple_of(std::span<const Limb> modulus) {
    const std::size_t zeros = modulus.size() == 1 ? 1 : 0;
    ScratchLimbs multiple(modulus.size() + zeros);
    const auto bits = static_cast<unsigned>(std::countl_zero(modulus.back()));
    static_cast<void>(shift_left(multiple.data() + zeros, modulus.data(), modulus.size(), bits));
    return multiple;
  }

  std::span<const Limb> modulus_;
  ScratchLimbs multiple_;
  Division by_;
  ScratchLimbs room_;
};

/// How many bits of an exponent are taken at once: the more of them it has, the more powers are worth having.
std::size_t window_for(std::uint64_t bits) noexcept { return bits <= 8 ? 1 : bits <= 64 ? 3 : bits <= 512 ? 4 : 5; }

/// `count` bits from `first` on.
std::size_t bits_at(std::span<const Limb> number, std::uint64_t first, std::size_t count) noexcept {
  const auto limb = static_cast<std::size_t>(first / 64);
  const unsigned shift = first % 64;
  Limb bits = number[limb] >> shift;
  if (shift + count > 64 && limb + 1 < number.size()) bits |= number[limb + 1] << (64 - shift);
  return static_cast<std::size_t>(bits & ((Limb{1} << count) - 1));
}

}  // namespace

ScratchLimbs power(std::span<const Limb> a, std::uint64_t exponent) {
  ScratchLimbs value(a.begin(), a.end());
  ScratchLimbs room;
  const std::uint64_t most = (bit_length(a.data(), a.size()) * exponent + 63) / 64 + 1;
  value.reserve(most);
  room.reserve(most + a.size());
  for (int bit = static_cast<int>(std::bit_width(exponent)) - 2; bit >= 0; --bit) {
    multiply_to(value, value, room);
    if ((exponent >> bit & 1) != 0) multiply_to(value, a, room);
  }
  return value;
}

ScratchLimbs power_modulo(std::span<const Limb> a, std::span<const Limb> exponent, std::span<const Limb> modulus) {
  if (exponent.empty()) return {1};
  if (a.empty()) return {};
  Remainders remainders(modulus);
  const std::size_t size = remainders.size();
  const std::uint64_t bits = bit_length(exponent.data(), exponent.size());
  const std::size_t window = window_for(bits);
  ScratchLimbs powers(size << window);  // a ** 0, a ** 1, ...
  const auto power_at = [&](std::size_t number) { return powers.data() + number * size; };
  powers[0] = 1;
  std::copy(a.begin(), a.end(), power_at(1));
  for (std::size_t i = 2; i < std::size_t{1} << window; ++i) remainders.multiply(power_at(i), power_at(i - 1), power_at(1));
  std::uint64_t left = (bits - 1) / window * window;
  ScratchLimbs value(size);
  std::copy_n(power_at(bits_at(exponent, left, window)), size, value.data());
  while (left != 0) {
    left -= window;
    for (std::size_t i = 0; i < window; ++i) remainders.multiply(value.data(), value.data(), value.data());
    if (const std::size_t digit = bits_at(exponent, left, window); digit != 0)
      remainders.multiply(value.data(), value.data(), power_at(digit));
  }
  return remainders.reduced(value.data());
}

}  // namespace ouro::detail::limbs
