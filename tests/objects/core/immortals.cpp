// The immortal objects: one of each in a runtime, never counted, their mapping used again.
#include <ouro/allocator/space/os_memory.h>
#include <ouro/objects/containers/tuple.h>
#include <ouro/objects/core/immortals.h>
#include <ouro/objects/core/none.h>
#include <ouro/objects/core/protocol.h>
#include <ouro/objects/numbers/float.h>
#include <ouro/objects/numbers/int.h>
#include <ouro/objects/text/str.h>

#include <atomic>
#include <thread>
#include <vector>

#include <objects/world.h>

using namespace ouro;
using namespace ouro::test;

namespace {

/// A runtime's objects without the checks of a World, which may be made on one thread only.
template <class F>
void with_builtins(F&& act) {
  Gil gil;
  gil.take();
  {
    Heap heap(gil, {});
    Builtins builtins(heap, {1, 2}, 100);
    act(builtins);
  }
  gil.drop();
}

}  // namespace

TEST_CASE("None, True, False, NotImplemented and the small ints exist once per runtime", "[claim-O1][law-one-small]") {
  World world;
  CHECK(make_none(world.builtins).is(world.builtins.none()));
  CHECK(make_bool(world.builtins, true).is(world.builtins.boolean(true)));
  CHECK(&world.builtins.boolean(true) != &world.builtins.boolean(false));
  for (const std::int64_t value : {-5, -1, 0, 1, 255, 256})
    CHECK(make_int(world.builtins, value).is(make_int(world.builtins, value)));
  for (const std::int64_t value : {-6, 257})
    CHECK_FALSE(make_int(world.builtins, value).is(make_int(world.builtins, value)));
  CHECK(world.live_atoms() == 0);
}

TEST_CASE("immortal objects are never counted", "[law-immortal-unwritten]") {
  World world;
  Object& none = world.builtins.none();
  const std::uint32_t before = none.refcount;
  std::vector<Ref<>> handles(1000, make_none(world.builtins));
  CHECK(none.refcount == before);
  handles.clear();
  CHECK(none.refcount == before);
}

TEST_CASE("every built-in type is an object of type type and knows its base", "[claim-O1][law-kind-of-slots]") {
  World world;
  for (std::size_t i = 0; i < kBuiltinTypes; ++i) {
    const Type& type = world.builtins.immortals->types[i];
    INFO(type.name);
    CHECK(is_immortal(type));
    CHECK(type.type == &world.builtins.type(Kind::kType));
    CHECK(type.heap == &world.heap());
    if (i < kKindTypes) CHECK(static_cast<std::size_t>(type.kind) == i);
    if (type.kind == Kind::kObject) {
      CHECK(type.base == nullptr);
    } else if (type.kind == Kind::kBool) {
      CHECK(type.base == &world.builtins.type(Kind::kInt));
    } else {
      CHECK(type.base == &world.builtins.type(Kind::kObject));
    }
  }
}

TEST_CASE("the empty tuple and the empty str are whole objects", "[law-one-character]") {
  World world;
  CHECK(world.builtins.empty_tuple().size == 0);
  CHECK(kind_of(reinterpret_cast<Object&>(world.builtins.empty_tuple())) == Kind::kTuple);
  CHECK(make_str(world.builtins, "").is(world.builtins.empty_str()));
  CHECK(text(world.builtins.empty_str()).empty());
  CHECK(hash_of(world.builtins.empty_str()) == 0);
}

TEST_CASE("None and NotImplemented show, hash and test as in Python") {
  World world;
  Object& none = world.builtins.none();
  CHECK(text(*repr(none)) == "None");
  CHECK_FALSE(truth(none));
  CHECK(hash(none) == hash(none));
  CHECK(is_none(none));
  Object& not_implemented = world.builtins.not_implemented();
  CHECK(text(*repr(not_implemented)) == "NotImplemented");
  CHECK(truth(not_implemented));
  CHECK_FALSE(is_none(not_implemented));
  CHECK_FALSE(equal(none, not_implemented));
  CHECK(equal(none, none));
}

TEST_CASE("a handle to an immortal object may be copied and dropped after its runtime ended", "[claim-O2]") {
  Ref<> none;
  Ref<> seven;
  Ref<> letter;
  {
    World world;
    none = make_none(world.builtins);
    seven = make_int(world.builtins, 7);
    letter = make_str(world.builtins, "a");
  }
  std::vector<Ref<>> copies(100, none);
  copies.push_back(seven);
  copies.push_back(letter);
  copies.clear();
  CHECK(is_immortal(*none));
  World next;  // takes over the mapping, whose headers are the same
  CHECK(is_immortal(*none));
  none.reset();
  CHECK(is_none(next.builtins.none()));
}

TEST_CASE("a type whose runtime has ended is empty, so that its use fails at once") {
  const Type* type = nullptr;
  {
    World world;
    type = &world.builtins.type(Kind::kInt);
  }
  CHECK(type->heap == nullptr);
  CHECK(type->slots == nullptr);
}

TEST_CASE("ten thousand runtimes one after another use one mapping") {
  { World first; }
  const std::size_t mappings = immortal_mappings();
  for (int i = 0; i < 10'000; ++i) with_builtins([](Builtins&) {});
  CHECK(immortal_mappings() == mappings);
}

TEST_CASE("runtimes that live at the same time share no object") {
  World first;
  World second;
  CHECK(&first.builtins.none() != &second.builtins.none());
  CHECK_FALSE(make_int(first.builtins, 1).is(make_int(second.builtins, 1)));
  CHECK(&first.builtins.type(Kind::kInt) != &second.builtins.type(Kind::kInt));
}

TEST_CASE("runtimes may be made and ended on several threads at once") {
  std::atomic<int> wrong = 0;
  std::vector<std::thread> threads;
  for (int t = 0; t < 4; ++t) {
    threads.emplace_back([&wrong] {
      for (int i = 0; i < 200; ++i) with_builtins([&](Builtins& builtins) { wrong += make_int(builtins, 7)->value != 7; });
    });
  }
  for (std::thread& thread : threads) thread.join();
  CHECK(wrong == 0);
}
