// Building a str piece by piece.
#include <ouro/objects/text/str_builder.h>

#include <string>

#include <objects/world.h>

using namespace ouro;
using namespace ouro::test;

TEST_CASE("a builder collects text of any length") {
  World world;
  std::string expected;
  StrBuilder builder(world.builtins);
  CHECK(builder.finish().is(world.builtins.empty_str()));
  for (int i = 0; i < 2000; ++i) {
    builder.append("número ");
    builder.append('=');
    builder.append(*make_str(world.builtins, "語"));
    expected += "número =語";
    if (i % 500 == 0) CHECK(text(*builder.finish()) == expected);
  }
  const Ref<Str> whole = builder.finish();
  CHECK(text(*whole) == expected);
  CHECK(whole->code_points == 2000 * 9);
  CHECK(builder.size() == expected.size());
  builder.truncate(3);
  CHECK(builder.view() == "nú");
}

TEST_CASE("a builder appends reprs") {
  World world;
  StrBuilder builder(world.builtins);
  builder.append('[');
  builder.append_repr(*make_str(world.builtins, "it's\n"));
  builder.append(']');
  CHECK(builder.view() == R"(["it's\n"])");
}

TEST_CASE("a builder keeps short text inside itself and gives back its buffer") {
  World world;
  {
    StrBuilder builder(world.builtins);
    builder.append(std::string(200, 'x'));
    CHECK(world.live_buffers() == 0);
    builder.append('x');
    CHECK(world.live_buffers() == 1);
  }
  CHECK(world.live_buffers() == 0);
}

TEST_CASE("an append that finds no memory changes nothing") {
  World world;
  StrBuilder builder(world.builtins);
  builder.append(std::string(150, 'a'));
  for (const std::size_t size : {100U, 1000U}) {
    const std::string before(builder.view());
    world.heap().memory.faults().fail_at(1);
    CHECK(error_of([&] { return builder.append(std::string(size, 'b')), 0; }) == "MemoryError");
    world.heap().memory.faults().clear();
    CHECK(builder.view() == before);
    builder.append(std::string(size, 'b'));
    CHECK(builder.size() == before.size() + size);
  }
}
