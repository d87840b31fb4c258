// Objects in formatted text.
#include <ouro/fmt.h>
#include <support/fixture.h>

#include <objects/world.h>

using namespace ouro;
using namespace ouro::test;

TEST_CASE("handles and objects are formatted as str or repr", "[fmt]") {
  Fixture fixture;
  Runtime& rt = fixture.rt;
  const Ref<> text = rt.from("it's");
  CHECK(fmt::format("{} {:r}", text, text) == "it's \"it's\"");
  CHECK(fmt::format("{}", rt.dict({{"a", rt.list(1, 2.5)}})) == "{'a': [1, 2.5]}");
  CHECK(fmt::format("{:r}", *text) == "\"it's\"");
  CHECK(fmt::format("[{:>6}] [{:r<6}] [{:.2}]", rt.from(5), rt.from("a"), rt.from("abcdef")) == "[     5] ['a'   ] [ab]");
  CHECK(fmt::format("{}", *rt.list(1)) == "[1]");
  CHECK(fmt::format("{} {}", Ref<>(), rt.none()) == "(empty) None");
  const auto doc = rt.dict({{"a", "x"}});
  CHECK(fmt::format("{} {:r}", doc["a"], doc["a"]) == "x 'x'");
}

TEST_CASE("an error of __str__ passes through format", "[fmt]") {
  Fixture fixture;
  Runtime& rt = fixture.rt;
  const auto type = rt.new_class("A");
  type.attr("__str__") =
      make_function(rt.builtins(), "__str__", [](Object&) { raise(ErrorKind::kValueError, "unspeakable"); });
  CHECK(error_of([&] { return fmt::format("{}", type()); }) == "ValueError: unspeakable");
}
