// All methods of str, as attributes, beside CPython's.
#include <ouro/objects/containers/dict.h>
#include <ouro/objects/containers/tuple.h>
#include <ouro/objects/core/none.h>
#include <ouro/objects/text/detail/character.h>
#include <ouro/objects/text/detail/text_repr.h>
#include <ouro/objects/text/str_methods.h>
#include <support/evaluator.h>
#include <support/fixture.h>
#include <support/python_oracle.h>

#include <random>

#include <objects/world.h>

namespace ouro::test {

namespace {

const std::vector<std::string> kTexts = {"''",
                                         "'a'",
                                         "'abc'",
                                         "'ABC'",
                                         "'Hello World'",
                                         "'hello world'",
                                         "'12'",
                                         "'1.5'",
                                         "'-42'",
                                         "'+7'",
                                         "' \\t\\n'",
                                         "'a\\tbc\\td'",
                                         "'\\u00e9t\\u00e9'",
                                         "'\\u00df'",
                                         "'\\ufb01x'",
                                         "'\\u01c6a'",
                                         "'\\u03a3\\u03a3'",
                                         "'\\u00b2'",
                                         "'\\u00bd'",
                                         "'\\u0663'",
                                         "'_a1'",
                                         "'1a'",
                                         "'l1\\nl2\\r\\nl3\\r'",
                                         "'a\\x0bb\\x0cc\\x1cd\\x85e\\u2028f'",
                                         "'a,b,,c'",
                                         "'  two  words '",
                                         "'\\U0001f40d'",
                                         "'\\u65e5\\u672c'",
                                         "'it\\'s'",
                                         "'x' * 70",
                                         "'\\u0130I'",
                                         "'\\u1f80\\u0345a'",
                                         "'\\tx\\r\\ty\\n\\tz'",
                                         "'aXbXc'",
                                         "'\\x00a'"};

constexpr const char* kCalls[] = {"capitalize()",
                                  "casefold()",
                                  "isalnum()",
                                  "isalpha()",
                                  "isascii()",
                                  "isdecimal()",
                                  "isdigit()",
                                  "isidentifier()",
                                  "islower()",
                                  "isnumeric()",
                                  "isprintable()",
                                  "isspace()",
                                  "istitle()",
                                  "isupper()",
                                  "swapcase()",
                                  "title()",
                                  "lower()",
                                  "upper()",
                                  "center(10)",
                                  "center(5, '*')",
                                  "center(6, '\\u00e9')",
                                  "center(-3)",
                                  "center(0)",
                                  "center()",
                                  "center(4, '')",
                                  "center(4, 'ab')",
                                  "center(4, 3)",
                                  "center(4, None)",
                                  "center('4')",
                                  "center(4.0)",
                                  "center(10**30)",
                                  "center(1, 'x', 3)",
                                  "ljust(7)",
                                  "ljust(4, '\\u00e9')",
                                  "ljust(4, 4)",
                                  "ljust(True)",
                                  "rjust(7)",
                                  "rjust(75, '.')",
                                  "rjust()",
                                  "zfill(6)",
                                  "zfill(0)",
                                  "zfill(-1)",
                                  "zfill('x')",
                                  "zfill(1)",
                                  "zfill()",
                                  "zfill(2, 3)",
                                  "expandtabs()",
                                  "expandtabs(4)",
                                  "expandtabs(0)",
                                  "expandtabs(-2)",
                                  "expandtabs(tabsize=3)",
                                  "expandtabs('4')",
                                  "expandtabs(None)",
                                  "expandtabs(10**12)",
                                  "expandtabs(1, 2)",
                                  "expandtabs(width=2)",
                                  "partition(',')",
                                  "partition('b')",
                                  "partition('')",
                                  "partition(3)",
                                  "partition()",
                                  "rpartition(',')",
                                  "rpartition('l')",
                                  "rpartition('')",
                                  "rpartition(None)",
                                  "removeprefix('a')",
                                  "removeprefix('')",
                                  "removeprefix('Hello World!')",
                                  "removeprefix(3)",
                                  "removeprefix(None)",
                                  "removeprefix()",
                                  "removesuffix('c')",
                                  "removesuffix('')",
                                  "removesuffix(1.5)",
                                  "removesuffix('d', 'c')",
                                  "rsplit()",
                                  "rsplit(None, 1)",
                                  "rsplit(',')",
                                  "rsplit(',', 1)",
                                  "rsplit('l', 2)",
                                  "rsplit(sep='X', maxsplit=1)",
                                  "rsplit('')",
                                  "rsplit(3)",
                                  "rsplit(',', 'x')",
                                  "rsplit(',', 0)",
                                  "rsplit(None, 0)",
                                  "rsplit(maxsplit=1)",
                                  "rsplit(limit=1)",
                                  "rsplit(',', 10**30)",
                                  "split(',', 1)",
                                  "split(None, 1)",
                                  "split('X')",
                                  "splitlines()",
                                  "splitlines(True)",
                                  "splitlines(keepends=1)",
                                  "splitlines(None)",
                                  "splitlines('x')",
                                  "splitlines(10**12)",
                                  "splitlines(False, 2)",
                                  "translate({97: 'x', 98: None})",
                                  "translate({97: 'lo\\u00f1g', 233: 101, 66: 0x1f40d})",
                                  "translate({97: 10**9})",
                                  "translate({97: -1})",
                                  "translate({97: 1.5})",
                                  "translate({97: 'aa'})",
                                  "translate(3)",
                                  "translate()",
                                  "translate(None)",
                                  "translate(['x', 'y'])",
                                  "translate({})",
                                  "translate('abc' * 99)",
                                  "translate({97: []})",
                                  "translate(str.maketrans('abc', 'xyz', 'd'))",
                                  "maketrans('ab', 'xy')",
                                  "maketrans('ab', 'x')",
                                  "maketrans('a', 'b', 'c\\u00e9')",
                                  "maketrans({'a': 1, 98: 'x'})",
                                  "maketrans({'ab': 1})",
                                  "maketrans({1.5: 1})",
                                  "maketrans({True: 1})",
                                  "maketrans(1)",
                                  "maketrans(1, 'a')",
                                  "maketrans('a', 1)",
                                  "maketrans('a', 'b', 3)",
                                  "maketrans('a', 'b', None)",
                                  "maketrans()",
                                  "maketrans('a', 'b', 'c', 'd')",
                                  "maketrans('aa', 'xy')"};

/// A text literal of random characters that tell cases, digits, spaces and line ends apart.
std::string random_text(std::mt19937& random) {
  static const char* const kPieces[] = {"a",       "B",       "1",       " ",       "\\t",     "\\n",        "\\r",
                                        "\\r\\n",  "\\u00e9", "\\u00df", "\\u03a3", "\\u03c3", "\\u0345",    "\\u01c5",
                                        "\\u2028", "\\x1f",   "\\x85",   "\\u00b2", "\\u0660", "\\u65e5",    "\\U0001f40d",
                                        ",",       "-",       "\\'",     "\\u1e9e", "\\u0149", "\\U00010400"};
  std::string text = "'";
  for (std::size_t left = random() % 9; left > 0; --left) text += kPieces[random() % std::size(kPieces)];
  return text + "'";
}

}  // namespace

TEST_CASE("every method of str answers as CPython's does", "[text][cpython][no-stress]") {
  Fixture fixture;
  Evaluator evaluator(fixture.rt.builtins());
  std::vector<std::string> lines;
  for (const std::string& text : kTexts)
    for (const std::string call : kCalls) lines.push_back('(' + text + ")." + call);
  compare_lines_with_python(evaluator, lines);
}

TEST_CASE("methods of str answer as CPython's do for random texts", "[text][cpython][no-stress]") {
  Fixture fixture;
  Evaluator evaluator(fixture.rt.builtins());
  std::mt19937 random(12);
  std::vector<std::string> lines;
  for (int i = 0; i < 5000; ++i) {
    const std::string number = std::to_string(static_cast<int>(random() % 14) - 3);
    const std::string calls[] = {"capitalize()",
                                 "casefold()",
                                 "swapcase()",
                                 "title()",
                                 "istitle()",
                                 "isupper()",
                                 "islower()",
                                 "isidentifier()",
                                 "splitlines()",
                                 "splitlines(True)",
                                 "expandtabs(" + number + ")",
                                 "center(" + number + ", " + (i % 2 == 0 ? "'-'" : "'\\u65e5'") + ")",
                                 "zfill(" + number + ")",
                                 "rsplit(None, " + number + ")",
                                 "rsplit(" + random_text(random) + ", " + number + ")",
                                 "partition(" + random_text(random) + ")",
                                 "rpartition(" + random_text(random) + ")",
                                 "removeprefix(" + random_text(random) + ")",
                                 "removesuffix(" + random_text(random) + ")",
                                 "translate({97: " + random_text(random) + ", 233: " + number + ", 0x3a3: None})"};
    lines.push_back(random_text(random) + '.' + calls[random() % std::size(calls)]);
  }
  compare_lines_with_python(evaluator, lines);
}

TEST_CASE("properties of all characters are those of Unicode 14", "[text][cpython][no-stress]") {
  compare_with_python(R"(
def bits(c):
    return (c.isalpha() | c.islower() << 1 | c.isupper() << 2 | (c.istitle() and not c.isupper()) << 3 | c.isnumeric() << 4 |
            c.isdigit() << 5 | c.isdecimal() << 6 | c.isidentifier() << 7 | ('a' + c).isidentifier() << 8 |
            c.isprintable() << 9 | c.isspace() << 10 | c.isalnum() << 11 | (len(('a' + c + 'a').splitlines()) > 1) << 12)
for first in range(0, 0x110000, 1024):
    if 0xd800 <= first < 0xe000: continue
    case(first, ' '.join(str(bits(chr(c))) for c in range(first, first + 1024)))
)",
                      1000, [](const PythonCase& test) {
                        std::string ours;
                        for (char32_t c = static_cast<char32_t>(test.integer(0)), end = c + 1024; c != end; ++c) {
                          const detail::CharacterProperties known = detail::properties_of(c);
                          const bool has[] = {known.is_alpha(),
                                              known.is_lower(),
                                              known.is_upper(),
                                              known.is_title(),
                                              known.is_numeric(),
                                              known.is_digit(),
                                              known.is_decimal(),
                                              known.begins_identifier(),
                                              known.continues_identifier(),
                                              detail::is_printable(c),
                                              is_space(c),
                                              known.is_alnum(),
                                              detail::is_line_break(c)};
                          int bits = 0;
                          for (std::size_t i = 0; i < std::size(has); ++i) bits |= static_cast<int>(has[i]) << i;
                          ours += (ours.empty() ? "" : " ") + std::to_string(bits);
                        }
                        return Verdict{ours, test.text(1)};
                      });
}

