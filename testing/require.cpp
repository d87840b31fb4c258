// Requires that an object dies, or lives, and says why it does not.
#include <ouro/runtime/runtime.h>
#include <ouro/testing/require.h>

#include <fmt/format.h>

namespace ouro::testing {

namespace detail {

namespace {

/// Notices that the block of an object is given back.
class DeathWatch final : public alloc::MemoryHook {
 public:
  DeathWatch(Runtime& rt, const Object& object) : memory_(rt.heap().memory), object_(address_of(&object)) {
    if (!memory_.add_hook(*this)) throw Failure("there are too many memory hooks to watch an object");
  }
  ~DeathWatch() override { memory_.remove_hook(*this); }

  void freeing(const alloc::MemoryRequest& request, void* block) noexcept override {
    const std::uintptr_t start = address_of(block);
    is_dead_ = is_dead_ || (start <= object_ && object_ < start + request.bytes);
  }
  [[nodiscard]] bool is_dead() const noexcept { return is_dead_; }

 private:
  alloc::Allocator& memory_;
  std::uintptr_t object_;
  bool is_dead_ = false;
};

}  // namespace

void require_freed(Runtime& rt, const Object& object) {
  if (rt.collector().is_collecting())
    throw Failure("require_collected was called while a collection runs, which starts no other");
  const DeathWatch watch(rt, object);
  std::size_t collections = 0;
  for (bool goes_on = true; goes_on && collections < 4 && !watch.is_dead();) {
    ++collections;
    goes_on = rt.gc().collect() != 0 || rt.collector().last_report().resurrected != 0;
  }
  if (watch.is_dead()) return;
  throw Failure(fmt::format("alive after {} collection{}: {}", collections, collections == 1 ? "" : "s",
                            rt.why_not_collected(object).to_text()));
}

void fail_dead() { throw Failure("the object is dead"); }

}  // namespace detail
}  // namespace ouro::testing
