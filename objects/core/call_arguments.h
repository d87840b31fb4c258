// What stands between the parentheses of a call that C++ writes: values by position, then by keyword.
//
//   using namespace ouro::literals;
//   f(1, "b"_a = 2);      f(1, kw("b", 2));
#pragma once

#include <ouro/objects/cpp/convert.h>
#include <ouro/objects/model/type.h>
#include <ouro/objects/text/intern.h>

#include <array>
#include <cstddef>
#include <string_view>
#include <type_traits>
#include <utility>

namespace ouro {

/// An argument by keyword. Refers to the value, so it lives no longer than the call.
template <class T>
struct Keyword {
  std::string_view name;
  const T& value;
};
/// `name=value`.
template <class T>
[[nodiscard]] Keyword<T> kw(std::string_view name, const T& value) noexcept {
  return {name, value};
}

/// The name of an argument: `"b"_a = 2`.
struct KeywordName {
  std::string_view name;
  template <class T>
  [[nodiscard]] Keyword<T> operator=(const T& value) const noexcept {
    return {name, value};
  }
};
namespace literals {
[[nodiscard]] constexpr KeywordName operator""_a(const char* name, std::size_t size) noexcept { return {{name, size}}; }
}  // namespace literals

namespace detail {

template <class T>
inline constexpr bool kIsKeyword = kIs<T, Keyword>;

/// The arguments of a call as objects, held.
template <std::size_t kAll, std::size_t kKeywords>
class OwnedArguments {
 public:
  template <class... A>
  OwnedArguments(Builtins& builtins, const A&... arguments) {
    (add(builtins, arguments), ...);
    for (std::size_t i = 0; i < kAll; ++i) borrowed_[i] = owned_[i].get();
    for (std::size_t i = 0; i < kKeywords; ++i) borrowed_names_[i] = names_[i].get();
  }
  [[nodiscard]] Arguments get() const noexcept {
    constexpr std::size_t kPositional = kAll - kKeywords;
    return {
        {borrowed_.data(), kPositional}, {borrowed_names_.data(), kKeywords}, {borrowed_.data() + kPositional, kKeywords}};
  }

 private:
  template <class A>
  void add(Builtins& builtins, const A& argument) {
    if constexpr (kIsKeyword<A>) {
      names_[named_++] = intern(builtins, argument.name);
      owned_[count_++] = detail::to_object(builtins, argument.value);
    } else {
      owned_[count_++] = detail::to_object(builtins, argument);
    }
  }

  std::array<Ref<>, kAll> owned_{};
  std::array<Ref<>, kKeywords> names_{};
  std::array<Object*, kAll + 1> borrowed_{};
  std::array<Object*, kKeywords + 1> borrowed_names_{};
  std::size_t count_ = 0;
  std::size_t named_ = 0;
};

/// True if no argument by position follows one by keyword.
template <class... A>
consteval bool are_keywords_last() {
  bool is_named = false;
  return ((kIsKeyword<A> ? (is_named = true) : !is_named) && ...);
}

/// Calls with converted arguments.
template <class Call, class... A>
[[nodiscard]] decltype(auto) call_converted(Builtins& builtins, Call&& call, const A&... arguments) {
  static_assert(are_keywords_last<A...>(), "Ouroboros: positional argument follows keyword argument");
  constexpr std::size_t kKeywords = (std::size_t{0} + ... + (kIsKeyword<A> ? 1 : 0));
  const OwnedArguments<sizeof...(A), kKeywords> owned(builtins, arguments...);
  return call(owned.get());
}

}  // namespace detail

}  // namespace ouro
