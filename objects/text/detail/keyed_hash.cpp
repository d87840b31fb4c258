// SipHash-1-3.
#include <ouro/objects/text/detail/keyed_hash.h>

#include <bit>
#include <cstddef>
#include <cstring>

namespace ouro::detail {

static_assert(std::endian::native == std::endian::little, "words are loaded as they lie in memory");

namespace {

struct SipState {
  std::uint64_t v0, v1, v2, v3;

  explicit SipState(HashKey key) noexcept
      : v0(key.first ^ 0x736f6d6570736575u),
        v1(key.second ^ 0x646f72616e646f6du),
        v2(key.first ^ 0x6c7967656e657261u),
        v3(key.second ^ 0x7465646279746573u) {}

  void round() noexcept {
    v0 += v1;
    v2 += v3;
    v1 = std::rotl(v1, 13) ^ v0;
    v3 = std::rotl(v3, 16) ^ v2;
    v0 = std::rotl(v0, 32);
    v2 += v1;
    v0 += v3;
    v1 = std::rotl(v1, 17) ^ v2;
    v3 = std::rotl(v3, 21) ^ v0;
    v2 = std::rotl(v2, 32);
  }

  void absorb(std::uint64_t word) noexcept {
    v3 ^= word;
    round();
    v0 ^= word;
  }

  std::uint64_t finish() noexcept {
    v2 ^= 0xff;
    round();
    round();
    round();
    return v0 ^ v1 ^ v2 ^ v3;
  }
};

template <class Word>
std::uint64_t load(const char* from) noexcept {
  Word word;
  std::memcpy(&word, from, sizeof word);
  return word;
}

/// The last `count` < 8 bytes of a text of fewer than 8 bytes, as a little-endian number, in at most three loads.
std::uint64_t load_short(const char* from, std::size_t count) noexcept {
  if (count >= 4) return load<std::uint32_t>(from) | load<std::uint32_t>(from + count - 4) << (8 * (count - 4));
  if (count == 0) return 0;
  const std::uint64_t first = load<std::uint8_t>(from);
  const std::uint64_t middle = load<std::uint8_t>(from + count / 2) << (8 * (count / 2));
  return first | middle | load<std::uint8_t>(from + count - 1) << (8 * (count - 1));
}

}  // namespace

std::uint64_t siphash13(HashKey key, std::string_view bytes) noexcept {
  SipState state(key);
  const std::size_t size = bytes.size();
  const std::size_t tail = size % 8;
  const char* at = bytes.data();
  for (const char* const end = at + (size - tail); at != end; at += 8) state.absorb(load<std::uint64_t>(at));
  std::uint64_t last = static_cast<std::uint64_t>(size) << 56;
  if (size >= 8) {
    // The eight bytes that end the text hold the tail in their upper part; shifting drops what was absorbed already.
    if (tail != 0) last |= load<std::uint64_t>(at + tail - 8) >> (8 * (8 - tail));
  } else {
    last |= load_short(at, tail);
  }
  state.absorb(last);
  return state.finish();
}

}  // namespace ouro::detail
