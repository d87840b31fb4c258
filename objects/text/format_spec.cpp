// Reading format specifications (CPython: parse_internal_render_format_spec in Python/formatter_unicode.c).
#include <ouro/base/error.h>
#include <ouro/objects/text/detail/character.h>
#include <ouro/objects/text/detail/utf8.h>
#include <ouro/objects/text/format_spec.h>

#include <fmt/format.h>

#include <limits>

namespace ouro {

namespace {

[[noreturn, gnu::cold]] void refuse(const std::string& why) { raise(ErrorKind::kValueError, why); }

constexpr bool is_align(char32_t c) noexcept { return c == U'<' || c == U'>' || c == U'=' || c == U'^'; }

/// Takes characters from the front of a specification.
class SpecReader {
 public:
  explicit SpecReader(std::string_view spec) noexcept : at_(spec.data()), end_(at_ + spec.size()) {}

  [[nodiscard]] bool at_end() const noexcept { return at_ == end_; }
  /// The next character, 0 at the end.
  [[nodiscard]] char32_t peek() const noexcept {
    const char* at = at_;
    return at_end() ? U'\0' : detail::decode_next(at);
  }
  /// The one after it.
  [[nodiscard]] char32_t peek_second() const noexcept {
    SpecReader rest = *this;
    if (!at_end()) static_cast<void>(rest.take());
    return rest.peek();
  }
  char32_t take() noexcept { return detail::decode_next(at_); }
  [[nodiscard]] bool take(char32_t wanted) noexcept {
    if (at_end() || peek() != wanted) return false;
    static_cast<void>(take());
    return true;
  }
  /// A number in digits of any script; `absent` if there is none.
  std::int64_t take_number(std::int64_t absent) {
    constexpr std::int64_t kMost = std::numeric_limits<std::int64_t>::max();
    std::int64_t value = 0;
    bool found = false;
    for (int digit; !at_end() && (digit = detail::decimal_value(peek())) >= 0; static_cast<void>(take())) {
      if (value > (kMost - digit) / 10) refuse("Too many decimal digits in format string");
      value = value * 10 + digit;
      found = true;
    }
    return found ? value : absent;
  }

 private:
  const char* at_;
  const char* end_;
};

/// True if the fill character was given.
bool read_align(SpecReader& rest, FormatSpec& spec, bool* align_given) {
  const bool has_fill = is_align(rest.peek_second());
  *align_given = has_fill || is_align(rest.peek());
  if (has_fill) spec.fill = rest.take();
  if (*align_given) spec.align = static_cast<char>(rest.take());
  return has_fill;
}

/// A zero before the width, as in printf.
void read_zero(SpecReader& rest, FormatSpec& spec, bool align_given) {
  if (!rest.take(U'0')) return;
  spec.fill = U'0';
  if (!align_given && spec.align == '>') spec.align = '=';
}

void read_grouping(SpecReader& rest, FormatSpec& spec) {
  const bool comma = rest.take(U',');
  const bool underscore = rest.take(U'_');
  if ((comma && underscore) || (underscore && rest.peek() == U',')) refuse("Cannot specify both ',' and '_'.");
  if (comma) spec.grouping = FormatSpec::Grouping::kComma;
  if (underscore) spec.grouping = FormatSpec::Grouping::kUnderscore;
}

/// "'s'", or "'\x131'" of what is no printable ASCII.
std::string shown_type(char32_t type) {
  if (type > 32 && type < 128) return fmt::format("'{}'", static_cast<char>(type));
  return fmt::format("'\\x{:x}'", static_cast<std::uint32_t>(type));
}

void expect_groupable(const FormatSpec& spec) {
  constexpr std::u32string_view kDecimal = U"defgEG%F";
  if (spec.grouping == FormatSpec::Grouping::kNone || spec.type == U'\0') return;
  if (kDecimal.find(spec.type) != std::u32string_view::npos) return;
  const bool comma = spec.grouping == FormatSpec::Grouping::kComma;
  if (!comma && spec.group_size() == 4) return;
  refuse(fmt::format("Cannot specify '{}' with {}.", comma ? ',' : '_', shown_type(spec.type)));
}

}  // namespace

void detail::raise_unknown_format(char32_t type, std::string_view type_name) {
  refuse(fmt::format("Unknown format code {} for object of type '{}'", shown_type(type), type_name));
}

FormatSpec read_format_spec(std::string_view text, std::string_view type_name, FormatSpec spec) {
  SpecReader rest(text);
  bool align_given = false;
  const bool fill_given = read_align(rest, spec, &align_given);
  if (const char32_t c = rest.peek(); c == U'+' || c == U'-' || c == U' ') spec.sign = static_cast<char>(rest.take());
  spec.no_negative_zero = rest.take(U'z');
  spec.alternate = rest.take(U'#');
  if (!fill_given) read_zero(rest, spec, align_given);
  spec.width = rest.take_number(-1);
  read_grouping(rest, spec);
  if (rest.take(U'.')) {
    spec.precision = rest.take_number(-1);
    if (spec.precision < 0) refuse("Format specifier missing precision");
  }
  if (!rest.at_end()) spec.type = rest.take();
  if (!rest.at_end()) refuse(fmt::format("Invalid format specifier '{}' for object of type '{}'", text, type_name));
  expect_groupable(spec);
  return spec;
}

}  // namespace ouro
