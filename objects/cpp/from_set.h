// How a set or frozenset becomes a C++ set, and how a C++ set becomes a set.
//
// Law conversion-owns (from_container.h): converting an element may run its methods, which may change the set.
#pragma once

#include <ouro/objects/cpp/convert.h>
#include <ouro/objects/sets/set.h>

#include <concepts>
#include <set>
#include <unordered_set>

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

template <class S>
struct FromSet {
  static S convert(Object& object) {
    using Element = typename S::key_type;
    expect_owning<Element>();
    S result;
    const Ref<AnySet> set = share(From<AnySet&>::convert(object));
    for (Object& each : *set) {
      const Ref<> element = share(each);
      try {
        result.insert(From<Element>::convert(*element));
      } catch (const Error& error) {
        raise_at_key(error, *element);
      }
    }
    return result;
  }
};
template <class... A>
struct From<std::set<A...>> : FromSet<std::set<A...>> {};
template <class... A>
struct From<std::unordered_set<A...>> : FromSet<std::unordered_set<A...>> {};

}  // namespace ouro::detail
