// str.isalpha() and its like (CPython: unicode_isalpha_impl and its neighbours in Objects/unicodeobject.c).
#include <ouro/objects/text/detail/character.h>
#include <ouro/objects/text/detail/text_repr.h>
#include <ouro/objects/text/detail/utf8.h>
#include <ouro/objects/text/str_methods.h>

#include <algorithm>

namespace ouro {

namespace {

using Properties = detail::CharacterProperties;

/// True if `holds(char32_t)` of every character.
template <class Holds>
bool all_characters(std::string_view text, Holds holds) noexcept {
  for (const char *at = text.data(), *const end = at + text.size(); at != end;)
    if (!holds(detail::decode_next(at))) return false;
  return true;
}

/// The same of their properties, and that there is one.
template <bool (Properties::*has)() const noexcept>
bool all_have(const Str& str) noexcept {
  return str.bytes != 0 && all_characters(text(str), [](char32_t c) { return (detail::properties_of(c).*has)(); });
}

/// True if there is a character of the case `wanted` and none of the case `other` or in title case.
template <bool (Properties::*wanted)() const noexcept, bool (Properties::*other)() const noexcept>
bool is_all_in_case(const Str& str) noexcept {
  bool found = false;
  const bool fits = all_characters(text(str), [&found](char32_t c) {
    const Properties known = detail::properties_of(c);
    found = found || (known.*wanted)();
    return !(known.*other)() && !known.is_title();
  });
  return fits && found;
}

}  // namespace

bool is_alpha(const Str& str) noexcept { return all_have<&Properties::is_alpha>(str); }
bool is_alnum(const Str& str) noexcept { return all_have<&Properties::is_alnum>(str); }
bool is_decimal(const Str& str) noexcept { return all_have<&Properties::is_decimal>(str); }
bool is_digit(const Str& str) noexcept { return all_have<&Properties::is_digit>(str); }
bool is_numeric(const Str& str) noexcept { return all_have<&Properties::is_numeric>(str); }
bool is_lower(const Str& str) noexcept { return is_all_in_case<&Properties::is_lower, &Properties::is_upper>(str); }
bool is_upper(const Str& str) noexcept { return is_all_in_case<&Properties::is_upper, &Properties::is_lower>(str); }
bool is_printable(const Str& str) noexcept { return all_characters(text(str), detail::is_printable); }
bool is_space(const Str& str) noexcept {
  return str.bytes != 0 && all_characters(text(str), [](char32_t c) { return is_space(c); });
}

bool is_title(const Str& str) noexcept {
  bool found = false;
  bool inside = false;  // the character before has a case
  const bool fits = all_characters(text(str), [&](char32_t c) {
    const Properties known = detail::properties_of(c);
    const bool begins = known.is_upper() || known.is_title();
    const bool follows = !begins && known.is_lower();
    const bool right = begins ? !inside : !follows || inside;
    inside = begins || follows;
    found = found || inside;
    return right;
  });
  return fits && found;
}

bool is_identifier(const Str& str) noexcept {
  const char* at = str.data();
  const char* const end = at + str.bytes;
  if (at == end) return false;
  if (!detail::properties_of(detail::decode_next(at)).begins_identifier()) return false;
  return all_characters({at, static_cast<std::size_t>(end - at)},
                        [](char32_t c) { return detail::properties_of(c).continues_identifier(); });
}

}  // namespace ouro
