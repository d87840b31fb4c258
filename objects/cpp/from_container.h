// How a container becomes a C++ container, a tuple or a variant.
//
// Law conversion-owns: converting an element may run its methods (`__index__`, `__float__`, `__hash__`), which may change or
// drop anything. So the object that is walked and the element at hand are held, and the result owns what it is filled with.
#pragma once

#include <ouro/objects/containers/dict.h>
#include <ouro/objects/containers/list.h>
#include <ouro/objects/containers/tuple.h>
#include <ouro/objects/cpp/from_object.h>

#include <map>
#include <optional>
#include <string>
#include <tuple>
#include <unordered_map>
#include <utility>
#include <variant>
#include <vector>

namespace ouro::detail {

/// TypeError "must be tuple of length 2, not 3".
[[noreturn, gnu::cold]] void refuse_length(std::size_t expected, std::size_t given);
/// Raises `error` again, with where it happened in front, if the value was refused: "[3]: ...", "'key': ...". Whatever else
/// happened goes on as it is.
[[noreturn, gnu::cold]] void raise_at(const Error& error, std::string_view where);
[[noreturn, gnu::cold]] void raise_at_index(const Error& error, std::size_t index);
[[noreturn, gnu::cold]] void raise_at_key(const Error& error, Object& key);

/// An iterator's elements as a list, because they can be had only once; any other object itself.
[[nodiscard]] Ref<> repeatable(Object& object);

/// The elements of a container that is filled by a conversion.
template <class... T>
consteval void expect_owning() {
  static_assert(
      (!kBorrows<T> && ...),
      "Ouroboros: the elements may die once they are converted; take std::string or Ref<> instead of a view or pointer");
}

template <class T>
struct From<std::vector<T>> {
  static std::vector<T> convert(Object& object) {
    expect_owning<T>();
    if (is<Str>(object)) refuse_type("list", object);
    std::vector<T> result;
    const Ref<> iterator = iterate(object);
    while (const Ref<> element = next(*iterator)) {
      try {
        result.push_back(From<T>::convert(*element));
      } catch (const Error& error) {
        raise_at_index(error, result.size());
      }
    }
    return result;
  }
};

/// Converting keys and values may run their methods, which may change the dict: it and the entry at hand are held.
template <class M>
struct FromMap {
  static M convert(Object& object) {
    expect_owning<typename M::key_type, typename M::mapped_type>();
    M result;
    const Ref<Dict> dict = share(From<Dict&>::convert(object));
    for (const DictItem item : *dict) {
      const Ref<> key = share(item.key), value = share(item.value);
      try {
        result.insert_or_assign(From<typename M::key_type>::convert(*key), From<typename M::mapped_type>::convert(*value));
      } catch (const Error& error) {
        raise_at_key(error, *key);
      }
    }
    return result;
  }
};
template <class... A>
struct From<std::map<A...>> : FromMap<std::map<A...>> {};
template <class... A>
struct From<std::unordered_map<A...>> : FromMap<std::unordered_map<A...>> {};

template <class T, std::size_t... kIndexes>
[[nodiscard]] T tuple_from_parts(const Tuple& parts, std::index_sequence<kIndexes...>) {
  expect_owning<std::tuple_element_t<kIndexes, T>...>();
  return T{From<std::tuple_element_t<kIndexes, T>>::convert(*parts.items[kIndexes])...};
}
template <TupleLike T>
struct From<T> {
  static T convert(Object& object) {
    const Ref<Tuple> parts =
        is<Tuple>(object) ? share(static_cast<Tuple&>(object)) : tuple_from(From<List&>::convert(object));
    constexpr std::size_t kSize = std::tuple_size_v<T>;
    if (parts->size != kSize) refuse_length(kSize, parts->size);
    return tuple_from_parts<T>(*parts, std::make_index_sequence<kSize>());
  }
};

/// The first alternative that fits. If none does because a number is too large for one, that is the error.
template <class... A>
struct From<std::variant<A...>> {
  static std::variant<A...> convert(Object& object) {
    Trial trial{.object = share(object)};
    static_cast<void>((try_one<A>(trial) || ...));
    if (trial.result) return *std::move(trial.result);
    if (trial.overflow) throw *trial.overflow;
    refuse_type("of one of several other types", object);
  }

 private:
  struct Trial {
    Ref<> object;
    std::optional<std::variant<A...>> result = {};
    std::optional<Error> overflow = {};
  };

  template <class T>
  static bool try_one(Trial& trial) {
    if (refusal<T>(*trial.object) == ErrorKind::kTypeError) return false;
    if constexpr (kIs<T, std::vector>) trial.object = repeatable(*trial.object);
    try {
      trial.result.emplace(std::in_place_type<T>, From<T>::convert(*trial.object));
    } catch (const Error& error) {
      if (error.is(ErrorKind::kOverflowError)) {
        trial.overflow = error;
      } else if (!error.is(ErrorKind::kTypeError)) {
        throw;
      }
    }
    return trial.result.has_value();
  }
};

}  // namespace ouro::detail
