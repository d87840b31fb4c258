// Products of very long magnitudes by number-theoretic transforms (Harvey, Faster arithmetic for number-theoretic
// transforms).
//
// The limbs are the coefficients of two polynomials. A coefficient of their product is less than 2**128 times the number of
// limbs. It is computed modulo three primes below 2**62, where the product is one of transforms, value by value, and put
// together by the Chinese remainder theorem: the primes' own product is nearly 2**186.
//
// Values are kept in a range of a few times the prime, and reduced late: that a prime is below 2**62 leaves room for it.
#include <ouro/objects/numbers/detail/limbs_transform.h>

#include <algorithm>
#include <bit>

namespace ouro::detail::limbs {

namespace {

constexpr Limb high_of_product(Limb a, Limb b) noexcept { return static_cast<Limb>(DoubleLimb{a} * b >> 64); }

/// A factor below the prime, and what it is of 2**64, so that a product with it is reduced by two multiplications (Shoup).
struct Factor {
  Limb value;
  Limb of_word;
};

/// A prime below 2**62 that is 1 modulo 2**36.
class Prime {
 public:
  static constexpr int kMostDoublings = 36;

  /// `root` to the power of 2**36, and of nothing less, is 1.
  constexpr Prime(Limb modulus, Limb root) noexcept : modulus_(modulus), root_(root) {}

  [[nodiscard]] constexpr Limb modulus() const noexcept { return modulus_; }
  [[nodiscard]] constexpr Factor factor(Limb value) const noexcept {
    return {value, static_cast<Limb>((DoubleLimb{value} << 64) / modulus_)};
  }
  /// value * factor, less than twice the prime, for any value.
  [[nodiscard]] constexpr Limb multiply(Limb value, const Factor& factor) const noexcept {
    return value * factor.value - high_of_product(value, factor.of_word) * modulus_;
  }
  /// For values below twice the prime, and four times.
  [[nodiscard]] constexpr Limb reduce_twice(Limb value) const noexcept {
    return value >= modulus_ ? value - modulus_ : value;
  }
  [[nodiscard]] constexpr Limb to_twice(Limb value) const noexcept {
    return value >= 2 * modulus_ ? value - 2 * modulus_ : value;
  }
  [[nodiscard]] constexpr Limb power(Limb base, Limb exponent) const noexcept {
    Limb result = 1;
    for (; exponent != 0; exponent >>= 1, base = product(base, base))
      if ((exponent & 1) != 0) result = product(result, base);
    return result;
  }
  [[nodiscard]] constexpr Limb inverse(Limb value) const noexcept { return power(value % modulus_, modulus_ - 2); }
  /// A value whose powers are 1 for the first time at 2**doublings.
  [[nodiscard]] constexpr Limb root_of(int doublings) const noexcept {
    Limb root = root_;
    for (int i = kMostDoublings; i > doublings; --i) root = product(root, root);
    return root;
  }

 private:
  [[nodiscard]] constexpr Limb product(Limb a, Limb b) const noexcept {
    return static_cast<Limb>(DoubleLimb{a} * b % modulus_);
  }

  Limb modulus_;
  Limb root_;
};

constexpr Prime kPrimes[] = {
    {4611685606110527489U, 4400745204249244341U},
    {4611685125074190337U, 4028557980647827127U},
    {4611682857331458049U, 1717662185716964956U},
};
static_assert(kPrimes[0].modulus() < Limb{1} << 62, "four times a prime fits a limb");

/// Transforms of one length modulo one prime. The order of the results is that of reversed bits.
class Transform {
 public:
  Transform(const Prime& prime, std::size_t size) : prime_(prime), by_(prime.modulus() << 2), size_(size), roots_(size / 2) {
    roots_[0] = factor(1);
    int doublings = 2;
    for (std::size_t known = 1; known < size / 2; known *= 2, ++doublings) {
      const Factor step = factor(prime.root_of(doublings));
      for (std::size_t i = 0; i < known; ++i)
        roots_[known + i] = factor(prime.reduce_twice(prime.multiply(roots_[i].value, step)));
    }
  }

  /// out = a * b, value by value, all of the transform's size. `room` is for b's transform. The values of `out` are below
  /// the prime.
  void multiply(Limb* out, const Limb* a, std::size_t a_size, const Limb* b, std::size_t b_size, Limb* room) const {
    load(out, a, a_size);
    if (a == b && a_size == b_size) {
      for (std::size_t i = 0; i < size_; ++i) out[i] = product(out[i], out[i]);
    } else {
      load(room, b, b_size);
      for (std::size_t i = 0; i < size_; ++i) out[i] = product(out[i], room[i]);
    }
    transform_back(out);
    const Factor scale = factor(prime_.inverse(size_));
    for (std::size_t i = 0; i < size_; ++i) out[i] = prime_.reduce_twice(prime_.multiply(out[i], scale));
  }

 private:
  /// The same as the prime's, without a division.
  [[nodiscard]] Factor factor(Limb value) const noexcept {
    Limb high = value << 2;
    return {value, by_.divide(high, 0)};
  }
  /// a * b, below the prime, for values below four times it.
  [[nodiscard]] Limb product(Limb a, Limb b) const noexcept {
    const DoubleLimb product = DoubleLimb{prime_.to_twice(a)} * prime_.to_twice(b);
    Limb high = static_cast<Limb>(product >> 62);
    static_cast<void>(by_.divide(high, static_cast<Limb>(product << 2)));
    return high >> 2;
  }

