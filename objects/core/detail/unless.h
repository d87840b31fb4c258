// An error that is an answer: the end of an iterator, an attribute that there is not.
#pragma once

#include <ouro/objects/model/failure.h>
#include <ouro/objects/model/heap.h>

#include <algorithm>
#include <initializer_list>
#include <utility>

namespace ouro::detail {

/// What `operation` gives. Empty if that is nothing, if it throws or fails with an error of one of these kinds, which is
/// dropped, and if it fails with another one, which stays noted.
template <class F>
[[nodiscard]] Ref<> unless(std::initializer_list<ErrorKind> kinds, Heap& heap, F&& operation) {
  const FailureMark mark(heap.failures);
  try {
    if (Ref<> result = operation()) return result;
  } catch (const Error& error) {
    if (std::none_of(kinds.begin(), kinds.end(), [&](ErrorKind kind) { return error.is(kind); })) throw;
  }
  if (std::any_of(kinds.begin(), kinds.end(), [&](ErrorKind kind) { return mark.failed(kind); })) mark.forget();
  return {};
}
template <class F>
[[nodiscard]] Ref<> unless(ErrorKind kind, Heap& heap, F&& operation) {
  return unless({kind}, heap, std::forward<F>(operation));
}

}  // namespace ouro::detail
