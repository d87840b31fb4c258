// From a C++ callable to what a Function object does: counting, converting and passing arguments. See function.h.
#pragma once

#include <ouro/objects/core/attempt.h>
#include <ouro/objects/cpp/from_container.h>
#include <ouro/objects/cpp/member_names.h>
#include <ouro/objects/cpp/to_object.h>
#include <ouro/objects/functions/function_behaviour.h>

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <tuple>
#include <type_traits>
#include <utility>

namespace ouro::detail {

/// Result and parameters of a callable type.
template <class F>
struct Signature : Signature<decltype(&F::operator())> {};
template <class R, class... A>
struct Signature<R (*)(A...)> {
  using Result = R;
  using Parameters = std::tuple<A...>;
};
template <class R, class... A>
struct Signature<R (*)(A...) noexcept> : Signature<R (*)(A...)> {};
template <class C, class R, class... A>
struct Signature<R (C::*)(A...)> : Signature<R (*)(A...)> {};
template <class C, class R, class... A>
struct Signature<R (C::*)(A...) const> : Signature<R (*)(A...)> {};
template <class C, class R, class... A>
struct Signature<R (C::*)(A...) noexcept> : Signature<R (*)(A...)> {};
template <class C, class R, class... A>
struct Signature<R (C::*)(A...) const noexcept> : Signature<R (*)(A...)> {};

/// A parameter that may be missing, whatever its type: None is a value like any other.
template <class T>
struct Given : std::optional<T> {};

/// How the argument for a parameter of type P is held until the call: object types and native classes by reference, all
/// others by value. In a property a missing argument means that it is read, so None is an argument like any other.
template <class P, bool kProperty>
struct Held {
  using Plain = std::remove_cvref_t<P>;
  static constexpr bool kByReference =
      std::is_lvalue_reference_v<P> && (!std::is_const_v<std::remove_reference_t<P>> || ObjectType<Plain>);
  using Type = std::conditional_t<kByReference, P, Plain>;
  static constexpr bool kBuiltins = std::same_as<Plain, Builtins>;
  static constexpr bool kRest = std::same_as<Plain, Arguments>;
  static constexpr bool kOptional = kIs<Plain, std::optional> || kIs<Plain, Given>;

  static Type convert(Object* argument) {
    if constexpr (kIs<Plain, Given> || (kOptional && kProperty)) {
      using Inner = std::remove_reference_t<decltype(*std::declval<Plain&>())>;
      return argument == nullptr ? Plain{} : Plain{From<Inner>::convert(*argument)};
    } else if constexpr (kOptional) {
      return argument == nullptr ? Plain{} : From<Plain>::convert(*argument);
    } else {
      return From<Type>::convert(*argument);
    }
  }
};

/// The behaviour of functions that call an F and keep `kKept` objects for its first parameters.
template <class F, std::size_t kKept, bool kProperty = false>
class BehaviourOf {
  using Parameters = typename Signature<F>::Parameters;
  using Result = typename Signature<F>::Result;
  static constexpr std::size_t kParameters = std::tuple_size_v<Parameters>;
  static constexpr auto kAll = std::make_index_sequence<kParameters>();
  static constexpr bool kTrivial = std::is_trivially_destructible_v<F>;

  template <std::size_t I>
  using HeldAt = Held<std::tuple_element_t<I, Parameters>, kProperty>;

  static_assert(
      kTrivial || Members<F>::kKnown,
      "Ouroboros: this callable captures something with a destructor, where a Ref could hide from the collector. Hand the "
      "objects it needs to make_function behind the callable, make_function(builtins, name, callable, ref...): they become "
      "its first arguments. Or make it a struct with a call operator and `static constexpr std::tuple edges{...}`.");
  static_assert(std::is_nothrow_move_constructible_v<F> && alignof(F) <= 8);

  /// Which argument each parameter takes: kept ones first, then those of the call; Builtins and Arguments take none.
  struct Places {
    std::array<std::size_t, kParameters + 1> at{};
    std::size_t taken = 0;
    std::size_t required = 0;
    bool rest = false;
  };
  template <std::size_t... I>
  static constexpr Places find_places(std::index_sequence<I...>) {
    Places places;
    [[maybe_unused]] const auto place = [&](std::size_t i, bool takes, bool optional, bool rest) {
      places.at[i] = places.taken;
      places.rest = places.rest || rest;
      if (!takes) return;
      ++places.taken;
      if (!optional) places.required = places.taken;
    };
    (place(I, !HeldAt<I>::kBuiltins && !HeldAt<I>::kRest, HeldAt<I>::kOptional, HeldAt<I>::kRest), ...);
    return places;
  }
  static constexpr Places kPlaces = find_places(kAll);
  static_assert(kPlaces.taken >= kKept, "Ouroboros: the callable has fewer parameters than objects are to be kept for it");
  static constexpr std::size_t kMost = kPlaces.taken - kKept;
  static constexpr std::size_t kRequired = kPlaces.required > kKept ? kPlaces.required - kKept : 0;

