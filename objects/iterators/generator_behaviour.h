// What the generators of one C++ state have in common. See generator.h.
#pragma once

#include <ouro/base/error.h>
#include <ouro/objects/core/builtins.h>
#include <ouro/objects/cpp/state_life.h>
#include <ouro/objects/cpp/to_object.h>
#include <ouro/objects/model/ref.h>
#include <ouro/objects/model/visitor.h>

#include <concepts>
#include <cstdint>
#include <string>
#include <type_traits>
#include <utility>

namespace ouro {

/// Why a generator goes on, as its code sees it.
class Resumption {
 public:
  Resumption(Object& sent, const Error* error) noexcept : sent_(sent), error_(error) {}
  /// What `send` gave; None if it goes on by `next`. Borrowed.
  [[nodiscard]] Object& sent() const noexcept { return sent_; }
  /// What `throw` or `close` raise here; null if neither. Code that has seen it has handled it: to let it pass, throw it.
  [[nodiscard]] const Error* error() const noexcept {
    is_seen_ = true;
    return error_;
  }
  /// What the generator returns, if it ends now: `return how.finish(value);`.
  Ref<> finish(Object& value) noexcept {
    result_ = share(value);
    return {};
  }
  [[nodiscard]] Builtins& builtins() const noexcept { return builtins_of(sent_); }

  // ---- For generator.cpp ----

  [[nodiscard]] const Ref<>& result() const noexcept { return result_; }
  /// An error that nobody has asked for.
  [[nodiscard]] const Error* unseen() const noexcept { return is_seen_ ? nullptr : error_; }

 private:
  Object& sent_;
  const Error* error_;
  mutable bool is_seen_ = false;
  Ref<> result_;
};

namespace detail {

/// What a language above the library tells of its generators: `gi_code`, `gi_frame`, `gi_yieldfrom`.
enum class GeneratorPart : std::uint8_t { kCode, kFrame, kYieldFrom };

/// Constant, one for each type of state.
struct GeneratorBehaviour {
  Ref<> (*resume)(void* state, Resumption& how);
  void (*traverse)(const void* state, Visitor) noexcept = nullptr;  ///< null, as the next three: the state is plain
  void (*clear)(void* state) noexcept = nullptr;
  void (*destroy)(void* state) noexcept = nullptr;
  std::string (*edge_name)(const void* state, std::size_t number) = nullptr;
  /// What the generator says of its code; null, or empty: None.
  Ref<> (*part)(const void* state, GeneratorPart part) = nullptr;
  std::uint32_t state_bytes;
  bool sees_errors;  ///< its code takes a Resumption
};

/// The behaviour of generators whose state is an S.
template <class S>
class GeneratorOf {
  static constexpr bool kTakesResumption = std::is_invocable_v<S&, Resumption&>;

  static_assert(kTakesResumption || std::is_invocable_v<S&>,
                "Ouroboros: the state of a generator has a call operator that takes nothing, or a Resumption&");
  static_assert(std::is_trivially_destructible_v<S> || Members<S>::kKnown,
                "Ouroboros: the members of this state are unknown, so references in it would be invisible to the collector. "
                "Say `static constexpr std::tuple edges{&State::a, &State::b};` in it, or include <ouro/reflect.h>.");

  template <class R>
  static Ref<> yielded(Builtins& builtins, R value) {
    if constexpr (RefLike<R>) {
      return value;
    } else {
      static_assert(
          kIs<R, std::optional>,
          "Ouroboros: the call operator of a generator's state returns a Ref<> or a std::optional, empty at the end");
      return value ? to_object(builtins, *std::move(value)) : Ref<>();
    }
  }

  static Ref<> resume(void* state, Resumption& how) {
    S& self = *static_cast<S*>(state);
    if constexpr (kTakesResumption) {
      return yielded(how.builtins(), self(how));
    } else {
      return yielded(how.builtins(), self());
    }
  }

 public:
  static constexpr auto build = StateLife<S>::build;
  static constexpr GeneratorBehaviour kBehaviour = with_life<S>(GeneratorBehaviour{
      .resume = resume,
      .state_bytes = static_cast<std::uint32_t>(sizeof(S)),
      .sees_errors = kTakesResumption,
  });
};

}  // namespace detail

}  // namespace ouro
