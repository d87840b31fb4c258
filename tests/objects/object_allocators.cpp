// How the objects of the common types get their memory and give it back: the way in and the way out that is compiled for
// each.
#include <ouro/objects/containers/list.h>
#include <ouro/objects/containers/tuple.h>
#include <ouro/objects/functions/function.h>
#include <ouro/objects/functions/method.h>
#include <ouro/objects/numbers/float.h>
#include <ouro/objects/numbers/int.h>
#include <ouro/objects/weak/weakref.h>
#include <support/fixture.h>

#include <functional>
#include <map>

#include <objects/world.h>

using namespace ouro;
using namespace ouro::test;

namespace {

/// Notes every request that is not released with the same size and purpose.
class Ledger final : public alloc::MemoryHook {
 public:
  explicit Ledger(Heap& heap) : heap_(heap) { heap_.memory.add_hook(*this); }
  ~Ledger() override { heap_.memory.remove_hook(*this); }

  void allocated(const alloc::MemoryRequest& request, void* block) noexcept override {
    ++served[request.domain];
    open_[block] = request;
  }
  void freeing(const alloc::MemoryRequest& request, void* block) noexcept override {
    const auto entry = open_.find(block);
    const bool known = entry != open_.end();
    if (!known || entry->second.bytes != request.bytes || entry->second.purpose != request.purpose) ++wrong;
    if (known) open_.erase(entry);
  }
  void reallocated(const alloc::MemoryRequest& before, void* block, const alloc::MemoryRequest& after,
                   void* moved) noexcept override {
    freeing(before, block);
    open_[moved] = after;
  }
  [[nodiscard]] std::size_t unreleased() const { return open_.size(); }

  std::map<alloc::Domain, int> served;
  int wrong = 0;

 private:
  Heap& heap_;
  std::map<void*, alloc::MemoryRequest> open_;
};

/// What makes one object, and how many containers that is.
struct Maker {
  std::string name;
  std::uint32_t containers;
  std::function<Ref<>()> make;
};

/// One maker for each type that has a way out of its own, in the sizes that differ.
std::vector<Maker> makers(Runtime& rt) {
  Builtins& builtins = rt.builtins();
  const Ref<> function = make_function(builtins, "f", [] {});
  const Ref<> word = rt.str("word");
  std::vector<Maker> all{
      {"int", 0, [&builtins] { return make_int(builtins, 1 << 20); }},
      {"int of two limbs", 0, [&builtins] { return int_from_text(builtins, "123456789012345678901234567890"); }},
      {"float", 0, [&builtins] { return make_float(builtins, 0.5); }},
      {"list", 1, [&builtins] { return make_list(builtins); }},
      {"list with room", 1, [&builtins] { return make_list(builtins, 100); }},
      {"dict", 1, [&builtins] { return make_dict(builtins); }},
      {"method", 1, [function, word] { return make_method(*function, *word); }},
      {"weakref", 1, [function] { return make_weakref(*function); }},
  };
  for (const std::size_t size : {2u, 40u, 600u, 6000u})
    all.push_back({"str of " + std::to_string(size), 0, [&rt, size] { return rt.str(std::string(size, 'x')); }});
  all.push_back({"str with crumbs", 0, [&rt] {
                   std::string text;
                   for (int i = 0; i < 200; ++i) text += "\u00e9";
                   Ref<> made = rt.str(text);
                   static_cast<void>(made[100]);  // makes the crumbs
                   return made;
                 }});
  for (const std::size_t size : {1u, 2u, 3u, 20u, 61u, 62u, 1000u}) {
    const std::vector<Object*> items(size, word.get());
    all.push_back(
        {"tuple of " + std::to_string(size), 1, [&builtins, word, items] { return ouro::make_tuple(builtins, items); }});
    all.push_back({"list of " + std::to_string(size), 1, [&builtins, word, items] { return make_list(builtins, items); }});
    all.push_back({"dict of " + std::to_string(size), 1, [&rt, size] {
                     Ref<Dict> made = rt.dict();
                     for (std::size_t i = 0; i < size; ++i) made->set(*rt.from(i % 250), *rt.none());
                     return made;
                   }});
  }
  return all;
}

}  // namespace

TEST_CASE("An object's memory is chosen by its type, then by its size", "[claim-M3]") {
  Fixture fixture;
  Runtime& rt = fixture.rt;
  Ledger ledger(rt.heap());
  const alloc::Allocator& memory = rt.heap().memory;

  // The type has a home of its own: containers have, whatever their size.
  const Ref<List> list = rt.list();
  const std::vector<Object*> items(100, list.get());
  const Ref<Tuple> long_tuple = ouro::make_tuple(rt.builtins(), items);
  CHECK(memory.is_container(list.get()));
  CHECK(memory.is_container(long_tuple.get()));
  CHECK(ledger.served == std::map<alloc::Domain, int>{{alloc::Domain::kObjects, 2}});

  // Else up to 512 bytes the object allocator.
  const Ref<Float> number = make_float(rt.builtins(), 0.5);
  CHECK(memory.atoms().contains(number.get()));
  CHECK(ledger.served == std::map<alloc::Domain, int>{{alloc::Domain::kObjects, 3}});

  // Else the raw allocator.
  const Ref<Str> text = rt.str(std::string(600, 'x'));
  CHECK_FALSE(memory.atoms().contains(text.get()));
  CHECK(ledger.served == std::map<alloc::Domain, int>{{alloc::Domain::kObjects, 3}, {alloc::Domain::kRaw, 1}});
}