TEST_CASE("cases of all characters are those of Unicode 14", "[text][cpython][no-stress]") {
  World world;
  compare_with_python(R"(
for first in list(range(0, 0x1f000, 64)) + list(range(0x1f000, 0x110000, 4096)):  # there are no letters with a case behind
    characters = [chr(c) for c in range(first, first + 64) if not 0xd800 <= c <= 0xdfff]
    if not characters: continue
    whole = ''.join(characters)
    case(whole, whole.casefold(), ' '.join(characters).title(), whole.swapcase(),
         ''.join(c.capitalize() for c in characters))
)",
                      2'000, [&](const PythonCase& test) {
                        const Ref<Str> whole = make_str(world.builtins, test.text(0));
                        std::string capitals, spaced;
                        for (std::size_t offset = 0; const Ref<Str> c = next_character(*whole, offset);) {
                          capitals += text(*capitalize(*c));
                          spaced += (spaced.empty() ? "" : " ") + std::string(text(*c));
                        }
                        const auto of = [](const Ref<Str>& made) { return std::string(text(*made)); };
                        return Verdict{of(casefold(*whole)) + '|' + of(title(*make_str(world.builtins, spaced))) + '|' +
                                           of(swapcase(*whole)) + '|' + capitals,
                                       test.text(1) + '|' + test.text(2) + '|' + test.text(3) + '|' + test.text(4)};
                      });
}

