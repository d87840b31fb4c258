// Blocks of bytes that are looked at together: which are equal to a wanted one, how many are. SSE2 where there is, else
// words.
#pragma once

#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string_view>

#if defined(__SSE2__)
#include <emmintrin.h>
#endif

namespace ouro::detail {

#if defined(__SSE2__)

/// One byte, to be looked for in blocks.
class WantedByte {
 public:
  static constexpr std::size_t kBlock = 16;

  explicit WantedByte(char byte) noexcept : bytes_(_mm_set1_epi8(byte)) {}
  /// A bit for each of the kBlock bytes at `at`: bit k is set if the kth one is equal.
  [[nodiscard]] unsigned equal_at(const char* at) const noexcept { return bits(equal_bytes(at)); }
  /// The same of two blocks, where each has its own byte to be equal to.
  [[nodiscard]] static unsigned both_equal(const WantedByte& first, const char* at, const WantedByte& second,
                                           const char* there) noexcept {
    return bits(_mm_and_si128(first.equal_bytes(at), second.equal_bytes(there)));
  }

 private:
  [[nodiscard]] static unsigned bits(__m128i bytes) noexcept { return static_cast<unsigned>(_mm_movemask_epi8(bytes)); }
  [[nodiscard]] __m128i equal_bytes(const char* at) const noexcept {
    return _mm_cmpeq_epi8(_mm_loadu_si128(reinterpret_cast<const __m128i*>(at)), bytes_);
  }

  __m128i bytes_;
};

/// How many bytes at the front of whole blocks are ASCII, in whole blocks.
[[nodiscard]] inline std::size_t ascii_blocks(const char* at, std::size_t size) noexcept {
  const auto load = [at](std::size_t from) { return _mm_loadu_si128(reinterpret_cast<const __m128i*>(at + from)); };
  std::size_t done = 0;
  for (; size - done >= 64; done += 64) {
    const __m128i low = _mm_or_si128(load(done), load(done + 16)), high = _mm_or_si128(load(done + 32), load(done + 48));
    if (_mm_movemask_epi8(_mm_or_si128(low, high)) != 0) break;
  }
  while (size - done >= 16 && _mm_movemask_epi8(load(done)) == 0) done += 16;
  return done;
}

/// True if one byte of whole blocks is above `limit`, as an unsigned number.
[[nodiscard]] inline bool has_byte_above(std::string_view text, unsigned char limit) noexcept {
  const __m128i most = _mm_set1_epi8(static_cast<char>(limit));
  __m128i above = _mm_setzero_si128();
  for (std::size_t at = 0; at < text.size(); at += WantedByte::kBlock)
    above = _mm_or_si128(above, _mm_subs_epu8(_mm_loadu_si128(reinterpret_cast<const __m128i*>(text.data() + at)), most));
  return _mm_movemask_epi8(_mm_cmpeq_epi8(above, _mm_setzero_si128())) != 0xFFFF;
}

/// Copies whole blocks to `out`, and `by` in place of each `from`.
inline void copy_blocks_replaced(std::string_view text, char from, char by, char* out) noexcept {
  const __m128i wanted = _mm_set1_epi8(from), difference = _mm_set1_epi8(static_cast<char>(from ^ by));
  for (std::size_t at = 0; at < text.size(); at += WantedByte::kBlock) {
    const __m128i block = _mm_loadu_si128(reinterpret_cast<const __m128i*>(text.data() + at));
    const __m128i changed = _mm_xor_si128(block, _mm_and_si128(_mm_cmpeq_epi8(block, wanted), difference));
    _mm_storeu_si128(reinterpret_cast<__m128i*>(out + at), changed);
  }
}

/// How many of the bytes are so, as `marks(block)` says, which gives 0xFF for each. `text` is a number of whole blocks.
template <class Marks>
[[nodiscard]] std::size_t count_in_blocks(std::string_view text, Marks marks) noexcept {
  constexpr std::size_t kMostBlocks = 255;  // a byte counts no further
  const char* at = text.data();
  std::size_t blocks = text.size() / WantedByte::kBlock;
  __m128i total = _mm_setzero_si128();
  while (blocks != 0) {
    const std::size_t batch = blocks < kMostBlocks ? blocks : kMostBlocks;
    __m128i counts = _mm_setzero_si128();
    for (std::size_t k = 0; k < batch; ++k, at += WantedByte::kBlock)
      counts = _mm_sub_epi8(counts, marks(_mm_loadu_si128(reinterpret_cast<const __m128i*>(at))));
    total = _mm_add_epi64(total, _mm_sad_epu8(counts, _mm_setzero_si128()));
    blocks -= batch;
  }
  alignas(16) std::uint64_t sums[2];
  _mm_store_si128(reinterpret_cast<__m128i*>(sums), total);
  return static_cast<std::size_t>(sums[0] + sums[1]);
}

/// How many bytes of whole blocks are equal to `wanted`.
[[nodiscard]] inline std::size_t count_equal_in_blocks(std::string_view text, char wanted) noexcept {
  const __m128i bytes = _mm_set1_epi8(wanted);
  return count_in_blocks(text, [bytes](__m128i block) noexcept { return _mm_cmpeq_epi8(block, bytes); });
}
/// How many bytes of whole blocks are no ASCII.
[[nodiscard]] inline std::size_t count_high_in_blocks(std::string_view text) noexcept {
  return count_in_blocks(text, [](__m128i block) noexcept { return _mm_cmplt_epi8(block, _mm_setzero_si128()); });
}
/// How many bytes of whole blocks are no continuation bytes of UTF-8, 0x80 to 0xBF: the lowest as signed numbers.
[[nodiscard]] inline std::size_t count_starts_in_blocks(std::string_view text) noexcept {
  const __m128i last_continuation = _mm_set1_epi8(static_cast<char>(0xBF));
  return count_in_blocks(text, [=](__m128i block) noexcept { return _mm_cmpgt_epi8(block, last_continuation); });
}

#else

[[nodiscard]] inline std::size_t ascii_blocks(const char* at, std::size_t size) noexcept {
  std::size_t done = 0;
  for (std::uint64_t word; size - done >= sizeof word; done += sizeof word) {
    std::memcpy(&word, at + done, sizeof word);
    if ((word & 0x8080808080808080u) != 0) break;
  }
  return done;
}

[[nodiscard]] inline bool has_byte_above(std::string_view text, unsigned char limit) noexcept {
  bool found = false;
  for (const char byte : text) found = found || static_cast<unsigned char>(byte) > limit;
  return found;
}

inline void copy_blocks_replaced(std::string_view text, char from, char by, char* out) noexcept {
  for (const char byte : text) *out++ = byte == from ? by : byte;
}

class WantedByte {
 public:
  static constexpr std::size_t kBlock = 8;

