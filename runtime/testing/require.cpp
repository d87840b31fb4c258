#include <ouro/objects/kind.h>
#include <ouro/runtime/runtime.h>
#include <ouro/runtime/testing/require.h>

#include <fmt/format.h>

#include <algorithm>

namespace ouro::testing {

namespace {

/// More holders than this are not listed.
constexpr std::size_t kListed = 8;

std::string describe(Runtime& rt, const Object& object) {
  const int generation = rt.gc().generation_of(object);
  const std::string place = generation < 0 ? std::string("untracked") : fmt::format("generation {}", generation);
  return fmt::format("{} at {} (count {}, {}{})", object.type->name, static_cast<const void*>(&object), object.refcount,
                     place, gc::Collector::is_finalized(object) ? ", finalized" : "");
}

struct Holder {
  const Object* object;
  std::size_t references;
};

std::vector<Holder> holders_of(Runtime& rt, const Object& target) {
  std::vector<Holder> holders;
  rt.heap().for_each_object([&](Object& object) {
    std::size_t references = 0;
    for_each_edge(object, [&](const Object& edge) { references += &edge == &target; });
    if (references != 0) holders.push_back({&object, references});
  });
  return holders;
}

}  // namespace

std::string why_alive(Runtime& rt, const Object& object) {
  const std::vector<Holder> holders = holders_of(rt, object);
  std::size_t seen = 0;
  for (const Holder& holder : holders) seen += holder.references;
  const std::uint32_t count = object.refcount;
  std::string text = fmt::format("{}: {} of {} references are owned by objects, {} by handles", describe(rt, object), seen,
                                 count, count > seen ? count - seen : 0);
  for (std::size_t i = 0; i < std::min(holders.size(), kListed); ++i)
    text += fmt::format("\n  {} time{} by {}", holders[i].references, holders[i].references == 1 ? "" : "s",
                        describe(rt, *holders[i].object));
  if (holders.size() > kListed) text += fmt::format("\n  and by {} objects more", holders.size() - kListed);
  return text;
}

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
  if (rt.gc().is_collecting()) throw Failure("require_collected was called while a collection runs, which starts no other");
  const DeathWatch watch(rt, object);
  std::size_t collections = 0;
  for (bool goes_on = true; goes_on && collections < 4 && !watch.is_dead();) {
    ++collections;
    goes_on = rt.gc().collect() != 0 || rt.gc().last_report().resurrected != 0;
  }
  if (watch.is_dead()) return;
  throw Failure(
      fmt::format("alive after {} collection{}: {}", collections, collections == 1 ? "" : "s", why_alive(rt, object)));
}

void fail_dead() { throw Failure("the object is dead"); }

}  // namespace detail
}  // namespace ouro::testing
