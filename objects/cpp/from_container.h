// How a container becomes a C++ container, a tuple or a variant.
//
// Law conversion-owns: converting an element may run its methods (`__index__`, `__float__`, `__hash__`), which may change or
// drop anything. So the object that is walked and the element at hand are held, and the result owns what it is filled with.
#pragma once

#include <ouro/base/standard/range.h>
#include <ouro/objects/containers/dict.h>
#include <ouro/objects/containers/list.h>
#include <ouro/objects/containers/tuple.h>
#include <ouro/objects/cpp/from_object.h>

#include <array>
#include <concepts>
#include <optional>
#include <string>
#include <tuple>
#include <utility>
#include <variant>

namespace ouro::detail {

/// Walks the elements of an iterable for a conversion. Each is held until the next is asked for.
class Elements {
 public:
  /// A str is refused, "must be list, not str", and so is what cannot be walked: then `failed`.
  explicit Elements(Object& iterable);
  /// Borrowed; null at the end and after a failure.
  [[nodiscard]] Object* next();
  [[nodiscard]] bool failed() const noexcept { return failed_; }

 private:
  enum class Sort : std::uint8_t { kList, kTuple, kIterator };

  Ref<> source_;
  Ref<> current_;
  std::size_t position_ = 0;
  Sort sort_ = Sort::kIterator;
  bool failed_ = false;
};

/// An iterator's elements as a list, because they can be had only once; any other object itself.
[[nodiscard]] Ref<> repeatable(Object& object);

/// The elements of a container that is filled by a conversion.
template <class... T>
consteval void expect_owning() {
  static_assert(
      (!kBorrows<T> && ...),
      "Ouroboros: the elements may die once they are converted; take std::string or Ref<> instead of a view or pointer");
}

/// std::vector, deque, list, and whatever else is filled from the front to the back.
template <class T>
concept SequenceLike = RangeLike<T> && !ConvertsFromObject<T> && std::default_initializable<T> &&
                       requires(T & sequence, std::ranges::range_value_t<T> element) {
  sequence.push_back(std::move(element));
};
template <class T>
concept FillableMap = MapLike<T> && !MultiMapLike<T> && !ConvertsFromObject<T> && std::default_initializable<T> &&
                      requires(T & map, typename T::key_type key, typename T::mapped_type value) {
  map.insert_or_assign(std::move(key), std::move(value));
};

template <SequenceLike T>
struct From<T> : Throwing<T> {
  static std::optional<T> try_convert(Object& object) {
    using Element = std::ranges::range_value_t<T>;
    expect_owning<Element>();
    Heap& heap = heap_of(object);
    std::optional<T> result(std::in_place);
    std::size_t size = 0;
    Elements elements(object);
    while (Object* const element = elements.next()) {
      Converted<Element> made = convert_or_fail<Element>(*element);
      if (!made) [[unlikely]]
        return fail_at_index(heap, size), std::nullopt;
      result->push_back(taken<Element>(std::move(made)));
      ++size;
    }
    if (elements.failed()) return {};
    return result;
  }
};

template <class T, std::size_t kSize>
struct From<std::array<T, kSize>> : Throwing<std::array<T, kSize>> {
  static std::optional<std::array<T, kSize>> try_convert(Object& object) {
    expect_owning<T>();
    Heap& heap = heap_of(object);
    std::array<std::optional<T>, kSize> made;
    std::size_t size = 0;
    Elements elements(object);
    while (Object* const element = elements.next()) {
      if (size < kSize && !(made[size] = convert_or_fail<T>(*element))) return fail_at_index(heap, size), std::nullopt;
      ++size;
    }
    if (elements.failed()) return {};
    if (size != kSize) return fail_length(object, "sequence", kSize, size), std::nullopt;
    return [&]<std::size_t... I>(std::index_sequence<I...>) {
      return std::optional<std::array<T, kSize>>({*std::move(made[I])...});
    }
    (std::make_index_sequence<kSize>());
  }
};

/// Converting keys and values may run their methods, which may change the dict: it and the entry at hand are held.
template <FillableMap M>
struct From<M> : Throwing<M> {
  using Key = typename M::key_type;
  using Mapped = typename M::mapped_type;

