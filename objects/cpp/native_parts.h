// What class_<T> is built from.
#pragma once

#include <ouro/objects/classes/class.h>
#include <ouro/objects/cpp/convert.h>
#include <ouro/objects/cpp/native_life.h>
#include <ouro/objects/functions/function.h>

#include <concepts>
#include <string>
#include <string_view>
#include <tuple>
#include <type_traits>
#include <typeinfo>
#include <utility>

namespace ouro::detail {

/// Makes the class and lets it be found by its C++ type. Its bases are the classes of the struct's C++ bases.
[[nodiscard]] Ref<Class> make_native_class(Builtins& builtins, std::string_view name, const NativeType& native);
[[nodiscard]] Ref<Class> derive_native_class(Class& base, std::string_view name);
/// TypeError "Node.__new__(A): A is not a subtype of Node" if the objects of `type` do not hold a `native`.
void expect_native(const Class& type, const std::type_info& native);
/// True if there are no arguments, or the class has an `__init__` for them; else it fails with TypeError "Node() takes 0
/// positional arguments but 2 were given", as arguments do that fit no parameters.
[[nodiscard]] bool may_have_arguments(Class& type, const Arguments& rest);
/// Sets a class attribute under the name that a signature begins with.
void set_member(Class& type, std::string_view signature, Object& value);
/// The same; a function that stands there already stays, and is tried first.
void add_member(Class& type, std::string_view signature, Function& function);
/// "Node.size(other)" for the method "size(other)" of Node.
[[nodiscard]] std::string qualified(const Class& type, std::string_view signature);
/// What a method is called as: a special method of two operands as an operator.
[[nodiscard]] FunctionRole role_of_method(std::string_view signature) noexcept;

/// What making an object out of a member reads. A container is copied first: making objects may run a finalizer that changes
/// the member.
template <class M>
[[nodiscard]] decltype(auto) snapshot(const M& member) {
  if constexpr (RangeLike<M> && std::is_copy_constructible_v<M> && !std::convertible_to<const M&, std::string_view>) {
    return M(member);
  } else {
    return (member);
  }
}

/// A member function, of T or of a C++ base, as a callable that takes the object first.
template <class T, class R, class C, class... A>
[[nodiscard]] auto as_callable(R (C::*method)(A...)) {
  return [method](T& self, A... arguments) -> R { return (self.*method)(std::forward<A>(arguments)...); };
}
template <class T, class R, class C, class... A>
[[nodiscard]] auto as_callable(R (C::*method)(A...) const) {
  return [method](const T& self, A... arguments) -> R { return (self.*method)(std::forward<A>(arguments)...); };
}
template <class T, class R, class C, class... A>
[[nodiscard]] auto as_callable(R (C::*method)(A...) noexcept) {
  return as_callable<T>(static_cast<R (C::*)(A...)>(method));
}
template <class T, class R, class C, class... A>
[[nodiscard]] auto as_callable(R (C::*method)(A...) const noexcept) {
  return as_callable<T>(static_cast<R (C::*)(A...) const>(method));
}
template <class T, class F>
[[nodiscard]] F as_callable(F callable) {
  return callable;
}

/// The function of a method of the class.
template <class F>
[[nodiscard]] Ref<Function> make_method_of(Class& type, std::string_view signature, F callable) {
  using Behaviour = BehaviourOf<F, 0>;
  const std::string full = qualified(type, signature);
  return make_function(builtins_of(type), FunctionPlan{full, Behaviour::kBehaviour, {}, role_of_method(signature)},
                       Behaviour::build, &callable);
}

/// `__new__` by a function that makes a T.
template <class T, class F, class... A>
[[nodiscard]] auto maker_with(F factory, std::type_identity<std::tuple<A...>>) {
  return [factory](Class& type, A... arguments) {
    expect_native(type, typeid(T));
    return make_native<T>(type, factory(std::forward<A>(arguments)...));
  };
}
template <class T, class F>
[[nodiscard]] auto maker_of(F factory) {
  return maker_with<T>(std::move(factory), std::type_identity<typename Signature<F>::Parameters>());
}

}  // namespace ouro::detail
