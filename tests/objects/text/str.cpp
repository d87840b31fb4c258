// Strs as objects: made, indexed, hashed, compared.
#include <ouro/objects/core/protocol.h>
#include <ouro/objects/numbers/int.h>
#include <ouro/objects/text/detail/new_str.h>
#include <ouro/objects/text/str.h>
#include <support/python_oracle.h>

#include <string>

#include <objects/world.h>

using namespace ouro;
using namespace ouro::test;

namespace {

/// `count` code points of one to four bytes each, in turn.
std::string mixed_text(std::size_t count) {
  static constexpr std::string_view kCharacters[] = {"a", "é", "語", "🐍"};
  std::string result;
  for (std::size_t i = 0; i < count; ++i) result += kCharacters[(i * i + i / 7) % 4];
  return result;
}

Ref<Str> str_of(World& world, std::string_view characters) { return make_str(world.builtins, characters); }

}  // namespace

TEST_CASE("a str counts code points and keeps UTF-8") {
  World world;
  const Ref<Str> snake = str_of(world, "añ語🐍");
  CHECK(length(*snake) == 4);
  CHECK(text(*snake) == "añ語🐍");
  CHECK(snake->bytes == 10);
  CHECK_FALSE(snake->is_ascii());
  CHECK(c_str(*snake)[10] == '\0');
  CHECK(str_of(world, "plain")->is_ascii());
  CHECK(length(*str_of(world, std::string_view("a\0b", 3))) == 3);
}

TEST_CASE("text that is no UTF-8 is refused where it enters", "[law-valid-utf8]") {
  World world;
  const auto refusal = [&](std::string_view bytes) { return error_of([&] { return make_str(world.builtins, bytes); }); };
  CHECK(refusal("\xFF") == "UnicodeDecodeError: 'utf-8' codec can't decode byte 0xff in position 0: invalid start byte");
  CHECK(refusal("ab\xC3") ==
        "UnicodeDecodeError: 'utf-8' codec can't decode byte 0xc3 in position 2: unexpected end of data");
  CHECK(refusal("\xED\xA0\x80").starts_with("UnicodeDecodeError"));
  CHECK(world.live_atoms() == 0);
}

TEST_CASE("the empty str and characters up to U+00FF exist once", "[law-one-character]") {
  World world;
  CHECK(str_of(world, "x").is(str_of(world, "x")));
  CHECK(str_of(world, "é").is(make_character(world.builtins, 0xE9)));
  CHECK(slice(*str_of(world, "hello"), {1, 2}).is(str_of(world, "e")));
  CHECK(character_at(*str_of(world, "hé"), 1).is(str_of(world, "é")));
  CHECK(concatenate(*str_of(world, ""), *str_of(world, "x")).is(str_of(world, "x")));
  CHECK_FALSE(str_of(world, "語").is(str_of(world, "語")));
  CHECK(error_of([&] { return make_character(world.builtins, 0x110000); }) ==
        "ValueError: chr() arg not in range(0x110000)");
}

TEST_CASE("an index finds its character in text of any width and length", "[law-breadcrumbs]") {
  World world;
  const std::size_t size = GENERATE(std::size_t{1}, 4, 64, 128, 129, 200, 1000, 5000);
  const std::string whole = mixed_text(size);
  const Ref<Str> str = str_of(world, whole);
  REQUIRE(str->code_points == size);
  std::size_t byte = 0;
  for (std::size_t i = 0; i < size; ++i) {
    REQUIRE(byte_offset(*str, i) == byte);
    const Ref<Str> character = character_at(*str, i);
    REQUIRE(character->code_points == 1);
    REQUIRE(whole.substr(byte, character->bytes) == text(*character));
    byte += character->bytes;
  }
  CHECK(byte_offset(*str, size) == whole.size());
}

TEST_CASE("breadcrumbs are laid by the first index and freed with the str") {
  World world;
  {
    const Ref<Str> str = str_of(world, mixed_text(600));
    CHECK(world.heap().memory.stats().raw.live_blocks == 1);  // the text itself
    CHECK(world.live_buffers() == 0);
    CHECK((str->flags & kStorageFlag) == 0);
    static_cast<void>(byte_offset(*str, 599));
    static_cast<void>(byte_offset(*str, 64));
    CHECK(world.live_buffers() == 0);  // a few code points from either end are skipped
    static_cast<void>(byte_offset(*str, 500));
    CHECK(world.live_buffers() == 1);
    static_cast<void>(byte_offset(*str, 300));
    CHECK(world.live_buffers() == 1);
  }
  CHECK(world.live_buffers() == 0);
  CHECK(world.heap().memory.stats().raw.live_blocks == 0);
}

