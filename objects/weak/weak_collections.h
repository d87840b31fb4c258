// Dictionaries that do not keep their keys, or their values, alive (CPython: Lib/weakref.py).
//
//   WeakKeys     WeakKeyDictionary     data:  weak reference to the key -> value
//   WeakValues   WeakValueDictionary   data:  key -> weak reference to the value
//
//   offset 0        16     24        32        40      44
//          +--------+------+---------+---------+-------+-------+
//          | header | data | pending | removal | loops | dirty |       data, pending and removal are the edges
//          +--------+------+---------+---------+-------+-------+
//
// An entry leaves when its key (its value) dies: the weak reference calls back. While a loop is running, entries that are to
// leave wait in `pending`, so that the loop does not see the dict shrink; they leave when the last loop ends, or when
// somebody asks a WeakValues for anything (and the loop then fails, as in CPython). The callback knows the dictionary by a
// weak reference only, so a dictionary can die before its entries do.
//
// Laws
//   weak-loop: while a loop runs, a death by itself removes no entry of `data`.
#pragma once

#include <ouro/objects/containers/dict.h>
#include <ouro/objects/containers/list.h>
#include <ouro/objects/weak/weakref.h>

#include <cstddef>
#include <cstdint>
#include <optional>
#include <tuple>
#include <utility>

namespace ouro {

/// What both have in common.
struct WeakDictionary : Object {
  static constexpr Home kHome = Home::kContainers;
  static constexpr EdgeLayout kEdges = EdgeLayout::fixed(sizeof(Object), 3);
  using Item = std::pair<Ref<>, Ref<>>;

  Object* data;         ///< owned dict
  Object* pending;      ///< owned list: what is to leave when the last loop has ended
  Object* removal;      ///< owned: what the weak references call, or a weak reference to the dictionary
  std::uint32_t loops;  ///< loops that are running
  std::uint32_t dirty;  ///< not 0: entries were removed by hand since deaths were noted in `pending`

  [[nodiscard]] Dict& entries() const noexcept { return static_cast<Dict&>(*data); }
  [[nodiscard]] List& waiting() const noexcept { return static_cast<List&>(*pending); }
  /// `dict(dictionary.items())`: the entries whose key and value live. Linear.
  [[nodiscard]] Ref<Dict> living();
  /// `dictionary.update(other)`: a dict, another weak dictionary, an object with a method `items`, or what `dict(other)`
  /// takes.
  void update(Object& other);
};
static_assert(sizeof(WeakDictionary) == 48);

/// A walk through the living entries of a dictionary, which keeps both alive meanwhile. RuntimeError "dictionary changed
/// size during iteration" if somebody adds or removes entries by hand.
class [[nodiscard]] WeakLoop {
 public:
  explicit WeakLoop(WeakDictionary& dictionary);
  WeakLoop(WeakLoop&&) noexcept = default;
  WeakLoop& operator=(WeakLoop&&) = delete;
  ~WeakLoop();
  WeakLoop(const WeakLoop&) = delete;
  WeakLoop& operator=(const WeakLoop&) = delete;

  /// The next entry whose key and value live, or nothing at the end.
  [[nodiscard]] std::optional<WeakDictionary::Item> next();

 private:
  Ref<WeakDictionary> dictionary_;  ///< empty if it was moved from, or the collector cleared it
  std::optional<DictCursor> cursor_;

 public:
  static constexpr std::tuple edges{&WeakLoop::dictionary_};
};

/// The object of a WeakKeyDictionary. Constant time where nothing else is said. Keys are compared by ==, while they live.
/// TypeError "cannot create weak reference to 'int' object" for a key that cannot be referred to weakly.
struct WeakKeys : WeakDictionary {
  static constexpr Kind kKind = Kind::kWeakKeys;

  /// The value of `key`, or empty.
  [[nodiscard]] Ref<> find(Object& key) const;
  /// `dictionary[key]`. KeyError with the key's weak reference, as in CPython.
  [[nodiscard]] Ref<> get(Object& key) const;
  [[nodiscard]] bool contains(Object& key) const;
  void set(Object& key, Object& value);
  Ref<> set_default(Object& key, Object& value);
  void remove(Object& key);
  /// The value, or the fallback for a missing key. KeyError without one. An empty dictionary does not hash the key.
  Ref<> pop(Object& key);
  Ref<> pop(Object& key, Object& fallback);
  /// The living entry inserted last. KeyError "'popitem(): dictionary is empty'".
  Item pop_item();
  void clear();
  /// `len(dictionary)`: entries less those that wait to leave. Linear if entries were removed during a loop.
  [[nodiscard]] std::size_t length();
};

/// The object of a WeakValueDictionary.
struct WeakValues : WeakDictionary {
  static constexpr Kind kKind = Kind::kWeakValues;

  [[nodiscard]] Ref<> find(Object& key);
  /// `dictionary[key]`. KeyError with the key's repr, also if the value is dead.
  [[nodiscard]] Ref<> get(Object& key);
  [[nodiscard]] bool contains(Object& key) { return static_cast<bool>(find(key)); }
  void set(Object& key, Object& value);
  Ref<> set_default(Object& key, Object& value);
  void remove(Object& key);
  Ref<> pop(Object& key);
  Ref<> pop(Object& key, Object& fallback);
  Item pop_item();
  void clear();
  [[nodiscard]] std::size_t length();
};

/// Empty ones. Throws MemoryError.
[[nodiscard]] Ref<WeakKeys> make_weak_keys(Builtins& builtins);
[[nodiscard]] Ref<WeakValues> make_weak_values(Builtins& builtins);

}  // namespace ouro
