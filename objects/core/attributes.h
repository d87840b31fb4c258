// Attributes: the methods and properties of a built-in type, as a table of constants in the file of the type.
//
//   constexpr Attribute kListAttributes[] = {
//       method("append(object, /)", [](List& list, Object& item) { list.append(item); }, "Append object to the end."),
//       method("pop(index=-1, /)", [](List& list, Object* index) { return list.pop(position(index, -1)); }, "..."),
//   };
//   ... .attributes = &kAttributeTable<kListAttributes>, ...
//
// The text says what a method takes (parameters.h). The lambda takes the object first, as what it is, and then one parameter
// for each that the text names: `Object&`, or `Object*` for one that may be missing, and is null then. Where the text says
// `*args, **kwargs` it takes the `Arguments` as they are. It captures nothing and returns nothing (None), a Ref, a bool, an
// integer or a double. From the table and the slots of the type come `type.__dict__`, `dir`, method objects and their
// errors.
#pragma once

#include <ouro/objects/core/none.h>
#include <ouro/objects/core/parameters.h>
#include <ouro/objects/numbers/float.h>
#include <ouro/objects/numbers/int.h>

#include <array>
#include <bit>
#include <concepts>
#include <cstdint>
#include <iterator>
#include <string_view>
#include <tuple>
#include <type_traits>
#include <utility>

namespace ouro {

/// One attribute of a built-in type.
struct Attribute {
  enum class Sort : std::uint8_t {
    kMethod,        ///< called with the object
    kSlotWrapper,   ///< the same, of a slot: `__len__`
    kClassMethod,   ///< called with the type it was found on
    kStaticMethod,  ///< called with the type that has it
    kProperty,      ///< computed when it is read
    kMember,        ///< the same; CPython has it as a field of the object
    kClassValue,    ///< the same, but an object's own attribute of the name comes first
  };
  using Call = Ref<> (*)(const Type& owner, Object& self, const Arguments& given);
  using Get = Ref<> (*)(Object& self);
  using Set = void (*)(Object& self, Object* value);  ///< null value: delete

  Sort sort{};
  Parameters parameters{};  ///< with the name
  std::string_view doc{};   ///< empty: None
  Call call = nullptr;      ///< `given` has one argument for each parameter, null where it is missing
  Get get = nullptr;
  Set set = nullptr;  ///< null: it can only be read
};

/// The attributes of one type, found by name.
struct AttributeTable {
  static constexpr std::uint8_t kNone = 255;

  const Attribute* first;
  std::size_t size;
  const std::uint8_t* places;  ///< by the name's hash: the number of the attribute, or kNone
  std::size_t mask;

  /// Three characters tell most names apart; those of special methods differ behind their underscores.
  [[nodiscard]] static constexpr std::size_t hash(std::string_view name) noexcept {
    const std::size_t size = name.size();
    const auto at = [&](std::size_t i) { return static_cast<std::size_t>(static_cast<unsigned char>(name[i])); };
    return size * 5 + at(size > 2 ? 2 : size - 1) + at(size / 2) * 31 + at(size > 3 ? size - 3 : 0) * 7;
  }
  /// Null if the type itself has none. Constant time.
  [[nodiscard]] const Attribute* find(std::string_view name) const noexcept {
    if (name.empty()) return nullptr;
    for (std::size_t place = hash(name) & mask; places[place] != kNone; place = (place + 1) & mask)
      if (first[places[place]].parameters.name == name) return &first[places[place]];
    return nullptr;
  }
};

namespace detail {

/// The parameters of a lambda's call operator behind its first one.
template <class F>
struct LambdaOf : LambdaOf<decltype(&F::operator())> {};
template <class F, class R, class First, class... A>
struct LambdaOf<R (F::*)(First, A...) const> {
  using Result = R;
  using Self = First;
  using Rest = std::tuple<A...>;
  static constexpr std::size_t kCount = sizeof...(A);
};

template <class A>
[[nodiscard]] decltype(auto) given_argument(const Arguments& given, std::size_t place) noexcept {
  if constexpr (std::same_as<A, const Arguments&>) {
    return (given);
  } else if constexpr (std::same_as<A, Object*>) {
    return given.positional[place];
  } else {
    static_assert(std::same_as<A, Object&>, "Ouroboros: a method takes Object&, Object* or const Arguments&");
    return (*given.positional[place]);
  }
}

/// Calls a lambda that returns what an object is made from.
template <class Call>
[[nodiscard]] Ref<> result_of(Builtins& builtins, Call&& call) {
  using R = decltype(call());
  if constexpr (std::is_void_v<R>) {
    call();
    return make_none(builtins);
  } else if constexpr (std::same_as<R, bool>) {
    return make_bool(builtins, call());
  } else if constexpr (std::integral<R>) {
    return make_int(builtins, call());
  } else if constexpr (std::floating_point<R>) {
    return make_float(builtins, call());
  } else {
    return call();
  }
}

/// What an `Attribute` calls for a lambda: the object as what it is.
template <class F>
struct LambdaCall {
  using Lambda = LambdaOf<F>;
  static_assert(std::is_empty_v<F>, "Ouroboros: the code of a method captures nothing");

