// The methods that bytes and bytearray share, as attributes (CPython: bytes_methods, bytearray_methods).
#pragma once

#include <ouro/objects/bytes/codecs.h>
#include <ouro/objects/bytes/detail/byte_change.h>
#include <ouro/objects/bytes/detail/byte_parts.h>
#include <ouro/objects/bytes/detail/byte_search.h>
#include <ouro/objects/bytes/detail/byte_split.h>
#include <ouro/objects/core/attributes.h>
#include <ouro/objects/text/detail/utf8.h>

#include <algorithm>
#include <array>

namespace ouro::detail {

template <BytesType B>
[[nodiscard]] constexpr auto search_methods() {
  return std::array{
      method(
          "count(sub[, start[, end]])",
          [](B& self, Object& sub, Object* start, Object* end) { return count_argument(self, sub, start, end); },
          "Return the number of non-overlapping occurrences of subsection sub in B[start:end]."),
      method(
          "endswith(suffix[, start[, end]])",
          [](B& self, Object& suffix, Object* start, Object* end) {
            return affix_argument<B, Ends::kRight>(self, suffix, start, end);
          },
          "Return True if B ends with the specified suffix, or with one of a tuple, False otherwise."),
      method(
          "find(sub[, start[, end]])",
          [](B& self, Object& sub, Object* start, Object* end) {
            return find_argument(self, sub, start, end, SearchFrom::kFront, false);
          },
          "Return the lowest index in B where subsection sub is found within B[start:end], -1 on failure."),
      method(
          "index(sub[, start[, end]])",
          [](B& self, Object& sub, Object* start, Object* end) {
            return find_argument(self, sub, start, end, SearchFrom::kFront, true);
          },
          "Like B.find() but raise ValueError when the subsection is not found."),
      method(
          "rfind(sub[, start[, end]])",
          [](B& self, Object& sub, Object* start, Object* end) {
            return find_argument(self, sub, start, end, SearchFrom::kBack, false);
          },
          "Return the highest index in B where subsection sub is found within B[start:end], -1 on failure."),
      method(
          "rindex(sub[, start[, end]])",
          [](B& self, Object& sub, Object* start, Object* end) {
            return find_argument(self, sub, start, end, SearchFrom::kBack, true);
          },
          "Like B.rfind() but raise ValueError when the subsection is not found."),
      method(
          "startswith(prefix[, start[, end]])",
          [](B& self, Object& prefix, Object* start, Object* end) {
            return affix_argument<B, Ends::kLeft>(self, prefix, start, end);
          },
          "Return True if B starts with the specified prefix, or with one of a tuple, False otherwise."),
  };
}

/// True if there is a byte, and `is_so` is true of all.
template <class F>
[[nodiscard]] bool all_bytes(std::string_view text, F is_so) noexcept {
  return !text.empty() && std::ranges::all_of(text, is_so);
}

template <BytesType B>
[[nodiscard]] constexpr auto text_methods() {
  return std::array{
      method(
          "capitalize()", [](B& self) { return with_case<B, Casing::kCapitalise>(self); },
          "Return a copy of B with only its first character capitalized (ASCII) and the rest lower-cased."),
      method(
          "isalnum()", [](B& self) { return all_bytes(view(self), is_letter_or_digit_byte); },
          "Return True if all characters in B are alphanumeric and there is at least one, False otherwise."),
      method(
          "isalpha()", [](B& self) { return all_bytes(view(self), is_letter_byte); },
          "Return True if all characters in B are alphabetic and there is at least one, False otherwise."),
      method(
          "isascii()", [](B& self) { return is_ascii(view(self)); },
          "Return True if B is empty or all characters in B are ASCII, False otherwise."),
      method(
          "isdigit()", [](B& self) { return all_bytes(view(self), is_digit_byte); },
          "Return True if all characters in B are digits and there is at least one, False otherwise."),
      method(
          "islower()", [](B& self) { return is_lower_text(view(self)); },
          "Return True if all cased characters in B are lowercase and there is at least one, False otherwise."),
      method(
          "isspace()", [](B& self) { return all_bytes(view(self), is_space_byte); },
          "Return True if all characters in B are whitespace and there is at least one, False otherwise."),
      method(
          "istitle()", [](B& self) { return is_title_text(view(self)); },
          "Return True if B is a titlecased string and there is at least one character in B, False otherwise."),
      method(
          "isupper()", [](B& self) { return is_upper_text(view(self)); },
          "Return True if all cased characters in B are uppercase and there is at least one, False otherwise."),
      method(
          "lower()", [](B& self) { return with_case<B, Casing::kLower>(self); },
          "Return a copy of B with all ASCII characters converted to lowercase."),
      method(
          "swapcase()", [](B& self) { return with_case<B, Casing::kSwap>(self); },
          "Return a copy of B with uppercase ASCII characters converted to lowercase ASCII and vice versa."),
      method(
          "title()", [](B& self) { return with_case<B, Casing::kTitle>(self); },
          "Return a titlecased version of B: ASCII words start with uppercase characters."),
      method(
          "upper()", [](B& self) { return with_case<B, Casing::kUpper>(self); },
          "Return a copy of B with all ASCII characters converted to uppercase."),
  };
}

template <BytesType B>
[[nodiscard]] constexpr auto part_methods() {
  return std::array{
      method(
          "join(iterable_of_bytes, /)", [](B& self, Object& iterable) { return join_argument(self, iterable); },
          "Concatenate any number of bytes objects, with B in between each pair."),
      method(
          "lstrip(bytes=None, /)", [](B& self, Object* bytes) { return strip_argument(self, bytes, Ends::kLeft); },
          "Strip leading bytes contained in the argument, or leading ASCII whitespace."),
      method(
          "partition(sep, /)", [](B& self, Object& sep) { return partition_argument(self, sep, SearchFrom::kFront); },
          "Partition the bytes into three parts using the given separator."),
      method(
          "removeprefix(prefix, /)", [](B& self, Object& prefix) { return without_affix(self, prefix, Ends::kLeft); },
          "Return a bytes object with the given prefix string removed if present."),
      method(
          "removesuffix(suffix, /)", [](B& self, Object& suffix) { return without_affix(self, suffix, Ends::kRight); },
          "Return a bytes object with the given suffix string removed if present."),
      method(
          "replace(old, new, count=-1, /)",
          [](B& self, Object& old, Object& by, Object* count) { return replace_argument(self, old, by, count); },
          "Return a copy with all, or the first count, occurrences of substring old replaced by new."),
      method(
          "rpartition(sep, /)", [](B& self, Object& sep) { return partition_argument(self, sep, SearchFrom::kBack); },
          "Partition the bytes into three parts using the given separator, starting at the end."),
      method(
          "rsplit(sep=None, maxsplit=-1)",
          [](B& self, Object* sep, Object* limit) { return split_argument(self, sep, limit, SearchFrom::kBack); },
          "Return a list of the sections in the bytes, using sep as the delimiter, starting at the end."),
      method(
          "rstrip(bytes=None, /)", [](B& self, Object* bytes) { return strip_argument(self, bytes, Ends::kRight); },
          "Strip trailing bytes contained in the argument, or trailing ASCII whitespace."),
      method(
          "split(sep=None, maxsplit=-1)",
          [](B& self, Object* sep, Object* limit) { return split_argument(self, sep, limit, SearchFrom::kFront); },
          "Return a list of the sections in the bytes, using sep as the delimiter."),
      method(
          "splitlines(keepends=False)", [](B& self, Object* keepends) { return lines_of(self, keepends); },
          "Return a list of the lines in the bytes, breaking at line boundaries."),
      method(
          "strip(bytes=None, /)", [](B& self, Object* bytes) { return strip_argument(self, bytes, Ends::kBoth); },
          "Strip leading and trailing bytes contained in the argument, or ASCII whitespace."),
  };
}

template <BytesType B>
[[nodiscard]] constexpr auto form_methods() {
  return std::array{
      method(
          "center(width, fillchar=b' ', /)",
          [](B& self, Object& width, Object* fill) { return justify(self, width, fill, Ends::kBoth, "center"); },
          "Return a centered string of length width, padded with the fill character."),
      method(
          "decode(encoding='utf-8', errors='strict')",
          [](B& self, Object* encoding, Object* errors) { return decode_arguments(self, encoding, errors); },
          "Decode the bytes using the codec of that name."),
      method(
          "expandtabs(tabsize=8)", [](B& self, Object* tabsize) { return tabs_expanded(self, tabsize); },
          "Return a copy where all tab characters are expanded using spaces."),
      class_method(
          "fromhex(string, /)", [](Type& type, Object& string) { return from_hex<B>(type, string); },
          "Create a bytes object from a string of hexadecimal numbers."),
      method(
          "hex(sep=<unrepresentable>, bytes_per_sep=1)",
          [](B& self, Object* sep, Object* bytes_per_sep) { return hex_of(self, sep, bytes_per_sep); },
          "Create a string of hexadecimal numbers from a bytes object."),
      method(
          "ljust(width, fillchar=b' ', /)",
          [](B& self, Object& width, Object* fill) { return justify(self, width, fill, Ends::kRight, "ljust"); },
          "Return a left-justified string of length width, padded with the fill character."),
      static_method(
          "maketrans(frm, to, /)",
          [](Type& type, Object& from, Object& to) { return make_translation(*type.heap->builtins, from, to); },
          "Return a translation table useable for the bytes or bytearray translate method."),
      method(
          "rjust(width, fillchar=b' ', /)",
          [](B& self, Object& width, Object* fill) { return justify(self, width, fill, Ends::kLeft, "rjust"); },
          "Return a right-justified string of length width, padded with the fill character."),
      method(
          "translate(table, /, delete=b'')",
          [](B& self, Object& table, Object* removed) { return translate_argument(self, table, removed); },
          "Return a copy with each character mapped by the given translation table."),
      method(
          "zfill(width, /)", [](B& self, Object& width) { return zero_filled(self, width); },
          "Pad a numeric string with zeros on the left, to fill a field of the given width."),
  };
}

/// One array of several.
template <std::size_t... N>
[[nodiscard]] constexpr auto joined_attributes(const std::array<Attribute, N>&... groups) {
  std::array<Attribute, (N + ...)> made{};
  auto* to = made.data();
  ((to = std::copy(groups.begin(), groups.end(), to)), ...);
  return made;
}

template <BytesType B, std::size_t kOwn>
[[nodiscard]] constexpr auto byte_attributes(const std::array<Attribute, kOwn>& own) {
  return joined_attributes(search_methods<B>(), text_methods<B>(), part_methods<B>(), form_methods<B>(), own);
}

}  // namespace ouro::detail
