// Bytes taken as ASCII text (CPython: Objects/bytes_methods.c, Python/pystrhex.c).
#include <ouro/base/error.h>
#include <ouro/objects/bytes/bytes.h>
#include <ouro/objects/bytes/detail/byte_text.h>
#include <ouro/objects/core/detail/index_arguments.h>
#include <ouro/objects/core/protocol.h>
#include <ouro/objects/numbers/int.h>
#include <ouro/objects/text/detail/ascii_case.h>
#include <ouro/objects/text/detail/new_str.h>
#include <ouro/objects/text/detail/utf8.h>

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cstring>
#include <limits>

namespace ouro::detail {

namespace {

/// A set of bytes.
class ByteSet {
 public:
  explicit ByteSet(std::string_view bytes) noexcept {
    for (const char byte : bytes) in_[static_cast<unsigned char>(byte)] = true;
  }
  [[nodiscard]] bool operator()(char byte) const noexcept { return in_[static_cast<unsigned char>(byte)]; }

 private:
  std::array<bool, 256> in_{};
};

template <class Drop>
std::string_view trimmed(std::string_view text, Ends ends, Drop drop) noexcept {
  const auto on = [ends](Ends side) { return (static_cast<unsigned>(ends) & static_cast<unsigned>(side)) != 0; };
  std::size_t begin = 0;
  std::size_t end = text.size();
  if (on(Ends::kLeft))
    while (begin != end && drop(text[begin])) ++begin;
  if (on(Ends::kRight))
    while (begin != end && drop(text[end - 1])) --end;
  return text.substr(begin, end - begin);
}

char changed(char c, Casing how, bool after_letter) noexcept {
  switch (how) {
    case Casing::kUpper:
      return upper_byte(c);
    case Casing::kLower:
    case Casing::kCapitalise:
      return lower_byte(c);
    case Casing::kSwap:
      return is_upper_byte(c) ? lower_byte(c) : upper_byte(c);
    case Casing::kTitle:
      return after_letter ? lower_byte(c) : upper_byte(c);
  }
  return c;
}

/// The separator of `hex`, if there is one.
std::optional<char> separator(Object* given) {
  if (given == nullptr) return {};
  if (length(*given) != 1) raise(ErrorKind::kValueError, "sep must be length 1.");
  const auto* const text_of = as<Str>(*given);
  const auto* const bytes = as<Bytes>(*given);
  if (text_of == nullptr && bytes == nullptr) raise(ErrorKind::kTypeError, "sep must be str or bytes.");
  // A class may say another length than there is.
  const std::string_view shown = text_of != nullptr ? text(*text_of) : view(*bytes);
  const char c = shown.empty() ? '\0' : shown[0];
  if (static_cast<signed char>(c) < 0) raise(ErrorKind::kValueError, "sep must be ASCII.");
  return c;
}

constexpr char kHexDigits[] = "0123456789abcdef";

[[noreturn, gnu::cold]] void refuse_hex(std::size_t position) {
  raise(ErrorKind::kValueError, fmt::format("non-hexadecimal number found in fromhex() arg at position {}", position));
}

}  // namespace

bool is_upper_text(std::string_view text) noexcept {
  return std::ranges::none_of(text, is_lower_byte) && std::ranges::any_of(text, is_upper_byte);
}
bool is_lower_text(std::string_view text) noexcept {
  return std::ranges::none_of(text, is_upper_byte) && std::ranges::any_of(text, is_lower_byte);
}

bool is_title_text(std::string_view text) noexcept {
  bool any = false;
  bool after_letter = false;
  for (const char c : text) {
    if (after_letter ? is_upper_byte(c) : is_lower_byte(c)) return false;
    after_letter = is_letter_byte(c);
    any = any || after_letter;
  }
  return any;
}

void change_case(std::string_view text, Casing how, char* to) noexcept {
  if (how == Casing::kUpper) return copy_changed(text, kSmallLetters, to);
  if (how == Casing::kLower) return copy_changed(text, kCapitalLetters, to);
  bool after_letter = false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    to[i] = changed(text[i], how, after_letter);
    after_letter = is_letter_byte(text[i]);
  }
  if (how == Casing::kCapitalise && !text.empty()) to[0] = upper_byte(text[0]);
}

