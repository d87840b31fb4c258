// Filling a str up to a width, and tabs (CPython: pad and unicode_expandtabs_impl in Objects/unicodeobject.c).
#include <ouro/base/error.h>
#include <ouro/objects/text/detail/new_str.h>
#include <ouro/objects/text/detail/utf8.h>
#include <ouro/objects/text/str_builder.h>
#include <ouro/objects/text/str_methods.h>

#include <cstring>
#include <limits>

namespace ouro {

namespace {

constexpr auto kMostCharacters = static_cast<std::size_t>(std::numeric_limits<std::int64_t>::max());

/// The characters that are missing from `width`.
std::size_t missing(const Str& str, std::int64_t width) noexcept {
  const std::int64_t rest = width - std::int64_t{str.code_points};
  return width <= 0 || rest <= 0 ? 0 : static_cast<std::size_t>(rest);
}

char* write_fill(std::string_view fill, std::size_t times, char* out) noexcept {
  if (fill.size() == 1) return static_cast<char*>(std::memset(out, fill[0], times)) + times;
  for (; times != 0; --times, out += fill.size()) std::memcpy(out, fill.data(), fill.size());
  return out;
}

/// `left` and `right` fill characters around a str.
Ref<Str> padded(const Str& str, std::size_t left, std::size_t right, char32_t fill) {
  if (left + right == 0) return exact_str(str);
  if (left + right > kMostCharacters - str.code_points) raise(ErrorKind::kOverflowError, "padded string is too long");
  char encoded[4];
  const std::string_view one(encoded, detail::encode_code_point(fill, encoded));
  if (left + right > Str::kMaxBytes / one.size()) raise_out_of_memory();
  if (str.bytes == 0 && left + right == 1) return make_character(builtins_of(str), fill);
  return detail::new_str(builtins_of(str), str.bytes + (left + right) * one.size(), str.code_points + left + right,
                         [&](char* data) noexcept {
                           data = write_fill(one, left, data);
                           std::memcpy(data, str.data(), str.bytes);
                           write_fill(one, right, data + str.bytes);
                         });
}

}  // namespace

Ref<Str> ljust(const Str& str, std::int64_t width, char32_t fill) { return padded(str, 0, missing(str, width), fill); }
Ref<Str> rjust(const Str& str, std::int64_t width, char32_t fill) { return padded(str, missing(str, width), 0, fill); }

Ref<Str> center(const Str& str, std::int64_t width, char32_t fill) {
  const std::size_t rest = missing(str, width);
  const std::size_t left = rest / 2 + (rest & static_cast<std::size_t>(width) & 1);  // the odd one, as CPython has it
  return padded(str, left, rest - left, fill);
}

Ref<Str> zfill(const Str& str, std::int64_t width) {
  Ref<Str> made = rjust(str, width, U'0');
  const std::size_t zeros = missing(str, width);
  if (zeros == 0 || str.bytes == 0) return made;
  char* const first = made->data();  // nobody has seen it yet
  if (const char sign = first[zeros]; sign == '+' || sign == '-') {
    first[zeros] = '0';
    first[0] = sign;
  }
  return made;
}

Ref<Str> expand_tabs(const Str& str, int tab_size) {
  if (text(str).find('\t') == std::string_view::npos) return exact_str(str);
  StrBuilder result(builtins_of(str));
  std::size_t column = 0;
  for (const char *at = str.data(), *const end = at + str.bytes; at != end; ++at) {
    if (*at == '\t') {
      if (tab_size <= 0) continue;
      const auto size = static_cast<std::size_t>(tab_size);
      const std::size_t spaces = size - column % size;
      std::memset(result.room_for(spaces), ' ', spaces);
      result.advance(spaces);
      column += spaces;
    } else {
      result.append(*at);
      column = *at == '\n' || *at == '\r' ? 0 : column + (detail::is_continuation(*at) ? 0u : 1u);
    }
  }
  return result.finish();
}

}  // namespace ouro
