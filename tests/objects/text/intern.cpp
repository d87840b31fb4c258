// Interned strs: one for equal texts, none kept alive by the table.
#include <ouro/objects/core/protocol.h>
#include <ouro/objects/text/intern.h>

#include <string>
#include <vector>

#include <objects/world.h>

using namespace ouro;
using namespace ouro::test;

TEST_CASE("equal texts give one interned str") {
  World world;
  const Ref<Str> name = intern(world.builtins, "name");
  CHECK(intern(world.builtins, "name").is(name));
  CHECK_FALSE(make_str(world.builtins, "name").is(name));
  CHECK(intern(*make_str(world.builtins, "name")).is(name));
  CHECK_FALSE(intern(world.builtins, "other").is(name));
  CHECK(interned_count(world.builtins) == 1);
}

TEST_CASE("the table keeps no interned str alive") {
  World world;
  {
    const Ref<Str> name = intern(world.builtins, "name");
    CHECK(name->refcount == 1);
    const Ref<Str> again = intern(world.builtins, "name");
    CHECK(name->refcount == 2);
  }
  CHECK(interned_count(world.builtins) == 0);
  CHECK(world.live_atoms() == 0);
  CHECK(text(*intern(world.builtins, "name")) == "name");
}

TEST_CASE("interning a str makes that str the one, unless there is one already") {
  World world;
  const Ref<Str> mine = make_str(world.builtins, "mine");
  CHECK(intern(*mine).is(mine));
  CHECK(intern(*mine).is(mine));
  CHECK(intern(world.builtins, "mine").is(mine));
}

TEST_CASE("characters that exist once are interned from the start") {
  World world;
  CHECK(intern(world.builtins, "a").is(make_str(world.builtins, "a")));
  CHECK(intern(world.builtins, "").is(world.builtins.empty_str()));
  CHECK(interned_count(world.builtins) == 0);
}

TEST_CASE("many interned strings come and go") {
  World world;
  std::vector<Ref<Str>> names;
  for (int i = 0; i < 5000; ++i) names.push_back(intern(world.builtins, "name " + std::to_string(i)));
  CHECK(interned_count(world.builtins) == 5000);
  for (std::size_t i = 0; i < names.size(); i += 2) names[i].reset();
  CHECK(interned_count(world.builtins) == 2500);
  for (std::size_t i = 1; i < names.size(); i += 2)
    REQUIRE(intern(world.builtins, "name " + std::to_string(i)).is(names[i]));
  names.clear();
  CHECK(interned_count(world.builtins) == 0);
}

TEST_CASE("an interned str with breadcrumbs frees them and leaves the table") {
  World world;
  std::string wide;
  for (int i = 0; i < 400; ++i) wide += "é";
  {
    const Ref<Str> name = intern(world.builtins, wide);
    static_cast<void>(byte_offset(*name, 200));
    CHECK(interned_count(world.builtins) == 1);
  }
  CHECK(interned_count(world.builtins) == 0);
  CHECK(world.live_atoms() == 0);
}

TEST_CASE("interning that runs out of memory changes nothing") {
  World world;
  const Ref<Str> mine = make_str(world.builtins, "mine");
  CHECK(fail_each_allocation(world.heap(), [&] {
          CHECK(interned_count(world.builtins) == 0);
          CHECK_FALSE(mine->is_interned());
          static_cast<void>(intern(*mine));
        }) >= 1);
  CHECK(mine->is_interned());
  CHECK(fail_each_allocation(world.heap(), [&] { static_cast<void>(intern(world.builtins, "yours")); }) >= 1);
  CHECK(interned_count(world.builtins) == 1);
}

TEST_CASE("text that is no UTF-8 is not interned", "[law-valid-utf8]") {
  World world;
  CHECK(error_of([&] { return intern(world.builtins, "\xC0\xAF"); }).starts_with("UnicodeDecodeError"));
  CHECK(interned_count(world.builtins) == 0);
}

TEST_CASE("a text asked for again finds its str, also after others took its place or the str died") {
  World world;
  for (int round = 0; round < 3; ++round) {
    std::vector<Ref<Str>> names;
    for (int i = 0; i < 2000; ++i) {
      const std::string name = "attribute_" + std::to_string(i * 7919);
      names.push_back(intern(world.builtins, name));
      REQUIRE(intern(world.builtins, name).is(names.back()));
    }
    for (int i = 0; i < 2000; ++i)
      REQUIRE(intern(world.builtins, "attribute_" + std::to_string(i * 7919)).is(names[static_cast<std::size_t>(i)]));
  }
  CHECK(interned_count(world.builtins) == 0);
}
