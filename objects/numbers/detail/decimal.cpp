// Divides and conquers the conversions between limbs and digits.
#include <ouro/objects/numbers/detail/decimal.h>
#include <ouro/objects/numbers/detail/format_int.h>

#include <algorithm>
#include <array>
#include <bit>
#include <cstring>
#include <utility>

namespace ouro::detail {

namespace {

/// Decimal digits per limb when writing. 10**19 has its highest bit set, as a Divisor has.
constexpr std::size_t kChunkDigits = 19;
constexpr Limb kChunk = 10'000'000'000'000'000'000u;
static_assert(kChunk >> 63 == 1);
/// floor((2**128 - 1) / kChunk) - 2**64.
constexpr limbs::Divisor kByChunk(kChunk, static_cast<Limb>(~DoubleLimb{0} / kChunk - (DoubleLimb{1} << 64)));

/// Numbers of fewer limbs are written and read by rows.
constexpr std::size_t kWriteHalvesFrom = 40;
constexpr std::size_t kReadHalvesFrom = 100;

/// Writes a number by rows and uses it up. Returns where the digits begin: nowhere before `end` for 0.
char* write_rows(Limb* limbs, std::size_t size, char* end) noexcept {
  char* begin = end;
  for (size = limbs::normal_size(limbs, size); size != 0; size = limbs::normal_size(limbs, size)) {
    std::fill(end, begin, '0');  // the chunk before this one, if it began with zeros
    begin = write_digits_before(limbs::divide_by(limbs, limbs, size, kByChunk), end);
    end -= kChunkDigits;
  }
  return begin;
}

/// base, base**2, base**4, base**8 and so on.
class Powers {
 public:
  explicit Powers(Limb base) { powers_.push_back({base}); }
  [[nodiscard]] const ScratchLimbs& get(std::size_t doublings) {
    while (powers_.size() <= doublings) {
      const ScratchLimbs& last = powers_.back();
      ScratchLimbs next(2 * last.size());
      limbs::multiply(next.data(), last.data(), last.size(), last.data(), last.size());
      next.resize(limbs::normal_size(next.data(), next.size()));
      powers_.push_back(std::move(next));
    }
    return powers_[doublings];
  }

 private:
  std::vector<ScratchLimbs> powers_;
};

/// Writes decimal digits in halves.
class DecimalWriter {
 public:
  /// Writes the number, and zeros before it to make it `digits` long; 0: none. Uses the number up.
  char* write(Limb* limbs, std::size_t size, char* end, std::size_t digits) {
    size = limbs::normal_size(limbs, size);
    char* const begin = size < kWriteHalvesFrom ? write_rows(limbs, size, end) : write_halves(limbs, size, end);
    if (digits == 0) return begin;
    std::fill(end - digits, begin, '0');
    return end - digits;
  }

 private:
  char* write_halves(const Limb* limbs, std::size_t size, char* end) {
    std::size_t doublings = 0;
    while (2 * powers_.get(doublings + 1).size() - 1 <= size) ++doublings;
    const ScratchLimbs& power = powers_.get(doublings);
    ScratchLimbs parts(size + 1);  // the high part, then the low one
    const std::size_t high = size - power.size() + 1;
    limbs::divide(parts.data(), parts.data() + high, limbs, size, power.data(), power.size());
    const std::size_t low_digits = kChunkDigits << doublings;
    const std::size_t low = power.size();  // `power` moves when more of them are made
    write(parts.data() + high, low, end, low_digits);
    return write(parts.data(), high, end - low_digits, 0);
  }

  Powers powers_{kChunk};
};

/// How many digits of a base fit a limb, and the power of the base that they make.
struct Chunking {
  std::size_t digits = 0;
  Limb power = 1;

  explicit Chunking(Limb base) noexcept {
    for (Limb next = base; !__builtin_mul_overflow(power, base, &next); power = next) ++digits;
  }
};

/// Puts chunks, the most significant first, together to a number of as many limbs.
class ChunkReader {
 public:
  explicit ChunkReader(Limb base) : base_(base), powers_(base) {}

