// Copying text, mostly short.
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string_view>

namespace ouro::detail {

/// Copies the first and the last `sizeof(Word)` bytes, which overlap if there are less than two words.
template <class Word>
inline void copy_ends(std::string_view text, char* to) noexcept {
  Word first, last;
  std::memcpy(&first, text.data(), sizeof first);
  std::memcpy(&last, text.data() + text.size() - sizeof last, sizeof last);
  std::memcpy(to, &first, sizeof first);
  std::memcpy(to + text.size() - sizeof last, &last, sizeof last);
}

/// Copies text that does not overlap `to`, up to 16 bytes without a call. Returns the end of the copy.
inline char* copy_text(std::string_view text, char* to) noexcept {
  const std::size_t size = text.size();
  if (size > 16) {
    std::memcpy(to, text.data(), size);
  } else if (size >= 8) {
    copy_ends<std::uint64_t>(text, to);
  } else if (size >= 4) {
    copy_ends<std::uint32_t>(text, to);
  } else if (size != 0) {
    const char first = text[0], middle = text[size / 2], last = text[size - 1];
    to[0] = first;
    to[size / 2] = middle;
    to[size - 1] = last;
  }
  return to + size;
}

}  // namespace ouro::detail
