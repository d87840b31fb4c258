// Function: a C++ callable as an object.
//
//   offset 0        16          24     32           40         44
//          +--------+-----------+------+------------+----------+----------+----------------+-----------------
//          | header | behaviour | name | parameters | captured |   role   | captured ref.. | C++ state ...
//          +--------+-----------+------+------------+----------+----------+----------------+-----------------
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

#include <ouro/objects/core/kind.h>
#include <ouro/objects/functions/callable.h>
#include <ouro/objects/model/make.h>

#include <cstdint>
#include <span>
#include <string_view>
#include <utility>

namespace ouro {

struct Dict;

/// What the first argument of a function is, and what reading it from an object does.
enum class FunctionRole : std::uint32_t {
  kPlain,        ///< an argument like the others, unless the signature calls it `self`; found on a class it is bound
  kMethod,       ///< the object: errors count the arguments behind it
  kProperty,     ///< the object; found on a class it is called, not bound
  kConstructor,  ///< the class, which is not named in the signature: `__new__` of a native class
  kOperator,     ///< the object, whose operator answers NotImplemented to an operand that does not fit
  kStatic,       ///< an argument like the others; not bound to what it is found on
};

/// The object of a native function.
struct Function : Object {
  static constexpr Kind kKind = Kind::kFunction;

  const detail::FunctionBehaviour* behaviour;
  Object* name;            ///< str: "scale", or "Foo.scale" for a method
  Object* parameters;      ///< tuple: names, then defaults (detail/signature.h); null: the parameters have no names
  std::uint32_t captured;  ///< number of objects it keeps
  FunctionRole role;
  Object* first[];  ///< those objects, owned; the C++ state follows

  /// True if it is a property: found on a class it is called, not bound.
  [[nodiscard]] bool is_property() const noexcept { return role == FunctionRole::kProperty; }
  /// True if, found on a class, it is bound to the object.
  [[nodiscard]] bool is_bound() const noexcept { return role != FunctionRole::kProperty && role != FunctionRole::kStatic; }
  [[nodiscard]] std::span<Object* const> kept() const noexcept { return {first, captured}; }
  [[nodiscard]] void* state() noexcept { return first + captured; }
  [[nodiscard]] const void* state() const noexcept { return first + captured; }
};
static_assert(sizeof(Function) == 48);

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
