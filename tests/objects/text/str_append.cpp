// Text appended in place: by append() and by += of handles.
#include <ouro/objects/core/handle.h>
#include <ouro/objects/text/str_append.h>
#include <ouro/objects/text/str_methods.h>
#include <support/helpers.h>

#include <objects/world.h>

namespace ouro::test {

TEST_CASE("text is appended in place where nobody else counts the str", "[text]") {
  World world;
  const Ref<Str> ascii = make_str(world.builtins, "abc"), wide = make_str(world.builtins, "d\u00e9\u65e5");
  Ref<Str> str = make_str(world.builtins, "");
  std::string expected;
  std::size_t moved = 0;
  for (int i = 0; i < 3000; ++i) {
    const Str& tail = i > 1500 && i % 7 == 0 ? *wide : *ascii;
    const Str* const before = str.get();
    append(str, tail);
    expected += text(tail);
    moved += str.get() != before ? 1u : 0u;
    if (i % 100 != 0) continue;
    REQUIRE(text(*str) == expected);
    REQUIRE(c_str(*str)[expected.size()] == '\0');
    REQUIRE(hash_of(*str) == hash_text(world.builtins, expected));
    REQUIRE(text(*character_at(*str, str->code_points - 1)) == (&tail == wide.get() ? "\u65e5" : "c"));
  }
  CHECK(moved < 40);
  CHECK(str->code_points == 9000);
  const Ref<Str> other = str;
  append(str, *ascii);
  CHECK(other->code_points == 9000);
  CHECK(str->code_points == 9003);
  append(str, *str);
  CHECK(str->code_points == 18006);
  Ref<> any = str;
  str.reset();
  CHECK(append_if_str(any, *ascii));
  CHECK_FALSE(append_if_str(any, *make_int(world.builtins, 1)));
  CHECK(static_cast<Str&>(*any).code_points == 18009);
  const std::size_t atoms = world.live_atoms();
  Ref<Str> grown = make_str(world.builtins, "some text to begin with");
  CHECK(fail_each_allocation(world.heap(), [&] { append(grown, *make_str(world.builtins, std::string(500, 'x'))); }) >= 1);
  CHECK(grown->code_points == 523);
  grown.reset();
  CHECK(world.live_atoms() == atoms);
}

TEST_CASE("+= of a handle appends in place", "[text]") {
  World world;
  const Ref<Str> tail = make_str(world.builtins, "abc");
  Ref<> any = make_str(world.builtins, "");
  Ref<Str> str = make_str(world.builtins, "");
  std::size_t moved = 0;
  for (int i = 0; i < 1000; ++i) {
    const Object* const before[] = {any.get(), str.get()};
    any += tail;
    str += "def";
    moved += (any.get() != before[0] ? 1u : 0u) + (str.get() != before[1] ? 1u : 0u);
  }
  CHECK(moved < 80);
  CHECK(static_cast<Str&>(*any).code_points == 3000);
  const Ref<> other = any;
  any += any;
  CHECK(static_cast<Str&>(*any).code_points == 6000);
  CHECK(static_cast<Str&>(*other).code_points == 3000);
  CHECK(error_of([&] { any += 1; }) == "TypeError: can only concatenate str (not \"int\") to str");
  Ref<> number = make_int(world.builtins, 3);
  number += 4;
  CHECK(number == 7);
}

}  // namespace ouro::test