TEST_CASE("an index needs no memory that it cannot do without") {
  World world;
  const std::string whole = mixed_text(500);
  const std::size_t middle = mixed_text(250).size();
  const Ref<Str> str = str_of(world, whole);
  world.heap().memory.faults().fail_from(1);
  CHECK(byte_offset(*str, 250) == middle);
  world.heap().memory.faults().clear();
  CHECK((str->flags & kStorageFlag) == 0);
  CHECK(byte_offset(*str, 500) == whole.size());
  CHECK(byte_offset(*str, 250) == middle);
  CHECK((str->flags & kStorageFlag) != 0);
}

TEST_CASE("iteration yields the characters in order") {
  World world;
  const std::string whole = mixed_text(300);
  const Ref<> str = str_of(world, whole);
  const Ref<> iterator = iterate(*str);
  std::string joined;
  std::size_t count = 0;
  while (const Ref<> character = next(*iterator)) {
    joined += text(static_cast<Str&>(*character));
    ++count;
  }
  CHECK(joined == whole);
  CHECK(count == 300);
  CHECK_FALSE(next(*iterator));
}

TEST_CASE("the hash of a str is computed once, keyed and never the mark of an error") {
  World world;
  World other{HashKey{3, 4}};
  const Ref<Str> word = str_of(world, "some words");
  CHECK(word->cached_hash == Str::kNoHash);
  const std::int64_t value = hash(*word);
  CHECK(word->cached_hash == value);
  CHECK(value != Str::kNoHash);
  CHECK(hash(*str_of(world, "some words")) == value);
  CHECK(hash_text(world.builtins, "some words") == value);
  CHECK(hash(*str_of(other, "some words")) != value);
  CHECK(hash(*str_of(world, "a")) == hash_text(world.builtins, "a"));
  CHECK(hash(*str_of(other, "a")) == hash_text(other.builtins, "a"));
  World zero{HashKey{0, 0}};
  CHECK(hash(*str_of(zero, "abc")) == -4594863902769663758);  // PYTHONHASHSEED=0
}

TEST_CASE("strings compare by code point, and only with strings") {
  World world;
  const auto less = [&](std::string_view a, std::string_view b) {
    return compare(*str_of(world, a), *str_of(world, b), Comparison::kLess);
  };
  CHECK(less("a", "b"));
  CHECK(less("", "a"));
  CHECK(less("ab", "abc"));
  CHECK(less("z", "é"));
  CHECK(less("\uFFFD", "\U00010000"));
  CHECK_FALSE(less("é", "z"));
  CHECK(equal(*str_of(world, "same words"), *str_of(world, "same words")));
  CHECK_FALSE(equal(*str_of(world, "same words"), *str_of(world, "same wordz")));
  CHECK_FALSE(equal(*str_of(world, "1"), *make_int(world.builtins, 1)));
  CHECK(error_of([&] { return compare(*str_of(world, "1"), *make_int(world.builtins, 1), Comparison::kLess); }) ==
        "TypeError: '<' not supported between instances of 'str' and 'int'");
}

