// Arguments of the methods of str: what they must be, and the methods that are called with them.
#pragma once

#include <ouro/objects/containers/list.h>
#include <ouro/objects/text/str_methods.h>

#include <cstdint>
#include <string_view>

namespace ouro::detail {

/// An argument that must be a str: TypeError "must be str, not int", or with `what` in front.
[[nodiscard]] const Str& str_argument(Object& given, std::string_view what = {});

/// `str.find(part, start, stop)` and its like.
using Search = std::int64_t (*)(const Str&, const Str&, std::int64_t, std::int64_t);
[[nodiscard]] std::int64_t search(Search how, const Str& str, Object& part, Object* start, Object* stop);
/// `str.rindex`: as `index_of`, from the end.
[[nodiscard]] std::int64_t last_index_of(const Str& str, const Str& part, std::int64_t start, std::int64_t stop);

/// `str.startswith` and `str.endswith`: one affix, or any of a tuple.
using Match = bool (*)(const Str&, const Str&) noexcept;
[[nodiscard]] bool matches(Match how, std::string_view name, const Str& str, Object& affix, Object* start, Object* stop);

/// `str.split` and `str.rsplit`, with a separator and without.
using Split = Ref<List> (*)(const Str&, const Str&, std::int64_t);
using SplitAtSpace = Ref<List> (*)(const Str&, std::int64_t);
[[nodiscard]] Ref<List> split_at(Split how, SplitAtSpace at_space, const Str& str, Object* separator, Object* limit);

/// `str.replace`, `str.strip` and its like.
[[nodiscard]] Ref<Str> replace_in(const Str& str, Object& old, Object& replacement, Object* limit);
[[nodiscard]] Ref<Str> strip_off(const Str& str, Object* characters, Ends ends, std::string_view name);

/// `str.ljust` and its like. TypeError "The fill character must be exactly one character long".
using LayOut = Ref<Str> (*)(const Str&, std::int64_t, char32_t);
[[nodiscard]] Ref<Str> laid_out(LayOut how, const Str& str, Object& width, Object* fill);

}  // namespace ouro::detail
