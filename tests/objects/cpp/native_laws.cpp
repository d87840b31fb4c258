// The laws of native objects: when the collector sees them, and that a dying struct may run anything.
#include <support/fixture.h>

#include <stdexcept>

namespace ouro::test {

namespace {

/// A struct whose constructor and destructor do what they are told.
struct Actor {
  Ref<> other;
  Untraced<std::function<void(Actor&)>> on_death;
  static constexpr std::tuple edges{&Actor::other};

  Actor(const std::function<void(Actor&)>& on_birth, std::function<void(Actor&)> at_death) : on_death{std::move(at_death)} {
    if (on_birth) on_birth(*this);
  }
  ~Actor() {
    if (*on_death) (*on_death)(*this);
  }
};

using Action = std::function<void(Actor&)>;

}  // namespace

TEST_CASE("a collection inside a constructor does not see the object, one after it does", "[native][law-native-built]") {
  Fixture world;
  gc::Collector& gc = world.rt.collector();
  const auto type = world.rt.class_<Actor>("Actor");
  std::size_t visible = 0;
  const Action look = [&](Actor& actor) {
    gc.collect();
    visible += gc.is_tracked(*reinterpret_cast<Object*>(reinterpret_cast<std::byte*>(&actor) - sizeof(Object)));
  };
  const Ref<> object = type.make(look, Action());
  CHECK(visible == 0);
  CHECK(gc.is_tracked(*object));
}

TEST_CASE("an object whose constructor throws never existed", "[native][law-native-built]") {
  Fixture world;
  const auto type = world.rt.class_<Actor>("Actor");
  world.rt.gc().collect();
  const std::size_t before = world.rt.count_objects();
  int deaths = 0;
  const Action fail = [](Actor&) { throw std::runtime_error("no actor"); };
  CHECK_THROWS_WITH(type.make(fail, [&](Actor&) { ++deaths; }), "no actor");
  CHECK(deaths == 0);
  CHECK(world.rt.count_objects() == before);
}

TEST_CASE("structs of a dead ring are destroyed one by one, and each may collect and make objects",
          "[native][law-native-in-turn]") {
  Fixture world;
  Runtime& rt = world.rt;
  rt.gc().disable();
  const auto type = rt.class_<Actor>("Actor");
  const auto kept = rt.list();
  rt.gc().collect();
  const std::size_t before = rt.count_objects();
  int deaths = 0;
  const Action at_death = [&](Actor&) {
    ++deaths;
    rt.gc().collect();
    kept->append(*rt.list(deaths));
  };
  {
    const Ref<> one = type.make(Action(), at_death);
    const Ref<> two = type.make(Action(), at_death);
    native_cast<Actor>(*one)->other = two;
    native_cast<Actor>(*two)->other = rt.list(one);
  }
  CHECK(deaths == 0);
  CHECK(rt.gc().collect() == 3);
  CHECK(deaths == 2);
  CHECK(kept->size == 2);
  kept->clear();
  CHECK(rt.count_objects() == before);
}

}  // namespace ouro::test
