// Native classes: C++ structs as objects. docs/cpp-api.md has an introduction.
//
//   struct Node { Ref<> left, right; std::vector<Ref<>> kids; std::string name; };
//   auto Tree = rt.class_<Node>("Node").prop("name", &Node::name).def("size", &Node::size).init<>();
//   Ref<> root = Tree.make(left, right);
//   native_cast<Node>(*root)->kids.push_back(root);     a cycle, and the collector sees it
//
//   rt.class_<Circle, Shape>("Circle")                  Shape is a C++ base: what takes a Shape& takes a Circle, too
//
// The struct lies in the object, right behind the header. Traversal and clearing are derived from its members
// (member_edges.h), so that none can be forgotten: a member that might hide a reference does not compile. Including
// <ouro/reflect.h> makes the members of plain aggregates known. A T that a function returns becomes an object of the class;
// classes made at run time may derive from it (overridable.h).
//
// Laws
//   native-built: the collector sees an object only after its constructor has returned.
//   native-in-turn: a struct that holds references is cleared on its own, for its destructor may run anything.
//   handle-destroyed: no traversal meets a handle after its destructor. To drop a reference may run anything, a collection
//     among it, while the struct is looked at. So take out first and drop then: `ouro::clear(kids)` or
//     `std::exchange(kids, {})`, not `kids.clear()`; the same for `resize`, `erase` of a range and the clear and
//     assignment of maps and lists.
#pragma once

#include <ouro/objects/cpp/convert.h>
#include <ouro/objects/cpp/native_life.h>
#include <ouro/objects/cpp/native_parts.h>
#include <ouro/objects/functions/function.h>

#include <optional>
#include <string>
#include <string_view>
#include <utility>

namespace ouro {

/// The class of objects that hold a T. A handle: copies share it. Keep one, or the class somewhere in the runtime, as long
/// as values of T are to become objects: it dies like any other class.
template <class T>
class NativeClass {
  static_assert(std::is_class_v<T> && !std::derived_from<T, Object>, "Ouroboros: class_<T> takes a C++ struct of your own");
  static_assert(std::is_nothrow_destructible_v<T>, "Ouroboros: a destructor that throws has nobody to throw to");
  static_assert(alignof(T) <= 8, "Ouroboros: blocks are aligned to 8 bytes; hold over-aligned data by std::unique_ptr");

 public:
  NativeClass(Builtins& builtins, std::string_view name, const detail::NativeType& native = detail::kNativeType<T>)
      : type_(detail::make_native_class(builtins, name, native)) {}

  /// A class that derives from this one, and whose objects hold a T as well: `isinstance` holds, and methods are inherited
  /// until `def` replaces them. Throws MemoryError.
  [[nodiscard]] NativeClass derive(std::string_view name) const {
    return NativeClass(detail::derive_native_class(*type_, name));
  }
  /// A new object whose T is made from the arguments. What the constructor throws passes on. Throws MemoryError.
  template <class... A>
  [[nodiscard]] Ref<> make(A&&... arguments) const {
    return detail::make_native<T>(*type_, std::forward<A>(arguments)...);
  }

  // ---- Functions ----

  /// A method: a member function of T, or a callable whose first parameter is a `T&`. The signature may name the parameters
  /// and give defaults: "resize(self, width, height=1)". Special names ("__len__", "__add__") do what they do in Python; an
  /// operator whose operand does not fit answers NotImplemented.
  template <class F>
  const NativeClass& def(std::string_view signature, F method) const {
    detail::set_member(*type_, signature, *method_of(signature, method));
    return *this;
  }
  /// One more method of that name: the first whose parameters fit the arguments is called. TypeError with what each of them
  /// says if none does.
  template <class F>
  const NativeClass& overload(std::string_view signature, F method) const {
    detail::add_member(*type_, signature, *method_of(signature, method));
    return *this;
  }
  /// A function that is called without an object, by the class or by one of its objects: `Vec3.zero()`.
  template <class F>
  const NativeClass& def_static(std::string_view signature, F function) const {
    const std::string full = detail::qualified(*type_, signature);
    detail::set_member(*type_, signature,
                       *detail::make_function_as<FunctionRole::kStatic>(builtins(), full, std::move(function)));
    return *this;
  }
  /// Makes the class, and those that derive from it, callable with arguments of these types: `Tree(left, right)` calls T's
  /// constructor. The parameters may have names and defaults: `init<double, double>("(x, y=0)")`. A second `init` is an
  /// overload. One without parameters takes what a derived class's `__init__` is for.
  template <class... A>
  const NativeClass& init(std::string_view parameters = {}) const {
    if constexpr (sizeof...(A) == 0) {
      return add_maker(parameters, [](Class& type, const Arguments& rest) {
        detail::expect_native(type, typeid(T));
        return detail::may_have_arguments(type, rest) ? detail::make_native<T>(type) : Ref<>();
      });
    } else {
      return add_maker(parameters, [](Class& type, A... arguments) {
        detail::expect_native(type, typeid(T));
        return detail::make_native<T>(type, std::forward<A>(arguments)...);
      });
    }
  }
  /// The same, where `factory` makes the T out of the arguments: `init("(text)", [](std::string_view text) { return ...;
  /// })`.
  template <class F>
  const NativeClass& init(std::string_view parameters, F factory) const {
    return add_maker(parameters, detail::maker_of<T>(std::move(factory)));
  }

