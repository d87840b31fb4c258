// The operators of Python on handles.
//
//   doc["self"] = doc;      doc["a"]["b"]             items
//   foo.attr("x") = 5;      foo.attr("run")(1, 2)     attributes, methods
//   foo.attr("run")(1, "b"_a = 2)                     keywords
//   list[Slice{1, 3}]                                 slices
//   a == 5, a < b, a + b, a | b, -a, ~a, a += b       by Python's rules; a.is(b) for identity
//   floordiv(a, b), pow(a, b), divmod(a, b)           where C++ has no operator
//   for (Object& item : list), for (auto [key, value] : dict)       held until the next one
//   for (Ref<> item : each(anything))                               by the iterator protocol
//
// What stands on the other side may be any C++ value that convert.h knows. Every operator may throw ouro::Error. An empty
// handle has none of them but == and != (two empty handles are equal): SystemError "null argument to internal routine". A
// handle whose runtime is gone has none at all: ReferenceError.
//
// Law handle-held: an operator holds its objects while it runs, and a loop its container and the entry at hand, for the code
// that they call may drop the handle.
#pragma once

#include <ouro/base/standard/range.h>
#include <ouro/objects/containers/dict.h>
#include <ouro/objects/containers/list.h>
#include <ouro/objects/core/handle_operators.h>
#include <ouro/objects/core/place.h>
#include <ouro/objects/core/protocol.h>
#include <ouro/objects/core/ptr.h>

#include <cstddef>
#include <string_view>
#include <utility>

namespace ouro {

// ---- Loops ----

namespace detail {

/// A loop over a list that a handle names. It sees items appended meanwhile, as `ListCursor` does.
class HeldListCursor {
 public:
  using difference_type = std::ptrdiff_t;
  using value_type = Object;

  explicit HeldListCursor(List& list) noexcept : list_(share(list)) { hold_item(); }
  [[nodiscard]] Object& operator*() const noexcept { return *item_; }
  HeldListCursor& operator++() noexcept {
    ++position_;
    hold_item();
    return *this;
  }
  void operator++(int) noexcept { ++*this; }
  [[nodiscard]] bool operator==(std::default_sentinel_t) const noexcept { return !item_; }

 private:
  void hold_item() noexcept { item_ = position_ < list_->size ? share(*list_->items[position_]) : Ref<>(); }

  Ref<List> list_;
  Ref<> item_;
  std::size_t position_ = 0;
};

/// A loop over a dict that a handle names. RuntimeError "dictionary changed size during iteration".
class HeldDictCursor {
 public:
  using difference_type = std::ptrdiff_t;
  using value_type = DictItem;

  explicit HeldDictCursor(Dict& dict) noexcept : dict_(share(dict)), cursor_(dict) { hold_entry(); }
  [[nodiscard]] DictItem operator*() const noexcept { return {*key_, *value_}; }
  HeldDictCursor& operator++() {
    ++cursor_;
    hold_entry();
    return *this;
  }
  void operator++(int) { ++*this; }
  [[nodiscard]] bool operator==(std::default_sentinel_t) const noexcept { return !key_; }

 private:
  void hold_entry() noexcept {
    const bool ended = cursor_ == std::default_sentinel;
    Ref<> key = ended ? Ref<>() : share((*cursor_).key);
    value_ = ended ? Ref<>() : share((*cursor_).value);
    key_ = std::move(key);
  }

  Ref<Dict> dict_;
  DictCursor cursor_;
  Ref<> key_, value_;
};

}  // namespace detail

/// The end of a loop is known to the cursor.
[[nodiscard]] inline detail::HeldListCursor begin(const Ref<List>& list) {
  return detail::HeldListCursor(static_cast<List&>(usable(list)));
}
[[nodiscard]] inline std::default_sentinel_t end(const Ref<List>&) noexcept { return {}; }
[[nodiscard]] inline detail::HeldDictCursor begin(const Ref<Dict>& dict) {
  return detail::HeldDictCursor(static_cast<Dict&>(usable(dict)));
}
[[nodiscard]] inline std::default_sentinel_t end(const Ref<Dict>&) noexcept { return {}; }

/// Walks any iterable. An input range of `Ref<>`.
class Each {
 public:
  class Cursor {
   public:
    using difference_type = std::ptrdiff_t;
    using value_type = Ref<>;

    explicit Cursor(Object& iterator) : iterator_(share(iterator)), current_(next(iterator)) {}
    [[nodiscard]] const Ref<>& operator*() const noexcept { return current_; }
    Cursor& operator++() {
      current_ = next(*iterator_);
      return *this;
    }
    void operator++(int) { ++*this; }
    [[nodiscard]] bool operator==(std::default_sentinel_t) const noexcept { return !current_; }

   private:
    Ref<> iterator_;
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
  const Ref<> held = share(usable(iterable));
  return Each(iterate(*held));
}
template <class Access>
[[nodiscard]] Each each(const Place<Access>& iterable) {
  const Ref<> held = iterable.to_ref();
  return Each(iterate(*held));
}

}  // namespace ouro

/// Python's hash, so that handles are keys of unordered containers. TypeError "unhashable type: 'list'".
template <class T>
struct std::hash<ouro::Ref<T>> {
  [[nodiscard]] std::size_t operator()(const ouro::Ref<T>& ref) const {
    if (!ref) return 0;
    const ouro::Ref<> held = ouro::share(ouro::usable(ref));
    return static_cast<std::size_t>(ouro::hash(*held));
  }
};
template <>
struct std::hash<ouro::Called> : std::hash<ouro::Ref<>> {};