  explicit WantedByte(char byte) noexcept : bytes_(kOnes * static_cast<unsigned char>(byte)) {}
  [[nodiscard]] unsigned equal_at(const char* at) const noexcept { return bits(difference(at)); }
  [[nodiscard]] static unsigned both_equal(const WantedByte& first, const char* at, const WantedByte& second,
                                           const char* there) noexcept {
    return bits(first.difference(at) | second.difference(there));
  }
  /// 1 in each byte of `word` that is zero, 0 in the others.
  [[nodiscard]] static std::uint64_t zero_bytes(std::uint64_t word) noexcept {
    constexpr std::uint64_t kLow = kOnes * 0x7F;
    return ~(((word & kLow) + kLow) | word) >> 7 & kOnes;
  }
  [[nodiscard]] std::uint64_t difference(const char* at) const noexcept {
    std::uint64_t word;
    std::memcpy(&word, at, sizeof word);
    return word ^ bytes_;
  }
  static constexpr std::uint64_t kOnes = 0x0101010101010101u;

 private:
  [[nodiscard]] static unsigned bits(std::uint64_t word) noexcept {
    return static_cast<unsigned>(zero_bytes(word) * 0x0102040810204080u >> 56);
  }

  std::uint64_t bytes_;
};

[[nodiscard]] inline std::size_t count_equal_in_blocks(std::string_view text, char wanted) noexcept {
  const WantedByte byte(wanted);
  std::size_t count = 0;
  for (std::size_t at = 0; at < text.size(); at += WantedByte::kBlock)
    count += WantedByte::zero_bytes(byte.difference(text.data() + at)) * WantedByte::kOnes >> 56;
  return count;
}
[[nodiscard]] inline std::size_t count_high_in_blocks(std::string_view text) noexcept {
  std::size_t count = 0;
  for (const char byte : text) count += static_cast<unsigned char>(byte) >> 7;
  return count;
}
[[nodiscard]] inline std::size_t count_starts_in_blocks(std::string_view text) noexcept {
  std::size_t count = 0;
  for (std::size_t at = 0; at < text.size(); at += WantedByte::kBlock) {
    std::uint64_t word;
    std::memcpy(&word, text.data() + at, sizeof word);
    count += ((~(word >> 7) | (word >> 6)) & WantedByte::kOnes) * WantedByte::kOnes >> 56;
  }
  return count;
}

#endif

/// `text` without what is left behind its last whole block, and that.
[[nodiscard]] inline std::string_view whole_blocks(std::string_view text) noexcept {
  return text.substr(0, text.size() - text.size() % WantedByte::kBlock);
}
[[nodiscard]] inline std::string_view behind_blocks(std::string_view text) noexcept {
  return text.substr(text.size() - text.size() % WantedByte::kBlock);
}

}  // namespace ouro::detail
