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
constexpr std::size_t kWriteHalvesFrom = 80;
constexpr std::size_t kReadHalvesFrom = 100;

/// Eight digits, leading zeros included.
void write_eight(std::uint32_t value, char* out) noexcept {
  const std::uint32_t high = value / 10'000;
  const std::uint32_t low = value % 10'000;
  std::memcpy(out, &kDigitPairs[2 * (high / 100)], 2);
  std::memcpy(out + 2, &kDigitPairs[2 * (high % 100)], 2);
  std::memcpy(out + 4, &kDigitPairs[2 * (low / 100)], 2);
  std::memcpy(out + 6, &kDigitPairs[2 * (low % 100)], 2);
}

/// The digits of a chunk, leading zeros included.
void write_chunk_before(Limb chunk, char* end) noexcept {
  constexpr Limb kEight = 100'000'000;
  const Limb above = chunk / kEight;
  const Limb high = above / kEight;
  write_eight(static_cast<std::uint32_t>(chunk % kEight), end - 8);
  write_eight(static_cast<std::uint32_t>(above % kEight), end - 16);
  end[-19] = static_cast<char>('0' + high / 100);
  std::memcpy(end - 18, &kDigitPairs[2 * (high % 100)], 2);
}

/// Takes the lowest `count` chunks off a number that has more of them, in one pass: each division waits for the one before
/// it only, so that the processor works on several at once.
template <std::size_t count>
void take_chunks(Limb* limbs, std::size_t size, char* end) noexcept {
  std::array<Limb, count> chunks{};
  for (std::size_t i = size; i-- > 0;)
    for (Limb& chunk : chunks) limbs[i] = kByChunk.divide(chunk, limbs[i]);
  for (const Limb chunk : chunks) {
    write_chunk_before(chunk, end);
    end -= kChunkDigits;
  }
}

/// Writes a number by rows and uses it up. Returns where the digits begin: nowhere before `end` for 0.
char* write_rows(Limb* limbs, std::size_t size, char* end) noexcept {
  constexpr std::size_t kFour = 4;
  constexpr std::size_t kTwo = 2;
  for (size = limbs::normal_size(limbs, size); size > kTwo; size = limbs::normal_size(limbs, size)) {
    // So many limbs are more than four or two chunks.
    const bool has_four = size > kFour;
    has_four ? take_chunks<kFour>(limbs, size, end) : take_chunks<kTwo>(limbs, size, end);
    end -= (has_four ? kFour : kTwo) * kChunkDigits;
  }
  for (; size != 0; size = limbs::normal_size(limbs, size)) {
    const Limb chunk = limbs::divide_by(limbs, limbs, size, kByChunk);
    if (limbs::normal_size(limbs, size) == 0) return write_digits_before(chunk, end);
    write_chunk_before(chunk, end);
    end -= kChunkDigits;
  }
  return end;
}

/// Powers of a base by which a number of `digits` digits of that base is cut into halves, these into halves, and so on while
/// they have at least `least` digits.
class HalvingPowers {
 public:
  struct Power {
    std::size_t exponent;
    ScratchLimbs limbs;
  };

  HalvingPowers(Limb base, std::size_t digits, std::size_t least) {
    for (std::size_t most = digits; most >= least; most = powers_.back().exponent) powers_.push_back({(most + 1) / 2, {}});
    if (powers_.empty()) return;
    powers_.back().limbs = limbs::power({&base, 1}, powers_.back().exponent);
    for (std::size_t i = powers_.size() - 1; i-- > 0;) powers_[i].limbs = doubled(powers_[i + 1], base, powers_[i].exponent);
  }
  /// What cuts a number of the level: one of all digits for 0, a half for 1.
  [[nodiscard]] const Power& of(std::size_t level) const noexcept { return powers_[level]; }

 private:
  /// base ** exponent, where `exponent` is twice that of `half` or one less.
  static ScratchLimbs doubled(const Power& half, Limb base, std::size_t exponent) {
    ScratchLimbs square(2 * half.limbs.size());
    limbs::multiply(square.data(), half.limbs.data(), half.limbs.size(), half.limbs.data(), half.limbs.size());
    square.resize(limbs::normal_size(square.data(), square.size()));
    if (exponent == 2 * half.exponent) return square;
    ScratchLimbs quotient(square.size());
    Limb remainder = 0;
    limbs::divide(quotient.data(), &remainder, square.data(), square.size(), &base, 1);
    quotient.resize(limbs::normal_size(quotient.data(), quotient.size()));
    return quotient;
  }

