// The layout of a function's object. function.h makes them. Behind the state is a word of detail/function_parts.h.
//
//   offset 0        16          24     32           40         44
//          +--------+-----------+------+------------+----------+----------+----------------+-----------------
//          | header | behaviour | name | parameters | captured |   role   | captured ref.. | C++ state ...
//          +--------+-----------+------+------------+----------+----------+----------------+-----------------
#pragma once

#include <ouro/objects/core/kind.h>
#include <ouro/objects/functions/function_behaviour.h>
#include <ouro/objects/model/object.h>

#include <cstdint>
#include <span>

namespace ouro {

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

}  // namespace ouro