  // ---- Attributes ----

  /// A data member, of T or of a C++ base, as an attribute that can be read and, if it is not const, written. A container
  /// is copied at each read.
  template <class M, class C>
  requires(!std::is_function_v<M> && std::derived_from<T, C>) const NativeClass& prop(std::string_view name,
                                                                                      M C::*member) const {
    if constexpr (std::is_const_v<M>) {
      return property(name, [member](const T& self, Builtins& home) { return to_object(home, self.*member); });
    } else {
      return property(name, [member](T& self, Builtins& home, detail::Given<M> value) -> Ref<> {
        if (!value) return to_object(home, detail::snapshot(self.*member));
        [[maybe_unused]] const M old = std::exchange(self.*member, *std::move(value));
        return {};
      });
    }
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
      if (!value) return detail::object_of_result(home, get(self));
      put(self, *std::move(value));
      return {};
    });
  }
  /// An attribute of the class itself: `value("kMax", 7)`.
  template <class V>
  const NativeClass& value(std::string_view name, const V& constant) const {
    detail::set_member(*type_, name, *to_object(builtins(), constant));
    return *this;
  }
  /// No class made at run time may derive from it: "type 'Lock' is not an acceptable base type".
  const NativeClass& final() const {
    type_->instance_flags &= ~std::uint32_t{kBaseType};
    return *this;
  }
  /// `__doc__`.
  const NativeClass& doc(std::string_view text) const { return value("__doc__", text); }

  // ---- The class ----

  /// Calls the class, by what `init` said.
  template <class... A>
  [[nodiscard]] Ref<> operator()(A&&... arguments) const {
    return type_(std::forward<A>(arguments)...);
  }
  [[nodiscard]] const Ref<Class>& type() const noexcept { return type_; }
  [[nodiscard]] const Ref<Class>& to_ref() const noexcept { return type_; }
  operator Ref<>() const noexcept { return type_; }

 private:
  explicit NativeClass(Ref<Class> type) noexcept : type_(std::move(type)) {}

  [[nodiscard]] Builtins& builtins() const noexcept { return builtins_of(*type_); }
  template <class F>
  [[nodiscard]] Ref<Function> method_of(std::string_view signature, F method) const {
    return detail::make_method_of(*type_, signature, detail::as_callable<T>(method));
  }
  template <class F>
  const NativeClass& add_maker(std::string_view parameters, F maker) const {
    const std::string signature = std::string(type_->name).append(parameters);
    detail::add_member(*type_, "__new__",
                       *detail::make_function_as<FunctionRole::kConstructor>(builtins(), signature, std::move(maker)));
    return *this;
  }
  template <class F>
  const NativeClass& property(std::string_view name, F callable) const {
    detail::set_member(*type_, name, *make_property(builtins(), detail::qualified(*type_, name), callable));
    return *this;
  }

  Ref<Class> type_;
};

/// Registers the struct T under a name. `Bases` are C++ bases of T: their classes, where they are registered, are the bases
/// of this one. Throws MemoryError.
template <class T, class... Bases>
[[nodiscard]] NativeClass<T> class_(Builtins& builtins, std::string_view name) {
  static_assert((std::derived_from<T, Bases> && ...), "Ouroboros: class_<T, Bases...> names C++ bases from which T derives");
  return NativeClass<T>(builtins, name, detail::kNativeType<T, Bases...>);
}

/// The class of T that was registered last and is alive. TypeError "there is no class_<Vec3> in this runtime".
template <class T>
[[nodiscard]] Ref<Class> class_of_cpp(Builtins& builtins) {
  return share(detail::class_for(builtins, typeid(T)));
}

/// Keeps `patient` alive as long as `nurse` lives, for C++ structs that point to others by raw pointers the collector does
/// not see. A cycle through it leaks: a member Ref<> is better where that can be. TypeError if the nurse cannot be referred
/// to weakly. Throws MemoryError.
void keep_alive(Object& nurse, Object& patient);

}  // namespace ouro
