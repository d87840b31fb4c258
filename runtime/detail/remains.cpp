// Keeps objects that outlive their runtime, and frees them one by one.
#include <ouro/objects/core/kind.h>
#include <ouro/objects/model/dismantle.h>
#include <ouro/runtime/detail/remains.h>

#include <algorithm>
#include <new>
#include <vector>

namespace ouro::detail {

namespace {

constexpr TypeSlots kOrphanSlots{.name = "orphan", .size = sizeof(Object)};

/// What is needed to free an object when its type may be gone.
struct Survivor {
  Object* object;
  std::size_t bytes;
  bool is_container;
};

/// All objects, classes last: what becomes of their objects is said in their slots.
std::vector<Survivor> gather(const Heap& heap) {
  std::vector<Survivor> survivors;
  heap.for_each_object([&](Object& object) {
    survivors.push_back({&object, block_bytes(object), object.type->has(kContainerType)});
  });
  const auto is_instance = [](const Survivor& survivor) { return kind_of(*survivor.object) != Kind::kType; };
  std::stable_partition(survivors.begin(), survivors.end(), is_instance);  // Clang 14 cannot compile the one of ranges
  return survivors;
}

/// Drops what the object owns. Every possible target has a count to spare, so nothing dies of it.
void empty_survivor(Heap& heap, const Survivor& survivor) noexcept {
  Object& object = *survivor.object;
  Type& type = *object.type;
  if (survivor.is_container) heap.tracking.untrack(object);
  static_cast<void>(heap.weak.detach_all(object));
  static_cast<void>(empty<AskType>(type, object, DropReference{}));
  if (type.has(kOwnsType)) decrement(type);
}

/// Gives back the count to spare. True if a handle still holds the object, which is an orphan now.
bool orphan_or_free(Heap& heap, Type& orphan, const Survivor& survivor) noexcept {
  Object& object = *survivor.object;
  if (!is_immortal(object) && --object.refcount == 0) {
    heap.free_block(object, survivor.bytes, survivor.is_container);
    return false;
  }
  object.flags = kOrphanFlag;
  object.type = &orphan;
  return true;
}

}  // namespace

Remains::Remains(Heap& heap) {
  orphan_.refcount = kImmortalCount;
  orphan_.type = &orphan_;
  orphan_.describe(kOrphanSlots, heap, nullptr);
  const std::vector<Survivor> survivors = gather(heap);
  for (const Survivor& survivor : survivors) increment(*survivor.object);
  for (const Survivor& survivor : survivors) empty_survivor(heap, survivor);
  for (const Survivor& survivor : survivors) orphans_ += orphan_or_free(heap, orphan_, survivor);
}

void Remains::settle(Owned<Remains> remains, Owned<Heap> heap) noexcept {
  if (remains->orphans_ == 0) return;
  heap->memory.trim();
  heap->outlive_runtime(orphan_died, remains.get());
  remains->heap_ = std::move(heap);
  static_cast<void>(remains.release());
}

void Remains::orphan_died(void* remains) noexcept {
  auto* const self = static_cast<Remains*>(remains);
  if (--self->orphans_ == 0) delete self;
}

}  // namespace ouro::detail
