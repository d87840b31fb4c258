// The tree of a class's shapes: finding the way, and branching.
#include <ouro/objects/classes/detail/shape.h>

#include <algorithm>
#include <new>
#include <utility>

namespace ouro::detail {

void Shapes::release(Heap& heap) noexcept {
  const std::uint32_t used = std::exchange(branches_used_, 0);
  for (std::uint32_t i = 0; i < used; ++i) {
    branches_[i]->~Branch();
    heap.memory.free_buffer(branches_[i], sizeof(Branch));
  }
  if (branches_ != nullptr) heap.memory.free_buffer(std::exchange(branches_, nullptr), (kMost - 1) * sizeof(Branch*));
}

void Shapes::add(std::uint32_t number, Str& name) noexcept {
  Shape& shape = at(number);
  shape.add(name);
  widest_ = std::max(widest_, shape.size());
}

std::uint32_t Shapes::find_next(ShapePlace place, const Str& name) const noexcept {
  if (at(place.shape).has_at(place.next, name)) return place.shape;
  const ShapePlace first = earliest(place);
  if (at(first.shape).has_at(first.next, name)) return first.shape;
  for (std::uint32_t i = 0; i < branches_used_; ++i) {
    const Branch& branch = *branches_[i];
    if (branch.parent == first.shape && branch.begin == first.next && branch.shape.has_at(first.next, name)) return i + 1;
  }
  return kNone;
}

std::uint32_t Shapes::need_next(Heap& heap, ShapePlace place, Str& name) noexcept {
  if (const std::uint32_t known = find_next(place, name); known != kNone) return known;
  const ShapePlace from = earliest(place);
  const Shape& shape = at(from.shape);
  if (from.next == shape.size() && shape.size() < Shape::kMaxNames) {
    add(from.shape, name);
    return from.shape;
  }
  if (from.next >= Shape::kMaxNames || !has_room_for_branch(heap)) return kNone;
  void* const memory = heap.memory.allocate_buffer(sizeof(Branch));
  if (memory == nullptr) return kNone;
  branches_[branches_used_++] = new (memory) Branch(shape, from.shape, from.next);
  add(branches_used_, name);
  return branches_used_;
}

bool Shapes::has_room_for_branch(Heap& heap) noexcept {
  if (branches_ == nullptr) branches_ = static_cast<Branch**>(heap.memory.allocate_buffer((kMost - 1) * sizeof(Branch*)));
  return branches_ != nullptr && branches_used_ < kMost - 1;
}

}  // namespace ouro::detail
