// WeakSet: a set that does not keep its elements alive (CPython: Lib/_weakrefset.py).
//
// `data` is a set of weak references. An element leaves when it dies: its reference calls back. While a loop is running,
// those that are to leave wait in `pending`, so that the loop does not see the set shrink; they leave when the last loop
// ends, or when somebody changes the set. The callback knows the set by a weak reference only.
//
// Laws
//   weak-loop (weak_collections.h): while a loop runs, a death by itself removes no element of `data`.
#pragma once

#include <ouro/objects/containers/list.h>
#include <ouro/objects/core/kind.h>
#include <ouro/objects/sets/set.h>
#include <ouro/objects/sets/set_iterator.h>

#include <cstddef>
#include <cstdint>
#include <tuple>

namespace ouro {

/// The object of a WeakSet. Constant time where nothing else is said. Elements are compared by ==, while they live.
/// TypeError "cannot create weak reference to 'int' object" for one that cannot be referred to weakly.
struct WeakSet : Object {
  static constexpr Kind kKind = Kind::kWeakSet;
  static constexpr Home kHome = Home::kContainers;
  static constexpr EdgeLayout kEdges = EdgeLayout::fixed(sizeof(Object), 3);

  Object* data;         ///< owned set
  Object* pending;      ///< owned list: references that are to leave when the last loop has ended
  Object* removal;      ///< owned: what the weak references call
  std::uint32_t loops;  ///< loops that are running

  [[nodiscard]] Set& references() const noexcept { return static_cast<Set&>(*data); }
  [[nodiscard]] List& waiting() const noexcept { return static_cast<List&>(*pending); }

  void add(Object& element);
  [[nodiscard]] bool contains(Object& element) const;
  /// False if it was not there.
  bool discard(Object& element);
  /// The living element added last. KeyError "'pop from empty WeakSet'".
  [[nodiscard]] Ref<> pop();
  void clear();
  /// `len(set)`: elements less those that wait to leave.
  [[nodiscard]] std::size_t length() const noexcept;
  /// The living elements as a list. Linear.
  [[nodiscard]] Ref<List> living();
  /// Takes out what waits.
  void settle();

  // As those of Set; linear in the iterable.
  void update(Object& iterable);
  void intersection_update(Object& iterable);
  void difference_update(Object& iterable);
  void symmetric_difference_update(Object& iterable);
};

/// A walk through the living elements of a WeakSet, which keeps the one at hand alive. RuntimeError "Set changed size during
/// iteration" if somebody adds or removes elements by hand.
class [[nodiscard]] WeakSetLoop {
 public:
  explicit WeakSetLoop(WeakSet& set);
  WeakSetLoop(WeakSetLoop&& other) noexcept = default;
  WeakSetLoop& operator=(WeakSetLoop&&) = delete;
  ~WeakSetLoop();

  /// The next living element, or empty at the end.
  [[nodiscard]] Ref<> next();

 private:
  Ref<WeakSet> set_;
  Ref<SetIterator> iterator_;

 public:
  static constexpr std::tuple edges{&WeakSetLoop::set_, &WeakSetLoop::iterator_};
};

/// An empty one. Throws MemoryError.
[[nodiscard]] Ref<WeakSet> make_weak_set(Builtins& builtins);
/// `WeakSet(iterable)`.
[[nodiscard]] Ref<WeakSet> weak_set_from(Object& iterable);

}  // namespace ouro
