// Conversion between C++ values and objects.
//
//   C++                                         object
//   bool, integers, floating point              bool, int, float
//   std::string, string_view, const char*       str; char8_t as well, and std::filesystem::path, to an object only
//   nullptr, std::nullopt, an empty Ref         None; any pointer that is null, to an object only
//   Ref<T>, T&, T* of an object type            the object itself
//   std::optional<T>                            None or T
//   std::vector<T>, other ranges                list
//   std::map<K, V>, std::unordered_map<K, V>    dict
//   std::pair, std::tuple                       tuple
//   std::variant<...>                           what it holds; the first alternative that fits
//   T& of a class_<T>                           the value inside the object
//
// `from_object` raises TypeError or OverflowError and says where and why: "[3]: Python int too large to convert to C int". A
// str with a zero in it is no `const char*`: ValueError "embedded null character".
//
// A conversion may run methods of the objects: `__index__`, `__float__`, `__iter__`. So containers own what they are filled
// with: std::vector<std::string_view> or std::pair<T*, int> does not compile.
#pragma once

#include <ouro/objects/cpp/from_container.h>
#include <ouro/objects/cpp/to_object.h>

#include <initializer_list>
#include <optional>

namespace ouro {

/// The object for a C++ value. Throws MemoryError; UnicodeDecodeError for text that is not UTF-8.
template <class V>
[[nodiscard]] Ref<> to_object(Builtins& builtins, V&& value) {
  return detail::to_object(builtins, value);
}

/// The C++ value of an object. What borrows (T&, T*, string_view) is valid while the object lives.
template <class T>
[[nodiscard]] T from_object(Object& object) {
  return detail::From<T>::convert(object);
}
template <class T, class U>
[[nodiscard]] T from_object(const Ref<U>& object) {
  return detail::From<T>::convert(usable(object));
}
/// What borrows is not taken from a handle that dies at once: keep the handle, or take a value or a Ref.
template <class T, class U>
requires detail::kBorrows<T> T from_object(Ref<U>&& object)
= delete;

/// The same, but a failure if the object is of another type or its value does not fit (attempt.h): without a C++ exception
/// where T is a number, a text or a handle, or an optional of these, and the object is of a built-in type.
template <class T>
Outcome<T> try_from_object(Object& object) {
  if (const std::optional<ErrorKind> refused = detail::refusal<T>(object))
    return Failure(error_type(*refused), detail::explain_refusal<T>, share(object));
  return detail::attempt(heap_of(object), [&]() -> T { return detail::From<T>::convert(object); });
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
  requires(!std::same_as<std::remove_cvref_t<T>, Value>) Value(const T& value)
  noexcept
      : value_(&value), convert_([](Builtins& builtins, const void* from) {
          return detail::to_object(builtins, *static_cast<const T*>(from));
        }) {}

  [[nodiscard]] Ref<> make(Builtins& builtins) const { return convert_(builtins, value_); }

 private:
  const void* value_;
  Ref<> (*convert_)(Builtins&, const void*);
};

/// One entry of a dict that is written down: `{"id", 7}`.
struct DictEntry {
  Value key;
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