  void read(const Limb* chunks, std::size_t count, Limb* out) {
    return count < kReadHalvesFrom ? read_rows(chunks, count, out) : read_halves(chunks, count, out);
  }

 private:
  void read_rows(const Limb* chunks, std::size_t count, Limb* out) const noexcept {
    for (std::size_t size = 0; size < count; ++size) out[size] = limbs::multiply_by(out, out, size, base_, chunks[size]);
  }
  void read_halves(const Limb* chunks, std::size_t count, Limb* out) {
    const std::size_t low = std::bit_floor(count - 1);
    const std::size_t high = count - low;
    ScratchLimbs parts(count);
    read(chunks, high, parts.data());
    read(chunks + high, low, parts.data() + high);
    const ScratchLimbs& power = powers_.get(static_cast<std::size_t>(std::countr_zero(low)));
    limbs::multiply(out, parts.data(), high, power.data(), power.size());
    std::fill(out + high + power.size(), out + count, 0);
    limbs::add(out, out, count, parts.data() + high, low);
  }

  Limb base_;
  Powers powers_;
};

/// Eight ASCII digits at once; false if one of them is none.
bool read_eight(const char* digits, Limb* value) noexcept {
  std::uint64_t word = 0;
  std::memcpy(&word, digits, sizeof word);
  constexpr std::uint64_t kHighHalves = 0xF0F0F0F0F0F0F0F0u;
  constexpr std::uint64_t kZeros = 0x3030303030303030u;
  if ((word & kHighHalves) != kZeros || ((word + 0x0606060606060606u) & kHighHalves) != kZeros) return false;
  word -= kZeros;
  word = word * 10 + (word >> 8);
  constexpr std::uint64_t kPairs = 0x000000FF000000FFu;
  *value = ((word & kPairs) * 0x000F424000000064u + (word >> 16 & kPairs) * 0x0000271000000001u) >> 32;
  return true;
}

}  // namespace

char* write_decimal_before(std::span<const Limb> limbs, char* end) {
  if (limbs.size() < kWriteHalvesFrom) {
    std::array<Limb, kWriteHalvesFrom> local;
    std::copy(limbs.begin(), limbs.end(), local.begin());
    return write_rows(local.data(), limbs.size(), end);
  }
  ScratchLimbs copied(limbs.begin(), limbs.end());
  return DecimalWriter().write(copied.data(), copied.size(), end, 0);
}

ScratchLimbs read_digits_in_base(std::string_view digits, int base) {
  const Chunking chunking(static_cast<Limb>(base));
  const auto count = digits.size() - static_cast<std::size_t>(std::count(digits.begin(), digits.end(), '_'));
  ScratchLimbs chunks((count + chunking.digits - 1) / chunking.digits);
  // The first chunk is the short one, so that all others have the same weight.
  std::size_t left = chunks.empty() ? 0 : count - (chunks.size() - 1) * chunking.digits;
  std::size_t at = 0;
  for (const char c : digits) {
    if (c == '_') continue;
    if (left == 0) {
      ++at;
      left = chunking.digits;
    }
    chunks[at] = chunks[at] * static_cast<Limb>(base) + digit_value(c);
    --left;
  }
  ScratchLimbs number(chunks.size());
  ChunkReader(chunking.power).read(chunks.data(), chunks.size(), number.data());
  return number;
}

bool read_limb(std::string_view digits, Limb* value) noexcept {
  Limb read = 0;
  if constexpr (std::endian::native == std::endian::little) {
    for (Limb eight = 0; digits.size() >= 8; digits.remove_prefix(8)) {
      if (!read_eight(digits.data(), &eight)) return false;
      read = read * 100'000'000 + eight;
    }
  }
  for (const char c : digits) {
    if (c < '0' || c > '9') return false;
    read = read * 10 + static_cast<Limb>(c - '0');
  }
  *value = read;
  return true;
}

}  // namespace ouro::detail
