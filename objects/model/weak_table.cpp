// The tables from objects to their weak references.
#include <ouro/base/assert.h>
#include <ouro/base/detail/ring.h>
#include <ouro/base/error.h>
#include <ouro/objects/model/tracking.h>
#include <ouro/objects/model/weak_order.h>
#include <ouro/objects/model/weak_table.h>

#include <boost/unordered/unordered_flat_map.hpp>

#include <algorithm>
#include <bit>
#include <new>
#include <utility>

namespace ouro {

namespace {

constexpr unsigned kContainerShift = std::countr_zero(Tracking::kGranule);
/// No object is smaller than its header, so no two begin in the same 16 bytes.
constexpr unsigned kAtomShift = std::countr_zero(sizeof(Object));
static_assert(std::has_single_bit(sizeof(Object)));

/// The weak references to one target, newest first.
using References = detail::Ring<WeakRef, &WeakRef::older, &WeakRef::newer>;

bool stands_behind(const WeakRef& reference) noexcept { return (reference.flags & kBehindSharedFlag) != 0; }

/// Says in the target's header whether it has weak references. Law immortal-unwritten: an immortal one's is left alone.
void mark(Object& target, bool is_watched) noexcept {
  if (is_immortal(target)) return;
  target.flags = is_watched ? target.flags | kWeakFlag : target.flags & ~std::uint32_t{kWeakFlag};
}

/// The one behind the first, if it has no callback either.
WeakRef* second_shared(WeakRef* first) noexcept {
  WeakRef* const second = References::after(first, *first);
  return second != nullptr && second->callback == nullptr ? second : nullptr;
}

/// Behind which reference a new one is to stand; null: before all. Law weak-shared-first.
WeakRef* place_of(const WeakRef& reference, WeakRef* first) noexcept {
  if (first == nullptr || first->callback != nullptr) return nullptr;
  if (reference.callback == nullptr) return stands_behind(*first) && !stands_behind(reference) ? nullptr : first;
  WeakRef* const second = second_shared(first);
  return second != nullptr ? second : first;
}

}  // namespace

struct WeakTable::Others {
  boost::unordered_flat_map<const Object*, WeakRef*> newest;
};

void WeakTable::Slots::make_for(const Object& target) noexcept {
  if (tried_ || !area_.contains(&target)) return;
  tried_ = true;
  if (slots_.reserve(area_.reserved() >> shift_)) covered_ = area_.reserved();
  unprepared_ = slots_.data();
}

// A page that is read before it is written costs two page faults: one for the page of zeros that all share. And one fault
// for each page of a large table costs half as much again as one call for a row of them.
void WeakTable::Slots::prepare(WeakRef** slot) noexcept {
  constexpr std::size_t kPagesAtOnce = 16;
  const std::size_t page = alloc::page_bytes();
  const std::size_t first = align_down(static_cast<std::size_t>(slot - slots_.data()) * sizeof(WeakRef*), page);
  const std::size_t end = alloc::SideTable<WeakRef*>::bytes_for(slots_.size());
  const std::size_t bytes = first < kPagesAtOnce * page ? page : std::min(kPagesAtOnce * page, end - first);
  alloc::bring_pages(reinterpret_cast<std::byte*>(slots_.data()) + first, bytes);
  unprepared_ = slots_.data() + (first + bytes) / sizeof(WeakRef*);
}

void WeakTable::Slots::trim(bool empty) noexcept {
  if (covered_ == 0) return;
  unprepared_ = slots_.data();
  if (empty) return slots_.purge(0, area_.extent() >> shift_);
  area_.for_each_unused([this](std::size_t first, std::size_t last) { slots_.purge(first >> shift_, last >> shift_); });
}

void WeakTable::Slots::release() noexcept {
  covered_ = 0;
  slots_.release();
}

WeakTable::WeakTable(const alloc::Space& containers, const alloc::Space& atoms)
    : containers_(containers, kContainerShift), atoms_(atoms, kAtomShift), others_(make_owned<Others>()) {}
WeakTable::~WeakTable() = default;

// Law weak-slot: whether there is a table is decided when the first object of an area is watched, so where an object's weak
// references stand follows from its address alone, and never changes while it lives.

/// Where the newest weak reference to a target stands. Null for an object of the hash map that has none.
WeakRef** WeakTable::slot_of(const Object& target) const noexcept {
  if (WeakRef** const slot = containers_.find(target)) return slot;
  if (WeakRef** const slot = atoms_.find(target)) return slot;
  const auto found = others_->newest.find(&target);
  return found == others_->newest.end() ? nullptr : &found->second;
}

WeakRef*& WeakTable::make_slot(Object& target) {
  if (WeakRef** const slot = containers_.find_to_write(target)) return *slot;
  if ((target.flags & kWeakFlag) == 0) {
    containers_.make_for(target);
    atoms_.make_for(target);
    if (WeakRef** const slot = containers_.find_to_write(target)) return *slot;
  }
  if (WeakRef** const slot = atoms_.find_to_write(target)) return *slot;
  try {
    return others_->newest[&target];
  } catch (const std::bad_alloc&) {
    raise_out_of_memory();
  }
}

/// The target's last weak reference is gone.
void WeakTable::clear_slot(const Object& target) noexcept {
  --targets_;
  if (WeakRef** const slot = containers_.find(target)) return void(*slot = nullptr);
  if (WeakRef** const slot = atoms_.find(target)) return void(*slot = nullptr);
  others_->newest.erase(&target);
}

void WeakTable::link(WeakRef& reference, Object& target) {
  OURO_ASSERT_INTERNAL(reference.target == nullptr, "weak-listed");
  WeakRef** const slot = containers_.find_to_write(target);  // the commonest, without a call
  WeakRef*& newest = slot != nullptr ? *slot : make_slot(target);
  if (newest == nullptr) ++targets_;
  if (WeakRef* const before = place_of(reference, newest))
    References::insert(newest, References::after(newest, *before), reference);
  else
    References::push_front(newest, reference);
  reference.target = &target;
  mark(target, true);
}

void WeakTable::unlink(WeakRef& reference) noexcept {
  if (reference.target == nullptr) return;
  Object& target = *std::exchange(reference.target, nullptr);
  if (!References::is_only(reference)) return References::remove(*slot_of(target), reference);
  References::forget(reference);
  clear_slot(target);
  mark(target, false);
}

WeakRef* WeakTable::newest(const Object& target) const noexcept {
  if ((target.flags & kWeakFlag) == 0 && !is_immortal(target)) return nullptr;
  WeakRef* const* const slot = slot_of(target);
  return slot == nullptr ? nullptr : *slot;
}

WeakRef* WeakTable::shared(const Object& target, const Type& type) const noexcept {
  WeakRef* const first = newest(target);
  if (first == nullptr || first->callback != nullptr) return nullptr;
  if (first->type == &type) [[likely]]
    return first;
  WeakRef* const second = second_shared(first);
  return second != nullptr && second->type == &type ? second : nullptr;
}

WeakRef* WeakTable::detach_all(Object& target) noexcept {
  WeakRef* const chain = newest(target);
  if (chain == nullptr) return nullptr;
  WeakRef* first = chain;
  References::open(first);
  clear_slot(target);
  mark(target, false);
  for (WeakRef* reference = chain; reference != nullptr; reference = reference->older) {
    reference->target = nullptr;
    reference->newer = nullptr;
  }
  return chain;
}

void WeakTable::trim() noexcept {
  containers_.trim(targets_ == 0);
  atoms_.trim(targets_ == 0);
  if (others_->newest.empty()) others_->newest = {};
}

void WeakTable::release() noexcept {
  OURO_ASSERT_INTERNAL(targets_ == 0, "weak-listed");
  containers_.release();
  atoms_.release();
  others_->newest = {};
}

}  // namespace ouro
