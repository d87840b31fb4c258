// Dict: values by key, in the order of insertion.
//
//   offset 0        16      24     28     32         36           40
//          +--------+-------+------+------+----------+------------+
//          | header | pairs | used | size | capacity | index_bits |
//          +--------+---|---+------+------+----------+------------+
//                       v
//          | key value | key value | (deleted) | key value | room ... | hash hash hash ... | index |
//            pairs, in order of insertion: the edges (pairs)             32 bits of each      which pair, by hash
//
// An entry costs 20 bytes. Up to 8 entries are found by looking at their hashes one after the other; only larger dicts have
// an index (see detail/dict_table.h), so a dict of five str keys takes 152 bytes in all.
//
// Laws
//   dict-40: a dict is one 40-byte block plus one buffer.
//   dict-order: pairs stand in the order in which their keys were first inserted; a deleted one is a pair of nulls.
//   dict-late: a dict is not tracked before it holds something that could lead back to it (claim G3's sister, rule 116).
//   dict-whole: a call that throws has changed nothing.
#pragma once

#include <ouro/base/standard/range.h>
#include <ouro/objects/core/builtins.h>
#include <ouro/objects/core/immortals.h>
#include <ouro/objects/core/kind.h>
#include <ouro/objects/model/make.h>

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <utility>

namespace ouro {

struct Dict;
struct DictView;

/// One entry as it lies in memory. Both null: deleted.
struct DictPair {
  Object* key;
  Object* value;
};

/// One entry as a loop sees it, borrowed.
struct DictItem {
  Object& key;
  Object& value;
};

/// Walks the entries of a dict in order. RuntimeError "dictionary changed size during iteration" when that happens; values
/// may be replaced meanwhile.
class DictCursor {
 public:
  using difference_type = std::ptrdiff_t;
  using value_type = DictItem;

  explicit DictCursor(const Dict& dict) noexcept;
  [[nodiscard]] inline DictItem operator*() const noexcept;
  inline DictCursor& operator++();
  void operator++(int) { ++*this; }
  [[nodiscard]] inline bool operator==(std::default_sentinel_t) const noexcept;

 private:
  [[noreturn, gnu::cold]] static void changed();
  inline void skip_deleted() noexcept;

  const Dict* dict_;
  std::uint32_t position_ = 0;
  std::uint32_t expected_;
};

/// The object of a dict. Constant time on average where nothing else is said. A key that cannot be hashed is TypeError
/// "unhashable type: 'list'". Hashing and comparing keys may run code of their classes, except for str and int keys.
struct Dict : Object {
  /// On the dict of a class, which borrows methods from it: the collector leaves it to the class to clear it.
  static constexpr std::uint32_t kOfClassFlag = kFirstTypeFlag;

  static constexpr Kind kKind = Kind::kDict;
  static constexpr Home kHome = Home::kContainers;
  static constexpr EdgeLayout kEdges = EdgeLayout::pairs(sizeof(Object), sizeof(Object) + sizeof(DictPair*));

  DictPair* pairs;               ///< the buffer; null if capacity is 0
  std::uint32_t used;            ///< pairs in use, deleted ones included
  std::uint32_t size;            ///< entries
  std::uint32_t capacity;        ///< room in the buffer, in pairs
  std::uint32_t index_bits : 8;  ///< the index has 2^index_bits slots; 0: there is none
  std::uint32_t version : 24;    ///< changes whenever the table moves: see bump_version

  // ---- Reading ----

  /// The value of `key`, borrowed, or null.
  [[nodiscard]] Object* find(Object& key) const;
  /// The same for a key that is a str, without making one. A key that merely equals the str is not found.
  [[nodiscard]] Object* find(std::string_view key) const noexcept;
  /// `dict[key]`, borrowed. KeyError with the key's repr.
  [[nodiscard]] Object& get(Object& key) const;
  [[nodiscard]] Object& get(std::string_view key) const;
  /// `key in dict`.
  [[nodiscard]] bool contains(Object& key) const { return find(key) != nullptr; }

  // ---- Writing ----

  /// `dict[key] = value`. An equal key that is there already stays.
  void set(Object& key, Object& value);
  /// The same with a str key, which is made (and interned) only if it is new.
  void set(std::string_view key, Object& value);
  /// `dict.setdefault(key, value)`: the value the key has afterwards, borrowed.
  Object& set_default(Object& key, Object& value);
  /// `del dict[key]`. KeyError with the key's repr.
  void remove(Object& key);
  /// Removes the key if it is there, and says whether it was.
  bool discard(Object& key);
  /// `dict.pop(key)`. KeyError with the key's repr. An empty dict does not hash the key.
  Ref<> pop(Object& key);
  /// `dict.pop(key, fallback)`. Likewise.
  Ref<> pop(Object& key, Object& fallback);
  /// `dict.popitem()`: the entry inserted last. KeyError "'popitem(): dictionary is empty'".
  std::pair<Ref<>, Ref<>> pop_item();
  /// `dict.clear()`. Linear.
  void clear() noexcept;
  /// `dict.update(other)`: a dict, an object with a method `keys`, or an iterable of pairs. Linear in the other. What was
  /// set before an error stays set.
  void update(Object& other);
  /// `dict.copy()`. Linear.
  [[nodiscard]] Ref<Dict> copy() const;
  /// Room for `count` entries, so that inserting up to there needs no memory.
  void reserve(std::size_t count);

  // ---- Views and loops ----

  /// `dict.keys()`, `dict.values()`, `dict.items()`: objects that follow the dict's changes.
  [[nodiscard]] Ref<DictView> keys();
  [[nodiscard]] Ref<DictView> values();
  [[nodiscard]] Ref<DictView> items();
  /// `for (auto [key, value] : dict)`.
  [[nodiscard]] DictCursor begin() const noexcept { return DictCursor(*this); }
  [[nodiscard]] std::default_sentinel_t end() const noexcept { return {}; }
};
static_assert(sizeof(Dict) == 40, "law dict-40");

/// An empty dict with room for `room` entries. Throws MemoryError.
[[nodiscard]] Ref<Dict> make_dict(Builtins& builtins, std::size_t room = 0);
/// The same for `type`, which is dict or a class that derives from it. No object of a class is made if memory is lacking.
[[nodiscard]] Ref<Dict> make_dict_of(Type& type, std::size_t room = 0);
/// `dict(other)`.
[[nodiscard]] Ref<Dict> dict_from(Object& other);

inline DictCursor::DictCursor(const Dict& dict) noexcept : dict_(&dict), expected_(dict.size) { skip_deleted(); }

inline void DictCursor::skip_deleted() noexcept {
  while (position_ < dict_->used && dict_->pairs[position_].key == nullptr) ++position_;
}
inline DictItem DictCursor::operator*() const noexcept {
  const DictPair& pair = dict_->pairs[position_];
  return {*pair.key, *pair.value};
}
inline DictCursor& DictCursor::operator++() {
  if (dict_->size != expected_) [[unlikely]]
    changed();
  ++position_;
  skip_deleted();
  return *this;
}
inline bool DictCursor::operator==(std::default_sentinel_t) const noexcept { return position_ >= dict_->used; }

}  // namespace ouro
