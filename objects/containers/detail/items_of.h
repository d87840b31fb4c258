// The items of any iterable, in a list of one's own (CPython: PySequence_Fast and PyObject_LengthHint).
#pragma once

#include <ouro/objects/containers/list.h>

#include <cstddef>
#include <optional>
#include <string_view>

namespace ouro::detail {

/// `iter(iterable)`. TypeError `complaint` if it has none.
[[nodiscard]] Ref<> iterator_of(Object& iterable, std::string_view complaint);
/// A list of what an iterable gives. TypeError `complaint` if it has no iterator; what iterating raises passes on as it is.
[[nodiscard]] Ref<List> items_of(Object& iterable, std::string_view complaint);

/// How many items an iterable says that it has, by `__len__` or `__length_hint__`; nothing if it does not say. Runs their
/// code, and throws what that throws, a TypeError excepted.
[[nodiscard]] std::optional<std::size_t> length_hint(Object& iterable);

}  // namespace ouro::detail
