// WeakTable: which weak references point to an object.
//
// An object that no weak reference points to pays one flag bit for the possibility. The others stand in a table beside the
// heap, each with a doubly linked list of its weak references, newest first:
//
//   target (kWeakFlag) ..> table ──> WeakRef ⇄ WeakRef ⇄ WeakRef
//
// Laws
//   weak-listed: a WeakRef with a target stands in the target's list, and the target has kWeakFlag; one without stands
//   nowhere.
//   weak-first: all weak references to an object are dead before the first callback is called (PEP 205).
#pragma once

#include <ouro/objects/model/edges.h>
#include <ouro/objects/model/object.h>
#include <ouro/objects/model/ref.h>

#include <cstddef>
#include <memory>

namespace ouro {

/// A weak reference object. Its type, call and comparison are in objects/weakref.h.
struct WeakRef : Object {
  static constexpr Home kHome = Home::kContainers;
  static constexpr EdgeLayout kEdges = EdgeLayout::fixed(sizeof(Object) + sizeof(Object*), 1);

  Object* target;    ///< borrowed; null when dead
  Object* callback;  ///< owned, may be null; called once with this reference when the target dies
  WeakRef* newer;    ///< neighbours in the target's list
  WeakRef* older;
  std::int64_t hash;  ///< the target's, once asked for while it lived; -1 before
};

/// The weak references of one runtime by target. Not for use without the lock.
class WeakTable {
 public:
  WeakTable();
  ~WeakTable();
  WeakTable(const WeakTable&) = delete;
  WeakTable& operator=(const WeakTable&) = delete;

  /// Makes `reference`, which has no target yet, point to `target`. Throws MemoryError and changes nothing if there is no
  /// room.
  void link(WeakRef& reference, Object& target);
  /// Takes `reference` out of its target's list, if it has one. Allocates nothing.
  void unlink(WeakRef& reference) noexcept;
  /// The newest weak reference to `target`, or null.
  [[nodiscard]] WeakRef* newest(const Object& target) const noexcept;
  /// The weak reference to `target` without a callback that all who ask share (CPython reuses it too), or null.
  [[nodiscard]] WeakRef* shared(const Object& target, const Type& type) const noexcept;
  /// Kills all weak references to `target` and returns them as a chain through `older`, newest first. Allocates nothing.
  WeakRef* detach_all(Object& target) noexcept;
  /// Number of objects with weak references.
  [[nodiscard]] std::size_t targets() const noexcept;

 private:
  struct Lists;
  std::unique_ptr<Lists> lists_;
};

}  // namespace ouro