  static Ref<> call([[maybe_unused]] const Type& owner, Object& self, [[maybe_unused]] const Arguments& given) {
    return result_of(*self.type->heap->builtins, [&]() -> decltype(auto) {
      return [&]<std::size_t... I>(std::index_sequence<I...>)->decltype(auto) {
        return F{}(as_self(owner, self), given_argument<std::tuple_element_t<I, typename Lambda::Rest>>(given, I)...);
      }
      (std::make_index_sequence<Lambda::kCount>());
    });
  }
  static Ref<> get(Object& self) {
    return result_of(*self.type->heap->builtins, [&]() -> decltype(auto) { return F{}(as_self(*self.type, self)); });
  }
  static void set(Object& self, Object* value) { F{}(as_self(*self.type, self), value); }

 private:
  static typename Lambda::Self as_self(const Type&, Object& self) noexcept {
    return static_cast<typename Lambda::Self>(self);
  }
};

template <class F>
[[nodiscard]] constexpr Attribute callable(Attribute::Sort sort, std::string_view signature, std::string_view doc) {
  const Parameters read = read_parameters(signature);
  const std::size_t taken = read.form == Parameters::Form::kAnything ? 1 : read.count;
  if (taken != LambdaOf<F>::kCount) throw "the code takes another number of arguments than the text names";
  return {.sort = sort, .parameters = read, .doc = doc, .call = LambdaCall<F>::call};
}

template <const auto& kAttributes>
[[nodiscard]] constexpr auto make_places() {
  constexpr std::size_t kSize = std::size(kAttributes);
  static_assert(kSize < AttributeTable::kNone, "a type has at most 254 attributes");
  std::array<std::uint8_t, std::bit_ceil(2 * kSize)> places{};
  places.fill(AttributeTable::kNone);
  for (std::size_t i = 0; i < kSize; ++i) {
    std::size_t place = AttributeTable::hash(kAttributes[i].parameters.name) % places.size();
    while (places[place] != AttributeTable::kNone) place = (place + 1) % places.size();
    places[place] = static_cast<std::uint8_t>(i);
  }
  return places;
}
template <const auto& kAttributes>
inline constexpr auto kPlacesOf = make_places<kAttributes>();

}  // namespace detail

/// `object.name(...)`.
template <class F>
[[nodiscard]] constexpr Attribute method(std::string_view signature, F, std::string_view doc) {
  return detail::callable<F>(Attribute::Sort::kMethod, signature, doc);
}
/// The same for a special method that no slot stands for: `__iadd__`.
template <class F>
[[nodiscard]] constexpr Attribute special_method(std::string_view signature, F, std::string_view doc) {
  return detail::callable<F>(Attribute::Sort::kSlotWrapper, signature, doc);
}
/// `Type.name(...)`: the code is called with the `Type&` on which it was found, which may be a class derived from the type.
template <class F>
[[nodiscard]] constexpr Attribute class_method(std::string_view signature, F, std::string_view doc) {
  return detail::callable<F>(Attribute::Sort::kClassMethod, signature, doc);
}
/// The same, with the `Type&` that has it.
template <class F>
[[nodiscard]] constexpr Attribute static_method(std::string_view signature, F, std::string_view doc) {
  return detail::callable<F>(Attribute::Sort::kStaticMethod, signature, doc);
}
/// `object.name`, computed. It can only be read.
template <class G>
[[nodiscard]] constexpr Attribute property(std::string_view name, G, std::string_view doc) {
  return {.sort = Attribute::Sort::kProperty, .parameters = {.name = name}, .doc = doc, .get = detail::LambdaCall<G>::get};
}
/// The same, and it can be set: `set(T& object, Object* value)`, null to delete it.
template <class G, class S>
[[nodiscard]] constexpr Attribute property(std::string_view name, G get, S, std::string_view doc) {
  Attribute made = property(name, get, doc);
  made.set = detail::LambdaCall<S>::set;
  return made;
}
/// A property that CPython has as a field of the object; only repr and errors tell the difference.
template <class G>
[[nodiscard]] constexpr Attribute member(std::string_view name, G get, std::string_view doc) {
  Attribute made = property(name, get, doc);
  made.sort = Attribute::Sort::kMember;
  return made;
}

/// A property that an object's own attribute of the name hides.
template <class G>
[[nodiscard]] constexpr Attribute class_value(std::string_view name, G get, std::string_view doc) {
  Attribute made = property(name, get, doc);
  made.sort = Attribute::Sort::kClassValue;
  return made;
}

/// The table of an array of attributes, for `TypeSlots::attributes`.
template <const auto& kAttributes>
inline constexpr AttributeTable kAttributeTable{std::data(kAttributes), std::size(kAttributes),
                                                detail::kPlacesOf<kAttributes>.data(),
                                                detail::kPlacesOf<kAttributes>.size() - 1};

}  // namespace ouro