TEST_CASE("strings are added, repeated, indexed and searched in Python's words") {
  World world;
  const Ref<> ab = str_of(world, "ab");
  const Ref<> three = make_int(world.builtins, 3);
  CHECK(text(static_cast<Str&>(*apply(Operator::kAdd, *ab, *str_of(world, "é")))) == "abé");
  CHECK(text(static_cast<Str&>(*apply(Operator::kMultiply, *ab, *three))) == "ababab");
  CHECK(text(static_cast<Str&>(*apply(Operator::kMultiply, *three, *str_of(world, "é")))) == "ééé");
  CHECK(apply(Operator::kMultiply, *ab, *make_int(world.builtins, -1)).is(world.builtins.empty_str()));
  CHECK(text(static_cast<Str&>(*get_item(*ab, *make_int(world.builtins, -1)))) == "b");
  CHECK(contains(*ab, *str_of(world, "b")));
  CHECK(contains(*ab, *str_of(world, "")));
  CHECK_FALSE(contains(*ab, *str_of(world, "ba")));
  CHECK(error_of([&] { return apply(Operator::kAdd, *ab, *three); }) ==
        "TypeError: can only concatenate str (not \"int\") to str");
  CHECK(error_of([&] { return contains(*ab, *three); }) ==
        "TypeError: 'in <string>' requires string as left operand, not int");
  CHECK(error_of([&] { return get_item(*ab, *three); }) == "IndexError: string index out of range");
  CHECK(error_of([&] { return get_item(*ab, *make_int(world.builtins, -3)); }) == "IndexError: string index out of range");
  CHECK(error_of([&] { return get_item(*ab, *ab); }) == "TypeError: string indices must be integers, not 'str'");
}

TEST_CASE("a str beyond two GiB is refused before anything is allocated") {
  World world;
  const Ref<Str> word = str_of(world, "0123456789");
  CHECK(error_of([&] { return repeat(*word, std::int64_t{1} << 40); }) == "MemoryError");
  CHECK(error_of([&] { return detail::new_str(world.builtins, std::size_t{1} << 31, 0, [](char*) noexcept {}); }) ==
        "OverflowError: string is too long");
  CHECK(world.live_atoms() == 1);
}

TEST_CASE("a str that cannot be made is a MemoryError and leaks nothing") {
  World world;
  const Ref<Str> word = str_of(world, mixed_text(200));
  const std::size_t atoms = world.live_atoms();
  CHECK(fail_each_allocation(world.heap(), [&] { static_cast<void>(concatenate(*word, *word)); }) >= 1);
  CHECK(fail_each_allocation(world.heap(), [&] { static_cast<void>(repeat(*word, 3)); }) >= 1);
  CHECK(fail_each_allocation(world.heap(), [&] { static_cast<void>(repr_of(*word)); }) >= 1);
  CHECK(fail_each_allocation(world.heap(), [&] { static_cast<void>(slice(*word, {{}, {}, -1})); }) >= 2);
  CHECK(world.live_atoms() == atoms);
}

TEST_CASE("repr, slices and order of strings are CPython's", "[cpython]") {
  World world;
  const auto bound = [](const PythonCase& test, std::size_t k) -> std::optional<std::int64_t> {
    return test.raw(k) == "none" ? std::nullopt : std::optional(test.integer(k));
  };
  compare_with_python(R"(
def word():
    alphabet = rng.choice(['ab', "a'\"\\\n", 'aé語🐍', 'aé\x7f\x9f\u2028\ue000\U000e0001'])
    return ''.join(rng.choice(alphabet) for _ in range(rng.choice([0, 1, 2, 3, 10, 70, 200])))
def bound(): return rng.choice([None, rng.randrange(-250, 250), rng.randrange(-5, 5)])
for _ in range(COUNT(4000)):
    a, b = word(), word()
    i, j, k = bound(), bound(), rng.choice([None, 1, 1, 2, 3, -1, -2])
    case(a, b, i, j, k, a[i:j:k], repr(a), a < b, a == b, b in a, len(a))
)",
                      4000, [&](const PythonCase& test) {
                        const Ref<Str> a = str_of(world, test.text(0));
                        const Ref<Str> b = str_of(world, test.text(1));
                        const Ref<Str> part = slice(*a, {bound(test, 2), bound(test, 3), bound(test, 4).value_or(1)});
                        const auto facts = [](bool less, bool same, bool inside, std::size_t size) {
                          return std::to_string(less) + std::to_string(same) + std::to_string(inside) + std::to_string(size);
                        };
                        return Verdict{
                            std::string(text(*part)) + '|' + std::string(text(*repr(*a))) + '|' +
                                facts(compare(*a, *b, Comparison::kLess), equal(*a, *b), contains(*a, *b), length(*a)),
                            test.text(5) + '|' + test.text(6) + '|' +
                                facts(test.integer(7) != 0, test.integer(8) != 0, test.integer(9) != 0,
                                      static_cast<std::size_t>(test.integer(10)))};
                      });
}
