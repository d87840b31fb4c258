// A cheap source of random numbers, the same in every run and for every side.
#pragma once

#include <cstddef>
#include <cstdint>

namespace bench {

/// xorshift64*: a nanosecond a number, so that it hides no allocator.
class Random {
 public:
  [[nodiscard]] std::uint64_t next() noexcept {
    state_ ^= state_ >> 12;
    state_ ^= state_ << 25;
    state_ ^= state_ >> 27;
    return state_ * 0x2545F4914F6CDD1DULL;
  }

 private:
  std::uint64_t state_ = 20240229;
};

/// One number cut in two, so that an operation which needs both pays for one.
struct RandomPair {
  explicit RandomPair(std::uint64_t number) noexcept : high(number >> 32), low(number & 0xFFFFFFFF) {}

  std::uint64_t high, low;
};

/// `part`, half of a random number, brought to 0 .. n-1 without a division. n < 2^32.
[[nodiscard]] constexpr std::size_t scaled(std::uint64_t part, std::size_t n) noexcept { return (part * n) >> 32; }

}  // namespace bench
