// Sums, products and quotients of ints beyond 64 bits.
#include <ouro/objects/numbers/detail/big_arithmetic.h>
#include <ouro/objects/numbers/detail/big_int.h>
#include <ouro/objects/numbers/detail/big_value.h>
#include <ouro/objects/numbers/detail/new_int.h>

#include <algorithm>
#include <array>
#include <optional>

namespace ouro::detail {

namespace {

/// |longer| + |shorter| with a sign.
[[gnu::always_inline]] inline Ref<Int> add_magnitudes(Builtins& builtins, const Magnitude& longer, const Magnitude& shorter,
                                                      bool negative) {
  const std::size_t size = longer.size();
  return build_int(builtins, size + 1, negative, [&](Limb* out) noexcept {
    out[size] = limbs::add(out, longer.data(), size, shorter.data(), shorter.size());
    return size + (out[size] != 0 ? 1 : 0);
  });
}

/// |greater| - |less| with a sign.
[[gnu::always_inline]] inline Ref<Int> subtract_magnitudes(Builtins& builtins, const Magnitude& greater,
                                                           const Magnitude& less, bool negative) {
  const std::size_t size = greater.size();
  return build_int(builtins, size, negative, [&](Limb* out) noexcept {
    limbs::subtract(out, greater.data(), size, less.data(), less.size());
    return limbs::normal_size(out, size);
  });
}

Ref<Int> add_with_signs(Builtins& builtins, const Magnitude& a, bool a_negative, const Magnitude& b, bool b_negative) {
  const bool adds = a_negative == b_negative;
  const int order = adds ? a.size() >= b.size() ? 1 : -1 : limbs::compare(a.data(), a.size(), b.data(), b.size());
  if (order == 0) return ouro::make_int(builtins, 0);
  const Magnitude& more = order > 0 ? a : b;
  const Magnitude& less = order > 0 ? b : a;
  const bool negative = order > 0 ? a_negative : b_negative;
  return adds ? add_magnitudes(builtins, more, less, negative) : subtract_magnitudes(builtins, more, less, negative);
}

std::uint64_t bits_of(const Magnitude& value) noexcept { return limbs::bit_length(value.data(), value.size()); }

/// Operands of fewer limbs are multiplied and divided without scratch memory.
constexpr std::size_t kShortLimbs = 40;

Ref<Int> build_product(Builtins& builtins, const Magnitude& a, const Magnitude& b) {
  const std::size_t size = a.size() + b.size();
  return build_int(builtins, size, a.negative() != b.negative(), [&](Limb* out) {
    limbs::multiply(out, a.data(), a.size(), b.data(), b.size());
    return limbs::normal_size(out, size);
  });
}

/// The product is computed before there is an object for it, so that there may be pauses.
Ref<Int> multiply_long(const Int& left, const Int& right, const Magnitude& a, const Magnitude& b) {
  const LongWork work(left, right);
  ScratchLimbs room(a.size() + b.size());
  limbs::multiply(room.data(), a.data(), a.size(), b.data(), b.size());
  return make_int_of_limbs(builtins_of(left), room, a.negative() != b.negative());
}

/// Room for quotient and remainder, on the stack if it is little.
class Room {
 public:
  explicit Room(std::size_t size) : scratch_(size > local_.size() ? size : 0) {}
  [[nodiscard]] Limb* data() noexcept { return scratch_.empty() ? local_.data() : scratch_.data(); }

 private:
  std::array<Limb, 96> local_;
  ScratchLimbs scratch_;
};

/// What `divide_ints` gives for |a| < |b|.
IntDivmod divide_by_greater(Builtins& builtins, const Magnitude& a, const Magnitude& b) {
  const bool rounds_down = a.size() != 0 && a.negative() != b.negative();
  Ref<Int> remainder = rounds_down ? add_with_signs(builtins, b, b.negative(), a, a.negative())
                                   : make_int_of_limbs(builtins, a.span(), a.negative());
  return {ouro::make_int(builtins, rounds_down ? -1 : 0), std::move(remainder)};
}

/// The same for |a| >= |b|.
IntDivmod divide_by_less(Builtins& builtins, const Magnitude& a, const Magnitude& b, DivmodPart wanted) {
  const std::size_t size = a.size() - b.size() + 1;
  Room room(size + 1 + b.size());
  Limb* const quotient = room.data();
  Limb* const remainder = quotient + size + 1;
  limbs::divide(quotient, remainder, a.data(), a.size(), b.data(), b.size());
  quotient[size] = 0;
  if (a.negative() != b.negative() && limbs::normal_size(remainder, b.size()) != 0) {
    const Limb one = 1;
    limbs::add(quotient, quotient, size + 1, &one, 1);
    limbs::subtract(remainder, b.data(), b.size(), remainder, b.size());
  }
  const auto asks_for = [&](DivmodPart part) { return (static_cast<unsigned>(wanted) & static_cast<unsigned>(part)) != 0; };
  IntDivmod result;
  if (asks_for(DivmodPart::kQuotient))
    result.quotient = make_int_of_limbs(builtins, {quotient, size + 1}, a.negative() != b.negative());
  if (asks_for(DivmodPart::kRemainder)) result.remainder = make_int_of_limbs(builtins, {remainder, b.size()}, b.negative());
  return result;
}

}  // namespace

Ref<Int> add_ints(const Int& left, const Int& right) {
  const Magnitude a(left);
  const Magnitude b(right);
  return add_with_signs(builtins_of(left), a, a.negative(), b, b.negative());
}

Ref<Int> subtract_ints(const Int& left, const Int& right) {
  const Magnitude a(left);
  const Magnitude b(right);
  return add_with_signs(builtins_of(left), a, a.negative(), b, !b.negative());
}

Ref<Int> multiply_ints(const Int& left, const Int& right) {
  const Magnitude a(left);
  const Magnitude b(right);
  if (a.size() == 0 || b.size() == 0) return ouro::make_int(builtins_of(left), 0);
  if (bits_of(a) + bits_of(b) > kMaxBits) raise_out_of_memory();
  if (std::min(a.size(), b.size()) < kShortLimbs && !is_long(left) && !is_long(right))
    return build_product(builtins_of(left), a, b);
  return with_standard_memory(heap_of(left), [&] {
    if (is_long(left) || is_long(right)) return multiply_long(left, right, a, b);
    return build_product(builtins_of(left), a, b);
  });
}

IntDivmod divide_ints(const Int& left, const Int& right, DivmodPart wanted) {
  const Magnitude a(left);
  const Magnitude b(right);
  Builtins& builtins = builtins_of(left);
  if (limbs::compare(a.data(), a.size(), b.data(), b.size()) < 0) return divide_by_greater(builtins, a, b);
  if (a.size() < kShortLimbs) return divide_by_less(builtins, a, b, wanted);
  return with_standard_memory(builtins.heap, [&] {
    std::optional<LongWork> work;
    if (is_long(left)) work.emplace(left, right);
    return divide_by_less(builtins, a, b, wanted);
  });
}

}  // namespace ouro::detail
