// What the life of an object asks of a C++ struct that lies in it, and that the collector sees through: the callable of a
// function, the state of a generator.
#pragma once

#include <ouro/objects/cpp/member_names.h>
#include <ouro/objects/model/visitor.h>

#include <cstddef>
#include <new>
#include <string>
#include <type_traits>
#include <utility>

namespace ouro::detail {

/// The functions for states of type S, by the names that they have in a behaviour.
template <class S>
struct StateLife {
  static_assert(std::is_nothrow_move_constructible_v<S> && alignof(S) <= 8);

  /// Makes the state out of the S at `from`, which is moved.
  static void build(void* state, void* from) noexcept { new (state) S(std::move(*static_cast<S*>(from))); }
  static void traverse(const void* state, Visitor visit) noexcept { visit_edges(*static_cast<const S*>(state), visit); }
  static void clear(void* state) noexcept { drop_edges(*static_cast<S*>(state)); }
  static void destroy(void* state) noexcept { static_cast<S*>(state)->~S(); }
  /// May throw std::bad_alloc.
  static std::string edge_name(const void* state, std::size_t number) {
    return name_of_edge(*static_cast<const S*>(state), number);
  }
};

/// `behaviour` with the life of an S in it. Plain state has none: then there is nothing to see and nothing to end.
template <class S, class Behaviour>
[[nodiscard]] constexpr Behaviour with_life(Behaviour behaviour) noexcept {
  if constexpr (!std::is_trivially_destructible_v<S>) {
    behaviour.traverse = StateLife<S>::traverse;
    behaviour.clear = StateLife<S>::clear;
    behaviour.destroy = StateLife<S>::destroy;
    behaviour.edge_name = StateLife<S>::edge_name;
  }
  return behaviour;
}

}  // namespace ouro::detail
