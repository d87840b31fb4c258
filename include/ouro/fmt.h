// fmt::format for handles: `#include <ouro/fmt.h>`.
//
//   fmt::print("{} {:r} {:>10}\n", text, text, number);      {} is str(), {:r} is repr()
//
// What follows an optional r is fmt's own specification for strings: fill, alignment, width, precision.
#pragma once

#include <ouro/objects/core/place.h>
#include <ouro/objects/core/protocol.h>
#include <ouro/objects/model/ref.h>
#include <ouro/objects/text/str.h>

#include <fmt/format.h>

#include <string_view>
#include <type_traits>

/// str() or repr() of an object. May throw what those throw.
template <>
struct fmt::formatter<ouro::Object> : fmt::formatter<std::string_view> {
  template <class Context>
  constexpr auto parse(Context& context) {
    if (context.begin() != context.end() && *context.begin() == 'r') {
      shows_repr_ = true;
      context.advance_to(context.begin() + 1);
    }
    return fmt::formatter<std::string_view>::parse(context);
  }
  template <class Context>
  auto format(const ouro::Object& object, Context& context) const {
    auto& shown = const_cast<ouro::Object&>(object);
    const ouro::Ref<ouro::Str> made = shows_repr_ ? ouro::repr(shown) : ouro::str(shown);
    return fmt::formatter<std::string_view>::format(ouro::text(*made), context);
  }

 private:
  bool shows_repr_ = false;
};

/// Every object type is formatted as an object.
template <class T>
requires(std::is_base_of_v<ouro::Object, T> && !std::is_same_v<ouro::Object, T>) struct fmt::formatter<T>
    : fmt::formatter<ouro::Object> {
};

/// A handle is formatted as what it holds; an empty one as "(empty)".
template <class T>
struct fmt::formatter<ouro::Ref<T>> : fmt::formatter<ouro::Object> {
  template <class Context>
  auto format(const ouro::Ref<T>& ref, Context& context) const {
    // Not by format_to: that compiles fmt's whole formatter anew in every source that prints a handle.
    if (!ref) return fmt::formatter<std::string_view>::format("(empty)", context);
    const ouro::Ref<> held = ref;  // `__str__` may drop the handle
    return fmt::formatter<ouro::Object>::format(*held, context);
  }
};

template <>
struct fmt::formatter<ouro::Called> : fmt::formatter<ouro::Ref<>> {};

/// An item or attribute is formatted as its value.
template <class Access>
struct fmt::formatter<ouro::Place<Access>> : fmt::formatter<ouro::Object> {
  template <class Context>
  auto format(const ouro::Place<Access>& place, Context& context) const {
    const ouro::Ref<> held = place.to_ref();
    return fmt::formatter<ouro::Object>::format(*held, context);
  }
};
