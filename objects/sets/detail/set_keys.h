// How a set hashes and compares elements: as a dict does its keys (containers/detail/dict_keys.h).
//
// A str or int is hashed and compared here, without a call through its type; all else through the protocol, which may run
// code of classes. That code may change the set that is being searched. If the table or the key that was compared moved, the
// search begins again: law search-ends of dict.
#pragma once

#include <ouro/objects/containers/detail/dict_keys.h>
#include <ouro/objects/sets/detail/set_search.h>

#include <cstdint>

namespace ouro::detail {

/// A set and an element, held from the first call of foreign code on to the end of the operation.
class HeldElement {
 public:
  HeldElement(const AnySet& set, Object& element) noexcept : set_(set), element_(element) {}
  HeldElement(const HeldElement&) = delete;
  HeldElement& operator=(const HeldElement&) = delete;
  ~HeldElement() {
    if (held_) [[unlikely]]
      release();
  }
  void hold() noexcept;
  /// True if foreign code may have run.
  [[nodiscard]] bool is_held() const noexcept { return held_; }

 private:
  void release() noexcept;

  const AnySet& set_;
  Object& element_;
  bool held_ = false;
};

/// The hash of an element as tables keep it. TypeError "unhashable type: 'list'".
[[nodiscard]] inline std::uint32_t hash_element(Object& element, HeldElement& held) {
  if (is_exact<Str>(element)) {
    const auto& str = static_cast<const Str&>(element);
    const std::int64_t cached = str.cached_hash;
    return fold_hash(cached != Str::kNoHash ? cached : hash_of(str));
  }
  if (is_exact<Int>(element)) return fold_hash(hash_int(static_cast<const Int&>(element)));
  held.hold();
  return fold_hash(hash(element));
}

/// Compares by the protocol, and says if the table or the key is another than before. The key is held meanwhile.
[[nodiscard]] Verdict compare_elements(const AnySet& set, std::uint32_t slot, Object& wanted);

/// Compares with a key that has the same hash.
[[nodiscard]] inline Verdict same_element(const AnySet& set, std::uint32_t slot, Object& wanted, HeldElement& held) {
  const Verdict verdict = compare_plain(*set.keys[slot], wanted);
  if (verdict != Verdict::kTableChanged) return verdict;
  held.hold();
  return compare_elements(set, slot, wanted);
}

/// Looks for an element with this hash until the table stays as it is: kSame or kOther.
[[nodiscard, gnu::noinline]] inline SetSearch search_element(const AnySet& set, std::uint32_t hash, Object& element,
                                                             HeldElement& held) {
  while (true) {
    const auto same = [&](std::uint32_t slot) { return same_element(set, slot, element, held); };
    const SetSearch search = search_groups(set, hash, &element, same);
    if (search.verdict != Verdict::kTableChanged) [[likely]]
      return search;
  }
}

/// Whether the set has an element that is equal to one with this hash, if str and ints alone are to be compared for that:
/// kSame or kOther; else kTableChanged.
[[nodiscard]] Verdict search_plain(const AnySet& set, std::uint32_t hash, const Object& element) noexcept;

/// True if the set has an element that is equal to one with this hash.
[[nodiscard]] inline bool has_element(const AnySet& set, std::uint32_t hash, Object& element, HeldElement& held) {
  const SetSearch near = search_first_group(set, hash, &element);
  if (near.verdict != Verdict::kTableChanged) [[likely]]
    return near.verdict == Verdict::kSame;
  return search_element(set, hash, element, held).verdict == Verdict::kSame;
}

/// The same where that is found without foreign code: kSame or kOther; else kTableChanged.
[[nodiscard]] inline Verdict plain_verdict(const AnySet& set, std::uint32_t hash, const Object& element) noexcept {
  const SetSearch near = search_first_group(set, hash, &element);
  if (near.verdict != Verdict::kTableChanged) [[likely]]
    return near.verdict;
  return search_plain(set, hash, element);
}

/// Adds an element. `slot` is the empty one where it belongs, and there is room.
inline void insert_element(AnySet& set, std::uint32_t slot, std::uint32_t hash, Object& element) noexcept {
  expect_one_runtime(set, element);
  increment(element);
  put_key(set, slot, hash, element);
}

/// Adds an element with this hash; false if an equal one is there.
bool add_element(AnySet& set, std::uint32_t hash, Object& element, HeldElement& held);
/// Removes it; false if there is none.
bool discard_element(AnySet& set, std::uint32_t hash, Object& element, HeldElement& held);
/// Makes room for the elements of a set or dict of `count`, as far as there is memory: they may be there already.
void expect_elements(AnySet& set, std::size_t count) noexcept;
/// Adds one to a set that is being made. `is_new`: no equal one is there. If making room for it collects, code has run that
/// may have changed what the elements are taken from, and `is_new` becomes false.
void collect_element(AnySet& made, std::uint32_t hash, Object& element, bool& is_new);

}  // namespace ouro::detail
