// upper and lower (CPython: do_upper_or_lower in Objects/unicodeobject.c).
#include <ouro/objects/text/detail/new_str.h>
#include <ouro/objects/text/detail/utf8.h>
#include <ouro/objects/text/str_builder.h>
#include <ouro/objects/text/str_methods.h>

#include <algorithm>
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

/// What one of the two conversions does.
struct CaseTable {
  std::span<const CaseShift> shifts;
  std::span<const CaseText> texts;
  char ascii_first, ascii_last;  ///< the letters that change; 0x20 tells the cases apart
};
constexpr CaseTable kUpper{kUpperShifts, kUpperTexts, 'a', 'z'};
constexpr CaseTable kLower{kLowerShifts, kLowerTexts, 'A', 'Z'};

bool is_in(std::span<const CaseRange> ranges, char32_t c) noexcept {
  const auto found = std::ranges::lower_bound(ranges, c, {}, &CaseRange::last);
  return found != ranges.end() && found->first <= c;
}

char32_t shifted(const CaseTable& table, char32_t c) noexcept {
  const auto found = std::ranges::lower_bound(table.shifts, c, {}, &CaseShift::last);
  if (found == table.shifts.end() || found->first > c || (c - found->first) % found->step != 0) return c;
  return static_cast<char32_t>(static_cast<std::int32_t>(c) + found->distance);
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

Ref<Str> convert_wide(const Str& str, const CaseTable& table) {
  StrBuilder result(builtins_of(str));
  const char* const begin = str.data();
  const char* const end = begin + str.bytes;
  for (const char* at = begin; at != end;) {
    const char* const from = at;
    const char32_t c = detail::decode_next(at);
    const auto several = std::ranges::lower_bound(table.texts, c, {}, &CaseText::code_point);
    if (several != table.texts.end() && several->code_point == c) {
      result.append(several->text);
    } else if (c == kSigma && &table == &kLower) {
      append_character(result, letter_before(begin, from) && !letter_after(at, end) ? kFinalSigma : kSmallSigma);
    } else {
      append_character(result, shifted(table, c));
    }
  }
  return result.finish();
}

Ref<Str> convert(const Str& str, const CaseTable& table) {
  if (!str.is_ascii()) return convert_wide(str, table);
  const auto changes = [&table](char c) { return c >= table.ascii_first && c <= table.ascii_last; };
  const std::string_view whole = text(str);
  if (std::ranges::none_of(whole, changes)) return exact_str(str);
  const auto changed = [&](char c) { return changes(c) ? static_cast<char>(c ^ 0x20) : c; };
  if (whole.size() == 1) return make_character(builtins_of(str), static_cast<unsigned char>(changed(whole[0])));
  return detail::new_str(builtins_of(str), whole.size(), whole.size(),
                         [&](char* data) noexcept { std::ranges::transform(whole, data, changed); });
}

}  // namespace

Ref<Str> upper(const Str& str) { return convert(str, kUpper); }
Ref<Str> lower(const Str& str) { return convert(str, kLower); }

}  // namespace ouro