  static std::optional<M> try_convert(Object& object) {
    expect_owning<Key, Mapped>();
    Heap& heap = heap_of(object);
    Dict* const found = From<Dict&>::try_convert(object);
    if (found == nullptr) return {};
    std::optional<M> result(std::in_place);
    const Ref<Dict> dict = share(*found);
    for (const DictItem item : *dict) {
      const Ref<> key = share(item.key), value = share(item.value);
      Converted<Key> made_key = convert_or_fail<Key>(*key);
      if (!made_key) return fail_at_key(heap, *key), std::nullopt;
      Converted<Mapped> made = convert_or_fail<Mapped>(*value);
      if (!made) return fail_at_key(heap, *key), std::nullopt;
      result->insert_or_assign(taken<Key>(std::move(made_key)), taken<Mapped>(std::move(made)));
    }
    return result;
  }
};

template <TupleLike T>
struct From<T> : Throwing<T> {
  static constexpr std::size_t kSize = std::tuple_size_v<T>;

  static std::optional<T> try_convert(Object& object) { return convert_parts(object, std::make_index_sequence<kSize>()); }

 private:
  template <std::size_t... I>
  static std::optional<T> convert_parts(Object& object, std::index_sequence<I...>) {
    expect_owning<std::tuple_element_t<I, T>...>();
    [[maybe_unused]] Heap& heap = heap_of(object);
    const Ref<Tuple> parts = parts_of(object);
    if (!parts) return {};
    if (parts->size != kSize) return fail_length(object, "tuple", kSize, parts->size), std::nullopt;
    std::tuple<Converted<std::tuple_element_t<I, T>>...> made;
    [[maybe_unused]] const auto convert_part = [&]<class E>(Converted<E>& part, std::type_identity<E>, std::size_t i) {
      part = convert_or_fail<E>(*parts->items[i]);
      if (!part) fail_at_index(heap, i);
      return static_cast<bool>(part);
    };
    if (!(convert_part(std::get<I>(made), std::type_identity<std::tuple_element_t<I, T>>(), I) && ...)) return {};
    return std::optional<T>(std::in_place, taken<std::tuple_element_t<I, T>>(std::move(std::get<I>(made)))...);
  }
  static Ref<Tuple> parts_of(Object& object) {
    if (is<Tuple>(object)) return share(static_cast<Tuple&>(object));
    List* const list = From<List&>::try_convert(object);
    return list != nullptr ? tuple_from(*list) : Ref<Tuple>();
  }
};

/// The first alternative that fits. If none does because a number is too large for one, that is the error.
template <class... A>
struct From<std::variant<A...>> : Throwing<std::variant<A...>> {
  static std::optional<std::variant<A...>> try_convert(Object& object) {
    Heap& heap = heap_of(object);
    Trial trial{heap, share(object)};
    static_cast<void>((try_one<A>(trial) || ...));
    if (trial.result || trial.stopped) return std::move(trial.result);
    if (trial.overflow) return static_cast<void>(fail(heap, *std::move(trial.overflow))), std::nullopt;
    fail_must_be<Several>(object);
    return {};
  }

 private:
  /// For the text of the error alone.
  struct Several : Object {
    static constexpr std::string_view kErrorName = "of one of several other types";
  };
  struct Trial {
    Heap& heap;
    Ref<> object;
    std::optional<std::variant<A...>> result = {};
    std::optional<Failure> overflow = {};
    bool stopped = false;  ///< by a failure that is no matter of types
  };

  template <class T>
  static bool try_one(Trial& trial) {
    if (is_refused<T>(*trial.object)) return false;
    if constexpr (SequenceLike<T>) trial.object = repeatable(*trial.object);
    if (Converted<T> made = convert_or_fail<T>(*trial.object)) {
      trial.result.emplace(std::in_place_type<T>, taken<T>(std::move(made)));
      return true;
    }
    Failure failure = trial.heap.failures.take();
    if (failure.is(ErrorKind::kOverflowError)) {
      trial.overflow = std::move(failure);
    } else if (!failure.is(ErrorKind::kTypeError) && failure.explain() == nullptr) {
      static_cast<void>(fail(trial.heap, std::move(failure)));
      trial.stopped = true;
    }
    return trial.stopped;
  }
};

}  // namespace ouro::detail
