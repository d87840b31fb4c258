// Conversion between C++ values and objects.
//
//   C++                                         object
//   bool, integers, floating point              bool, int, float
//   std::string, string_view, const char*       str; char8_t as well, to an object only
//   char                                        a str of one ASCII character
//   nullptr, std::nullopt, an empty Ref         None; any pointer that is null, to an object only
//   Ref<T>, T&, T* of an object type            the object itself
//   std::optional<T>                            None or T
//   std::vector<T>, deque, list, other ranges   list; back from any iterable but a str
//   std::array<T, N>                            list; back from an iterable of N elements
//   std::map<K, V>, std::unordered_map<K, V>    dict
//   std::pair, std::tuple                       tuple; back from a list, too
//   std::set, std::unordered_set                set (from_set.h); std::complex: complex (from_complex.h)
//   std::variant<...>                           what it holds; the first alternative that fits
//   std::chrono durations, time points          float: seconds, since the epoch of the clock; back from an int, too
//   std::filesystem::path                       str; back from what has __fspath__, too
//   an enum with EnumNames<E>                   the str of the enumerator's name (conversion.h)
//   T with a Conversion<T>                      what that says (conversion.h)
//   T of a class_<T>                            a new object that holds a copy; back a copy
//   T& of a class_<T>                           the value inside the object
//
// `from_object` raises TypeError, OverflowError or ValueError and says where and why: "[3]: Python int too large to convert
// to C int". A str with a zero in it is no `const char*`: ValueError "embedded null character".
//
// A conversion may run methods of the objects: `__index__`, `__float__`, `__iter__`. So containers own what they are filled
// with: std::vector<std::string_view> or std::pair<T*, int> does not compile.
#pragma once

#include <ouro/base/owned.h>
#include <ouro/objects/cpp/from_container.h>
#include <ouro/objects/cpp/to_object.h>
#include <ouro/objects/text/intern.h>

#include <concepts>
#include <initializer_list>
#include <string_view>
#include <type_traits>
#include <utility>

namespace ouro {

/// The object for a C++ value. What is moved from, a struct of a class_<T> or what a std::unique_ptr holds, is moved into
/// the object. Throws MemoryError; UnicodeDecodeError for text that is not UTF-8.
template <class V>
[[nodiscard]] Ref<> to_object(Builtins& builtins, V&& value) {
  return detail::object_of_result(builtins, std::forward<V>(value));
}

/// The C++ value of an object. What borrows (T&, T*, string_view) is valid while the object lives.
template <class T>
[[nodiscard]] T from_object(Object& object) {
  return detail::convert_or_throw<T>(object);
}
template <class T, class U>
[[nodiscard]] T from_object(const Ref<U>& object) {
  return detail::convert_or_throw<T>(usable(object));
}
/// What borrows is not taken from a handle that dies at once: keep the handle, or take a value or a Ref.
template <class T, class U>
requires detail::kBorrows<T> T from_object(Ref<U>&& object)
= delete;

namespace detail {
/// What a conversion says that is certain to be refused.
template <class T>
[[nodiscard]] Error explain_refusal(const Failure& failure) {
  Heap& heap = heap_of(*failure.subject());
  if (convert_or_fail<T>(*failure.subject())) return {ErrorKind::kSystemError, "a conversion that was refused succeeds"};
  return heap.failures.take().error();
}
}  // namespace detail

/// The same, but a failure if the object is of another type or its value does not fit (attempt.h), without a C++ exception
/// and without a text until somebody asks for it.
template <class T>
Outcome<T> try_from_object(Object& object) {
  if (detail::is_refused<T>(object))
    return Failure(error_type(ErrorKind::kTypeError), detail::explain_refusal<T>, share(object));
  Heap& heap = heap_of(object);
  return detail::outcome_of(heap, [&]() -> Outcome<T> {
    detail::Converted<T> made = detail::convert_or_fail<T>(object);
    if (made) [[likely]]
      return detail::taken<T>(std::move(made));
    return Outcome<T>(heap.failures);
  });
}
template <class T, class U>
requires(!detail::kBorrows<T>) Outcome<T> try_from_object(const Ref<U>& object) {
  const Ref<> held = share(usable(object));
  return try_from_object<T>(*held);
}

/// Any C++ value on its way into an object. Refers to it, so it lives no longer than the expression it stands in.
class Value {
 public:
  template <class T>
  requires(!std::derived_from<std::remove_cvref_t<T>, Value>) Value(const T& value)
  noexcept
      : Value(&value, [](Builtins& builtins, const void* from) {
          return detail::to_object(builtins, *static_cast<const T*>(from));
        }) {}

  [[nodiscard]] Ref<> make(Builtins& builtins) const { return convert_(builtins, value_); }

 protected:
  using Convert = Ref<> (*)(Builtins&, const void*);
  Value(const void* value, Convert convert) noexcept : value_(value), convert_(convert) {}

 private:
  const void* value_;
  Convert convert_;
};

/// A key that is written down. A text is interned: the same few keys are written over and over.
class KeyValue : public Value {
 public:
  template <class T>
  requires(!std::derived_from<std::remove_cvref_t<T>, Value>) KeyValue(const T& value)
  noexcept
      : Value(&value, [](Builtins& builtins, const void* from) -> Ref<> {
          if constexpr (detail::TextLike<T>) {
            return intern(builtins, std::string_view(*static_cast<const T*>(from)));
          } else {
            return detail::to_object(builtins, *static_cast<const T*>(from));
          }
        }) {}
};

/// One entry of a dict that is written down: `{"id", 7}`.
struct DictEntry {
  KeyValue key;
  Value value;
};

/// The dict of these entries, in order; a later one replaces an earlier one with an equal key.
[[nodiscard]] Ref<Dict> dict_of(Builtins& builtins, std::initializer_list<DictEntry> entries);

/// The tuple of these objects. SystemError if a handle is empty.
template <class... T>
[[nodiscard]] Ref<Tuple> make_tuple(Builtins& builtins, const Ref<T>&... items) {
  Object* const objects[sizeof...(T) + 1] = {&usable(items)..., nullptr};
  return make_tuple(builtins, std::span<Object* const>(objects, sizeof...(T)));
}

}  // namespace ouro
