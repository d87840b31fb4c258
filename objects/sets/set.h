// Set and FrozenSet: elements that are hashed and compared, each once.
//
//   offset 0        16     24     28     32     36                   40
//          +--------+------+------+------+------+--------------------+------+
//          | header | keys | used | size | room | shape and version  | hash |     hash: of a frozenset only
//          +--------+--|---+------+------+------+--------------------+------+
//                      v
//          | key | key | (removed) | key | (empty) ... | print print ... | hash hash ... |
//            the edges (buffer); null: no key            8 bits of each    32 bits of each
//
// A slot takes 13 bytes; three eighths to three quarters of the slots of most large sets are taken (detail/set_table.h).
//
// As in CPython the order of the elements is whatever the table makes of their hashes: up to 16 elements mostly stand in the
// order in which they were added, more in another, in which ints that follow one another are neighbours. `pop` takes the
// last one.
//
// A program changes a Set by its members. What gives a new set, or only looks, is a free function over both types. A set is
// always tracked, as in CPython.
//
// Laws
//   set-40: a set is one 40-byte block plus one buffer.
//   set-whole: a call that throws has changed nothing, but one that takes elements from an iterable has added, or removed,
//     what it had taken before.
#pragma once

#include <ouro/base/standard/range.h>
#include <ouro/objects/core/builtins.h>
#include <ouro/objects/core/immortals.h>
#include <ouro/objects/core/kind.h>
#include <ouro/objects/model/make.h>

#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <span>
#include <string_view>

namespace ouro {

struct AnySet;

/// Walks the elements of a set, borrowed. RuntimeError "Set changed size during iteration" when that happens.
class SetCursor {
 public:
  using difference_type = std::ptrdiff_t;
  using value_type = Object;

  explicit SetCursor(const AnySet& set) noexcept;
  [[nodiscard]] inline Object& operator*() const noexcept;
  inline SetCursor& operator++();
  void operator++(int) { ++*this; }
  [[nodiscard]] inline bool operator==(std::default_sentinel_t) const noexcept;

 private:
  [[noreturn, gnu::cold]] static void changed();
  inline void skip_removed() noexcept;

  const AnySet* set_;
  std::uint32_t position_ = 0;
  std::uint32_t expected_;
};

/// What a set and a frozenset have in common. `is_any_set(object)` tells whether an object is one.
struct AnySet : Object {
  static constexpr std::string_view kErrorName = "set or frozenset";
  static constexpr Home kHome = Home::kContainers;
  static constexpr EdgeLayout kEdges = EdgeLayout::buffer(sizeof(Object), sizeof(Object) + sizeof(Object**));
  [[nodiscard]] static bool is_layout_of(const Object& object) noexcept {
    return object.type->kind == Kind::kSet || object.type->kind == Kind::kFrozenSet;
  }

  Object** keys;                ///< the buffer; null if slot_bits is 0
  std::uint32_t used;           ///< no key stands in a slot from here on
  std::uint32_t size;           ///< elements
  std::uint32_t room;           ///< empty slots that may still be taken
  std::uint32_t slot_bits : 5;  ///< the table has 2^slot_bits slots; 0: there is none
  std::uint32_t scattered : 1;  ///< how searches go (detail/set_group.h)
  std::uint32_t version : 26;   ///< changes whenever the table moves: see bump_version

  /// `for (Object& element : set)`.
  [[nodiscard]] SetCursor begin() const noexcept { return SetCursor(*this); }
  [[nodiscard]] std::default_sentinel_t end() const noexcept { return {}; }
};

[[nodiscard]] inline bool is_any_set(const Object& object) noexcept { return AnySet::is_layout_of(object); }

/// The object of a set. Constant time on average where nothing else is said. What cannot be hashed is TypeError "unhashable
/// type: 'list'"; only a set may be looked for or removed, as if it were frozen. Hashing and comparing may run code of the
/// elements' classes, except for str and int. Everything that needs memory may throw MemoryError.
struct Set : AnySet {
  static constexpr Kind kKind = Kind::kSet;

  /// `set.add(element)`. False if an equal one is there, which stays.
  bool add(Object& element);
  /// `set.discard(element)`: removes it if it is there, and says whether it was.
  bool discard(Object& element);
  /// `set.remove(element)`. KeyError with the element's repr.
  void remove(Object& element);
  /// `set.pop()`: any element. KeyError "'pop from an empty set'".
  [[nodiscard]] Ref<> pop();
  /// `set.clear()`. Linear.
  void clear() noexcept;
  /// Room for `count` elements, so that adding up to there needs no memory.
  void reserve(std::size_t count);

