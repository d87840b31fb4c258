// The methods of str as attributes (CPython: unicode_methods in Objects/unicodeobject.c).
#include <ouro/base/error.h>
#include <ouro/objects/bytes/detail/codec_parts.h>
#include <ouro/objects/containers/tuple.h>
#include <ouro/objects/core/attributes.h>
#include <ouro/objects/core/detail/index_arguments.h>
#include <ouro/objects/core/protocol.h>
#include <ouro/objects/text/detail/str_parts.h>
#include <ouro/objects/text/str_methods.h>

#include <fmt/format.h>

namespace ouro::detail {

namespace {

[[noreturn, gnu::cold]] void refuse(const std::string& why) { raise(ErrorKind::kTypeError, why); }

/// An argument that must be a str: "must be str, not int", or as `what` says.
const Str& str_argument(Object& given, std::string_view what = {}) {
  if (const Str* const str = as<Str>(given)) return *str;
  if (what.empty()) refuse(fmt::format("must be str, not {}", given.type->name));
  refuse(fmt::format("{} must be str, not {}", what, is_none(given) ? "None" : given.type->name));
}

using Search = std::int64_t (*)(const Str&, const Str&, std::int64_t, std::int64_t);

std::int64_t search(Search how, const Str& str, Object& part, Object* start, Object* stop) {
  const std::int64_t first = bound_or_none_argument(start, 0);
  const std::int64_t last = bound_or_none_argument(stop, kToTheEnd);
  return how(str, str_argument(part), first, last);
}

std::int64_t last_index_of(const Str& str, const Str& part, std::int64_t start, std::int64_t stop) {
  const std::int64_t found = find_last(str, part, start, stop);
  if (found < 0) raise(ErrorKind::kValueError, "substring not found");
  return found;
}

using Match = bool (*)(const Str&, const Str&) noexcept;

/// `str.startswith` and `str.endswith`: one affix, or any of a tuple.
bool matches(Match how, std::string_view name, const Str& str, Object& affix, Object* start, Object* stop) {
  const std::int64_t first = bound_or_none_argument(start, 0);
  const std::int64_t last = bound_or_none_argument(stop, kToTheEnd);
  const bool is_inside = first <= std::int64_t{str.code_points};
  const Ref<Str> part = slice(str, {first, last, 1});
  if (const Str* const one = as<Str>(affix)) return is_inside && how(*part, *one);
  const Tuple* const several = as<Tuple>(affix);
  if (several == nullptr) refuse(fmt::format("{} first arg must be str or a tuple of str, not {}", name, affix.type->name));
  for (Object* const each : several->view()) {
    const Str* const one = as<Str>(*each);
    if (one == nullptr) refuse(fmt::format("tuple for {} must only contain str, not {}", name, each->type->name));
    if (is_inside && how(*part, *one)) return true;
  }
  return false;
}

Ref<> split_at(const Str& str, Object* separator, Object* limit) {
  const std::int64_t most = size_argument(limit, -1);
  if (separator == nullptr || is_none(*separator)) return split(str, most);
  const Str* const wanted = as<Str>(*separator);
  if (wanted == nullptr) refuse(fmt::format("must be str or None, not {}", separator->type->name));
  return split(str, *wanted, most);
}

Ref<> replace_in(const Str& str, Object& old, Object& replacement, Object* limit) {
  const Str& from = str_argument(old, "replace() argument 1");
  const Str& to = str_argument(replacement, "replace() argument 2");
  return replace(str, from, to, size_argument(limit, -1));
}

Ref<> strip_off(const Str& str, Object* characters, Ends ends, std::string_view name) {
  if (characters == nullptr || is_none(*characters)) return strip(str, ends);
  const Str* const wanted = as<Str>(*characters);
  if (wanted == nullptr) refuse(fmt::format("{} arg must be None or str", name));
  return strip(str, *wanted, ends);
}

constexpr Attribute kAttributes[] = {
    method(
        "count(sub[, start[, end]])",
        [](Str& str, Object& sub, Object* start, Object* end) { return search(count_of, str, sub, start, end); },
        "Return the number of non-overlapping occurrences of substring sub in\nstring S[start:end]."),
    method(
        "encode(encoding='utf-8', errors='strict')",
        [](Str& str, Object* encoding, Object* errors) { return encode_arguments(str, encoding, errors); },
        "Encode the string using the codec registered for encoding."),
    method(
        "endswith(suffix[, start[, end]])",
        [](Str& str, Object& suffix, Object* start, Object* end) {
          return matches(ends_with, "endswith", str, suffix, start, end);
        },
        "Return True if S ends with the specified suffix, False otherwise."),
    method(
        "find(sub[, start[, end]])",
        [](Str& str, Object& sub, Object* start, Object* end) { return search(find, str, sub, start, end); },
        "Return the lowest index in S where substring sub is found.\n\nReturn -1 on failure."),
    method(
        "index(sub[, start[, end]])",
        [](Str& str, Object& sub, Object* start, Object* end) { return search(index_of, str, sub, start, end); },
        "Return the lowest index in S where substring sub is found.\n\nRaises ValueError when the substring is not found."),
    method(
        "join(iterable, /)", [](Str& str, Object& iterable) { return join(str, iterable); },
        "Concatenate any number of strings.\n\nThe string whose method is called is inserted in between each given "
        "string.\nThe result is returned as a new string."),
    method(
        "lower()", [](Str& str) { return lower(str); }, "Return a copy of the string converted to lowercase."),
    method(
        "lstrip(chars=None, /)", [](Str& str, Object* chars) { return strip_off(str, chars, Ends::kLeft, "lstrip"); },
        "Return a copy of the string with leading whitespace removed."),
    method(
        "replace(old, new, count=-1, /)",
        [](Str& str, Object& old, Object& with, Object* count) { return replace_in(str, old, with, count); },
        "Return a copy with all occurrences of substring old replaced by new."),
    method(
        "rfind(sub[, start[, end]])",
        [](Str& str, Object& sub, Object* start, Object* end) { return search(find_last, str, sub, start, end); },
        "Return the highest index in S where substring sub is found.\n\nReturn -1 on failure."),
    method(
        "rindex(sub[, start[, end]])",
        [](Str& str, Object& sub, Object* start, Object* end) { return search(last_index_of, str, sub, start, end); },
        "Return the highest index in S where substring sub is found.\n\nRaises ValueError when the substring is not found."),
    method(
        "rstrip(chars=None, /)", [](Str& str, Object* chars) { return strip_off(str, chars, Ends::kRight, "rstrip"); },
        "Return a copy of the string with trailing whitespace removed."),
    method(
        "split(sep=None, maxsplit=-1)", [](Str& str, Object* sep, Object* maxsplit) { return split_at(str, sep, maxsplit); },
        "Return a list of the substrings in the string, using sep as the separator string."),
    method(
        "startswith(prefix[, start[, end]])",
        [](Str& str, Object& prefix, Object* start, Object* end) {
          return matches(starts_with, "startswith", str, prefix, start, end);
        },
        "Return True if S starts with the specified prefix, False otherwise."),
    method(
        "strip(chars=None, /)", [](Str& str, Object* chars) { return strip_off(str, chars, Ends::kBoth, "strip"); },
        "Return a copy of the string with leading and trailing whitespace removed."),
    method(
        "upper()", [](Str& str) { return upper(str); }, "Return a copy of the string converted to uppercase."),
};

}  // namespace

constinit const AttributeTable kStrAttributes = kAttributeTable<kAttributes>;

}  // namespace ouro::detail
