// Finds free numbers side by side in a bitmap, the lowest first.
#include <ouro/allocator/space/slot_map.h>

#include <bit>

namespace ouro::alloc {

void SlotMap::place(std::byte* zero_memory, std::size_t size) noexcept {
  words_.place(zero_memory, divide_up(size, 64));
  size_ = size;
  first_word_ = high_water_ = 0;
}

std::uint32_t SlotMap::take(std::size_t count) noexcept {
  while (first_word_ < divide_up(size_, 64) && words_[first_word_] == ~std::uint64_t{0}) ++first_word_;
  std::size_t first = first_word_ * 64;
  std::size_t found = 0;  // the numbers [first, first + found) are known not to be taken
  while (found < count) {
    const std::size_t at = first + found;
    if (at >= size_) return kNone;
    const std::uint64_t rest = words_[at / 64] >> (at % 64);
    const auto clear = static_cast<unsigned>(std::countr_zero(rest));  // 64 if no taken one is left in the word
    if (rest == 0) {
      found += 64 - at % 64;
    } else if (clear != 0) {
      found += clear;
    } else {
      first = at + static_cast<unsigned>(std::countr_one(rest));
      found = 0;
    }
  }
  if (first + count > size_) return kNone;
  for (std::size_t i = first; i < first + count; ++i) words_[i / 64] |= std::uint64_t{1} << (i % 64);
  if (high_water_ < first + count) high_water_ = first + count;
  return static_cast<std::uint32_t>(first);
}

void SlotMap::give_back(std::uint32_t number) noexcept {
  OURO_ASSERT_INTERNAL(is_taken(number), "law-slot-map");
  words_[number / 64] &= ~(std::uint64_t{1} << (number % 64));
  if (first_word_ > number / 64) first_word_ = number / 64;
}

}  // namespace ouro::alloc