  /// `set.update(iterable)`. Linear in the iterable, as all four.
  void update(Object& iterable);
  /// `set.intersection_update(iterable)`.
  void intersection_update(Object& iterable);
  /// `set.difference_update(iterable)`.
  void difference_update(Object& iterable);
  /// `set.symmetric_difference_update(iterable)`.
  void symmetric_difference_update(Object& iterable);
};
static_assert(sizeof(Set) == 40, "law set-40");

/// The object of a frozenset: nobody adds to it or removes from it once it is made.
struct FrozenSet : AnySet {
  static constexpr Kind kKind = Kind::kFrozenSet;
  static constexpr std::int64_t kNoHash = -1;

  std::int64_t hash;  ///< kNoHash: not computed yet
};

// ---- Making ----

/// An empty set with room for `room` elements. Throws MemoryError.
[[nodiscard]] Ref<Set> make_set(Builtins& builtins, std::size_t room = 0);
/// The set, or frozenset, of these objects, which are shared. Linear. `items` must stay valid while code of their classes
/// runs.
[[nodiscard]] Ref<Set> make_set(Builtins& builtins, std::span<Object* const> items);
[[nodiscard]] Ref<FrozenSet> make_frozenset(Builtins& builtins, std::span<Object* const> items = {});
[[nodiscard]] inline Ref<Set> make_set(Builtins& builtins, std::initializer_list<Object*> items) {
  return make_set(builtins, std::span<Object* const>(items.begin(), items.size()));
}
[[nodiscard]] inline Ref<FrozenSet> make_frozenset(Builtins& builtins, std::initializer_list<Object*> items) {
  return make_frozenset(builtins, std::span<Object* const>(items.begin(), items.size()));
}
/// `set(iterable)` and `frozenset(iterable)`; a frozenset gives itself to the latter.
[[nodiscard]] Ref<Set> set_from(Object& iterable);
[[nodiscard]] Ref<FrozenSet> frozenset_from(Object& iterable);

// ---- Looking ----

/// `element in set`. As Set::remove, a set is looked for as if it were frozen.
[[nodiscard]] bool contains(const AnySet& set, Object& element);
/// The same for an element that is a str, without making one. One that merely equals the str is not found.
[[nodiscard]] bool contains(const AnySet& set, std::string_view element) noexcept;
/// `set.issubset(iterable)`, `set.issuperset(iterable)`, `set.isdisjoint(iterable)`. Linear.
[[nodiscard]] bool is_subset(const AnySet& set, Object& iterable);
[[nodiscard]] bool is_superset(const AnySet& set, Object& iterable);
[[nodiscard]] bool is_disjoint(const AnySet& set, Object& iterable);

// ---- New sets ----

// Each gives a set or a frozenset, whichever `set` is: a Ref<Set> of a Ref<Set> by static_ref_cast. Linear.

/// `set.copy()`, a new object also of a frozenset.
[[nodiscard]] Ref<AnySet> copy_of(const AnySet& set);
/// `set.union(iterable)`.
[[nodiscard]] Ref<AnySet> union_of(const AnySet& set, Object& iterable);
/// `set.intersection(iterable)`.
[[nodiscard]] Ref<AnySet> intersection_of(const AnySet& set, Object& iterable);
/// `set.difference(iterable)`.
[[nodiscard]] Ref<AnySet> difference_of(const AnySet& set, Object& iterable);
/// `set.symmetric_difference(iterable)`.
[[nodiscard]] Ref<AnySet> symmetric_difference_of(const AnySet& set, Object& iterable);

inline SetCursor::SetCursor(const AnySet& set) noexcept : set_(&set), expected_(set.size) { skip_removed(); }

inline void SetCursor::skip_removed() noexcept {
  while (position_ < set_->used && set_->keys[position_] == nullptr) ++position_;
}
inline Object& SetCursor::operator*() const noexcept { return *set_->keys[position_]; }
inline SetCursor& SetCursor::operator++() {
  if (set_->size != expected_) [[unlikely]]
    changed();
  ++position_;
  skip_removed();
  return *this;
}
inline bool SetCursor::operator==(std::default_sentinel_t) const noexcept { return position_ >= set_->used; }

}  // namespace ouro
