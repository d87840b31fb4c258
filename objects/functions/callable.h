// From a C++ callable to what a Function object does: counting, converting and passing arguments. See function.h.
#pragma once

#include <ouro/base/owned.h>
#include <ouro/objects/core/attempt.h>
#include <ouro/objects/cpp/from_container.h>
#include <ouro/objects/cpp/state_life.h>
#include <ouro/objects/cpp/to_object.h>
#include <ouro/objects/functions/function_layout.h>

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
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

/// Says that a callable holds nothing of the runtime. See `holds_no_refs`.
template <class F>
struct NoRefs {
  Owned<F> function;  ///< apart, for what it captured may throw when it is moved: a const std::string

  template <class... A>
  decltype(auto) operator()(A&&... arguments) {
    return (*function)(std::forward<A>(arguments)...);
  }
  static constexpr std::tuple<> edges{};
};
template <class F>
struct Signature<NoRefs<F>> : Signature<F> {};

/// A parameter that may be missing, whatever its type: None is a value like any other.
template <class T>
struct Given : std::optional<T> {};

/// A struct that lies in the object of a class_<T>, where a `const T&` refers to it.
template <class T>
concept NativeParameter = NativeLike<T> && !ConvertsFromObject<T> && !kBorrows<T> && !kIs<T, Given> &&
                          !std::same_as<T, Builtins> && !std::same_as<T, Arguments>;

/// Where the argument for a parameter that may be missing is held.
template <class T>
struct MaybePlace {
  T value{};
  bool is_filled = false;

  [[nodiscard]] explicit operator bool() const noexcept { return is_filled; }
  [[nodiscard]] T& operator*() noexcept { return value; }
};

/// How the argument for a parameter of type P is held until the call: object types and native classes by reference, all
/// others by value. In a property a missing argument means that it is read, so None is an argument like any other.
template <class P, bool kProperty>
struct Held {
  using Plain = std::remove_cvref_t<P>;
  static constexpr bool kByReference = std::is_lvalue_reference_v<P> && (!std::is_const_v<std::remove_reference_t<P>> ||
                                                                         ObjectType<Plain> || NativeParameter<Plain>);
  using Type = std::conditional_t<kByReference, P, Plain>;
  static constexpr bool kBuiltins = std::same_as<Plain, Builtins>;
  static constexpr bool kRest = std::same_as<Plain, Arguments>;
  static constexpr bool kOptional = kIs<Plain, std::optional> || kIs<Plain, Given>;
  /// Empty until it is converted.
  using Place = std::conditional_t<kOptional, MaybePlace<Plain>, Converted<Type>>;

  /// Fills the place; it stays empty if that fails.
  static void convert(Place& place, Object* argument) {
    if constexpr (kOptional) {
      using Inner = std::remove_reference_t<decltype(*std::declval<Plain&>())>;
      constexpr bool kNoneIsValue = kIs<Plain, Given> || kProperty;
      place.is_filled = argument == nullptr || (!kNoneIsValue && is_none(*argument));
      if (place.is_filled) return;
      Converted<Inner> made = convert_or_fail<Inner>(*argument);
      place.is_filled = static_cast<bool>(made);
      if (made) place.value.emplace(taken<Inner>(std::move(made)));
    } else {
      place = convert_or_fail<Type>(*argument);
    }
  }
  [[nodiscard]] static P&& pass(Place& place) noexcept { return std::forward<P>(*place); }
};

/// The behaviour of functions that call an F and keep `kKept` objects for its first parameters.
template <class F, std::size_t kKept, bool kProperty = false>
class BehaviourOf {
  using Parameters = typename Signature<F>::Parameters;
  using Result = typename Signature<F>::Result;
  static constexpr std::size_t kParameters = std::tuple_size_v<Parameters>;
  static constexpr auto kAll = std::make_index_sequence<kParameters>();

  template <std::size_t I>
  using HeldAt = Held<std::tuple_element_t<I, Parameters>, kProperty>;

  static_assert(
      std::is_trivially_destructible_v<F> || Members<F>::kKnown,
      "Ouroboros: this callable captures something with a destructor, where a Ref could hide from the collector. Hand the "
      "objects it needs to make_function behind the callable, make_function(builtins, name, callable, ref...): they become "
      "its first arguments. Or make it a struct with a call operator and `static constexpr std::tuple edges{...}`. If it "
      "captures no Ref, but a std::string, say so: ouro::holds_no_refs([text] {...}).");

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

  /// What is left over for a callable that takes that.
  struct NoRest {};
  using Rest = std::conditional_t<kPlaces.rest, Arguments, NoRest>;
  using Placed = std::array<Object*, kMost + 1>;

