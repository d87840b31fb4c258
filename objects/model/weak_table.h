// WeakTable: which weak references point to an object.
//
// An object that no weak reference points to pays one flag bit for the possibility. The others stand in tables beside the
// heap, each with a list of its weak references, newest first, whose last one leads on to the first (a ring):
//
//   target (kWeakFlag) ..> slot ──> WeakRef ⇄ WeakRef ⇄ WeakRef ⇄ (the first)
//
// An area has a slot for every granule in which an object may begin: the place of an object's slot is arithmetic, and slots
// of neighbours are neighbours, so a table of a million targets costs no more a target than one of ten. A table is made when
// the first object of its area is watched, and takes memory by the page that was written. What lies in no area (immortal
// objects, atoms over 512 bytes), or in one for whose table the system had no addresses, stands in a hash map.
//
// Laws
//   weak-listed: a WeakRef with a target stands in the target's list, and the target has kWeakFlag; one without stands
//   nowhere. An immortal target has no flag (law immortal-unwritten): it is looked up always.
//   weak-shared-first: the one without a callback, which all who ask share, stands before the others, so it is found at
//   once.
//   weak-first: all weak references to an object are dead before the first callback is called (PEP 205).
#pragma once

#include <ouro/allocator/space/side_table.h>
#include <ouro/allocator/space/space.h>
#include <ouro/base/owned.h>
#include <ouro/objects/model/edges.h>
#include <ouro/objects/model/object.h>
#include <ouro/objects/model/ref.h>

#include <cstddef>
#include <string_view>

namespace ouro {

/// A weak reference object. Its type, call and comparison are in objects/weak/weakref.h.
struct WeakRef : Object {
  static constexpr std::string_view kErrorName = "weakref";
  static constexpr Home kHome = Home::kContainers;
  static constexpr EdgeLayout kEdges = EdgeLayout::fixed(sizeof(Object) + sizeof(Object*), 1);

  [[nodiscard]] static bool is_layout_of(const Object& object) noexcept { return object.type->has(kWeakRefType); }

  Object* target;    ///< borrowed; null when dead
  Object* callback;  ///< owned, may be null; called once with this reference when the target dies
  WeakRef* newer;    ///< neighbours in the target's ring; null in none
  WeakRef* older;
  std::int64_t hash;  ///< the target's, once asked for while it lived; -1 before
};

/// The weak references of one runtime by target. Not for use without the lock.
class WeakTable {
 public:
  WeakTable(const alloc::Space& containers, const alloc::Space& atoms);
  ~WeakTable();
  WeakTable(const WeakTable&) = delete;
  WeakTable& operator=(const WeakTable&) = delete;

  /// Makes `reference`, which has no target yet, point to `target`. Throws MemoryError and changes nothing if there is no
  /// room.
  void link(WeakRef& reference, Object& target);
  /// Takes `reference` out of its target's list, if it has one. Allocates nothing.
  void unlink(WeakRef& reference) noexcept;
  /// The first weak reference to `target`, or null: the one without a callback, then the others, newest first. They follow
  /// through `older`, until it is the first again.
  [[nodiscard]] WeakRef* newest(const Object& target) const noexcept;
  /// The weak reference to `target` without a callback that all who ask share (CPython reuses it too), or null.
  [[nodiscard]] WeakRef* shared(const Object& target, const Type& type) const noexcept;
  /// Kills all weak references to `target` and returns them as a chain through `older`, newest first. Allocates nothing.
  WeakRef* detach_all(Object& target) noexcept;
  /// Number of objects with weak references.
  [[nodiscard]] std::size_t targets() const noexcept { return targets_; }

  /// Gives back the memory of slots that nobody uses. Linear in the arenas.
  void trim() noexcept;
  /// Gives back the tables. No object may have weak references.
  void release() noexcept;

 private:
  /// The slots of one area.
  class Slots {
   public:
    /// Granules of 2^`shift` bytes, in each of which one object can begin at most.
    Slots(const alloc::Space& area, unsigned shift) noexcept : area_(area), shift_(shift) {}

    /// The slot of an object; null if it lies elsewhere, or there is no table.
    [[nodiscard]] WeakRef** find(const Object& target) noexcept {
      const std::uintptr_t offset = address_of(&target) - address_of(area_.base());
      return offset < covered_ ? slots_.data() + (offset >> shift_) : nullptr;
    }
    /// The same for a slot that is written next.
    [[nodiscard]] WeakRef** find_to_write(const Object& target) noexcept {
      WeakRef** const slot = find(target);
      if (slot != nullptr && slot >= unprepared_) [[unlikely]]
        prepare(slot);
      return slot;
    }
    /// Makes the table for an object of the area. Tries once only, so that each object has one place as long as it lives.
    void make_for(const Object& target) noexcept;
    void trim(bool empty) noexcept;
    void release() noexcept;

   private:
    void prepare(WeakRef** slot) noexcept;

    const alloc::Space& area_;
    unsigned shift_;
    std::size_t covered_ = 0;  ///< bytes of the area from its base that have slots: all or none
    bool tried_ = false;
    alloc::SideTable<WeakRef*> slots_;
    WeakRef** unprepared_ = nullptr;  ///< no page from here on was brought into memory before it was touched
  };
  struct Others;

  [[nodiscard]] WeakRef** slot_of(const Object& target) const noexcept;
  [[nodiscard]] WeakRef*& make_slot(Object& target);
  void clear_slot(const Object& target) noexcept;

  mutable Slots containers_;
  mutable Slots atoms_;
  Owned<Others> others_;
  std::size_t targets_ = 0;
};

}  // namespace ouro