  template <std::size_t I>
  static typename HeldAt<I>::Type argument(Function& function, [[maybe_unused]] Object* const* given,
                                           [[maybe_unused]] const Arguments& rest) {
    if constexpr (HeldAt<I>::kBuiltins) {
      return function_builtins(function);
    } else if constexpr (HeldAt<I>::kRest) {
      return rest;
    } else if constexpr (kPlaces.at[I] < kKept) {
      return HeldAt<I>::convert(function_kept(function)[kPlaces.at[I]]);
    } else {
      constexpr std::size_t kPosition = kPlaces.at[I] - kKept;
      try {
        return HeldAt<I>::convert(given[kPosition]);
      } catch (const Error& error) {
        raise_at_argument(function, kPosition, *given[kPosition], error);
      }
    }
  }

  template <std::size_t... I>
  static Ref<> invoke(Function& function, [[maybe_unused]] Object* const* given, [[maybe_unused]] const Arguments& rest,
                      std::index_sequence<I...>) {
    Heap& heap = function_heap(function);
    const FailureMark mark(heap.failures);
    try {
      std::tuple<typename HeldAt<I>::Type...> arguments{argument<I>(function, given, rest)...};
      F& callable = *static_cast<F*>(function_state(function));
      if constexpr (std::is_void_v<Result>) {
        callable(std::forward<std::tuple_element_t<I, Parameters>>(std::get<I>(arguments))...);
        return make_none(function_builtins(function));
      } else if constexpr (RefLike<Result>) {
        Ref<> result = callable(std::forward<std::tuple_element_t<I, Parameters>>(std::get<I>(arguments))...);
        return result || mark.failed() ? result : make_none(function_builtins(function));
      } else if constexpr (kIs<Result, Outcome>) {
        Result result = callable(std::forward<std::tuple_element_t<I, Parameters>>(std::get<I>(arguments))...);
        if (result.failed()) return fail(heap, std::move(result).failure());
        return to_object(function_builtins(function), *result);
      } else {
        return to_object(function_builtins(function),
                         callable(std::forward<std::tuple_element_t<I, Parameters>>(std::get<I>(arguments))...));
      }
    } catch (const Error& error) {
      mark.forget();
      return fail_caught(heap, error);
    } catch (...) {
      mark.forget();
      return fail_handled(heap);
    }
  }

  static Ref<> call(Function& function, const Arguments& arguments) {
    if (!kPlaces.rest && arguments.positional.size() == kMost && arguments.keyword_names.empty()) [[likely]]
      return invoke(function, arguments.positional.data(), {}, kAll);
    std::array<Object*, kMost + 1> given{};
    const Arguments rest = bind_arguments(function, arguments, {given.data(), kMost}, kPlaces.rest);
    return invoke(function, given.data(), rest, kAll);
  }

  struct Life {
    static void traverse(const void* state, Visitor visit) noexcept { visit_edges(*static_cast<const F*>(state), visit); }
    static void clear(void* state) noexcept { drop_edges(*static_cast<F*>(state)); }
    static void destroy(void* state) noexcept { static_cast<F*>(state)->~F(); }
    static std::string edge_name(const void* state, std::size_t number) {
      return name_of_edge(*static_cast<const F*>(state), number);
    }
  };
  /// Null for plain state: then there is nothing to see and nothing to end.
  static constexpr FunctionBehaviour with_life(FunctionBehaviour behaviour) {
    if constexpr (!kTrivial) {
      behaviour.traverse = Life::traverse;
      behaviour.clear = Life::clear;
      behaviour.destroy = Life::destroy;
      behaviour.edge_name = Life::edge_name;
    }
    return behaviour;
  }

 public:
  /// Makes the state out of the F at `from`, which is moved.
  static void build(void* state, void* from) noexcept { new (state) F(std::move(*static_cast<F*>(from))); }

  static constexpr FunctionBehaviour kBehaviour = with_life({
      .call = call,
      .state_bytes = std::is_empty_v<F> ? 0 : static_cast<std::uint32_t>(sizeof(F)),
      .required = static_cast<std::uint16_t>(kRequired),
      .most = static_cast<std::uint16_t>(kMost),
      .rest = kPlaces.rest,
  });
};

}  // namespace ouro::detail
