// Ring: a list that goes through its members, kept by the algorithms of Boost.Intrusive.
//
//   first ──> member ⇄ member ⇄ member ⇄ (first)          first: null if the list is empty
//
// A member has two plain fields for its neighbours, and who owns the list has a plain pointer to the first member. So a
// header that is installed needs no Boost, whoever looks at an object in a debugger sees where it is listed, and nothing is
// allocated. The last member leads on to the first: `after` and `before` say where the list ends.
//
//   using Readers = detail::Ring<Reader, &Reader::next, &Reader::previous>;
//   Readers::push_back(first_, reader);
//   for (Reader* reader = first_; reader != nullptr; reader = Readers::after(first_, *reader)) ...
//
// All calls take constant time and touch no members but neighbours. Whoever walks a ring while others may change it guards
// what it stands on, as in any list: nothing here does.
//
// Law ring-linked: a member's two fields are null exactly if it stands in no ring.
#pragma once

#include <ouro/base/assert.h>

#include <boost/intrusive/circular_list_algorithms.hpp>

namespace ouro::detail {

/// The neighbours of a T, as Boost.Intrusive wants to be told of them (its NodeTraits).
template <class T, T* T::*next, T* T::*previous>
struct RingTraits {
  using node = T;
  using node_ptr = T*;
  using const_node_ptr = const T*;
  static T* get_next(const T* member) noexcept { return member->*next; }
  static void set_next(T* member, T* neighbour) noexcept { member->*next = neighbour; }
  static T* get_previous(const T* member) noexcept { return member->*previous; }
  static void set_previous(T* member, T* neighbour) noexcept { member->*previous = neighbour; }
};

/// The calls for rings through these two fields. `first` is the list's pointer to its first member.
template <class T, T* T::*next, T* T::*previous>
class Ring {
  using Algorithms = boost::intrusive::circular_list_algorithms<RingTraits<T, next, previous>>;

 public:
  [[nodiscard]] static bool is_linked(const T& member) noexcept { return member.*next != nullptr; }
  [[nodiscard]] static bool is_only(const T& member) noexcept { return member.*next == &member; }

  static void push_back(T*& first, T& member) noexcept {
    expect_unlinked(member);
    if (first != nullptr) return Algorithms::link_before(first, &member);
    Algorithms::init_header(&member);
    first = &member;
  }
  static void push_front(T*& first, T& member) noexcept {
    push_back(first, member);
    first = &member;
  }
  /// Puts `member` in front of `place`, a member; at the end if `place` is null.
  static void insert(T*& first, T* place, T& member) noexcept {
    if (place == nullptr) return push_back(first, member);
    if (place == first) return push_front(first, member);
    expect_unlinked(member);
    Algorithms::link_before(place, &member);
  }
  static void remove(T*& first, T& member) noexcept {
    OURO_ASSERT_INTERNAL(is_linked(member) && first != nullptr, "ring-linked");
    if (first == &member) first = is_only(member) ? nullptr : member.*next;
    Algorithms::unlink(&member);
    forget(member);
  }
  /// Takes the first member off, and returns it; null if there is none.
  static T* pop_front(T*& first) noexcept {
    T* const taken = first;
    if (taken != nullptr) remove(first, *taken);
    return taken;
  }
  /// Ends the ring: its members are a chain through the first field now, which ends with null. The second one is the
  /// caller's.
  static void open(T*& first) noexcept {
    (first->*previous)->*next = nullptr;
    first = nullptr;
  }
  /// In a process that is the only one to have these members: `member` is in no ring any more, whatever its neighbours say.
  static void forget(T& member) noexcept { member.*next = member.*previous = nullptr; }

  [[nodiscard]] static T* last(const T* first) noexcept { return first == nullptr ? nullptr : first->*previous; }
  /// The neighbours of a member; null behind the last and in front of the first.
  [[nodiscard]] static T* after(const T* first, const T& member) noexcept {
    T* const neighbour = member.*next;
    return neighbour == first ? nullptr : neighbour;
  }
  [[nodiscard]] static T* before(const T* first, const T& member) noexcept {
    return &member == first ? nullptr : member.*previous;
  }

 private:
  static void expect_unlinked([[maybe_unused]] const T& member) noexcept {
    OURO_ASSERT_INTERNAL(!is_linked(member) && member.*previous == nullptr, "ring-linked");
  }
};

}  // namespace ouro::detail