  std::vector<Power> powers_;
};

/// Writes decimal digits in halves.
class DecimalWriter {
 public:
  /// For numbers of at most `size` limbs.
  explicit DecimalWriter(std::size_t size) : powers_(kChunk, size + size / 64 + 1, kWriteHalvesFrom) {}

  /// Writes the number, and zeros before it to make it `digits` long; 0: none. Uses the number up.
  char* write(Limb* limbs, std::size_t size, char* end, std::size_t digits, std::size_t level = 0) {
    size = limbs::normal_size(limbs, size);
    char* const begin = size < kWriteHalvesFrom ? write_short(limbs, size, end) : write_halves(limbs, size, end, level);
    if (digits == 0) return begin;
    std::fill(end - digits, begin, '0');
    return end - digits;
  }

 private:
  static char* write_short(Limb* limbs, std::size_t size, char* end) {
    ScratchScope::worked(size * size);
    return write_rows(limbs, size, end);
  }
  char* write_halves(Limb* limbs, std::size_t size, char* end, std::size_t level) {
    const auto& [exponent, power] = powers_.of(level);
    if (size < power.size()) return write(limbs, size, end, 0, level + 1);
    ScratchLimbs parts(size + 1);  // the high part, then the low one
    const std::size_t high = size - power.size() + 1;
    limbs::divide(parts.data(), parts.data() + high, limbs, size, power.data(), power.size());
    if (limbs::normal_size(parts.data(), high) == 0) return write(parts.data() + high, power.size(), end, 0, level + 1);
    const std::size_t low_digits = kChunkDigits * exponent;
    write(parts.data() + high, power.size(), end, low_digits, level + 1);
    return write(parts.data(), high, end - low_digits, 0, level + 1);
  }

  HalvingPowers powers_;
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
  /// For at most `count` chunks.
  ChunkReader(Limb base, std::size_t count) : base_(base), powers_(base, count, kReadHalvesFrom) {}

  void read(const Limb* chunks, std::size_t count, Limb* out, std::size_t level = 0) {
    if (count >= kReadHalvesFrom) return read_halves(chunks, count, out, level);
    ScratchScope::worked(count * count / 2);
    for (std::size_t size = 0; size < count; ++size) out[size] = limbs::multiply_by(out, out, size, base_, chunks[size]);
  }

 private:
  void read_halves(const Limb* chunks, std::size_t count, Limb* out, std::size_t level) {
    const auto& [low, power] = powers_.of(level);
    const std::size_t high = count - low;
    ScratchLimbs parts(count);
    read(chunks, high, parts.data(), level + 1);
    read(chunks + high, low, parts.data() + high, level + 1);
    limbs::multiply(out, parts.data(), high, power.data(), power.size());
    std::fill(out + high + power.size(), out + count, 0);
    limbs::add(out, out, count, parts.data() + high, low);
  }

  Limb base_;
  HalvingPowers powers_;
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
  return DecimalWriter(copied.size()).write(copied.data(), copied.size(), end, 0);
}

namespace {

/// The chunks of digits between which no underscore stands, the highest first.
void read_plain_chunks(std::string_view digits, ScratchLimbs& chunks) noexcept {
  std::size_t size = digits.size() - (chunks.size() - 1) * kChunkDigits;
  for (Limb& chunk : chunks) {
    static_cast<void>(read_limb(digits.substr(0, size), &chunk));
    digits.remove_prefix(size);
    size = kChunkDigits;
  }
}

void read_chunks(std::string_view digits, int base, const Chunking& chunking, std::size_t first_size,
                 ScratchLimbs& chunks) noexcept {
  std::size_t left = first_size;
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
}

}  // namespace

ScratchLimbs read_digits_in_base(std::string_view digits, int base) {
  const Chunking chunking(static_cast<Limb>(base));
  const auto count = digits.size() - static_cast<std::size_t>(std::count(digits.begin(), digits.end(), '_'));
  if (count == 0) return {};
  ScratchLimbs chunks((count + chunking.digits - 1) / chunking.digits);
  // The first chunk is the short one, so that all others have the same weight.
  if (base == 10 && count == digits.size()) {
    read_plain_chunks(digits, chunks);
  } else {
    read_chunks(digits, base, chunking, count - (chunks.size() - 1) * chunking.digits, chunks);
  }
  ScratchLimbs number(chunks.size());
  ChunkReader(chunking.power, chunks.size()).read(chunks.data(), chunks.size(), number.data());
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
