// Native classes: C++ structs as objects.
//
//   struct Node { Ref<> left, right; std::vector<Ref<>> kids; std::string name; };
//   auto Tree = rt.class_<Node>("Node").prop("name", &Node::name).def("size", &Node::size);
//   Ref<> root = Tree.make(left, right);
//   native_cast<Node>(*root)->kids.push_back(root);     a cycle, and the collector sees it
//
// The struct lies in the object, right behind the header. Traversal and clearing are derived from its members
// (member_edges.h), so that none can be forgotten: a member that might hide a reference does not compile. Including
// <ouro/reflect.h> makes the members of plain aggregates known.
//
// Laws
//   native-built: the collector sees an object only after its constructor has returned.
//   native-in-turn: a struct that holds references is cleared on its own, for its destructor may run anything.
//   handle-destroyed: no traversal meets a handle after its destructor. To drop a reference may run anything, a collection
//   among it, while the struct is looked at. So take out first and drop then: `ouro::clear(kids)` or
//   `std::exchange(kids, {})`, not `kids.clear()`; the same for `resize`, `erase` of a range and the clear and
//   assignment of maps and lists.
#pragma once

#include <ouro/objects/cpp/convert.h>
#include <ouro/objects/cpp/member_names.h>
#include <ouro/objects/cpp/native_cast.h>
#include <ouro/objects/cpp/native_life.h>
#include <ouro/objects/functions/function.h>

#include <optional>
#include <string>
#include <string_view>
#include <utility>

namespace ouro {

namespace detail {

/// Makes the class; `slots` are NativeLife<T>::kSlots, `base` may be null.
[[nodiscard]] Ref<Class> make_native_class(Builtins& builtins, std::string_view name, const TypeSlots& slots,
                                           const std::type_info& type, Class* base);
/// TypeError "Node.__new__(A): A is not a subtype of Node" if the objects of `type` do not hold a `native`.
void expect_native(const Class& type, const std::type_info& native);
/// Sets a class attribute that a C++ name and an object make.
void set_member(Class& type, std::string_view name, Object& value);
/// "Node.size(other)" for the method "size(other)" of Node.
[[nodiscard]] std::string qualified(const Class& type, std::string_view signature);
/// "size" for "size(other)".
[[nodiscard]] std::string_view bare_name(std::string_view signature) noexcept;

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

/// A member function as a callable that takes the object first.
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

}  // namespace detail

/// The class of objects that hold a T. A handle: copies share it.
template <class T>
class NativeClass {
  static_assert(std::is_class_v<T> && !std::derived_from<T, Object>, "Ouroboros: class_<T> takes a C++ struct of your own");
  static_assert(std::is_nothrow_destructible_v<T>, "Ouroboros: a destructor that throws has nobody to throw to");
  static_assert(alignof(T) <= 8, "Ouroboros: blocks are aligned to 8 bytes; hold over-aligned data by std::unique_ptr");

 public:
  NativeClass(Builtins& builtins, std::string_view name)
      : type_(detail::make_native_class(builtins, name, detail::NativeLife<T>::kSlots, typeid(T), nullptr)) {}

  /// A class that derives from this one, and whose objects hold a T as well: `isinstance` holds, and methods are inherited
  /// until `def` replaces them. Throws MemoryError.
  [[nodiscard]] NativeClass derive(std::string_view name) const {
    return NativeClass(detail::make_native_class(builtins(), name, detail::NativeLife<T>::kSlots, typeid(T), type_.get()));
  }
  /// A new object whose T is made from the arguments. What the constructor throws passes on. Throws MemoryError.
  template <class... A>
  [[nodiscard]] Ref<> make(A&&... arguments) const {
    return detail::make_native<T>(*type_, std::forward<A>(arguments)...);
  }

  /// A method: a member function of T, or a callable whose first parameter is a `T&`. The signature may name the parameters:
  /// "resize(self, width, height)". Special names ("__len__", "__add__") do what they do in Python.
  template <class F>
  const NativeClass& def(std::string_view signature, F method) const {
    const std::string full = detail::qualified(*type_, signature);
    set(signature, detail::make_function_as<FunctionRole::kMethod>(builtins(), full, detail::as_callable<T>(method)));
    return *this;
  }
  /// Makes the class, and those that derive from it, callable with arguments of these types: `Tree(left, right)` calls T's
  /// constructor.
  template <class... A>
  const NativeClass& init() const {
    const auto maker = [](Class& type, A... arguments) {
      detail::expect_native(type, typeid(T));
      return detail::make_native<T>(type, std::forward<A>(arguments)...);
    };
    set("__new__", detail::make_function_as<FunctionRole::kConstructor>(builtins(), type_->name, maker));
    return *this;
  }

  /// A data member as an attribute that can be read and written.
  template <class M>
  const NativeClass& prop(std::string_view name, M T::*member) const requires(!std::is_function_v<M>) {
    return property(name, [member](T& self, Builtins& home, detail::Given<M> value) -> Ref<> {
      if (!value) return to_object(home, detail::snapshot(self.*member));
      [[maybe_unused]] const M old = std::exchange(self.*member, *std::move(value));
      return {};
    });
  }
  /// What a getter gives, as an attribute that can only be read.
  template <class G>
  const NativeClass& prop(std::string_view name, G getter) const {
    return property(name, detail::as_callable<T>(getter));
  }
  /// An attribute that a getter reads and a setter, `callable(T&, value)` or `T::set(value)`, writes.
  template <class G, class S>
  const NativeClass& prop(std::string_view name, G getter, S setter) const {
    const auto get = detail::as_callable<T>(getter);
    const auto put = detail::as_callable<T>(setter);
    using Parameter = std::tuple_element_t<1, typename detail::Signature<decltype(put)>::Parameters>;
    return property(name, [get, put](T& self, Builtins& home, detail::Given<std::remove_cvref_t<Parameter>> value) -> Ref<> {
      if (!value) return to_object(home, get(self));
      put(self, *std::move(value));
      return {};
    });
  }

  [[nodiscard]] const Ref<Class>& type() const noexcept { return type_; }
  [[nodiscard]] const Ref<Class>& to_ref() const noexcept { return type_; }
  operator Ref<>() const noexcept { return type_; }

 private:
  explicit NativeClass(Ref<Class> type) noexcept : type_(std::move(type)) {}

  [[nodiscard]] Builtins& builtins() const noexcept { return builtins_of(*type_); }
  void set(std::string_view signature, const Ref<Function>& function) const {
    detail::set_member(*type_, detail::bare_name(signature), *function);
  }
  template <class F>
  const NativeClass& property(std::string_view name, F callable) const {
    set(name, make_property(builtins(), detail::qualified(*type_, name), callable));
    return *this;
  }

  Ref<Class> type_;
};

/// Registers the struct T under a name. Throws MemoryError.
template <class T>
[[nodiscard]] NativeClass<T> class_(Builtins& builtins, std::string_view name) {
  return NativeClass<T>(builtins, name);
}

}  // namespace ouro
