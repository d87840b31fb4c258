// Checks, counts, decodes and encodes UTF-8.
#include <ouro/base/error.h>
#include <ouro/objects/text/detail/utf8.h>

#include <fmt/format.h>

#include <bit>
#include <cstring>

namespace ouro::detail {

static_assert(std::endian::native == std::endian::little, "byte positions are read off 64-bit words");

namespace {

constexpr std::uint64_t kHighBits = 0x8080808080808080u;
constexpr std::uint64_t kOnes = 0x0101010101010101u;

std::uint64_t load(const char* from) noexcept {
  std::uint64_t word;
  std::memcpy(&word, from, sizeof word);
  return word;
}

/// A byte of 1 for every byte of `word` that begins a code point, 0 for a continuation byte.
std::uint64_t starts_in(std::uint64_t word) noexcept { return (~(word >> 7) | (word >> 6)) & kOnes; }

/// The sum of the eight bytes of `counts`, below 256.
std::size_t sum_of_bytes(std::uint64_t counts) noexcept { return static_cast<std::size_t>((counts * kOnes) >> 56); }

/// The first byte of `counts`, each at most 8, that exceeds `bound`. The last one does.
std::size_t first_above(std::uint64_t counts, std::size_t bound) noexcept {
  const std::uint64_t above = (counts + kOnes * (0x7F - bound)) & kHighBits;
  return static_cast<std::size_t>(std::countr_zero(above)) / 8;
}

/// What one sequence at `at` looks like. Its length if it is good; otherwise the fault and how many bytes it covers.
struct Sequence {
  Utf8Fault fault;
  std::size_t length;
};

/// The permitted range of the second byte closes off overlong forms, surrogates and what lies above U+10FFFF.
bool second_byte_fits(unsigned char lead, char second) noexcept {
  const auto byte = static_cast<unsigned char>(second);
  switch (lead) {
    case 0xE0:
      return byte >= 0xA0 && byte <= 0xBF;
    case 0xED:
      return byte >= 0x80 && byte <= 0x9F;
    case 0xF0:
      return byte >= 0x90 && byte <= 0xBF;
    case 0xF4:
      return byte >= 0x80 && byte <= 0x8F;
    default:
      return is_continuation(second);
  }
}

/// Looks at a sequence whose first byte is not ASCII.
Sequence read_sequence(const char* at, const char* end) noexcept {
  const auto lead = static_cast<unsigned char>(*at);
  if (lead < 0xC2 || lead > 0xF4) return {Utf8Fault::kInvalidStart, 1};
  const std::size_t needed = sequence_length(*at);
  const auto available = static_cast<std::size_t>(end - at);
  for (std::size_t k = 1; k < needed; ++k) {
    if (k == available) return {Utf8Fault::kUnexpectedEnd, k};
    if (k == 1 ? !second_byte_fits(lead, at[1]) : !is_continuation(at[k])) return {Utf8Fault::kInvalidContinuation, k};
  }
  return {Utf8Fault::kNone, needed};
}

}  // namespace

std::size_t ascii_prefix(std::string_view text) noexcept {
  const char* const begin = text.data();
  const std::size_t size = text.size();
  std::size_t at = 0;
  for (; size - at >= 32; at += 32) {
    const char* const p = begin + at;
    if (((load(p) | load(p + 8) | load(p + 16) | load(p + 24)) & kHighBits) != 0) break;
  }
  for (; size - at >= 8; at += 8) {
    const std::uint64_t high = load(begin + at) & kHighBits;
    if (high != 0) return at + static_cast<std::size_t>(std::countr_zero(high)) / 8;
  }
  while (at < size && static_cast<signed char>(begin[at]) >= 0) ++at;
  return at;
}

Utf8Check check_utf8(std::string_view text) noexcept {
  const char* const begin = text.data();
  const char* const end = begin + text.size();
  const char* at = begin;
  while (true) {
    at += ascii_prefix({at, static_cast<std::size_t>(end - at)});
    // Text that left ASCII tends to stay outside; a scan is worth its start-up only after a few ASCII characters in a row.
    for (int ascii = 0; ascii < 4; ++at) {
      if (at == end) return {};
      if (static_cast<signed char>(*at) >= 0) {
        ++ascii;
        continue;
      }
      const Sequence sequence = read_sequence(at, end);
      if (sequence.fault != Utf8Fault::kNone) return {sequence.fault, static_cast<std::size_t>(at - begin), sequence.length};
      at += sequence.length - 1;
      ascii = 0;
    }
  }
}

std::size_t count_code_points(std::string_view text) noexcept {
  constexpr std::size_t kWordsPerSum = 31;  // a byte counts to 31, so that eight of them sum below 256
  const char* at = text.data();
  std::size_t words = text.size() / 8;
  std::size_t count = 0;
  while (words != 0) {
    const std::size_t batch = words < kWordsPerSum ? words : kWordsPerSum;
    std::uint64_t counts = 0;
    for (std::size_t k = 0; k < batch; ++k, at += 8) counts += starts_in(load(at));
    count += sum_of_bytes(counts);
    words -= batch;
  }
  for (const char* const end = text.data() + text.size(); at != end; ++at) count += is_continuation(*at) ? 0u : 1u;
  return count;
}

std::size_t skip_code_points(std::string_view text, std::size_t from, std::size_t count) noexcept {
  const char* const begin = text.data();
  const std::size_t size = text.size();
  std::size_t at = from;
  // Invariant: `count` code points begin in [at, result). A word with more starts than that holds the result itself.
  while (size - at >= 8) {
    const std::uint64_t up_to_each = starts_in(load(begin + at)) * kOnes;  // byte k: the starts in bytes 0 to k
    const auto starts = static_cast<std::size_t>(up_to_each >> 56);
    if (starts > count) return at + first_above(up_to_each, count);
    count -= starts;
    at += 8;
  }
  for (; at < size; ++at) {
    if (is_continuation(begin[at])) continue;
    if (count == 0) return at;
    --count;
  }
  return size;
}

template <class Offset>
requires std::same_as<Offset, std::uint32_t> || std::same_as<Offset, std::uint64_t>
void build_crumbs(std::string_view text, Offset* crumbs) noexcept {
  *crumbs++ = 0;
  std::size_t remaining = count_code_points(text);
  for (std::size_t at = 0; remaining >= kCrumbSpacing; remaining -= kCrumbSpacing) {
    at = skip_code_points(text, at, kCrumbSpacing);
    *crumbs++ = static_cast<Offset>(at);
  }
}
template void build_crumbs<std::uint32_t>(std::string_view, std::uint32_t*) noexcept;
template void build_crumbs<std::uint64_t>(std::string_view, std::uint64_t*) noexcept;

std::string_view reason_of(Utf8Fault fault) noexcept {
  switch (fault) {
    case Utf8Fault::kInvalidStart:
      return "invalid start byte";
    case Utf8Fault::kInvalidContinuation:
      return "invalid continuation byte";
    case Utf8Fault::kUnexpectedEnd:
      return "unexpected end of data";
    case Utf8Fault::kNone:
      break;
  }
  return {};
}

void raise_bad_utf8(std::string_view text, const Utf8Check& check) {
  const std::string_view reason = reason_of(check.fault);
  const std::size_t first = check.offset;
  if (check.length == 1)
    raise(ErrorKind::kUnicodeDecodeError, fmt::format("'utf-8' codec can't decode byte {:#04x} in position {}: {}",
                                                      static_cast<unsigned char>(text[first]), first, reason));
  raise(ErrorKind::kUnicodeDecodeError,
        fmt::format("'utf-8' codec can't decode bytes in position {}-{}: {}", first, first + check.length - 1, reason));
}

}  // namespace ouro::detail
