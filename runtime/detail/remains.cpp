#include <ouro/runtime/detail/remains.h>

#include <new>
#include <vector>

namespace ouro::detail {

namespace {

constexpr TypeSlots kOrphanSlots{.name = "orphan", .size = sizeof(Object)};

/// Owns itself until the last orphan dies.
struct Remains {
  explicit Remains(std::unique_ptr<Heap> heap_) noexcept : heap(std::move(heap_)) {
    orphan.refcount = kImmortalCount;
    orphan.type = &orphan;
    orphan.describe(kOrphanSlots, *heap, nullptr);
  }
  static void orphan_died(void* remains) noexcept {
    auto* const self = static_cast<Remains*>(remains);
    if (--self->orphans == 0) delete self;
  }

  std::unique_ptr<Heap> heap;
  Type orphan{};
  std::size_t orphans = 0;
};

/// What is needed to free an object when its type may be gone.
struct Survivor {
  Object* object;
  std::size_t bytes;
  bool is_container;
};

std::vector<Survivor> gather(const Heap& heap) {
  std::vector<Survivor> survivors;
  heap.for_each_object([&](Object& object) {
    survivors.push_back({&object, block_bytes(object), object.type->has(kContainerType)});
  });
  return survivors;
}

/// Drops what the object owns. Every possible target has a count to spare, so nothing dies of it.
void empty(Heap& heap, const Survivor& survivor) noexcept {
  Object& object = *survivor.object;
  Type& type = *object.type;
  if (survivor.is_container) heap.tracking.untrack(object);
  static_cast<void>(heap.weak.detach_all(object));
  const EdgeRun run = edge_run(object, type.edges);
  for (std::size_t i = 0; i < run.count; ++i)
    if (Object* const target = run.first[i]; target != nullptr) decrement(*target);
  const bool owns_storage = survivor.is_container || (object.flags & kStorageFlag) != 0;
  if (owns_storage && type.slots->release != nullptr) type.slots->release(object);
  if (type.has(kOwnsType)) decrement(type);
}

/// Gives back the count to spare. True if a handle still holds the object, which is an orphan now.
bool orphan_or_free(Remains& remains, const Survivor& survivor) noexcept {
  Object& object = *survivor.object;
  if (!is_immortal(object) && --object.refcount == 0) {
    remains.heap->free_block(object, survivor.bytes, survivor.is_container);
    return false;
  }
  object.flags = kOrphanFlag;
  object.type = &remains.orphan;
  return true;
}

}  // namespace

// If there is no memory to list the survivors the heap is left as it is: a leak, but no handle dangles.
void leave_remains(std::unique_ptr<Heap> heap) noexcept {
  std::vector<Survivor> survivors;
  std::unique_ptr<Remains> remains;
  Heap* const survived = heap.get();
  try {
    survivors = gather(*survived);
    if (survivors.empty()) return;
    remains = std::make_unique<Remains>(std::move(heap));
  } catch (const std::bad_alloc&) {
    static_cast<void>(heap.release());
    return;
  }
  for (const Survivor& survivor : survivors) increment(*survivor.object);
  for (const Survivor& survivor : survivors) empty(*survived, survivor);
  for (const Survivor& survivor : survivors) remains->orphans += orphan_or_free(*remains, survivor);
  survived->memory.trim();
  if (remains->orphans == 0) return;
  survived->outlive_runtime(Remains::orphan_died, remains.get());
  static_cast<void>(remains.release());
}

}  // namespace ouro::detail
