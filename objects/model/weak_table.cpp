#include <ouro/objects/model/weak_table.h>
#include <ouro/runtime/base/assert.h>
#include <ouro/runtime/base/error.h>

#include <boost/unordered/unordered_flat_map.hpp>

#include <new>
#include <utility>

namespace ouro {

struct WeakTable::Lists {
  boost::unordered_flat_map<const Object*, WeakRef*> newest;
};

WeakTable::WeakTable() : lists_(std::make_unique<Lists>()) {}
WeakTable::~WeakTable() = default;

void WeakTable::link(WeakRef& reference, Object& target) {
  OURO_ASSERT_INTERNAL(reference.target == nullptr, "weak-listed");
  WeakRef** head = nullptr;
  try {
    head = &lists_->newest[&target];
  } catch (const std::bad_alloc&) {
    raise_out_of_memory();
  }
  reference.older = std::exchange(*head, &reference);
  reference.newer = nullptr;
  if (reference.older != nullptr) reference.older->newer = &reference;
  reference.target = &target;
  target.flags |= kWeakFlag;
}

void WeakTable::unlink(WeakRef& reference) noexcept {
  if (reference.target == nullptr) return;
  if (reference.older != nullptr) reference.older->newer = reference.newer;
  if (reference.newer != nullptr) {
    reference.newer->older = reference.older;
  } else if (reference.older != nullptr) {
    lists_->newest.find(reference.target)->second = reference.older;
  } else {
    lists_->newest.erase(reference.target);
    reference.target->flags &= ~std::uint32_t{kWeakFlag};
  }
  reference.target = nullptr;
  reference.newer = reference.older = nullptr;
}

WeakRef* WeakTable::newest(const Object& target) const noexcept {
  if ((target.flags & kWeakFlag) == 0) return nullptr;
  const auto found = lists_->newest.find(&target);
  return found == lists_->newest.end() ? nullptr : found->second;
}

WeakRef* WeakTable::shared(const Object& target, const Type& type) const noexcept {
  for (WeakRef* reference = newest(target); reference != nullptr; reference = reference->older)
    if (reference->callback == nullptr && reference->type == &type) return reference;
  return nullptr;
}

WeakRef* WeakTable::detach_all(Object& target) noexcept {
  WeakRef* const chain = newest(target);
  if (chain == nullptr) return nullptr;
  lists_->newest.erase(&target);
  target.flags &= ~std::uint32_t{kWeakFlag};
  for (WeakRef* reference = chain; reference != nullptr; reference = reference->older) {
    reference->target = nullptr;
    reference->newer = nullptr;
  }
  return chain;
}

std::size_t WeakTable::targets() const noexcept { return lists_->newest.size(); }

}  // namespace ouro
