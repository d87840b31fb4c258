// Shape: which attribute lies in which slot of a class's instances.
//
//   names   [ x | y | name | ... ]      in the order in which instances first got them; at most 30
//   index   [ . 1 . . 0 . . 2 ... ]     64 places by the name's address; the number of the slot, or 255
//
// All instances of a class share it, so an instance stores values only (CPython: key-sharing dictionaries, PEP 412).
#pragma once

#include <ouro/base/bits.h>
#include <ouro/objects/model/object.h>
#include <ouro/objects/model/ref.h>
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
  ~Shape() {
    for (std::uint32_t slot = 0; slot < size_; ++slot) decrement(*names_[slot]);
  }
  Shape(const Shape&) = delete;
  Shape& operator=(const Shape&) = delete;

  [[nodiscard]] std::uint32_t size() const noexcept { return size_; }
  [[nodiscard]] Str& name(std::uint32_t slot) const noexcept { return *names_[slot]; }

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

}  // namespace ouro::detail
