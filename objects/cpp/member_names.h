// Member names: what a reference inside a C++ value is called: ".kids[3]", ".by_name['x']", ".pair.second".
//
// The same walk as that of member_edges.h, in the same order, but it carries a name along. The names of members come from
// where the members are known from: of `edges{&T::left}` and of plain aggregates the compiler spells them
// (__PRETTY_FUNCTION__ of a template whose argument is the member), Boost.Describe has them as data.
#pragma once

#include <ouro/objects/cpp/member_edges.h>

#include <concepts>
#include <cstddef>
#include <string>
#include <string_view>
#include <type_traits>

namespace ouro::detail {

/// A string for reports: the key of a map as it stands between brackets, or "" if it is no plain value.
template <class K>
[[nodiscard]] std::string text_of_key(const K& key) {
  if constexpr (std::convertible_to<const K&, std::string_view>) {
    return "'" + std::string(std::string_view(key)) + "'";
  } else if constexpr (std::integral<K> && !std::same_as<K, bool>) {
    return std::to_string(key);
  } else {
    return {};
  }
}

/// Looks for one reference of a value by its number. Every call returns true once it is found, and puts its part of the name
/// in front on the way back.
class EdgeNamer {
 public:
  /// Null references do not count, as in `traverse`.
  explicit EdgeNamer(std::size_t number) noexcept : left_(number) {}

  template <class T>
  bool find(const T& value) {
    if constexpr (RefLike<T>) {
      return value.get() != nullptr && left_-- == 0;
    } else if constexpr (!has_edges<T>()) {
      return false;
    } else if constexpr (MaybeLike<T>) {
      return value && find(*value);
    } else if constexpr (kIs<T, std::variant>) {
      return !value.valueless_by_exception() && std::visit([&](const auto& held) { return find(held); }, value);
    } else if constexpr (TupleLike<T>) {
      return find_part(value, std::make_index_sequence<std::tuple_size_v<T>>());
    } else if constexpr (RangeLike<T>) {
      return find_element(value);
    } else {
      bool found = false;
      Members<T>::for_each_named(value, [&](const auto& member, std::string_view name) {
        if (found || !find(member)) return;
        found = true;
        if (!name.empty()) prepend("." + std::string(name));
      });
      return found;
    }
  }
  /// Valid after `find` returned true.
  [[nodiscard]] const std::string& name() const noexcept { return name_; }

 private:
  void prepend(std::string part) { name_ = std::move(part) + name_; }

  template <class T, std::size_t... I>
  bool find_part(const T& value, std::index_sequence<I...>) {
    const auto look = [&](const auto& part, std::size_t i) {
      if (!find(part)) return false;
      prepend(kIs<T, std::pair> ? (i == 0 ? ".first" : ".second") : ".get<" + std::to_string(i) + ">()");
      return true;
    };
    return (look(std::get<I>(value), I) || ...);
  }
  template <class T>
  bool find_element(const T& range) {
    std::size_t index = 0;
    for (const auto& element : range) {
      if constexpr (requires { typename T::mapped_type; }) {
        const std::string key = text_of_key(element.first);
        const bool in_key = find(element.first);
        if (in_key || find(element.second)) {
          if (key.empty() || in_key) prepend(in_key ? ".first" : ".second");
          prepend("[" + (key.empty() ? std::to_string(index) : key) + "]");
          return true;
        }
      } else if (find(element)) {
        prepend("[" + std::to_string(index) + "]");
        return true;
      }
      ++index;
    }
    return false;
  }

  std::size_t left_;
  std::string name_;
};

/// The name of the reference number `number` that `visit_edges` reports. May throw std::bad_alloc.
template <class T>
[[nodiscard]] std::string name_of_edge(const T& value, std::size_t number) {
  EdgeNamer namer(number);
  return namer.find(value) ? namer.name() : std::string();
}

}  // namespace ouro::detail