  /// Puts the arguments where the parameters are. False: noted as a failure.
  [[nodiscard, gnu::noinline]] static bool bind(Function& function, const Arguments& arguments, Placed& given,
                                                [[maybe_unused]] Rest& rest) {
    given.fill(nullptr);
    const std::span<Object*> places(given.data(), kMost);
    if constexpr (kPlaces.rest) {
      return bind_arguments(function, arguments, places, true, rest);
    } else {
      Arguments none{};
      return bind_arguments(function, arguments, places, false, none);
    }
  }

  /// Fills the place of one parameter. False: noted as a failure.
  template <std::size_t I>
  [[nodiscard, gnu::always_inline]] static bool fill(Function& function, [[maybe_unused]] Object* const* given,
                                                     [[maybe_unused]] const Rest& rest, [[maybe_unused]] bool& refused,
                                                     typename HeldAt<I>::Place& place) {
    if constexpr (HeldAt<I>::kBuiltins) {
      place = &builtins_of(function);
    } else if constexpr (HeldAt<I>::kRest) {
      place = rest;
    } else if constexpr (kPlaces.at[I] < kKept) {
      HeldAt<I>::convert(place, function.first[kPlaces.at[I]]);
    } else {
      constexpr std::size_t kPosition = kPlaces.at[I] - kKept;
      HeldAt<I>::convert(place, given[kPosition]);
      if (!place) [[unlikely]]
        refused = fail_at_argument(function, kPosition, *given[kPosition]);
    }
    return static_cast<bool>(place);
  }

  /// Calls the callable with what was given, converted.
  template <std::size_t... I>
  [[gnu::always_inline]] static Ref<> invoke(Function& function, [[maybe_unused]] Object* const* given,
                                             [[maybe_unused]] const Rest& rest, [[maybe_unused]] bool& refused,
                                             std::index_sequence<I...>) {
    std::tuple<typename HeldAt<I>::Place...> places;
    if (!(fill<I>(function, given, rest, refused, std::get<I>(places)) && ...)) [[unlikely]]
      return {};
    F& callable = *static_cast<F*>(function.state());
    if constexpr (std::is_void_v<Result>) {
      callable(HeldAt<I>::pass(std::get<I>(places))...);
      return make_none(builtins_of(function));
    } else if constexpr (RefLike<Result>) {
      const FailureMark mark(heap_of(function).failures);
      Ref<> result = callable(HeldAt<I>::pass(std::get<I>(places))...);
      if (!result && !mark.failed()) result = make_none(builtins_of(function));
      return result;
    } else if constexpr (kIs<Result, Outcome>) {
      Result result = callable(HeldAt<I>::pass(std::get<I>(places))...);
      if (result.failed()) return pass_on(heap_of(function), std::move(result.failure()));
      return object_of_result(builtins_of(function), *std::move(result));
    } else {
      return object_of_result(builtins_of(function), callable(HeldAt<I>::pass(std::get<I>(places))...));
    }
  }

  /// In one piece, for it stands in the way of every call: nothing is made that most calls do not need.
  static Ref<> call(Function& function, const Arguments& arguments, bool& refused) {
    const FailureMark mark(heap_of(function).failures);
    try {
      Placed placed;
      Rest rest;
      Object* const* given = arguments.positional.data();
      if (kPlaces.rest || arguments.positional.size() != kMost || !arguments.keyword_names.empty()) [[unlikely]] {
        refused = !bind(function, arguments, placed, rest);
        if (refused) return {};
        given = placed.data();
      }
      return invoke(function, given, rest, refused, kAll);
    } catch (const Error& error) {
      return fail_thrown(heap_of(function), mark, error);
    } catch (...) {
      return fail_thrown(heap_of(function), mark);
    }
  }

 public:
  static constexpr auto build = StateLife<F>::build;
  static constexpr FunctionBehaviour kBehaviour = with_life<F>(FunctionBehaviour{
      .call = call,
      .state_bytes = std::is_empty_v<F> ? 0 : static_cast<std::uint32_t>(sizeof(F)),
      .required = static_cast<std::uint16_t>(kRequired),
      .most = static_cast<std::uint16_t>(kMost),
      .rest = kPlaces.rest,
  });
};

}  // namespace ouro::detail

namespace ouro {

/// `callable`, said to hold no reference to an object: the collector does not look into it. For lambdas that capture plain
/// C++ values with a destructor, such as a std::string. A Ref inside is a cycle that can leak. Throws std::bad_alloc.
template <class F>
[[nodiscard]] detail::NoRefs<F> holds_no_refs(F callable) {
  return {make_owned<F>(std::move(callable))};
}

}  // namespace ouro
