// Checks, counts, decodes and encodes UTF-8.
#include <ouro/base/error.h>
#include <ouro/objects/text/detail/byte_block.h>
#include <ouro/objects/text/detail/utf8.h>

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <bit>
#include <cstring>
#include <iterator>

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

// ---- Whether text is good at all ----

/// An automaton that reads bytes: what it expects next. Its states are shifts of a word that has six bits for each, so
/// that a step is one shift and no branch, whatever the text is.
enum Utf8State : std::uint8_t {
  kAtStart,
  kBad,
  kOneMore,
  kTwoMore,
  kThreeMore,
  kAfterE0,
  kAfterED,
  kAfterF0,
  kAfterF4,
  kStates
};

constexpr Utf8State after_lead(unsigned byte) noexcept {
  if (byte < 0x80) return kAtStart;
  if (byte < 0xC2 || byte > 0xF4) return kBad;
  if (byte < 0xE0) return kOneMore;
  if (byte < 0xF0) return byte == 0xE0 ? kAfterE0 : byte == 0xED ? kAfterED : kTwoMore;
  return byte == 0xF0 ? kAfterF0 : byte == 0xF4 ? kAfterF4 : kThreeMore;
}
constexpr Utf8State next_state(Utf8State state, unsigned byte) noexcept {
  const auto within = [byte](unsigned first, unsigned last, Utf8State next) {
    return byte >= first && byte <= last ? next : kBad;
  };
  switch (state) {
    case kAtStart:
      return after_lead(byte);
    case kOneMore:
      return within(0x80, 0xBF, kAtStart);
    case kTwoMore:
      return within(0x80, 0xBF, kOneMore);
    case kThreeMore:
      return within(0x80, 0xBF, kTwoMore);
    case kAfterE0:
      return within(0xA0, 0xBF, kOneMore);
    case kAfterED:
      return within(0x80, 0x9F, kOneMore);
    case kAfterF0:
      return within(0x90, 0xBF, kTwoMore);
    case kAfterF4:
      return within(0x80, 0x8F, kTwoMore);
    default:
      return kBad;
  }
}

constexpr unsigned kStateBits = 6;
constexpr std::array<std::uint64_t, 256> automaton() noexcept {
  std::array<std::uint64_t, 256> made{};
  for (unsigned byte = 0; byte < 256; ++byte)
    for (unsigned state = 0; state < kStates; ++state)
      made[byte] |= std::uint64_t{next_state(static_cast<Utf8State>(state), byte) * kStateBits} << (state * kStateBits);
  return made;
}
constexpr std::array<std::uint64_t, 256> kAutomaton = automaton();

/// How many bytes at the front are good: all of them, or as far as a character that begins not long before the first fault.
/// Linear in how far that is.
std::size_t good_prefix(std::string_view text) noexcept {
  constexpr std::size_t kStretch = 64;
  std::uint64_t state = kAtStart * kStateBits;
  std::size_t good = 0;
  for (std::size_t at = 0; at < text.size();) {
    if (state == kAtStart * kStateBits) good = at += ascii_prefix(text.substr(at));
    const std::string_view stretch = text.substr(at, kStretch);
    for (const char byte : stretch) state = kAutomaton[static_cast<unsigned char>(byte)] >> state & ((1u << kStateBits) - 1);
    if (state == kBad * kStateBits) return good;
    at += stretch.size();
  }
  return state == kAtStart * kStateBits ? text.size() : good;
}

}  // namespace

std::size_t ascii_prefix(std::string_view text) noexcept {
  const char* const begin = text.data();
  const std::size_t size = text.size();
  std::size_t at = ascii_blocks(begin, size);
  for (; size - at >= 8; at += 8) {
    const std::uint64_t high = load(begin + at) & kHighBits;
    if (high != 0) return at + static_cast<std::size_t>(std::countr_zero(high)) / 8;
  }
  // What stands before the last word is ASCII.
  if (size >= 8 && (load(begin + size - 8) & kHighBits) == 0) return size;
  while (at < size && static_cast<signed char>(begin[at]) >= 0) ++at;
  return at;
}

Utf8Check check_utf8(std::string_view text) noexcept {
  const char* const begin = text.data();
  const char* const end = begin + text.size();
  const char* at = begin + good_prefix(text);
  if (at == end) return {};
  while (true) {
    at += ascii_prefix({at, static_cast<std::size_t>(end - at)});
    // Text that left ASCII tends to stay outside; a scan is worth its start-up only after a few ASCII characters in a row.
    for (int ascii = 0; ascii < 4;) {
      if (at == end) return {};
      if (static_cast<signed char>(*at) >= 0) {
        ++ascii, ++at;
        continue;
      }
      ascii = 0;
      const Sequence sequence = read_sequence(at, end);
      if (sequence.fault != Utf8Fault::kNone) return {sequence.fault, static_cast<std::size_t>(at - begin), sequence.length};
      at += sequence.length;
    }
  }
}

std::size_t count_code_points(std::string_view text) noexcept {
  std::size_t count = count_starts_in_blocks(whole_blocks(text));
  for (const char byte : behind_blocks(text)) count += is_continuation(byte) ? 0u : 1u;
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

std::size_t skip_from_end(std::string_view text, std::size_t count) noexcept {
  std::size_t at = text.size();
  for (; count != 0; --count) {
    do --at;
    while (is_continuation(text[at]));
  }
  return at;
}

void build_crumbs(std::string_view text, Crumbs* crumbs) noexcept {
  std::uint8_t behind[Crumbs::kCodePoints + 1] = {};
  std::size_t count = 0;  // code points that began in these Crumbs
  std::size_t at = 0;
  const auto fill = [&]() noexcept {
    for (std::size_t k = 0; k < std::size(crumbs->behind); ++k) crumbs->behind[k] = behind[k * Crumbs::kSpacing];
  };
  crumbs->begin = 0;
  for (; at < text.size(); ++at) {
    const bool begins = !is_continuation(text[at]);
    if (count == Crumbs::kCodePoints && begins) {
      fill();
      (++crumbs)->begin = static_cast<std::uint32_t>(at);
      count = 0;
    }
    // Written for every byte, which needs no branch: it stays where a code point begins.
    behind[count] = static_cast<std::uint8_t>(at - crumbs->begin);
    count += begins ? 1u : 0u;
  }
  const bool is_full = count == Crumbs::kCodePoints;
  std::fill(behind + count, std::end(behind), static_cast<std::uint8_t>(at - crumbs->begin));
  fill();
  if (is_full) *++crumbs = {static_cast<std::uint32_t>(at), {}};
}

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
