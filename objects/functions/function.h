// Function: a C++ callable as an object.
//
// `make_function(builtins, "scale(value, factor)", [](double value, double factor) { return value * factor; })`
//
// The parameters' C++ types say how many arguments there are and how they are converted (convert.h); the names in the first
// text let callers pass them by keyword and appear in errors, which are worded like Python's. A parameter may have a
// default, "scale(value, factor=2)": a literal of None, a bool, an int, a float or a str. A callable may
//   - be without state, or capture plain values (numbers, pointers, references);
//   - be given objects to keep, `make_function(builtins, "push", callable, list)`: they are the callable's first arguments
//     and edges of the function, so a cycle through them is found;
//   - be a struct with a call operator whose members the collector can see (native.h);
//   - be said to capture nothing of the runtime: `holds_no_refs([text] {...})` for a std::string.
// A lambda that captures a Ref hides it from the collector, and does not compile.
#pragma once

#include <ouro/objects/functions/callable.h>
#include <ouro/objects/functions/function_layout.h>
#include <ouro/objects/model/make.h>

#include <span>
#include <string_view>
#include <utility>

namespace ouro {

namespace detail {

/// Allocates a function without state; `build` makes that. `signature` is "name" or "name(parameter, parameter=default)".
struct FunctionPlan {
  std::string_view signature;
  const FunctionBehaviour& behaviour;
  std::span<Object* const> captured;
  FunctionRole role = FunctionRole::kPlain;
};
[[nodiscard]] Ref<Function> make_function(Builtins& builtins, const FunctionPlan& plan,
                                          void (*build)(void* state, void* from), void* from);

/// The function that calls `callable`, in a role.
template <FunctionRole role, class F, class... Kept>
[[nodiscard]] Ref<Function> make_function_as(Builtins& builtins, std::string_view signature, F callable,
                                             const Ref<Kept>&... captured) {
  using Behaviour = BehaviourOf<F, sizeof...(Kept), role == FunctionRole::kProperty>;
  Object* const kept[sizeof...(Kept) + 1] = {captured.get()..., nullptr};
  const FunctionPlan plan{signature, Behaviour::kBehaviour, {kept, sizeof...(Kept)}, role};
  return make_function(builtins, plan, Behaviour::build, &callable);
}

}  // namespace detail

/// The function that calls `callable`. `signature` is its name, with the names of its parameters if callers may need them:
/// "scale(value, factor)". `captured` are objects it keeps and is called with first. Throws MemoryError; ValueError if the
/// signature names another number of parameters than the callable has, or a default is no literal.
template <class F, class... Kept>
[[nodiscard]] Ref<Function> make_function(Builtins& builtins, std::string_view signature, F callable,
                                          const Ref<Kept>&... captured) {
  return detail::make_function_as<FunctionRole::kPlain>(builtins, signature, std::move(callable), captured...);
}

/// The function as a property: found on a class, `object.name` calls `callable(object)`, and `object.name = value` calls
/// `callable(object, value)` if its last parameter is a `std::optional`, which is empty only when the attribute is read:
/// None is a value like any other.
template <class F>
[[nodiscard]] Ref<Function> make_property(Builtins& builtins, std::string_view signature, F callable) {
  return detail::make_function_as<FunctionRole::kProperty>(builtins, signature, std::move(callable));
}

/// The function's full name, borrowed: "Foo.scale".
[[nodiscard]] std::string_view name_of(const Function& function) noexcept;

}  // namespace ouro
