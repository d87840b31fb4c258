// The elements of a set that another one has, or has not: intersection and difference (CPython: set_intersection and
// set_difference in Objects/setobject.c).
//
// As long as str and ints alone are compared, nothing can change: which elements are wanted is noted first, a bit for each.
// Then the new table is made at once, as large as it must be. From the first element on that only foreign code can compare,
// each is looked for and added in turn.
#include <ouro/objects/core/detail/small_vector.h>
#include <ouro/objects/sets/detail/set_fill.h>
#include <ouro/objects/sets/detail/set_steps.h>

#include <bit>

namespace ouro::detail {

namespace {

/// Some of the keys of a set.
class ChosenKeys {
 public:
  explicit ChosenKeys(const AnySet& set) : set_(set), groups_(heap_of(set)) { groups_.reserve(set.used / kGroupSlots + 1); }

  /// Those of the next group: a bit for each slot.
  void add_group(std::uint32_t slots) {
    count_ += static_cast<std::uint32_t>(std::popcount(slots));
    groups_.push_back(static_cast<std::uint16_t>(slots));
  }
  [[nodiscard]] std::uint32_t count() const noexcept { return count_; }

  /// `use(key, hash)` with each of them until it says false; then false.
  template <class F>
  bool each(F&& use) const {
    const std::uint32_t* hashes = hashes_of(set_);
    Object* const* keys = set_.keys;
    for (std::uint32_t group : groups_) {
      for (; group != 0; group &= group - 1) {
        const auto slot = static_cast<std::uint32_t>(std::countr_zero(group));
        if (!use(*keys[slot], hashes[slot])) return false;
      }
      keys += kGroupSlots;
      hashes += kGroupSlots;
    }
    return true;
  }

  /// A count of its own of each.
  void share_all() const noexcept {
    for (std::size_t i = 0; i < groups_.size(); ++i) {
      Object* const* const keys = set_.keys + i * kGroupSlots;
      // Those of the next group come meanwhile.
      if (set_.slot_bits >= kFarSlotBits && i + 1 < groups_.size())
        for (std::uint32_t group = groups_[i + 1]; group != 0; group &= group - 1)
          __builtin_prefetch(keys[kGroupSlots + static_cast<std::uint32_t>(std::countr_zero(group))], 1);
      for (std::uint32_t group = groups_[i]; group != 0; group &= group - 1) increment(*keys[std::countr_zero(group)]);
    }
  }

 private:
  const AnySet& set_;
  SmallVector<std::uint16_t, 128> groups_;
  std::uint32_t count_ = 0;
};

/// Where the keys of a group are looked for.
void prefetch_group(const AnySet& set, std::uint32_t first, const AnySet& other) noexcept {
  for (std::uint32_t left = slots_with_key(prints_of(set) + first); left != 0; left &= left - 1)
    prefetch_slot(other, hashes_of(set)[first + static_cast<std::uint32_t>(std::countr_zero(left))]);
}

/// Chooses the wanted ones among the keys that are compared without foreign code, up to the first that is not; returns its
/// slot.
std::uint32_t choose(ChosenKeys& chosen, const AnySet& from, const AnySet& other, bool wanted) {
  const bool is_far = other.slot_bits >= kFarSlotBits;
  for (std::uint32_t first = 0; first < from.used; first += kGroupSlots) {
    if (is_far && first + kGroupSlots < from.used) prefetch_group(from, first + kGroupSlots, other);
    std::uint32_t slots = 0;
    for (std::uint32_t left = slots_with_key(prints_of(from) + first); left != 0; left &= left - 1) {
      const auto place = static_cast<std::uint32_t>(std::countr_zero(left));
      const Verdict verdict = plain_verdict(other, hashes_of(from)[first + place], *from.keys[first + place]);
      if (verdict == Verdict::kTableChanged) [[unlikely]]
        return chosen.add_group(slots), first + place;
      slots |= std::uint32_t{(verdict == Verdict::kSame) == wanted} << place;
    }
    chosen.add_group(slots);
  }
  return from.used;
}

/// Adds what needs no foreign code; returns the slot from which on nothing is done. `is_new` becomes false if such code has
/// run all the same.
std::uint32_t filter_plain(AnySet& made, const AnySet& from, const AnySet& other, bool wanted, bool& is_new) {
  if (from.slot_bits == 0) return 0;
  ChosenKeys chosen(from);
  const std::uint32_t behind = choose(chosen, from, other, wanted);
  if (chosen.count() == 0) return behind;
  if (!reserve_keys(made, chosen.count())) {
    is_new = false;
    reserve_elements(made, chosen.count());  // may collect, and that change all of them
    return 0;
  }
  chosen.share_all();
  fill(made, chosen.count(), chosen);
  return behind;
}

}  // namespace

void filter_elements(AnySet& made, const AnySet& from, const AnySet& other, bool wanted) {
  bool is_new = true;  // until foreign code has run, which may bring elements of `from` back
  const std::uint32_t begin = filter_plain(made, from, other, wanted, is_new);
  const auto step = [&](Object& element, std::uint32_t hash) {
    HeldElement held(other, element);
    const bool found = has_element(other, hash, element, held);
    is_new = is_new && !held.is_held();
    if (found != wanted) return true;
    if (is_new && made.room != 0) {
      insert_element(made, empty_slot_for(made, hash), hash, element);
    } else {
      collect_element(made, hash, element, is_new);
    }
    return true;
  };
  for_each_element(from, other, step, begin);
}

}  // namespace ouro::detail
