// Shape: which attribute lies in which slot of an instance. Shapes: all of them that a class's instances have.
//
//   0:  x y z          an instance knows the number of its shape and how many names of that it has come to:
//   1:  x z            (0, 2) has x and y in its first two slots
//   2:  z x y
//
// The shapes of a class are a tree whose edges are names: an instance that gets an attribute goes on from where it is to
// where the name leads. A path along which nothing branches is one shape; where another name follows, a branch begins, a
// shape of its own that starts with the same names. All instances share the shapes, so an instance stores values only
// (CPython: key-sharing dictionaries, PEP 412, which know one order for each class).
//
//   names   [ x | y | name | ... ]      at most 30
//   index   [ . 1 . . 0 . . 2 ... ]     64 places by the name's address; the number of the slot, or 255
//
// Laws
//   shape-bounded: a class has at most 32 shapes.
//   shape-prefix: a branch begins with as many names of the shape it leaves as it says, and goes on with another one.
#pragma once

#include <ouro/base/bits.h>
#include <ouro/objects/model/heap.h>
#include <ouro/objects/text/str.h>

#include <array>
#include <cstdint>

namespace ouro::detail {

/// Attribute names by slot. It owns a count of each name, all of them interned.
class Shape {
 public:
  static constexpr std::uint32_t kMaxNames = 30;
  static constexpr std::uint32_t kAbsent = 0xFF;

  Shape() noexcept { index_.fill(static_cast<std::uint8_t>(kAbsent)); }
  /// Begins with the first `count` names of another one.
  Shape(const Shape& other, std::uint32_t count) noexcept : Shape() {
    for (std::uint32_t slot = 0; slot < count; ++slot) add(other.name(slot));
  }
  ~Shape() {
    for (std::uint32_t slot = 0; slot < size_; ++slot) decrement(*names_[slot]);
  }
  Shape(const Shape&) = delete;
  Shape& operator=(const Shape&) = delete;

  [[nodiscard]] std::uint32_t size() const noexcept { return size_; }
  [[nodiscard]] Str& name(std::uint32_t slot) const noexcept { return *names_[slot]; }
  /// True if this name lies in this slot.
  [[nodiscard]] bool has_at(std::uint32_t slot, const Str& name) const noexcept {
    return slot < size_ && names_[slot] == &name;
  }

  /// The slot of an interned name, or kAbsent.
  [[nodiscard]] std::uint32_t find(const Str& name) const noexcept {
    for (std::size_t place = first_place(name);; place = (place + 1) % kPlaces) {
      const std::uint32_t slot = index_[place];
      if (slot == kAbsent || names_[slot] == &name) return slot;
    }
  }
  /// The slot of a name that may not be interned, or kAbsent.
  [[nodiscard]] std::uint32_t find_equal(const Str& name) const noexcept {
    if (name.is_interned()) return find(name);
    for (std::uint32_t slot = 0; slot < size_; ++slot)
      if (equal_text(*names_[slot], name)) return slot;
    return kAbsent;
  }

  /// Gives a new, interned name the next slot. There must be room.
  void add(Str& name) noexcept {
    std::size_t place = first_place(name);
    while (index_[place] != kAbsent) place = (place + 1) % kPlaces;
    index_[place] = static_cast<std::uint8_t>(size_);
    increment(name);
    names_[size_++] = &name;
  }

 private:
  static constexpr std::size_t kPlaces = 64;
  static_assert(kMaxNames < kPlaces, "a search ends at a free place");

  [[nodiscard]] static std::size_t first_place(const Str& name) noexcept {
    const std::uintptr_t address = address_of(&name);
    return (address >> 3 ^ address >> 9) % kPlaces;
  }

  std::uint32_t size_ = 0;
  std::array<std::uint8_t, kPlaces> index_;
  std::array<Str*, kMaxNames> names_;
};

/// How far an instance has come in the tree: its shape, and the slot behind its last value.
struct ShapePlace {
  std::uint32_t shape;
  std::uint32_t next;
};

/// The shapes of one class. Number 0 is always there; all of them begin with the members that `__slots__` name.
class Shapes {
 public:
  static constexpr std::uint32_t kMost = 32;
  /// No shape.
  static constexpr std::uint32_t kNone = 0xFF;

  Shapes() noexcept = default;
  Shapes(const Shapes&) = delete;
  Shapes& operator=(const Shapes&) = delete;
  /// Gives the memory of the branches back. Before the end.
  void release(Heap& heap) noexcept;

  [[nodiscard]] Shape& first() noexcept { return first_; }
  [[nodiscard]] const Shape& first() const noexcept { return first_; }
  [[nodiscard]] std::uint32_t count() const noexcept { return 1 + branches_used_; }
  [[nodiscard]] Shape& at(std::uint32_t number) noexcept {
    if (number == 0) [[likely]]
      return first_;
    return branches_[number - 1]->shape;
  }
  [[nodiscard]] const Shape& at(std::uint32_t number) const noexcept { return const_cast<Shapes&>(*this).at(number); }
  /// How many slots an instance needs that may take any of the shapes.
  [[nodiscard]] std::uint32_t widest() const noexcept { return widest_; }

  /// Calls `function(Str&)` for each count of a name.
  template <class F>
  void for_each_name(F&& function) const {
    for (std::uint32_t number = 0; number < count(); ++number)
      for (std::uint32_t slot = 0; slot < at(number).size(); ++slot) function(at(number).name(slot));
  }
  /// Gives a new name the next slot of a shape. There must be room.
  void add(std::uint32_t number, Str& name) noexcept;
  /// The shape in which `name` is next behind the names at `place`, if there is one; else kNone. A few steps for each
  /// branch.
  [[nodiscard]] std::uint32_t find_next(ShapePlace place, const Str& name) const noexcept;
  /// The same; makes the shape longer or a new one if need be. kNone if there may be no more, or there is no memory.
  [[nodiscard]] std::uint32_t need_next(Heap& heap, ShapePlace place, Str& name) noexcept;

 private:
  /// Law shape-prefix.
  struct Branch {
    Branch(const Shape& from, std::uint32_t number, std::uint32_t at) noexcept
        : shape(from, at), parent(number), begin(at) {}

    Shape shape;
    std::uint32_t parent;  ///< the shape that it leaves
    std::uint32_t begin;   ///< how many names they have in common
  };

  /// The same place in the shape that was there first: where a branch has not left its parent yet, that.
  [[nodiscard]] ShapePlace earliest(ShapePlace place) const noexcept {
    while (place.shape != 0 && place.next <= branches_[place.shape - 1]->begin)
      place.shape = branches_[place.shape - 1]->parent;
    return place;
  }
  [[nodiscard]] bool has_room_for_branch(Heap& heap) noexcept;

  Shape first_;
  Branch** branches_ = nullptr;  ///< a buffer with room for kMost - 1, once there are any
  std::uint32_t branches_used_ = 0;
  std::uint32_t widest_ = 0;
};

}  // namespace ouro::detail