TEST_CASE("What an object asked for it gives back, of the same size and for the same purpose", "[law-home-of-type]") {
  Fixture fixture;
  for (const Maker& maker : makers(fixture.rt)) {
    INFO(maker.name);
    Ledger ledger(fixture.rt.heap());
    Ref<> made = maker.make();
    CHECK(ledger.unreleased() > 0);
    made.reset();
    CHECK(ledger.unreleased() == 0);
    CHECK(ledger.wrong == 0);
  }
}

TEST_CASE("Making a container counts one in generation 0, dropping it takes one back, and atoms count nothing") {
  Fixture fixture;
  Heap& heap = fixture.rt.heap();
  for (const Maker& maker : makers(fixture.rt)) {
    INFO(maker.name);
    fixture.rt.collector().set_stress(false);
    static_cast<void>(fixture.rt.gc().collect());
    const Ref<> one_more = fixture.rt.list();  // so that the count is not 0, below which it does not fall
    const std::uint32_t before = heap.young_count;
    Ref<> made = maker.make();
    CHECK(heap.young_count == before + maker.containers);
    made.reset();
    CHECK(heap.young_count == before);
  }
}

TEST_CASE("A dead object is not among the objects of the heap, one that lives is once") {
  Fixture fixture;
  const auto times_seen = [&](const Object* object) {
    int times = 0;
    fixture.rt.heap().for_each_object([&](Object& seen) { times += &seen == object; });
    return times;
  };
  for (const Maker& maker : makers(fixture.rt)) {
    INFO(maker.name);
    const std::size_t before = fixture.rt.count_objects();
    Ref<> made = maker.make();
    const Object* const address = made.get();
    CHECK(times_seen(address) == 1);
    CHECK(fixture.rt.count_objects() == before + 1);
    made.reset();
    CHECK(times_seen(address) == 0);
    CHECK(fixture.rt.count_objects() == before);
  }
}

TEST_CASE("An object that cannot get all its memory leaves nothing behind", "[out-of-memory]") {
  Fixture fixture;
  Heap& heap = fixture.rt.heap();
  for (const Maker& maker : makers(fixture.rt)) {
    INFO(maker.name);
    Ledger ledger(heap);
    const std::size_t failures = fail_each_allocation(heap, [&] { static_cast<void>(maker.make()); });
    CHECK(failures >= 1);
    CHECK(ledger.unreleased() == 0);
    CHECK(ledger.wrong == 0);
  }
}

TEST_CASE("A list of no items has no buffer, and one made from items has room for exactly these") {
  World world;
  const Ref<Str> word = make_str(world.builtins, "word");
  const std::vector<Object*> items(3, word.get());
  const Ref<List> empty = make_list(world.builtins, std::span<Object* const>());
  CHECK(empty->items == nullptr);
  CHECK(empty->capacity == 0);
  const Ref<List> three = make_list(world.builtins, items);
  CHECK(three->size == 3);
  CHECK(three->capacity == 3);
  CHECK(word->refcount == 4);
}

TEST_CASE("A weak reference leaves its target's list before its callback goes, which may take the target along",
          "[weakref][law-weak-listed]") {
  Fixture fixture;
  Runtime& rt = fixture.rt;
  Ref<> target = rt.new_class("M")();
  int calls = 0;
  // The callback keeps the target, and the weak reference keeps the callback.
  const Ref<> callback = make_function(
      rt.builtins(), "callback", [&calls](Object&, Object&) { ++calls; }, target);
  Ref<WeakRef> weak = make_weakref(*target, callback.get());
  const Ref<WeakRef> witness = make_weakref(*target);
  const_cast<Ref<>&>(callback).reset();
  target.reset();
  CHECK(target_of(*witness));
  weak.reset();
  CHECK_FALSE(target_of(*witness));
  CHECK(calls == 0);
  CHECK(rt.heap().weak.targets() == 0);
}

TEST_CASE("A weak reference that waits at the bottom of a deep structure has left its target's list",
          "[weakref][law-weak-listed]") {
  Fixture fixture;
  Runtime& rt = fixture.rt;
  const Ref<> target = rt.new_class("M")();
  Ref<> nest = make_weakref(*target);
  for (int depth = 0; depth < 200; ++depth) nest = rt.list(nest);
  CHECK(rt.heap().weak.targets() == 1);
  nest.reset();
  CHECK(rt.heap().weak.targets() == 0);
}
