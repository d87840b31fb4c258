// The members of plain C++ structs, by Boost: `#include <ouro/reflect.h>`.
//
//   struct Node { Ref<> left, right; };                                              nothing to write (Boost.PFR)
//   struct Tree : Base { ... }; BOOST_DESCRIBE_STRUCT(Tree, (Base), (root, size))    bases, constructors, private members
//
// With PFR no member can be forgotten. With Describe one could; so the described members are laid out at compile time,
// and if they do not fill the struct, it does not compile.
//
// g++ 12 cannot take a struct apart by PFR that has an array of Refs as a member (an internal compiler error in
// check_noexcept_r): describe such a struct, or list its edges.
#pragma once

#include <ouro/objects/cpp/members.h>

#include <boost/describe.hpp>
#include <boost/mp11.hpp>
#include <boost/pfr.hpp>

#include <algorithm>
#include <cstddef>
#include <string_view>
#include <tuple>
#include <type_traits>
#include <utility>

namespace ouro::detail {

template <class T>
concept NamesItsEdges = requires {
  std::tuple_size<std::remove_cvref_t<decltype(T::edges)>>::value;
};
template <class T>
concept Described = boost::describe::has_describe_members<T>::value && !std::is_union_v<T>;

/// The member pointers that T itself is described with, and its described bases.
template <class T>
using OwnMembers = boost::describe::describe_members<T, boost::describe::mod_any_access>;
template <class T>
using OwnBases = boost::describe::describe_bases<T, boost::describe::mod_any_access>;

template <class D>
using TypeOfMember = typename MemberPointer<std::remove_cv_t<decltype(D::pointer)>>::Type;
template <class D>
using TypeOfBase = typename D::type;

/// Where the described parts of T end if they are laid out one behind the other, each aligned.
template <class T>
constexpr std::size_t described_end() {
  std::size_t end = std::is_polymorphic_v<T> ? sizeof(void*) : 0;
  const auto place = [&end](std::size_t size, std::size_t alignment) {
    end = (end + alignment - 1) / alignment * alignment + size;
  };
  boost::mp11::mp_for_each<
      boost::mp11::mp_transform<std::type_identity, boost::mp11::mp_transform<TypeOfBase, OwnBases<T>>>>(
      [&]<class B>(std::type_identity<B>) {
        // What follows may lie in the padding at the end of a base, unless the base is plain data.
        constexpr bool kPlain = std::is_trivial_v<B> && std::is_standard_layout_v<B>;
        if constexpr (kPlain && !std::is_empty_v<B>) place(sizeof(B), alignof(B));
        if constexpr (!kPlain) place(described_end<B>(), alignof(B));
      });
  boost::mp11::mp_for_each<
      boost::mp11::mp_transform<std::type_identity, boost::mp11::mp_transform<TypeOfMember, OwnMembers<T>>>>(
      [&]<class M>(std::type_identity<M>) { place(sizeof(M), alignof(M)); });
  return end;
}

/// True if the described parts fill T up to its padding, so that no member of 8 bytes can have been left out.
template <class T>
constexpr bool is_described_in_full() {
  constexpr std::size_t kEnd = described_end<T>();
  return std::is_empty_v<T> || (sizeof(T) - std::min(kEnd, sizeof(T)) < 8);
}

/// T is described.
template <class T>
requires(Described<T> && !NamesItsEdges<T>) struct Members<T> {
  static constexpr bool kKnown = true;
  static_assert(is_described_in_full<T>(),
                "Ouroboros: the members and bases named in BOOST_DESCRIBE_STRUCT do not fill the struct; one has been "
                "forgotten, and a "
                "reference in it would be invisible to the collector.");

  using Types = boost::mp11::mp_rename<boost::mp11::mp_append<boost::mp11::mp_transform<TypeOfBase, OwnBases<T>>,
                                                              boost::mp11::mp_transform<TypeOfMember, OwnMembers<T>>>,
                                       std::tuple>;

  template <class Value, class F>
  static void for_each(Value& value, F&& function) {
    boost::mp11::mp_for_each<OwnBases<T>>([&]<class D>(D) {
      using Base = std::conditional_t<std::is_const_v<Value>, const typename D::type, typename D::type>;
      function(static_cast<Base&>(value));
    });
    boost::mp11::mp_for_each<OwnMembers<T>>([&](auto described) { function(value.*described.pointer); });
  }
  /// A base has no name of its own: its members are reached as if they were T's.
  template <class Value, class F>
  static void for_each_named(Value& value, F&& function) {
    boost::mp11::mp_for_each<OwnBases<T>>([&]<class D>(D) {
      using Base = std::conditional_t<std::is_const_v<Value>, const typename D::type, typename D::type>;
      function(static_cast<Base&>(value), std::string_view());
    });
    boost::mp11::mp_for_each<OwnMembers<T>>(
        [&](auto described) { function(value.*described.pointer, std::string_view(described.name)); });
  }
};

/// An object that is never made: only addresses inside it are spelled. (The way of Boost.PFR from 1.84 on.)
template <class T>
struct Imagined {
  T value;
};
#ifdef __clang__
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wundefined-internal"
#pragma GCC diagnostic ignored "-Wundefined-var-template"
#endif
template <class T>
extern const Imagined<T> kImagined;

/// An address as a template's argument. (Clang 14 takes it in a struct only.)
template <class P>
struct SpelledAddress {
  P address;
};

/// The name of field `I` of a plain aggregate.
template <class T, std::size_t I>
constexpr std::string_view name_of_field() noexcept {
  namespace pfr = boost::pfr::detail;
  using Address = decltype(&pfr::sequence_tuple::get<I>(pfr::tie_as_tuple(kImagined<T>.value)));
  return last_name(spelled<SpelledAddress<Address>{&pfr::sequence_tuple::get<I>(pfr::tie_as_tuple(kImagined<T>.value))}>());
}
#ifdef __clang__
#pragma GCC diagnostic pop
#endif

/// T is a plain aggregate.
template <class T>
requires(std::is_aggregate_v<T> && !std::is_array_v<T> && !std::is_empty_v<T> && !Described<T> && !NamesItsEdges<T> &&
         !Leaf<T> && !std::ranges::range<T>) struct Members<T> {
  static constexpr bool kKnown = true;

  template <std::size_t... kIndexes>
  static std::tuple<boost::pfr::tuple_element_t<kIndexes, T>...> types(std::index_sequence<kIndexes...>);
  using Types = decltype(types(std::make_index_sequence<boost::pfr::tuple_size_v<T>>()));

  template <class Value, class F>
  static void for_each(Value& value, F&& function) {
    boost::pfr::for_each_field(value, std::forward<F>(function));
  }
  template <class Value, class F>
  static void for_each_named(Value& value, F&& function) {
    boost::pfr::for_each_field(value, [&]<std::size_t I>(auto& member, std::integral_constant<std::size_t, I>) {
      function(member, name_of_field<T, I>());
    });
  }
};

}  // namespace ouro::detail
