// Reads a file in pieces that end at no harmful place.
#include "pieces.h"

#include <algorithm>
#include <cstring>

namespace object_graph {

namespace {

constexpr std::size_t kRead = 1 << 16;
/// Exponents up to this length are the parser's own business.
constexpr std::size_t kExponentDigits = 9;

bool is_digit(char c) noexcept { return c >= '0' && c <= '9'; }
bool is_exponent_mark(char c) noexcept { return c == 'e' || c == 'E'; }

/// Of an incomplete character at the end; 0 if the last one is whole, or is none.
std::size_t unfinished_character(std::string_view text) noexcept {
  for (std::size_t back = 1; back <= std::min<std::size_t>(3, text.size()); ++back) {
    const auto byte = static_cast<unsigned char>(text[text.size() - back]);
    if (byte < 0x80) return 0;
    if (byte < 0xC0) continue;
    const std::size_t length = byte < 0xE0 ? 2 : byte < 0xF0 ? 3 : 4;
    return back < length ? back : 0;
  }
  return 0;
}

/// Where the exponent's mark stands whose digits begin at `digits`; npos if it is none.
std::size_t mark_before(std::string_view text, std::size_t digits) noexcept {
  if (digits > 0 && (text[digits - 1] == '+' || text[digits - 1] == '-')) --digits;
  return digits > 0 && is_exponent_mark(text[digits - 1]) ? digits - 1 : std::string_view::npos;
}

std::size_t first_of_run(std::string_view text, std::size_t end) noexcept {
  while (end > 0 && is_digit(text[end - 1])) --end;
  return end;
}

}  // namespace

std::size_t unfinished(std::string_view text) noexcept {
  if (const std::size_t bytes = unfinished_character(text); bytes != 0) return bytes;
  const std::size_t mark = mark_before(text, first_of_run(text, text.size()));
  return mark == std::string_view::npos ? 0 : text.size() - mark;
}

std::span<char> Pieces::next() {
  while (true) {
    std::copy(buffer_.begin() + static_cast<std::ptrdiff_t>(begin_), buffer_.begin() + static_cast<std::ptrdiff_t>(end_),
              buffer_.begin());
    end_ -= begin_;
    begin_ = 0;
    buffer_.resize(end_ + std::max(kRead, end_));
    const std::size_t got = std::fread(buffer_.data() + end_, 1, buffer_.size() - end_, file_);
    end_ += got;
    const std::size_t rest = got == 0 ? 0 : unfinished({buffer_.data(), end_});
    begin_ = end_ - rest;
    if (begin_ > 0 || got == 0) return {buffer_.data(), begin_};
  }
}

std::span<char> find_long_exponent(std::span<char> text, std::size_t from) noexcept {
  const std::string_view view(text.data(), text.size());
  // A long run has a digit in each ten bytes.
  for (std::size_t probe = from + kExponentDigits; probe < view.size(); probe += kExponentDigits + 1) {
    if (!is_digit(view[probe])) continue;
    const std::size_t first = std::max(first_of_run(view, probe), from);
    const std::size_t last = std::min(view.find_first_not_of("0123456789", probe), view.size());
    if (last - first > kExponentDigits && mark_before(view, first) != std::string_view::npos)
      return text.subspan(first, last - first);
    probe = last;
  }
  return {};
}

void shorten_exponent(std::span<char> digits) noexcept {
  const auto zero = [](char c) { return c == '0'; };
  const auto first = std::find_if_not(digits.begin(), digits.end(), zero);
  const auto significant = static_cast<std::size_t>(digits.end() - first);
  if (significant <= kExponentDigits) return;
  std::fill(digits.begin(), digits.end(), '0');
  std::fill_n(digits.rbegin(), kExponentDigits, '9');
}

}  // namespace object_graph