TEST_CASE("what str makes is the str itself where nothing changes, and a plain one of a derived class", "[text]") {
  World world;
  const Ref<Str> word = make_str(world.builtins, "Word");
  CHECK(title(*make_str(world.builtins, "two words"))->code_points == 9);
  CHECK(center(*word, 3).is(word));
  CHECK(zfill(*word, 4).is(word));
  CHECK(expand_tabs(*word).is(word));
  CHECK(remove_prefix(*word, *make_str(world.builtins, "x")).is(word));
  CHECK(partition(*word, *make_str(world.builtins, "x"))->items[0] == word.get());
  CHECK(upper(*make_str(world.builtins, "ABCDEFGHIJK 12345678 Z"))->code_points == 22);
  CHECK(text(*upper(*make_str(world.builtins, "@`az{[AZ 0123456789 qwertzuiop"))) == "@`AZ{[AZ 0123456789 QWERTZUIOP");
  CHECK(text(*lower(*make_str(world.builtins, "@`az{[AZ 0123456789 QWERTZUIOP"))) == "@`az{[az 0123456789 qwertzuiop");
}

TEST_CASE("methods of str that run out of memory leak nothing", "[text]") {
  World world;
  const Ref<Str> line = make_str(world.builtins, "some\twords,\nand some m\u00f6re");
  const Ref<Str> comma = make_str(world.builtins, ",");
  const Ref<Dict> table = make_dict(world.builtins);
  table->set(*make_int(world.builtins, 's'), *line);
  const std::size_t atoms = world.live_atoms();
  const auto each = [&](auto act) { CHECK(fail_each_allocation(world.heap(), [&] { static_cast<void>(act()); }) >= 1); };
  each([&] { return rsplit(*line); });
  each([&] { return rsplit(*line, *comma); });
  each([&] { return split_lines(*line, true); });
  each([&] { return partition(*line, *comma); });
  each([&] { return rpartition(*line, *comma); });
  each([&] { return center(*line, 90); });
  each([&] { return zfill(*line, 90); });
  each([&] { return expand_tabs(*line, 90); });
  each([&] { return title(*line); });
  each([&] { return casefold(*line); });
  each([&] { return translate(*line, *table); });
  CHECK(world.live_atoms() == atoms);
}

TEST_CASE("the iterator of a str gives ASCII and other characters in turn", "[text]") {
  World world;
  const Ref<> iterator = iterate(*make_str(world.builtins, "a\u00e9b\u65e5c"));
  std::string all;
  while (const Ref<> character = next(*iterator)) all += text(static_cast<Str&>(*character)), all += '|';
  CHECK(all == "a|\u00e9|b|\u65e5|c|");
  CHECK_FALSE(next(*iterator));
}

}  // namespace ouro::test
