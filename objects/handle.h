// The operators of Python on handles.
//
//   doc["self"] = doc;      doc["a"]["b"]             items
//   foo.attr("x") = 5;      foo.attr("run")(1, 2)     attributes, methods
//   a == 5, a < b, a + b, -a                          by Python's rules; a.is(b) for identity
//   for (Object& item : list), for (auto [key, value] : dict)       borrowed
//   for (Ref<> item : each(anything))                               by the iterator protocol
//
// What stands on the other side may be any C++ value that convert.h knows. Every operator may throw ouro::Error, and an
// empty handle has none of them but == and != (two empty handles are equal).
#pragma once

#include <ouro/objects/dict.h>
#include <ouro/objects/handle_operators.h>
#include <ouro/objects/list.h>
#include <ouro/objects/place.h>
#include <ouro/objects/protocol.h>

#include <cstddef>
#include <functional>
#include <iterator>
#include <utility>

namespace ouro {

// ---- Loops ----

/// The end of a loop is known to the cursor.
[[nodiscard]] inline ListCursor begin(const Ref<List>& list) noexcept { return list->begin(); }
[[nodiscard]] inline std::default_sentinel_t end(const Ref<List>&) noexcept { return {}; }
[[nodiscard]] inline DictCursor begin(const Ref<Dict>& dict) noexcept { return dict->begin(); }
[[nodiscard]] inline std::default_sentinel_t end(const Ref<Dict>&) noexcept { return {}; }

/// Walks any iterable. An input range of `Ref<>`.
class Each {
 public:
  class Cursor {
   public:
    using difference_type = std::ptrdiff_t;
    using value_type = Ref<>;

    explicit Cursor(Object& iterator) : iterator_(&iterator), current_(next(iterator)) {}
    [[nodiscard]] const Ref<>& operator*() const noexcept { return current_; }
    Cursor& operator++() {
      current_ = next(*iterator_);
      return *this;
    }
    void operator++(int) { ++*this; }
    [[nodiscard]] bool operator==(std::default_sentinel_t) const noexcept { return !current_; }

   private:
    Object* iterator_;
    Ref<> current_;
  };

  explicit Each(Ref<> iterator) noexcept : iterator_(std::move(iterator)) {}
  [[nodiscard]] Cursor begin() const { return Cursor(*iterator_); }
  [[nodiscard]] std::default_sentinel_t end() const noexcept { return {}; }

 private:
  Ref<> iterator_;
};

/// `for (const Ref<>& item : each(iterable))`. TypeError "'int' object is not iterable".
template <class T>
[[nodiscard]] Each each(const Ref<T>& iterable) {
  return Each(iterate(*iterable));
}

}  // namespace ouro

/// Python's hash, so that handles are keys of unordered containers. TypeError "unhashable type: 'list'".
template <class T>
struct std::hash<ouro::Ref<T>> {
  [[nodiscard]] std::size_t operator()(const ouro::Ref<T>& ref) const {
    return ref ? static_cast<std::size_t>(ouro::hash(*ref)) : 0;
  }
};
