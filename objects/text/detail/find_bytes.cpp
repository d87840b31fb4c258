// Finds the first and the last place of a piece of text, and counts its places.
//
// A part of two bytes or more is looked for by its first and its last byte, a block of places at a time. Text may be made so
// that these two lead to many places where the rest differs late. What is compared in vain is therefore counted, and beyond
// a few times the text's size two-way search takes over, which is slower on most texts and linear on all.
#include <ouro/objects/text/detail/byte_block.h>
#include <ouro/objects/text/detail/find_bytes.h>
#include <ouro/objects/text/detail/two_way_search.h>

#include <algorithm>
#include <bit>
#include <cstdint>
#include <cstring>

namespace ouro::detail {

namespace {

constexpr std::size_t kNotThere = std::string_view::npos;
constexpr std::size_t kBlock = WantedByte::kBlock;

/// A part of at least two bytes, and what it costs to compare it.
class SoughtPart {
 public:
  explicit SoughtPart(std::string_view part) noexcept : part_(part), first_(part.front()), last_(part.back()) {}

  [[nodiscard]] std::size_t size() const noexcept { return part_.size(); }
  /// A bit for each of kBlock places: its first and last byte are equal to those of the part.
  [[nodiscard]] unsigned candidates_at(const char* at) const noexcept {
    return WantedByte::both_equal(first_, at, last_, at + part_.size() - 1);
  }
  [[nodiscard]] bool may_be_at(const char* at) const noexcept {
    return at[0] == part_.front() && at[part_.size() - 1] == part_.back();
  }
  /// True if the part is at a place where its first and last byte are.
  [[nodiscard]] bool is_at(const char* at) noexcept {
    if (part_.size() <= kCheap) return std::memcmp(at, part_.data(), part_.size()) == 0;
    std::uint64_t mine, there;
    std::memcpy(&mine, part_.data(), sizeof mine), std::memcpy(&there, at, sizeof there);
    if (mine != there) return false;
    if (std::memcmp(at, part_.data(), part_.size()) == 0) return true;
    wasted_ += part_.size();
    return false;
  }
  /// True if more was compared in vain than `looked_at` bytes are worth.
  [[nodiscard]] bool is_hopeless(std::size_t looked_at) const noexcept {
    return wasted_ > 4 * (looked_at + part_.size()) + kFree;
  }

 private:
  static constexpr std::size_t kCheap = 16;    ///< so few bytes cost no more than a place itself
  static constexpr std::size_t kFree = 4'096;  ///< compared in vain before anybody counts

  std::string_view part_;
  WantedByte first_, last_;
  std::size_t wasted_ = 0;
};

std::size_t place_forwards(std::string_view text, std::string_view part) noexcept {
  return two_way_search<ReadingOrder<false>>({text}, {part});
}
std::size_t place_backwards(std::string_view text, std::string_view part) noexcept {
  const std::size_t from_end = two_way_search<ReadingOrder<true>>({text}, {part});
  return from_end == kNotThere ? kNotThere : text.size() - from_end - part.size();
}

/// `text` has at least as many bytes as `part`, and that two.
std::size_t find_two_or_more(std::string_view text, std::string_view part) noexcept {
  SoughtPart sought(part);
  const char* const data = text.data();
  const std::size_t places = text.size() - part.size() + 1;
  std::size_t at = 0;
  for (; places - at >= 2 * kBlock; at += 2 * kBlock) {
    unsigned left = sought.candidates_at(data + at) | sought.candidates_at(data + at + kBlock) << kBlock;
    for (; left != 0; left &= left - 1) {
      const std::size_t place = at + static_cast<std::size_t>(std::countr_zero(left));
      if (sought.is_at(data + place)) return place;
    }
    if (sought.is_hopeless(at)) [[unlikely]] {
      const std::size_t behind = place_forwards(text.substr(at), part);
      return behind == kNotThere ? kNotThere : at + behind;
    }
  }
  for (; at < places; ++at)
    if (sought.may_be_at(data + at) && sought.is_at(data + at)) return at;
  return kNotThere;
}

std::size_t find_last_two_or_more(std::string_view text, std::string_view part) noexcept {
  SoughtPart sought(part);
  const char* const data = text.data();
  std::size_t places = text.size() - part.size() + 1;  // those before are still to be looked at
  const std::size_t all = places;
  for (; places >= kBlock; places -= kBlock) {
    const std::size_t at = places - kBlock;
    for (unsigned left = sought.candidates_at(data + at); left != 0;) {
      const auto bit = static_cast<unsigned>(std::bit_width(left)) - 1;
      if (sought.is_at(data + at + bit)) return at + bit;
      left ^= 1u << bit;
    }
    if (sought.is_hopeless(all - places)) [[unlikely]]
      return place_backwards(text.substr(0, at + part.size() - 1), part);
  }
  while (places-- > 0)
    if (sought.may_be_at(data + places) && sought.is_at(data + places)) return places;
  return kNotThere;
}

std::size_t count_byte(std::string_view text, char byte, std::size_t most) noexcept {
  std::size_t count = count_equal_in_blocks(whole_blocks(text), byte);
  count += static_cast<std::size_t>(std::ranges::count(behind_blocks(text), byte));
  return std::min(count, most);
}

}  // namespace

std::size_t find_bytes(std::string_view text, std::string_view part, std::size_t from) noexcept {
  if (from > text.size() || part.size() > text.size() - from) return kNotThere;
  if (part.empty()) return from;
  const std::string_view rest = text.substr(from);
  if (part.size() == 1) {
    const void* const found = std::memchr(rest.data(), part[0], rest.size());
    return found == nullptr ? kNotThere : static_cast<std::size_t>(static_cast<const char*>(found) - text.data());
  }
  const std::size_t place = find_two_or_more(rest, part);
  return place == kNotThere ? kNotThere : from + place;
}

std::size_t find_last_bytes(std::string_view text, std::string_view part) noexcept {
  if (part.size() > text.size()) return kNotThere;
  if (part.empty()) return text.size();
  if (part.size() > 1) return find_last_two_or_more(text, part);
  const void* const found = memrchr(text.data(), part[0], text.size());
  return found == nullptr ? kNotThere : static_cast<std::size_t>(static_cast<const char*>(found) - text.data());
}

void copy_replaced(std::string_view text, char from, char by, char* out) noexcept {
  const std::string_view whole = whole_blocks(text);
  copy_blocks_replaced(whole, from, by, out);
  std::ranges::replace_copy(behind_blocks(text), out + whole.size(), from, by);
}

std::size_t count_bytes(std::string_view text, std::string_view part, std::size_t most) noexcept {
  if (part.size() == 1) return count_byte(text, part[0], most);
  std::size_t count = 0;
  for (std::size_t at = 0; count < most && (at = find_bytes(text, part, at)) != kNotThere; at += part.size()) ++count;
  return count;
}

}  // namespace ouro::detail
