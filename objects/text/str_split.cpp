// Taking a str apart (CPython: Objects/stringlib/split.h and partition.h).
#include <ouro/base/error.h>
#include <ouro/objects/containers/tuple.h>
#include <ouro/objects/core/detail/hold.h>
#include <ouro/objects/text/detail/ascii_spaces.h>
#include <ouro/objects/text/detail/character.h>
#include <ouro/objects/text/detail/find_bytes.h>
#include <ouro/objects/text/detail/parts_of.h>
#include <ouro/objects/text/detail/utf8.h>
#include <ouro/objects/text/str_methods.h>

#include <algorithm>

namespace ouro {

namespace {

constexpr std::size_t kNotFound = std::string_view::npos;

void expect_separator(const Str& separator) {
  if (separator.bytes == 0) raise(ErrorKind::kValueError, "empty separator");
}

/// Bytes of the characters that `text` begins with of which white space or not is as `space` says.
std::size_t leading(std::string_view text, bool space) noexcept {
  const char* at = text.data();
  for (const char* const end = at + text.size(); at != end;) {
    const auto byte = static_cast<unsigned char>(*at);
    const char* next = at + 1;
    if ((byte < 0x80 ? detail::kAsciiSpaces.has(byte) : is_space(detail::decode_next(next = at))) != space) break;
    at = next;
  }
  return static_cast<std::size_t>(at - text.data());
}

/// The same of those that it ends with.
std::size_t trailing(std::string_view text, bool space) noexcept {
  const char* const begin = text.data();
  const char* const end = begin + text.size();
  const char* at = end;
  for (const char* next = at; at != begin && is_space(detail::decode_previous(next)) == space;) at = next;
  return static_cast<std::size_t>(end - at);
}

/// A list for the parts that so many cuts make. Most texts are cut a few times.
Ref<List> list_of_parts(const Str& str, std::size_t cuts) {
  constexpr std::size_t kFewParts = 12;
  return make_list(builtins_of(str), std::min(cuts, kFewParts - 1) + 1);
}

/// A tuple of three parts.
Ref<Tuple> three(const Ref<>& first, const Ref<>& second, const Ref<>& third) {
  return make_tuple(builtins_of(*first), {first.get(), second.get(), third.get()});
}

Ref<Tuple> parted(const Str& str, const Str& separator, std::size_t at) {
  const std::string_view whole = text(str);
  return three(detail::part_of(str, whole.substr(0, at)), detail::hold(separator),
               detail::part_of(str, whole.substr(at + separator.bytes)));
}

Ref<> empty(const Str& str) noexcept { return share<Object>(builtins_of(str).empty_str()); }

/// Where the line break ends whose first character stands between `at` and `next`.
const char* behind_break(const char* at, const char* next, const char* end) noexcept {
  return *at == '\r' && next != end && *next == '\n' ? next + 1 : next;
}

}  // namespace

Ref<List> split(const Str& str, const Str& separator, std::int64_t limit) {
  expect_separator(separator);
  const Ref<> held[] = {detail::hold(str), detail::hold(separator)};  // making a list may collect
  Ref<List> parts = list_of_parts(str, detail::limit_of(limit));
  std::string_view rest = text(str);
  for (std::size_t cuts = detail::limit_of(limit); cuts > 0; --cuts) {
    const std::size_t at = detail::find_bytes(rest, text(separator));
    if (at == kNotFound) break;
    detail::append_part(*parts, str, rest.substr(0, at));
    rest.remove_prefix(at + separator.bytes);
  }
  detail::append_part(*parts, str, rest);
  return parts;
}

Ref<List> split(const Str& str, std::int64_t limit) {
  const Ref<> held = detail::hold(str);
  Ref<List> parts = list_of_parts(str, detail::limit_of(limit));
  std::string_view rest = text(str);
  rest.remove_prefix(leading(rest, true));
  for (std::size_t cuts = detail::limit_of(limit); cuts > 0 && !rest.empty(); --cuts) {
    const std::size_t word = leading(rest, false);
    detail::append_part(*parts, str, rest.substr(0, word));
    rest.remove_prefix(word);
    rest.remove_prefix(leading(rest, true));
  }
  // Only a limit leaves something; its white space stays, as in Python.
  if (!rest.empty()) detail::append_part(*parts, str, rest);
  return parts;
}

Ref<List> rsplit(const Str& str, const Str& separator, std::int64_t limit) {
  expect_separator(separator);
  const Ref<> held[] = {detail::hold(str), detail::hold(separator)};
  Ref<List> parts = list_of_parts(str, detail::limit_of(limit));
  std::string_view rest = text(str);
  for (std::size_t cuts = detail::limit_of(limit); cuts > 0; --cuts) {
    const std::size_t at = detail::find_last_bytes(rest, text(separator));
    if (at == kNotFound) break;
    detail::append_part(*parts, str, rest.substr(at + separator.bytes));
    rest = rest.substr(0, at);
  }
  detail::append_part(*parts, str, rest);
  parts->reverse();  // they were found from the right
  return parts;
}

Ref<List> rsplit(const Str& str, std::int64_t limit) {
  const Ref<> held = detail::hold(str);
  Ref<List> parts = list_of_parts(str, detail::limit_of(limit));
  std::string_view rest = text(str);
  rest.remove_suffix(trailing(rest, true));
  for (std::size_t cuts = detail::limit_of(limit); cuts > 0 && !rest.empty(); --cuts) {
    const std::size_t word = trailing(rest, false);
    detail::append_part(*parts, str, rest.substr(rest.size() - word));
    rest.remove_suffix(word);
    rest.remove_suffix(trailing(rest, true));
  }
  if (!rest.empty()) detail::append_part(*parts, str, rest);
  parts->reverse();  // they were found from the right
  return parts;
}

Ref<List> split_lines(const Str& str, bool keep_ends) {
  const Ref<> held = detail::hold(str);
  Ref<List> lines = make_list(builtins_of(str));
  const char* const end = str.data() + str.bytes;
  const char* begin = str.data();
  for (const char* at = begin; at != end;) {
    const char* next = at;
    if (!detail::is_line_break(detail::decode_next(next))) {
      at = next;
      continue;
    }
    next = behind_break(at, next, end);
    detail::append_part(*lines, str, {begin, static_cast<std::size_t>((keep_ends ? next : at) - begin)});
    begin = at = next;
  }
  if (begin != end) detail::append_part(*lines, str, {begin, static_cast<std::size_t>(end - begin)});
  return lines;
}

Ref<Tuple> partition(const Str& str, const Str& separator) {
  expect_separator(separator);
  const Ref<> held[] = {detail::hold(str), detail::hold(separator)};
  const std::size_t at = detail::find_bytes(text(str), text(separator));
  return at == kNotFound ? three(held[0], empty(str), empty(str)) : parted(str, separator, at);
}

Ref<Tuple> rpartition(const Str& str, const Str& separator) {
  expect_separator(separator);
  const Ref<> held[] = {detail::hold(str), detail::hold(separator)};
  const std::size_t at = detail::find_last_bytes(text(str), text(separator));
  return at == kNotFound ? three(empty(str), empty(str), held[0]) : parted(str, separator, at);
}

Ref<Str> remove_prefix(const Str& str, const Str& prefix) {
  return starts_with(str, prefix) ? detail::part_of(str, text(str).substr(prefix.bytes)) : exact_str(str);
}

Ref<Str> remove_suffix(const Str& str, const Str& suffix) {
  return ends_with(str, suffix) ? detail::part_of(str, text(str).substr(0, str.bytes - suffix.bytes)) : exact_str(str);
}

}  // namespace ouro
