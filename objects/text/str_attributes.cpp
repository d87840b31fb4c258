// The methods of str as attributes (CPython: unicode_methods in Objects/unicodeobject.c).
#include <ouro/objects/bytes/detail/codec_parts.h>
#include <ouro/objects/containers/tuple.h>
#include <ouro/objects/core/attributes.h>
#include <ouro/objects/core/detail/index_arguments.h>
#include <ouro/objects/text/detail/format_value.h>
#include <ouro/objects/text/detail/str_arguments.h>
#include <ouro/objects/text/detail/str_parts.h>
#include <ouro/objects/text/format.h>
#include <ouro/objects/text/str_methods.h>

namespace ouro::detail {

namespace {

constexpr Attribute kAttributes[] = {
    method(
        "encode(encoding='utf-8', errors='strict')",
        [](Str& str, Object* encoding, Object* errors) { return encode_arguments(str, encoding, errors); },
        "Encode the string using the codec registered for encoding."),
    method(
        "replace(old, new, count=-1, /)",
        [](Str& str, Object& old, Object& with, Object* count) { return replace_in(str, old, with, count); },
        "Return a copy with all occurrences of substring old replaced by new."),
    method(
        "split(sep=None, maxsplit=-1)",
        [](Str& str, Object* sep, Object* maxsplit) { return split_at(split, split, str, sep, maxsplit); },
        "Return a list of the substrings in the string, using sep as the separator string."),
    method(
        "rsplit(sep=None, maxsplit=-1)",
        [](Str& str, Object* sep, Object* maxsplit) { return split_at(rsplit, rsplit, str, sep, maxsplit); },
        "Return a list of the substrings in the string, using sep as the separator string.\n\nSplitting starts at the end "
        "of the string and works to the front."),
    method(
        "join(iterable, /)", [](Str& str, Object& iterable) { return join(str, iterable); },
        "Concatenate any number of strings.\n\nThe string whose method is called is inserted in between each given "
        "string.\nThe result is returned as a new string."),
    method(
        "capitalize()", [](Str& str) { return capitalize(str); },
        "Return a capitalized version of the string.\n\nMore specifically, make the first character have upper case and the "
        "rest lower\ncase."),
    method(
        "casefold()", [](Str& str) { return casefold(str); },
        "Return a version of the string suitable for caseless comparisons."),
    method(
        "title()", [](Str& str) { return title(str); }, "Return a version of the string where each word is titlecased."),
    method(
        "center(width, fillchar=' ', /)",
        [](Str& str, Object& width, Object* fill) { return laid_out(center, str, width, fill); },
        "Return a centered string of length width.\n\nPadding is done using the specified fill character (default is a "
        "space)."),
    method(
        "count(sub[, start[, end]])",
        [](Str& str, Object& sub, Object* start, Object* end) { return search(count_of, str, sub, start, end); },
        "Return the number of non-overlapping occurrences of substring sub in\nstring S[start:end]."),
    method(
        "expandtabs(tabsize=8)", [](Str& str, Object* tabsize) { return expand_tabs(str, c_int_argument(tabsize, 8)); },
        "Return a copy where all tab characters are expanded using spaces.\n\nIf tabsize is not given, a tab size of 8 "
        "characters is assumed."),
    method(
        "find(sub[, start[, end]])",
        [](Str& str, Object& sub, Object* start, Object* end) { return search(find, str, sub, start, end); },
        "Return the lowest index in S where substring sub is found.\n\nReturn -1 on failure."),
    method(
        "partition(sep, /)", [](Str& str, Object& sep) { return partition(str, str_argument(sep)); },
        "Partition the string into three parts using the given separator."),
    method(
        "index(sub[, start[, end]])",
        [](Str& str, Object& sub, Object* start, Object* end) { return search(index_of, str, sub, start, end); },
        "Return the lowest index in S where substring sub is found.\n\nRaises ValueError when the substring is not found."),
    method(
        "ljust(width, fillchar=' ', /)",
        [](Str& str, Object& width, Object* fill) { return laid_out(ljust, str, width, fill); },
        "Return a left-justified string of length width."),
    method(
        "lower()", [](Str& str) { return lower(str); }, "Return a copy of the string converted to lowercase."),
    method(
        "lstrip(chars=None, /)", [](Str& str, Object* chars) { return strip_off(str, chars, Ends::kLeft, "lstrip"); },
        "Return a copy of the string with leading whitespace removed."),
    method(
        "rfind(sub[, start[, end]])",
        [](Str& str, Object& sub, Object* start, Object* end) { return search(find_last, str, sub, start, end); },
        "Return the highest index in S where substring sub is found.\n\nReturn -1 on failure."),
    method(
        "rindex(sub[, start[, end]])",
        [](Str& str, Object& sub, Object* start, Object* end) { return search(last_index_of, str, sub, start, end); },
        "Return the highest index in S where substring sub is found.\n\nRaises ValueError when the substring is not found."),
    method(
        "rjust(width, fillchar=' ', /)",
        [](Str& str, Object& width, Object* fill) { return laid_out(rjust, str, width, fill); },
        "Return a right-justified string of length width."),
    method(
        "rstrip(chars=None, /)", [](Str& str, Object* chars) { return strip_off(str, chars, Ends::kRight, "rstrip"); },
        "Return a copy of the string with trailing whitespace removed."),
    method(
        "rpartition(sep, /)", [](Str& str, Object& sep) { return rpartition(str, str_argument(sep)); },
        "Partition the string into three parts using the given separator, searching from the end."),
    method(
        "splitlines(keepends=False)", [](Str& str, Object* keepends) { return split_lines(str, flag_argument(keepends)); },
        "Return a list of the lines in the string, breaking at line boundaries."),
    method(
        "strip(chars=None, /)", [](Str& str, Object* chars) { return strip_off(str, chars, Ends::kBoth, "strip"); },
        "Return a copy of the string with leading and trailing whitespace removed."),
    method(
        "swapcase()", [](Str& str) { return swapcase(str); },
        "Convert uppercase characters to lowercase and lowercase characters to uppercase."),
    method(
        "translate(table, /)", [](Str& str, Object& table) { return translate(str, table); },
        "Replace each character in the string using the given translation table."),
    method(
        "upper()", [](Str& str) { return upper(str); }, "Return a copy of the string converted to uppercase."),
    method(
        "startswith(prefix[, start[, end]])",
        [](Str& str, Object& prefix, Object* start, Object* end) {
          return matches(starts_with, "startswith", str, prefix, start, end);
        },
        "Return True if S starts with the specified prefix, False otherwise."),
    method(
        "endswith(suffix[, start[, end]])",
        [](Str& str, Object& suffix, Object* start, Object* end) {
          return matches(ends_with, "endswith", str, suffix, start, end);
        },
        "Return True if S ends with the specified suffix, False otherwise."),
    method(
        "removeprefix(prefix, /)",
        [](Str& str, Object& prefix) { return remove_prefix(str, str_argument(prefix, "removeprefix() argument")); },
        "Return a str with the given prefix string removed if present."),
    method(
        "removesuffix(suffix, /)",
        [](Str& str, Object& suffix) { return remove_suffix(str, str_argument(suffix, "removesuffix() argument")); },
        "Return a str with the given suffix string removed if present."),
    method(
        "isascii()", [](Str& str) { return str.is_ascii(); },
        "Return True if all characters in the string are ASCII, False otherwise."),
    method(
        "islower()", [](Str& str) { return is_lower(str); },
        "Return True if the string is a lowercase string, False otherwise."),
    method(
        "isupper()", [](Str& str) { return is_upper(str); },
        "Return True if the string is an uppercase string, False otherwise."),
    method(
        "istitle()", [](Str& str) { return is_title(str); },
        "Return True if the string is a title-cased string, False otherwise."),
    method(
        "isspace()", [](Str& str) { return is_space(str); },
        "Return True if the string is a whitespace string, False otherwise."),
    method(
        "isdecimal()", [](Str& str) { return is_decimal(str); },
        "Return True if the string is a decimal string, False otherwise."),
    method(
        "isdigit()", [](Str& str) { return is_digit(str); },
        "Return True if the string is a digit string, False otherwise."),
    method(
        "isnumeric()", [](Str& str) { return is_numeric(str); },
        "Return True if the string is a numeric string, False otherwise."),
    method(
        "isalpha()", [](Str& str) { return is_alpha(str); },
        "Return True if the string is an alphabetic string, False otherwise."),
    method(
        "isalnum()", [](Str& str) { return is_alnum(str); },
        "Return True if the string is an alpha-numeric string, False otherwise."),
    method(
        "isidentifier()", [](Str& str) { return is_identifier(str); },
        "Return True if the string is a valid Python identifier, False otherwise."),
    method(
        "isprintable()", [](Str& str) { return is_printable(str); },
        "Return True if the string is printable, False otherwise."),
    method(
        "zfill(width, /)", [](Str& str, Object& width) { return zfill(str, size_argument(&width, 0)); },
        "Pad a numeric string with zeros on the left, to fill a field of the given width."),
    method(
        "format(*args, **kwargs)", [](Str& str, const Arguments& given) { return format_with(str, given); },
        "S.format(*args, **kwargs) -> str\n\nReturn a formatted version of S, using substitutions from args and "
        "kwargs.\nThe "
        "substitutions are identified by braces ('{' and '}')."),
    method(
        "format_map(mapping, /)", [](Str& str, Object& mapping) { return format_map(str, mapping); },
        "S.format_map(mapping) -> str\n\nReturn a formatted version of S, using substitutions from mapping.\nThe "
        "substitutions are identified by braces ('{' and '}')."),
    method(
        "__format__(format_spec, /)", [](Str& str, Object& spec) { return format_as_str(str, spec); },
        "Return a formatted version of the string as described by format_spec."),
    static_method(
        "maketrans(x, y=None, z=None, /)", [](Type&, Object& x, Object* y, Object* z) { return make_translation(x, y, z); },
        "Return a translation table usable for str.translate()."),
    method(
        "__sizeof__()", [](Str& str) { return block_bytes(str); }, "Return the size of the string in memory, in bytes."),
    method(
        "__getnewargs__()",
        [](Str& str) {
          const Ref<> exact = exact_str(str);
          return make_tuple(builtins_of(str), {exact.get()});
        },
        ""),
};

}  // namespace

constinit const AttributeTable kStrAttributes = kAttributeTable<kAttributes>;

}  // namespace ouro::detail
