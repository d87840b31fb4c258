// ASCII letters found and changed in blocks of bytes: SSE2 where there is, else words.
#include <ouro/objects/text/detail/ascii_case.h>

#include <cstdint>
#include <cstring>

#if defined(__SSE2__)
#include <emmintrin.h>
#endif

namespace ouro::detail {

namespace {

#if defined(__SSE2__)

/// The letters in a block of 16 bytes.
class LetterBlock {
 public:
  static constexpr std::size_t kSize = 16;

  LetterBlock(const char* at, AsciiLetters letters) noexcept
      : bytes_(_mm_loadu_si128(reinterpret_cast<const __m128i*>(at))) {
    // As unsigned numbers counted from the first letter, no letter is more than the last one.
    const __m128i from_first = _mm_sub_epi8(bytes_, _mm_set1_epi8(letters.first));
    const __m128i past_last = _mm_subs_epu8(from_first, _mm_set1_epi8(static_cast<char>(letters.last - letters.first)));
    letters_ = _mm_cmpeq_epi8(past_last, _mm_setzero_si128());
  }
  [[nodiscard]] bool has_letters() const noexcept { return _mm_movemask_epi8(letters_) != 0; }
  void write_changed(char* to) const noexcept {
    const __m128i changed = _mm_xor_si128(bytes_, _mm_and_si128(letters_, _mm_set1_epi8(0x20)));
    _mm_storeu_si128(reinterpret_cast<__m128i*>(to), changed);
  }

 private:
  __m128i bytes_, letters_;
};

#else

class LetterBlock {
 public:
  static constexpr std::size_t kSize = 8;

  LetterBlock(const char* at, AsciiLetters letters) noexcept {
    std::memcpy(&bytes_, at, sizeof bytes_);
    // Without their highest bits the bytes carry into no neighbour; those that had it are no letters.
    const std::uint64_t low = bytes_ & kOnes * 0x7F;
    const std::uint64_t from_first = low + kOnes * (0x80u - static_cast<unsigned char>(letters.first));
    const std::uint64_t past_last = low + kOnes * (0x7Fu - static_cast<unsigned char>(letters.last));
    letters_ = (from_first ^ past_last) & ~bytes_ & kOnes * 0x80u;
  }
  [[nodiscard]] bool has_letters() const noexcept { return letters_ != 0; }
  void write_changed(char* to) const noexcept {
    const std::uint64_t changed = bytes_ ^ letters_ >> 2;
    std::memcpy(to, &changed, sizeof changed);
  }

 private:
  static constexpr std::uint64_t kOnes = 0x0101010101010101u;
  std::uint64_t bytes_, letters_;
};

#endif

}  // namespace

std::size_t prefix_without(std::string_view text, AsciiLetters letters) noexcept {
  std::size_t at = 0;
  while (text.size() - at >= LetterBlock::kSize && !LetterBlock(text.data() + at, letters).has_letters())
    at += LetterBlock::kSize;
  while (at < text.size() && !letters.has(text[at])) ++at;
  return at;
}

void copy_changed(std::string_view text, AsciiLetters letters, char* out) noexcept {
  std::size_t at = 0;
  for (; text.size() - at >= LetterBlock::kSize; at += LetterBlock::kSize)
    LetterBlock(text.data() + at, letters).write_changed(out + at);
  for (; at < text.size(); ++at) out[at] = letters.changed(text[at]);
}

}  // namespace ouro::detail
