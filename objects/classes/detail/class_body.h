// The inner parts of a class: its slots, what special methods they call, where its instances keep their values, what looking
// up found last, and which classes derive from it.
#pragma once

#include <ouro/base/detail/ring.h>
#include <ouro/objects/classes/detail/shape.h>
#include <ouro/objects/classes/detail/special.h>
#include <ouro/objects/model/type.h>
#include <ouro/objects/text/str.h>

#include <array>
#include <bit>
#include <cstdint>
#include <utility>

namespace ouro {
struct Class;
}

namespace ouro::detail {

/// What looking up a name through the MRO found, for the names asked for last. Values are borrowed from the classes'
/// dicts and may be null (there is none), so whoever changes an attribute makes the class and all that derive from it
/// forget what they found.
class LookupCache {
 public:
  struct Entry {
    Str* name = nullptr;  ///< owned, so that no other name can take its address
    Object* value = nullptr;
  };

  LookupCache() noexcept = default;
  ~LookupCache() { clear(); }
  LookupCache(const LookupCache&) = delete;
  LookupCache& operator=(const LookupCache&) = delete;

  /// The entry of an interned name; another name's if they collide.
  [[nodiscard]] Entry& entry(const Str& name) noexcept {
    const std::uintptr_t address = address_of(&name);
    return entries_[(address >> 3 ^ address >> 8) % kEntries];
  }
  void put(Str& name, Object* value) noexcept {
    Entry& place = entry(name);
    increment(name);
    Str* const old = std::exchange(place.name, &name);
    place.value = value;
    taken_ |= std::uint32_t{1} << (&place - entries_.data());
    if (old != nullptr) decrement(*old);
  }
  /// Costs what the entries do that are there.
  void clear() noexcept {
    for (std::uint32_t taken = std::exchange(taken_, 0); taken != 0; taken &= taken - 1)
      drop(entries_[static_cast<std::size_t>(std::countr_zero(taken))]);
  }
  template <class F>
  void for_each_name(F&& function) const {
    for (const Entry& place : entries_)
      if (place.name != nullptr) function(*place.name);
  }

 private:
  static constexpr std::size_t kEntries = 32;

  static void drop(Entry& place) noexcept {
    place.value = nullptr;
    decrement(*std::exchange(place.name, nullptr));
  }

  std::uint32_t taken_ = 0;  ///< a bit for each entry that has a name
  std::array<Entry, kEntries> entries_{};
};

/// One class derives from one base. Lies with the derived class, listed by the base; neither owns the other through it.
struct SubclassLink {
  Class* derived;
  Class* base;         ///< null if the base is a built-in type or gone
  SubclassLink* next;  ///< in the base's ring, as `previous`
  SubclassLink* previous;
  bool is_asked;         ///< the derived class may be current: law asked-first
  std::uint32_t number;  ///< how many derived from the base before
};
using Subclasses = Ring<SubclassLink, &SubclassLink::next, &SubclassLink::previous>;

/// Everything of a class that is neither a reference nor needed by other floors.
struct ClassBody {
  TypeSlots slots;
  NumberSlots number;
  SequenceSlots sequence;
  MappingSlots mapping;
  std::array<Object*, kSpecials> special{};  ///< borrowed from the dicts along the MRO; null: no such method
  SpecialSet own_specials = 0;               ///< those that stand in the class's own dict
  Shape shape;
  LookupCache cache;
  bool is_current = false;        ///< the cache may be filled; false: it is empty, and so are those of all derived classes
  bool guarded = false;           ///< the class or a base has, or had, an attribute that may be a data descriptor
  std::uint64_t changes = 0;      ///< times that what had been found was forgotten
  SubclassLink* bases = nullptr;  ///< one for each base
  std::uint32_t base_count = 0;
  SubclassLink* derived = nullptr;  ///< first of the classes that derive from this one
  Class* next_in_walk = nullptr;    ///< see walk_derived; null outside of one
  std::uint32_t links_made = 0;     ///< classes that ever derived from this one
  std::uint32_t members = 0;        ///< places of its objects that `__slots__` name, those of the bases included
  bool has_dict = true;             ///< its objects have a `__dict__`
  bool has_members_below = false;   ///< the class, or one that derives from it, has members
  bool is_abstract = false;         ///< `__abstractmethods__` is true: no objects are made of it
  Object* qualified = nullptr;      ///< str, owned: `__qualname__`; null: the name

  [[nodiscard]] Object* method(Special which) const noexcept { return special[static_cast<std::size_t>(which)]; }
};

/// Sets the slots of `body` to what its special methods offer. The slots of the object's life stay as they are.
void connect_slots(ClassBody& body) noexcept;

}  // namespace ouro::detail
