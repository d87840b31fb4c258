// What a fuzz target reads: bytes as decisions.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <span>
#include <stdexcept>
#include <string>
#include <string_view>

namespace ouro::fuzz {

/// A result is not what it must be. Ends a fuzzer and fails a test.
class Mismatch : public std::logic_error {
 public:
  using std::logic_error::logic_error;
};
inline void require(bool holds, std::string_view what) {
  if (!holds) throw Mismatch(std::string(what));
}

/// Bytes taken from the front; zeros once they have run out.
class Input {
 public:
  explicit Input(std::span<const std::uint8_t> bytes) noexcept : bytes_(bytes) {}

  [[nodiscard]] bool empty() const noexcept { return bytes_.empty(); }
  std::uint8_t byte() noexcept {
    if (bytes_.empty()) return 0;
    const std::uint8_t value = bytes_.front();
    bytes_ = bytes_.subspan(1);
    return value;
  }
  /// A number less than `limit`, at most 256.
  std::size_t below(std::size_t limit) noexcept { return byte() % limit; }
  bool flag() noexcept { return (byte() & 1) != 0; }
  /// Small numbers more often than large ones.
  std::int64_t number() noexcept {
    const std::size_t width = below(9);
    std::uint64_t value = 0;
    for (std::size_t i = 0; i < width; ++i) value = value << 8 | byte();
    return width == 8 ? static_cast<std::int64_t>(value)
                      : static_cast<std::int64_t>(value) - (std::int64_t{1} << (width * 8) >> 1);
  }
  /// Up to `most` bytes, the number being the first.
  std::string_view bytes(std::size_t most) noexcept {
    const std::size_t wanted = below(most + 1);  // takes a byte, so before the size
    const std::size_t count = std::min(wanted, bytes_.size());
    const std::string_view taken(reinterpret_cast<const char*>(bytes_.data()), count);
    bytes_ = bytes_.subspan(count);
    return taken;
  }
  /// All that is left.
  std::string_view rest() noexcept {
    const std::string_view taken(reinterpret_cast<const char*>(bytes_.data()), bytes_.size());
    bytes_ = {};
    return taken;
  }

 private:
  std::span<const std::uint8_t> bytes_;
};

}  // namespace ouro::fuzz