std::string_view without_space(std::string_view text, Ends ends) noexcept { return trimmed(text, ends, is_space_byte); }
std::string_view without_bytes(std::string_view text, std::string_view characters, Ends ends) noexcept {
  return trimmed(text, ends, ByteSet(characters));
}

std::optional<SearchWindow> search_window(std::string_view text, std::int64_t start, std::int64_t stop) noexcept {
  const auto size = static_cast<std::int64_t>(text.size());
  const std::int64_t last = stop > size ? size : std::max<std::int64_t>(stop < 0 ? stop + size : stop, 0);
  const std::int64_t first = std::max<std::int64_t>(start < 0 ? start + size : start, 0);
  if (first > last) return std::nullopt;
  const auto begin = static_cast<std::size_t>(first);
  return SearchWindow{begin, text.substr(begin, static_cast<std::size_t>(last) - begin)};
}

std::optional<std::size_t> expanded_size(std::string_view text, std::size_t tab_size) noexcept {
  constexpr std::size_t kMost = std::numeric_limits<std::int64_t>::max();
  std::size_t size = 0;
  std::size_t column = 0;
  for (const char c : text) {
    const bool is_tab = c == '\t';
    const std::size_t added = !is_tab ? 1 : tab_size == 0 ? 0 : tab_size - column % tab_size;
    if (added > kMost - size) return std::nullopt;
    size += added;
    column = c == '\n' || c == '\r' ? 0 : column + added;
  }
  return size;
}

void expand_tabs(std::string_view text, std::size_t tab_size, char* to) noexcept {
  std::size_t column = 0;
  for (const char c : text) {
    const bool is_tab = c == '\t';
    const std::size_t added = !is_tab ? 1 : tab_size == 0 ? 0 : tab_size - column % tab_size;
    std::memset(to, is_tab ? ' ' : c, added);
    to += added;
    column = c == '\n' || c == '\r' ? 0 : column + added;
  }
}

Ref<Str> hex_text(Builtins& builtins, std::string_view bytes, Object* sep, Object* bytes_per_sep) {
  const int wanted = c_int_argument(bytes_per_sep, 1);
  const std::optional<char> between = separator(sep);
  const auto group = static_cast<std::size_t>(wanted < 0 ? -static_cast<std::int64_t>(wanted) : wanted);
  const bool parted = between && group != 0 && group < bytes.size();
  if (bytes.empty()) return make_str_unchecked(builtins, {});
  const std::size_t size = bytes.size() * 2 + (parted ? (bytes.size() - 1) / group : 0);
  if (size > Str::kMaxBytes) raise_out_of_memory();
  // Groups are whole from the right: the first one has the rest.
  const std::size_t first = !parted ? bytes.size() : wanted < 0 || bytes.size() % group == 0 ? group : bytes.size() % group;
  return new_str(builtins, size, size, [&](char* to) noexcept {
    std::size_t left = first;
    for (std::size_t i = 0; i < bytes.size(); ++i, --left) {
      if (left == 0) {
        *to++ = *between;
        left = group;
      }
      const auto byte = static_cast<unsigned char>(bytes[i]);
      *to++ = kHexDigits[byte >> 4];
      *to++ = kHexDigits[byte & 15];
    }
  });
}

std::size_t read_hex(std::string_view digits, char* to) {
  const std::size_t ascii = ascii_prefix(digits);
  if (ascii != digits.size()) refuse_hex(ascii);
  std::size_t count = 0;
  for (std::size_t at = 0;;) {
    while (at < digits.size() && is_space_byte(digits[at])) ++at;
    if (at == digits.size()) return count;
    const int high = hex_value(digits[at]);
    if (high < 0) refuse_hex(at);
    const int low = ++at < digits.size() ? hex_value(digits[at]) : -1;
    if (low < 0) refuse_hex(at);
    ++at;
    to[count++] = static_cast<char>(high << 4 | low);
  }
}

std::uint8_t byte_argument(Object& given) {
  const Ref<Int> number = index(given);
  if (!fits_int64(*number) || number->value < 0 || number->value > 255)
    raise(ErrorKind::kValueError, "byte must be in range(0, 256)");
  return static_cast<std::uint8_t>(number->value);
}

}  // namespace ouro::detail
