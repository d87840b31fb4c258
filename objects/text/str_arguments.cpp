// What the methods of str make of their arguments.
#include <ouro/base/error.h>
#include <ouro/objects/containers/tuple.h>
#include <ouro/objects/core/detail/index_arguments.h>
#include <ouro/objects/core/none.h>
#include <ouro/objects/core/protocol.h>
#include <ouro/objects/text/detail/str_arguments.h>
#include <ouro/objects/text/detail/utf8.h>

#include <fmt/format.h>

#include <algorithm>
#include <limits>

namespace ouro::detail {

namespace {

[[noreturn, gnu::cold]] void refuse(const std::string& why) { raise(ErrorKind::kTypeError, why); }

char32_t fill_argument(const Object* given) {
  if (given == nullptr) return U' ';
  const Str* const fill = as<Str>(*given);
  if (fill == nullptr) refuse(fmt::format("The fill character must be a unicode character, not {}", given->type->name));
  if (fill->code_points != 1) refuse("The fill character must be exactly one character long");
  const char* at = fill->data();
  return decode_next(at);
}

}  // namespace

const Str& str_argument(Object& given, std::string_view what) {
  if (const Str* const str = as<Str>(given)) return *str;
  if (what.empty()) refuse(fmt::format("must be str, not {}", given.type->name));
  refuse(fmt::format("{} must be str, not {}", what, is_none(given) ? "None" : given.type->name));
}

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

namespace {

/// Whether `str[first:last]` is a place in the text: nothing is found behind its end, nor where the end comes first.
bool is_place(const Str& str, std::int64_t first, std::int64_t last) noexcept {
  const auto size = std::int64_t{str.code_points};
  const auto from_front = [size](std::int64_t at) { return at < 0 ? std::max(at + size, std::int64_t{0}) : at; };
  return from_front(first) <= std::min(from_front(last), size);
}

}  // namespace

bool matches(Match how, std::string_view name, const Str& str, Object& affix, Object* start, Object* stop) {
  const std::int64_t first = bound_or_none_argument(start, 0);
  const std::int64_t last = bound_or_none_argument(stop, kToTheEnd);
  const bool is_inside = is_place(str, first, last);
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

Ref<List> split_at(Split how, SplitAtSpace at_space, const Str& str, Object* separator, Object* limit) {
  const std::int64_t most = size_argument(limit, -1);
  if (separator == nullptr || is_none(*separator)) return at_space(str, most);
  const Str* const wanted = as<Str>(*separator);
  if (wanted == nullptr) refuse(fmt::format("must be str or None, not {}", separator->type->name));
  return how(str, *wanted, most);
}

Ref<Str> replace_in(const Str& str, Object& old, Object& replacement, Object* limit) {
  const Str& from = str_argument(old, "replace() argument 1");
  const Str& to = str_argument(replacement, "replace() argument 2");
  return replace(str, from, to, size_argument(limit, -1));
}

Ref<Str> strip_off(const Str& str, Object* characters, Ends ends, std::string_view name) {
  if (characters == nullptr || is_none(*characters)) return strip(str, ends);
  const Str* const wanted = as<Str>(*characters);
  if (wanted == nullptr) refuse(fmt::format("{} arg must be None or str", name));
  return strip(str, *wanted, ends);
}

Ref<Str> laid_out(LayOut how, const Str& str, Object& width, Object* fill) {
  const std::int64_t wanted = size_argument(&width, 0);
  return how(str, wanted, fill_argument(fill));
}

}  // namespace ouro::detail
