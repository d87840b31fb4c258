// Upper, lower and title case (CPython: case_operation in Objects/unicodeobject.c).
#include <ouro/objects/text/detail/ascii_case.h>
#include <ouro/objects/text/detail/character.h>
#include <ouro/objects/text/detail/new_str.h>
#include <ouro/objects/text/detail/utf8.h>
#include <ouro/objects/text/str_builder.h>
#include <ouro/objects/text/str_methods.h>

#include <algorithm>
#include <cstring>
#include <iterator>
#include <span>

namespace ouro {

namespace {

/// Every `step`th code point from `first` to `last` changes into the one `distance` away.
struct CaseShift {
  char32_t first, last;
  std::uint8_t step;
  std::int32_t distance;
};
/// A code point that changes into several.
struct CaseText {
  char32_t code_point;
  std::string_view text;
};
struct CaseRange {
  char32_t first, last;
};

#include <ouro/objects/text/detail/case_tables.inc>

constexpr char32_t kSigma = 0x3A3;
constexpr char32_t kSmallSigma = 0x3C3;
constexpr char32_t kFinalSigma = 0x3C2;

/// What one of the conversions does to a character.
struct CaseTable {
  std::span<const CaseShift> shifts;
  std::span<const CaseText> texts;
  const CaseTable* otherwise;  ///< says what happens to all others; null: nothing
  detail::AsciiLetters ascii;
};
constexpr CaseTable kUpper{kUpperShifts, kUpperTexts, nullptr, detail::kSmallLetters};
constexpr CaseTable kLower{kLowerShifts, kLowerTexts, nullptr, detail::kCapitalLetters};
constexpr CaseTable kTitle{kTitleShifts, kTitleTexts, &kUpper, detail::kSmallLetters};
constexpr CaseTable kFold{kFoldShifts, kFoldTexts, &kLower, detail::kCapitalLetters};

bool is_in(std::span<const CaseRange> ranges, char32_t c) noexcept {
  const auto found = std::ranges::lower_bound(ranges, c, {}, &CaseRange::last);
  return found != ranges.end() && found->first <= c;
}

/// Whether the first character that tells something, reading away from a sigma, is a letter with a case.
bool letter_before(const char* begin, const char* at) noexcept {
  while (at != begin)
    if (const char32_t c = detail::decode_previous(at); !is_in(kCaseIgnorable, c)) return is_in(kCased, c);
  return false;
}

bool letter_after(const char* at, const char* end) noexcept {
  while (at != end)
    if (const char32_t c = detail::decode_next(at); !is_in(kCaseIgnorable, c)) return is_in(kCased, c);
  return false;
}

void append_character(StrBuilder& result, char32_t c) { result.advance(detail::encode_code_point(c, result.room_for(4))); }

/// Appends what `table` makes of one character.
void append_converted(StrBuilder& result, const CaseTable& table, char32_t c) {
  if (c < 0x80) return result.append(table.ascii.changed(static_cast<char>(c)));
  for (const CaseTable* each = &table; each != nullptr; each = each->otherwise) {
    const auto several = std::ranges::lower_bound(each->texts, c, {}, &CaseText::code_point);
    if (several != each->texts.end() && several->code_point == c) return result.append(several->text);
    const auto shift = std::ranges::lower_bound(each->shifts, c, {}, &CaseShift::last);
    if (shift != each->shifts.end() && shift->first <= c && (c - shift->first) % shift->step == 0)
      return append_character(result, static_cast<char32_t>(static_cast<std::int32_t>(c) + shift->distance));
  }
  append_character(result, c);
}

/// The characters of a str one after the other, with what stands around them.
class Walk {
 public:
  explicit Walk(const Str& str) noexcept : begin_(str.data()), end_(begin_ + str.bytes), next_(begin_) {}
  [[nodiscard]] bool at_end() const noexcept { return next_ == end_; }
  char32_t step() noexcept {
    from_ = next_;
    return detail::decode_next(next_);
  }
  /// Appends the character of the last step in lower case: a sigma that ends a word has a form of its own.
  void append_lower(StrBuilder& result, char32_t c) const {
    if (c != kSigma) return append_converted(result, kLower, c);
    append_character(result, letter_before(begin_, from_) && !letter_after(next_, end_) ? kFinalSigma : kSmallSigma);
  }

 private:
  const char* begin_;
  const char* end_;
  const char* next_;
  const char* from_ = nullptr;
};

/// The str of what `append(result, walk, character)` makes of each character.
template <class Append>
Ref<Str> rewritten(const Str& str, Append append) {
  StrBuilder result(builtins_of(str));
  for (Walk walk(str); !walk.at_end();) {
    const char32_t c = walk.step();
    append(result, walk, c);
  }
  return result.finish();
}

Ref<Str> convert_ascii(const Str& str, detail::AsciiLetters changing) {
  const std::string_view whole = text(str);
  const std::size_t same = detail::prefix_without(whole, changing);
  if (same == whole.size()) return exact_str(str);
  if (whole.size() == 1) return make_character(builtins_of(str), static_cast<unsigned char>(changing.changed(whole[0])));
  return detail::new_str(builtins_of(str), whole.size(), whole.size(), [&](char* data) noexcept {
    std::memcpy(data, whole.data(), same);
    detail::copy_changed(whole.substr(same), changing, data + same);
  });
}

}  // namespace

Ref<Str> upper(const Str& str) {
  if (str.is_ascii()) return convert_ascii(str, detail::kSmallLetters);
  return rewritten(str, [](StrBuilder& result, const Walk&, char32_t c) { append_converted(result, kUpper, c); });
}

Ref<Str> lower(const Str& str) {
  if (str.is_ascii()) return convert_ascii(str, detail::kCapitalLetters);
  return rewritten(str, [](StrBuilder& result, const Walk& walk, char32_t c) { walk.append_lower(result, c); });
}

Ref<Str> casefold(const Str& str) {
  if (str.is_ascii()) return convert_ascii(str, detail::kCapitalLetters);
  return rewritten(str, [](StrBuilder& result, const Walk&, char32_t c) { append_converted(result, kFold, c); });
}

Ref<Str> capitalize(const Str& str) {
  bool first = true;
  return rewritten(str, [&first](StrBuilder& result, const Walk& walk, char32_t c) {
    first ? append_converted(result, kTitle, c) : walk.append_lower(result, c);
    first = false;
  });
}

Ref<Str> swapcase(const Str& str) {
  return rewritten(str, [](StrBuilder& result, const Walk& walk, char32_t c) {
    const detail::CharacterProperties known = detail::properties_of(c);
    if (known.is_upper()) return walk.append_lower(result, c);
    known.is_lower() ? append_converted(result, kUpper, c) : append_character(result, c);
  });
}

Ref<Str> title(const Str& str) {
  bool inside = false;  // the character before has a case
  return rewritten(str, [&inside](StrBuilder& result, const Walk& walk, char32_t c) {
    inside ? walk.append_lower(result, c) : append_converted(result, kTitle, c);
    inside = detail::properties_of(c).is_cased();
  });
}

}  // namespace ouro
