// The methods of str, beside CPython's.
#include <ouro/objects/core/none.h>
#include <ouro/objects/core/protocol.h>
#include <ouro/objects/numbers/int.h>
#include <ouro/objects/text/str_methods.h>
#include <support/python_oracle.h>

#include <string>

#include <objects/world.h>

using namespace ouro;
using namespace ouro::test;

TEST_CASE("join takes any iterable of strings and says which item is none") {
  World world;
  const auto str_of = [&](std::string_view characters) { return make_str(world.builtins, characters); };
  const Ref<Str> comma = str_of(", ");
  const Ref<List> words = split(*str_of("one two drei"));
  CHECK(text(*join(*comma, *words)) == "one, two, drei");
  CHECK(text(*join(*comma, *str_of("añb"))) == "a, ñ, b");
  CHECK(join(*comma, *make_list(world.builtins)).is(world.builtins.empty_str()));
  const Ref<Str> word = str_of("word");
  CHECK(join(*comma, *make_list(world.builtins, {word.get()})).is(word));
  words->append(*make_int(world.builtins, 4));
  CHECK(error_of([&] { return join(*comma, *words); }) == "TypeError: sequence item 3: expected str instance, int found");
  CHECK(error_of([&] { return join(*comma, world.builtins.none()); }) == "TypeError: can only join an iterable");
}

TEST_CASE("a result that equals the str is the str itself") {
  World world;
  const Ref<Str> word = make_str(world.builtins, "WORD");
  const Ref<Str> dot = make_str(world.builtins, ".");
  CHECK(strip(*word).is(word));
  CHECK(replace(*word, *dot, *dot).is(word));
  CHECK(upper(*word).is(word));
  CHECK(static_cast<const void*>(&split(*word)->get(0)) == word.get());
}

TEST_CASE("an empty separator and a missing part are ValueErrors") {
  World world;
  const Ref<Str> word = make_str(world.builtins, "word");
  CHECK(error_of([&] { return split(*word, world.builtins.empty_str()); }) == "ValueError: empty separator");
  CHECK(error_of([&] { return index_of(*word, *make_str(world.builtins, "x")); }) == "ValueError: substring not found");
  CHECK(starts_with(*word, *make_str(world.builtins, "wo")));
  CHECK(ends_with(*word, *make_str(world.builtins, "rd")));
  CHECK_FALSE(starts_with(*word, *make_str(world.builtins, "rd")));
}

TEST_CASE("a method that runs out of memory leaks nothing") {
  World world;
  const Ref<Str> line = make_str(world.builtins, "some words, and some more");
  const Ref<Str> some = make_str(world.builtins, "some");
  const Ref<Str> long_text = make_str(world.builtins, std::string(300, 'x'));
  const std::size_t atoms = world.live_atoms();
  CHECK(fail_each_allocation(world.heap(), [&] { static_cast<void>(split(*line)); }) >= 6);
  CHECK(fail_each_allocation(world.heap(), [&] { static_cast<void>(split(*line, *some)); }) >= 3);
  CHECK(fail_each_allocation(world.heap(), [&] { static_cast<void>(replace(*line, *some, *long_text)); }) >= 1);
  CHECK(fail_each_allocation(world.heap(), [&] { static_cast<void>(join(*some, *line)); }) >= 2);
  CHECK(fail_each_allocation(world.heap(), [&] { static_cast<void>(upper(*line)); }) >= 1);
  CHECK(world.live_atoms() == atoms);
}

TEST_CASE("find, count, split, replace and strip are CPython's", "[cpython]") {
  World world;
  const auto str_of = [&](const PythonCase& test, std::size_t k) { return make_str(world.builtins, test.text(k)); };
  compare_with_python(R"(
def word(most):
    alphabet = rng.choice(['ab', 'a \t', 'aé語🐍', 'a\x85\u2003\x1f '])
    return ''.join(rng.choice(alphabet) for _ in range(rng.randrange(most)))
for _ in range(COUNT(4000)):
    a, b, c = word(40), word(4), word(4)
    i, j, k = rng.randrange(-45, 45), rng.randrange(-45, 45), rng.randrange(-1, 4)
    case(a, b, c, i, j, k, '|'.join(map(str, [a.find(b, i, j), a.rfind(b, i, j), a.count(b, i, j),
        a.split(b, k) if b else '', a.split(None, k), repr(a.replace(b, c, k)),
        repr(a.strip()), repr(a.lstrip()), repr(a.rstrip()), repr(a.strip(b)), repr(a.lstrip(b)), repr(a.rstrip(b))])))
)",
                      4000, [&](const PythonCase& test) {
                        const Ref<Str> a = str_of(test, 0);
                        const Ref<Str> b = str_of(test, 1);
                        const Ref<Str> c = str_of(test, 2);
                        const std::int64_t i = test.integer(3);
                        const std::int64_t j = test.integer(4);
                        const std::int64_t k = test.integer(5);
                        std::string ours = std::to_string(find(*a, *b, i, j)) + '|' +
                                           std::to_string(find_last(*a, *b, i, j)) + '|' +
                                           std::to_string(count_of(*a, *b, i, j));
                        const auto add = [&](const Ref<>& result) { ours += '|' + shown(*result); };
                        ours += '|' + (b->bytes == 0 ? std::string() : shown(*split(*a, *b, k)));
                        add(split(*a, k));
                        add(replace(*a, *b, *c, k));
                        for (const Ends ends : {Ends::kBoth, Ends::kLeft, Ends::kRight}) add(strip(*a, ends));
                        for (const Ends ends : {Ends::kBoth, Ends::kLeft, Ends::kRight}) add(strip(*a, *b, ends));
                        return Verdict{ours, test.text(6)};
                      });
}

TEST_CASE("upper, lower and white space follow Unicode as CPython's do", "[cpython][no-stress]") {
  World world;
  compare_with_python(R"(
for first in range(0, 0x110000, 64):
    characters = ''.join(chr(c) for c in range(first, first + 64) if not 0xd800 <= c <= 0xdfff)
    if characters:
        case(characters, characters.upper(), characters.lower(), ''.join(str(int(c.isspace())) for c in characters))
for _ in range(COUNT(4000)):
    word = ''.join(rng.choice("Σσa.'A1 \u0345ß\u02b0É") for _ in range(rng.randrange(8)))
    case(word, word.upper(), word.lower(), ''.join(str(int(c.isspace())) for c in word))
)",
                      20'000, [&](const PythonCase& test) {
                        const Ref<Str> word = make_str(world.builtins, test.text(0));
                        std::string spaces;
                        for (std::size_t offset = 0; const Ref<Str> character = next_character(*word, offset);)
                          spaces += strip(*character)->bytes == 0 ? '1' : '0';
                        return Verdict{
                            std::string(text(*upper(*word))) + '|' + std::string(text(*lower(*word))) + '|' + spaces,
                            test.text(1) + '|' + test.text(2) + '|' + test.text(3)};
                      });
}