  void load(Limb* values, const Limb* limbs, std::size_t count) const {
    const Factor one = factor(1);
    for (std::size_t i = 0; i < count; ++i) values[i] = prime_.multiply(limbs[i], one);
    std::fill(values + count, values + size_, 0);
    transform(values);
  }

  /// Values below four times the prime, before and after.
  void transform(Limb* values) const {
    for (std::size_t half = size_ / 2; half != 0; half /= 2) {
      ScratchScope::worked(size_);
      Limb* low = values;
      for (const Factor* root = roots_.data(); low != values + size_; ++root, low += 2 * half) part(low, half, *root);
    }
  }
  void part(Limb* low, std::size_t half, const Factor root) const noexcept {
    for (Limb *high = low + half, *const end = high; low != end; ++low, ++high) {
      const Limb sum = prime_.to_twice(*low);
      const Limb turned = prime_.multiply(*high, root);
      *low = sum + turned;
      *high = sum - turned + 2 * prime_.modulus();
    }
  }

  /// Values below twice the prime, before and after.
  void transform_back(Limb* values) const {
    for (std::size_t half = 1; half != size_; half *= 2) {
      ScratchScope::worked(size_);
      const std::size_t blocks = size_ / (2 * half);
      join(values, half, roots_[0], false);
      // The inverse of a root is another one of its row, with a minus.
      for (std::size_t block = 1; block < blocks; ++block) {
        const std::size_t row = std::bit_floor(block);
        join(values + 2 * half * block, half, roots_[3 * row - 1 - block], true);
      }
    }
  }
  void join(Limb* low, std::size_t half, const Factor root, bool is_negative) const noexcept {
    for (Limb *high = low + half, *const end = high; low != end; ++low, ++high) {
      const Limb sum = prime_.to_twice(*low + *high);
      const Limb difference = is_negative ? *high - *low : *low - *high;
      *high = prime_.multiply(difference + 2 * prime_.modulus(), root);
      *low = sum;
    }
  }

  const Prime& prime_;
  Divisor by_;
  std::size_t size_;
  std::vector<Factor, ScratchAllocator<Factor>> roots_;
};

/// Puts coefficients together from what remains of them modulo the primes (Garner).
class Remainders {
 public:
  /// The coefficient x + first * (y + second * z) as x, y and z.
  void add(Limb* sum, Limb of_first, Limb of_second, Limb of_third) const noexcept {
    const auto& [first, second, third] = kPrimes;
    const Limb x = of_first;
    const Limb y = second.reduce_twice(second.multiply(of_second + 2 * second.modulus() - x, kFirstInSecond));
    const Limb rest = third.multiply(of_third + 2 * third.modulus() - x, kFirstInThird);
    const Limb z = third.reduce_twice(third.multiply(rest + 2 * third.modulus() - y, kSecondInThird));
    constexpr DoubleLimb kBoth = DoubleLimb{kPrimes[0].modulus()} * kPrimes[1].modulus();
    const DoubleLimb low = DoubleLimb{first.modulus()} * y + x;
    const DoubleLimb low_of_z = DoubleLimb{static_cast<Limb>(kBoth)} * z;
    const DoubleLimb high_of_z = DoubleLimb{static_cast<Limb>(kBoth >> 64)} * z;
    DoubleLimb column = DoubleLimb{sum[0]} + static_cast<Limb>(low) + static_cast<Limb>(low_of_z);
    sum[0] = static_cast<Limb>(column);
    column = (column >> 64) + sum[1] + static_cast<Limb>(low >> 64) + static_cast<Limb>(low_of_z >> 64) +
             static_cast<Limb>(high_of_z);
    sum[1] = static_cast<Limb>(column);
    sum[2] = static_cast<Limb>(high_of_z >> 64) + static_cast<Limb>(column >> 64);
  }

 private:
  static constexpr Factor kFirstInSecond = kPrimes[1].factor(kPrimes[1].inverse(kPrimes[0].modulus()));
  static constexpr Factor kFirstInThird = kPrimes[2].factor(kPrimes[2].inverse(kPrimes[0].modulus()));
  static constexpr Factor kSecondInThird = kPrimes[2].factor(kPrimes[2].inverse(kPrimes[1].modulus()));
};

}  // namespace

void multiply_by_transform(Limb* out, const Limb* a, std::size_t a_size, const Limb* b, std::size_t b_size) {
  const std::size_t size = std::bit_ceil(a_size + b_size);
  ScratchLimbs values(4 * size);
  for (std::size_t i = 0; i < std::size(kPrimes); ++i)
    Transform(kPrimes[i], size).multiply(values.data() + i * size, a, a_size, b, b_size, values.data() + 3 * size);
  const Remainders remainders;
  Limb sum[3] = {0, 0, 0};
  for (std::size_t i = 0; i < a_size + b_size; ++i) {
    remainders.add(sum, values[i], values[size + i], values[2 * size + i]);
    out[i] = sum[0];
    sum[0] = sum[1];
    sum[1] = sum[2];
  }
}

}  // namespace ouro::detail::limbs
