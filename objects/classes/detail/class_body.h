// The inner parts of a class: its slots, what special methods they call, where its instances keep their values, what looking
// up found last, and which classes derive from it.
#pragma once

#include <ouro/base/detail/ring.h>
#include <ouro/objects/classes/detail/lookup_cache.h>
#include <ouro/objects/classes/detail/shape.h>
#include <ouro/objects/classes/detail/special.h>
#include <ouro/objects/model/type.h>

#include <array>
#include <cstdint>

namespace ouro {
struct Class;
}

namespace ouro::detail {

/// One class derives from one base, or has it in an MRO that its metaclass says. Lies with the derived class, listed by the
/// base; neither owns the other through it.
struct SubclassLink {
  Class* derived;
  Class* base;         ///< null if the base is a built-in type or gone
  SubclassLink* next;  ///< in the base's ring, as `previous`
  SubclassLink* previous;
  bool is_base;          ///< it is one of `__bases__`
  bool is_asked;         ///< the derived class may be current: law asked-first
  std::uint32_t number;  ///< how many derived from the base before
};
using Subclasses = Ring<SubclassLink, &SubclassLink::next, &SubclassLink::previous>;

/// Everything of a class that is neither a reference nor needed by other floors. What a change of a base asks of each class
/// below, one after the other, stands in front, together.
struct ClassBody {
  bool is_current = false;         ///< the cache may be filled; false: it is empty, and so are those of all derived classes
  bool guarded = false;            ///< the class or a base has, or had, an attribute that may be a data descriptor
  bool has_dict = true;            ///< its objects have a `__dict__`
  bool has_members_below = false;  ///< the class, or one that derives from it, has members
  bool is_abstract = false;        ///< `__abstractmethods__` is true: no objects are made of it
  bool own_order = false;          ///< `mro` of its metaclass said what its MRO is, once at least
  std::uint32_t link_count = 0;
  SubclassLink* links = nullptr;    ///< to what it derives from: detail/class_links.h
  SubclassLink* derived = nullptr;  ///< first of the classes that derive from this one
  Class* next_in_walk = nullptr;    ///< see walk_derived; null outside of one
  std::uint64_t changes = 0;        ///< times that what had been found was forgotten
  LookupCache cache;
  std::uint32_t links_made = 0;  ///< classes that ever derived from this one
  std::uint32_t members = 0;     ///< places of its objects that `__slots__` name, those of the bases included
  std::uint32_t roomy = 64;      ///< so many more instances have room for attributes that none had yet
  Shapes shapes;
  Object* qualified = nullptr;               ///< str, owned: `__qualname__`; null: the name
  SpecialSet own_specials = 0;               ///< those that stand in the class's own dict
  std::array<Object*, kSpecials> special{};  ///< borrowed from the dicts along the MRO; null: no such method
  TypeSlots slots;
  NumberSlots number;
  SequenceSlots sequence;
  MappingSlots mapping;

  [[nodiscard]] Object* method(Special which) const noexcept { return special[static_cast<std::size_t>(which)]; }
};

/// Sets the slots of `body` to what its special methods offer. The slots of the object's life stay as they are.
void connect_slots(ClassBody& body) noexcept;

}  // namespace ouro::detail
