// Formats that run code of classes, and what they hold meanwhile.
#include <ouro/objects/text/format.h>
#include <ouro/objects/text/str_append.h>
#include <ouro/objects/text/str_methods.h>
#include <support/fixture.h>

#include <objects/world.h>

namespace ouro::test {

namespace {

/// An object of a class with one special method.
template <class F>
Ref<> object_with(Runtime& rt, std::string_view name, F method, std::initializer_list<Type*> bases = {}) {
  const auto type = rt.new_class("A", bases);
  define(type, name, method);
  return type();
}

std::string formatted(Object& value, std::string_view spec = {}) { return std::string(text(*format(value, spec))); }

}  // namespace

TEST_CASE("__format__ of a class makes the text", "[text][format]") {
  Fixture fixture;
  Runtime& rt = fixture.rt;
  const Ref<> echo = object_with(rt, "__format__", [](Object&, Object& spec) { return share(spec); });
  CHECK(formatted(*echo, ">x<") == ">x<");
  CHECK(formatted(*echo).empty());
  const Ref<Str> pattern = rt.str("[{:a{}c}] {!s:.8}");
  Object* const given[] = {echo.get(), rt.builtins().immortals->small_ints.data(), echo.get()};
  CHECK(text(*format_with(*pattern, Arguments{given, {}, {}})) == "[a-5c] <__main_");
  const Ref<> wrong = object_with(rt, "__format__", [](Object&, Object&) { return 3; });
  CHECK(error_of([&] { return format(*wrong); }) == "TypeError: __format__ must return a str, not int");
  const Ref<> raising = object_with(rt, "__format__", [](Object&, Object&) -> Ref<> { raise(ErrorKind::kKeyError, "'k'"); });
  CHECK(error_of([&] { return format(*raising, "x"); }) == "KeyError: 'k'");
  const Ref<> plain = rt.new_class("Plain")();
  CHECK(error_of([&] { return format(*plain, "x"); }) == "TypeError: unsupported format string passed to Plain.__format__");
  CHECK_THAT(formatted(*plain), StartsWith("<__main__.Plain object at 0x"));
}

TEST_CASE("classes that derive from str, int and float are formatted by their base", "[text][format]") {
  Fixture fixture;
  Runtime& rt = fixture.rt;
  const auto make = [&](Type& base, const Ref<>& value) {
    const auto type = rt.new_class("D", {&base});
    define(type, "__str__", [](Object&) { return "shown"; });
    return type(value);
  };
  const Ref<> text_like = make(rt.type<Str>(), rt.str("abc")), number = make(rt.type<Int>(), rt.from(255)),
              real = make(rt.type<Float>(), rt.from(2.5));
  for (const Ref<>& each : {text_like, number, real}) CHECK(formatted(*each) == "shown");
  CHECK(formatted(*text_like, ">5") == "  abc");
  CHECK(formatted(*number, "#x") == "0xff");
  CHECK(formatted(*real, ".2f") == "2.50");
  CHECK(error_of([&] { return format(*number, "s"); }) == "ValueError: Unknown format code 's' for object of type 'D'");
  CHECK(text(*format_percent(*rt.str("%s"), *text_like)) == "shown");
  CHECK(text(*format_percent(*rt.str("%d"), *number)) == "255");
}

TEST_CASE("what a format is given may be dropped by what it calls", "[text][format]") {
  Fixture fixture;
  Runtime& rt = fixture.rt;
  const Ref<Dict> mapping = rt.dict();
  const Ref<> dropper = object_with(rt, "__str__", [taken = mapping.get()](Object&) {
    taken->clear();
    return "gone";
  });
  mapping->set("a", *dropper);
  mapping->set("b", *rt.str("a text that is dropped"));
  CHECK(text(*format_map(*rt.str("{a!s} "), *mapping)) == "gone ");
  CHECK(mapping->size == 0);
  mapping->set("a", *dropper);
  CHECK(text(*format_percent(*rt.str("%(a)s|"), *mapping)) == "gone|");
  CHECK(error_of([&] { return format_map(*rt.str("{a}"), *mapping); }) == "KeyError: 'a'");
  mapping->clear();
}

TEST_CASE("keys, indexes and tables of classes are asked as Python asks them", "[text][format]") {
  Fixture fixture;
  Runtime& rt = fixture.rt;
  const Ref<> echo = object_with(rt, "__getitem__", [](Object&, Object& key) { return share(key); });
  CHECK(text(*format_map(*rt.str("{other[x][3]}"), *rt.dict({{"other", rt.dict({{"x", rt.str("abcd")}})}}))) == "d");
  CHECK(text(*format_map(*rt.str("{any}"), *echo)) == "any");
  CHECK(text(*format_percent(*rt.str("%(k)s"), *echo)) == "k");
  CHECK(text(*format_percent(*rt.str("nothing"), *echo)) == "nothing");
  CHECK(text(*translate(*rt.str("aé"), *echo)) == "aé");
  const Ref<> missing =
      object_with(rt, "__missing__", [](Object&, Object& key) { return text(static_cast<Str&>(key)) == "b" ? "B" : "?"; },
                  {&rt.type<Dict>()});
  CHECK(text(*format_map(*rt.str("{b}{c}"), *missing)) == "B?");
  const Ref<> index = object_with(rt, "__index__", [](Object&) { return 65; });
  CHECK(text(*format_percent(*rt.str("%c|%d|%x"), *rt.tuple(index, index, index))) == "A|65|41");
  const Ref<> real = object_with(rt, "__float__", [](Object&) { return 0.5; });
  CHECK(text(*format_percent(*rt.str("%.1f"), *real)) == "0.5");
  CHECK(error_of([&] { return format_percent(*rt.str("%d"), *real); }) ==
        "TypeError: %d format: a real number is required, not A");
  const Ref<> wrong = object_with(rt, "__index__", [](Object&) { return "x"; });
  CHECK(error_of([&] { return format_percent(*rt.str("%x"), *wrong); }) ==
        "TypeError: %x format: an integer is required, not A");
  CHECK(error_of([&] { return format_percent(*rt.str("%c"), *wrong); }) == "TypeError: %c requires int or char");
}

TEST_CASE("formats that run out of memory leak nothing", "[text][format]") {
  World world;
  const Ref<Str> line = make_str(world.builtins, "some w\u00f6rds"), spec = make_str(world.builtins, "*^300");
  const Ref<Int> big = int_from_text(world.builtins, "-123456789012345678901234567890");
  const Ref<Str> braces = make_str(world.builtins, "{0:>{1}} {0!r} and more text behind it, which is long, {a}");
  const Ref<Str> percent = make_str(world.builtins, "%300s %r %.250f and more text behind it");
  const Ref<Str> name = make_str(world.builtins, "a");
  const Ref<> width = make_int(world.builtins, 290), real = make_float(world.builtins, 1.5);
  Object* const given[] = {line.get(), width.get()};
  Object* const names[] = {name.get()};
  Object* const values[] = {big.get()};
  const Ref<Tuple> three = make_tuple(world.builtins, {line.get(), line.get(), real.get()});
  const std::size_t atoms = world.live_atoms();
  const auto each = [&](auto act) { CHECK(fail_each_allocation(world.heap(), [&] { static_cast<void>(act()); }) >= 1); };
  each([&] { return format(*line, *spec); });
  each([&] { return format(*big, "_d"); });
  each([&] { return format(*real, ".300e"); });
  each([&] { return format_with(*braces, Arguments{given, names, values}); });
  each([&] { return format_percent(*percent, *three); });
  each([&] { return ascii(*line); });
  CHECK(world.live_atoms() == atoms);
}

}  // namespace ouro::test
