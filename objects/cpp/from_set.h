// How a set or frozenset becomes a C++ set, and how a C++ set becomes a set.
//
// Law conversion-owns (from_container.h): converting an element may run its methods, which may change the set.
#pragma once

#include <ouro/objects/cpp/convert.h>
#include <ouro/objects/sets/set.h>

#include <concepts>
#include <optional>
#include <utility>

namespace ouro::detail {

/// A container that has each key once: std::set, std::unordered_set.
template <class T>
concept SetLike = RangeLike<T> && !MapLike<T> && requires(T & container, const typename T::key_type& key) {
  { container.insert(key).second } -> std::convertible_to<bool>;
};

/// The set of a SetLike's elements.
template <SetLike T>
[[nodiscard]] Ref<> set_of(Builtins& builtins, const T& elements) {
  Ref<Set> set = make_set(builtins, elements.size());
  for (const auto& element : elements) set->add(*to_object(builtins, element));
  return set;
}

/// One that a conversion can fill.
template <class T>
concept FillableSet = SetLike<T> && !ConvertsFromObject<T> && std::default_initializable<T> && std::movable<T>;

template <FillableSet S>
struct From<S> : Throwing<S> {
  static std::optional<S> try_convert(Object& object) {
    using Element = typename S::key_type;
    expect_owning<Element>();
    Heap& heap = heap_of(object);
    AnySet* const found = From<AnySet&>::try_convert(object);
    if (found == nullptr) return {};
    std::optional<S> result(std::in_place);
    const Ref<AnySet> set = share(*found);
    for (Object& each : *set) {
      const Ref<> element = share(each);
      Converted<Element> made = convert_or_fail<Element>(*element);
      if (!made) return fail_at_key(heap, *element), std::nullopt;
      result->insert(taken<Element>(std::move(made)));
    }
    return result;
  }
};

}  // namespace ouro::detail

namespace ouro {

template <detail::SetLike T>
struct Conversion<T> {
  static Ref<> to_object(Builtins& builtins, const T& elements) { return detail::set_of(builtins, elements); }
};

}  // namespace ouro
