// LookupCache: what looking names up along a class's MRO found.
//
//   entries   [ . | name value | . | name null | ... ]      by the name's address; a search ends at a free entry
//
// It begins with a few entries inside itself and grows with the names that are asked for, so that a class whose hundred
// methods are called keeps all of them, and one that nobody asks costs little. What it may hold at most is a constant: a
// class that is asked for ever new names begins again when it is full.
#pragma once

#include <ouro/base/bits.h>
#include <ouro/objects/model/heap.h>
#include <ouro/objects/text/str_layout.h>

#include <array>
#include <cstddef>
#include <cstdint>

namespace ouro::detail {

/// Values by name. The values are borrowed from the classes' dicts and may be null (there is none), so whoever changes an
/// attribute makes the class and all that derive from it forget what they found.
class LookupCache {
 public:
  struct Entry {
    Str* name = nullptr;  ///< interned; owned, so that no other name can take its address
    Object* value = nullptr;
  };

  LookupCache() noexcept { entries_ = first_.data(); }
  LookupCache(const LookupCache&) = delete;
  LookupCache& operator=(const LookupCache&) = delete;

  /// The entry of an interned name, or null. Valid until the next change.
  [[nodiscard]] const Entry* find(const Str& name) const noexcept {
    for (std::size_t place = first_place(name);; place = (place + 1) & mask_) {
      const Entry& entry = entries_[place];
      if (entry.name == &name) return &entry;
      if (entry.name == nullptr) return nullptr;
    }
  }
  /// Remembers a value for an interned name. Without memory for more it forgets the others.
  void put(Heap& heap, Str& name, Object* value) noexcept;
  /// Costs a constant, and what the entries do that are there.
  void clear(Heap& heap) noexcept {
    if (used_ != 0) forget(heap);
  }
  /// The same, and gives its memory back. Before the end.
  void release(Heap& heap) noexcept {
    clear(heap);
    if (entries_ != first_.data()) give_back_places(heap);
  }
  template <class F>
  void for_each_name(F&& function) const {
    for (std::size_t place = 0; place <= mask_; ++place)
      if (entries_[place].name != nullptr) function(*entries_[place].name);
  }

 private:
  static constexpr std::size_t kPlacesAtFirst = 16;
  static constexpr std::size_t kMostPlaces = 1024;
  static_assert(kPlacesAtFirst * 2 <= kMostPlaces);

  [[nodiscard]] std::size_t first_place(const Str& name) const noexcept {
    const std::uintptr_t address = address_of(&name);
    return (address >> 3 ^ address >> 9) & mask_;
  }
  /// The place of a name, or the free one where it belongs.
  [[nodiscard]] Entry& place_for(const Str& name) noexcept {
    std::size_t place = first_place(name);
    while (entries_[place].name != nullptr && entries_[place].name != &name) place = (place + 1) & mask_;
    return entries_[place];
  }
  /// False if it has all the places that it may have, or there is no memory.
  [[nodiscard]] bool grow(Heap& heap) noexcept;
  void forget(Heap& heap) noexcept;
  void give_back_places(Heap& heap) noexcept;

  std::uint32_t used_ = 0;
  std::uint32_t mask_ = kPlacesAtFirst - 1;  ///< places - 1; at most half of them are used
  Entry* entries_ = nullptr;
  std::array<Entry, kPlacesAtFirst> first_{};
};

}  // namespace ouro::detail
