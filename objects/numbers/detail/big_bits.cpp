// Shifts, logic and signs of ints beyond 64 bits.
#include <ouro/base/error.h>
#include <ouro/objects/numbers/detail/big_bits.h>
#include <ouro/objects/numbers/detail/big_int.h>
#include <ouro/objects/numbers/detail/big_value.h>
#include <ouro/objects/numbers/detail/new_int.h>

#include <algorithm>

namespace ouro::detail {

namespace {

/// Reads a number limb by limb as two's complement, with as many limbs as anybody asks for.
class TwosComplement {
 public:
  explicit TwosComplement(const Magnitude& value) noexcept
      : first_(value.data()),
        size_(value.size()),
        flip_(value.negative() ? ~Limb{0} : 0),
        carry_(value.negative() ? 1 : 0) {}

  /// The next limb, the lowest first.
  [[nodiscard]] Limb next() noexcept {
    const Limb flipped = (at_ < size_ ? first_[at_++] : 0) ^ flip_;
    const Limb limb = flipped + carry_;
    carry_ = limb < carry_ ? 1 : 0;
    return limb;
  }

 private:
  const Limb* first_;
  std::size_t size_;
  std::size_t at_ = 0;
  Limb flip_;
  Limb carry_;
};

struct And {
  static Limb of(Limb a, Limb b) noexcept { return a & b; }
  static bool of(bool a, bool b) noexcept { return a && b; }
  /// How many limbs the result has at most, but for one that its sign may need.
  static std::size_t size(const Magnitude& a, const Magnitude& b) noexcept {
    if (!a.negative() && !b.negative()) return std::min(a.size(), b.size());
    return !a.negative() ? a.size() : !b.negative() ? b.size() : std::max(a.size(), b.size());
  }
};

struct Or {
  static Limb of(Limb a, Limb b) noexcept { return a | b; }
  static bool of(bool a, bool b) noexcept { return a || b; }
  static std::size_t size(const Magnitude& a, const Magnitude& b) noexcept {
    if (a.negative() && b.negative()) return std::min(a.size(), b.size());
    return a.negative() ? a.size() : b.negative() ? b.size() : std::max(a.size(), b.size());
  }
};

struct Xor {
  static Limb of(Limb a, Limb b) noexcept { return a ^ b; }
  static bool of(bool a, bool b) noexcept { return a != b; }
  static std::size_t size(const Magnitude& a, const Magnitude& b) noexcept { return std::max(a.size(), b.size()); }
};

template <class Op>
void combine_limbs(Limb* __restrict out, const Limb* a, const Limb* b, std::size_t size) noexcept {
  std::size_t i = 0;
  for (constexpr std::size_t kStep = 4; i + kStep <= size; i += kStep) {
    const Limb four[kStep] = {Op::of(a[i], b[i]), Op::of(a[i + 1], b[i + 1]), Op::of(a[i + 2], b[i + 2]),
                              Op::of(a[i + 3], b[i + 3])};
    std::copy_n(four, kStep, out + i);
  }
  for (; i < size; ++i) out[i] = Op::of(a[i], b[i]);
}

/// Neither number is negative, and the result has `size` limbs.
template <class Op>
void combine_magnitudes(Limb* out, std::size_t size, const Magnitude& a, const Magnitude& b) noexcept {
  const std::size_t both = std::min({size, a.size(), b.size()});
  combine_limbs<Op>(out, a.data(), b.data(), both);
  const Magnitude& longer = a.size() > b.size() ? a : b;
  if (both != size) std::copy(longer.data() + both, longer.data() + size, out + both);
}

template <class Op>
Ref<Int> combine(const Int& left, const Int& right) {
  const Magnitude a(left);
  const Magnitude b(right);
  const bool negative = Op::of(a.negative(), b.negative());
  const std::size_t size = Op::size(a, b);
  if (!a.negative() && !b.negative()) {
    return build_int(builtins_of(left), size, false, [&](Limb* out) noexcept {
      combine_magnitudes<Op>(out, size, a, b);
      return limbs::normal_size(out, size);
    });
  }
  return build_int(builtins_of(left), size + 1, negative, [&](Limb* out) noexcept {
    TwosComplement x(a);
    TwosComplement y(b);
    const Limb flip = negative ? ~Limb{0} : 0;
    Limb carry = negative ? 1 : 0;
    for (std::size_t i = 0; i <= size; ++i) {
      out[i] = (Op::of(x.next(), y.next()) ^ flip) + carry;
      carry = out[i] < carry ? 1 : 0;
    }
    return limbs::normal_size(out, size + 1);
  });
}

void require_count(const Int& count) {
  if (count.is_negative()) raise(ErrorKind::kValueError, "negative shift count");
}

[[noreturn, gnu::cold]] void refuse_shift(const Int& value, const Int& count) {
  with_standard_memory(heap_of(value), [&] { refuse_left_shift(big_value(value), big_value(count)); });
  raise_out_of_memory();
}

/// True if any of the lowest `bits` is set. There are more of them than that.
bool has_low_bits(const Magnitude& value, std::size_t limbs, unsigned bits) noexcept {
  const auto is_set = [](Limb limb) { return limb != 0; };
  return std::any_of(value.data(), value.data() + limbs, is_set) || (bits != 0 && value.data()[limbs] << (64 - bits) != 0);
}

/// |value| + 1 or |value| - 1, with the other sign.
Ref<Int> step_over_zero(const Int& value) {
  const Magnitude a(value);
  const std::size_t size = a.size();
  return build_int(builtins_of(value), size + 1, !a.negative(), [&](Limb* out) noexcept {
    const Limb one = 1;
    out[size] = a.negative() ? 0 : limbs::add(out, a.data(), size, &one, 1);
    if (a.negative()) limbs::subtract(out, a.data(), size, &one, 1);
    return limbs::normal_size(out, size + 1);
  });
}

}  // namespace

Ref<Int> shift_int_left(const Int& value, const Int& count) {
  require_count(count);
  const Magnitude a(value);
  Builtins& builtins = builtins_of(value);
  if (a.size() == 0) return ouro::make_int(builtins, 0);
  const bool fits = !count.is_big() && static_cast<std::uint64_t>(count.value) <= kMaxBits;
  if (!fits || limbs::bit_length(a.data(), a.size()) + static_cast<std::uint64_t>(count.value) > kMaxBits)
    refuse_shift(value, count);
  const auto whole = static_cast<std::size_t>(count.value) / 64;
  const auto bits = static_cast<unsigned>(count.value % 64);
  const std::size_t size = a.size() + whole;
  return build_int(builtins, size + 1, a.negative(), [&](Limb* out) noexcept {
    std::fill(out, out + whole, 0);
    out[size] = limbs::shift_left(out + whole, a.data(), a.size(), bits);
    return size + (out[size] != 0 ? 1 : 0);
  });
}

Ref<Int> shift_int_right(const Int& value, const Int& count) {
  require_count(count);
  const Magnitude a(value);
  Builtins& builtins = builtins_of(value);
  if (count.is_big() || static_cast<std::uint64_t>(count.value) >= bit_length(value))
    return ouro::make_int(builtins, a.negative() ? -1 : 0);
  const auto whole = static_cast<std::size_t>(count.value) / 64;
  const auto bits = static_cast<unsigned>(count.value % 64);
  const std::size_t size = a.size() - whole;
  const Limb up = a.negative() && has_low_bits(a, whole, bits) ? 1 : 0;
  return build_int(builtins, size + 1, a.negative(), [&](Limb* out) noexcept {
    limbs::shift_right(out, a.data() + whole, size, bits);
    out[size] = limbs::add(out, out, size, &up, 1);
    return limbs::normal_size(out, size + 1);
  });
}

Ref<Int> and_ints(const Int& left, const Int& right) { return combine<And>(left, right); }
Ref<Int> or_ints(const Int& left, const Int& right) { return combine<Or>(left, right); }
Ref<Int> xor_ints(const Int& left, const Int& right) { return combine<Xor>(left, right); }
Ref<Int> invert_int(const Int& value) { return step_over_zero(value); }

Ref<Int> negate_int(const Int& value) {
  const Magnitude a(value);
  return make_int_of_limbs(builtins_of(value), a.span(), !a.negative());
}

}  // namespace ouro::detail
