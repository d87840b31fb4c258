// The methods of int, bool and float, round, divmod and pow, compared with CPython line by line.
#include <ouro/objects/numbers/arithmetic.h>
#include <ouro/objects/numbers/int_digits.h>

#include <objects/numbers/odd_numbers.h>
#include <objects/world.h>

namespace ouro::test {

namespace {

/// round, divmod and pow as functions of both sides.
void add_functions(Evaluator& evaluator) {
  Builtins& builtins = evaluator.builtins();
  add_odd_floats(evaluator);
  evaluator.name("round", make_function(builtins, "round", [](Object& number) { return round(number); }));
  evaluator.name("round2",
                 make_function(builtins, "round", [](Object& number, Object& digits) { return round(number, &digits); }),
                 "round");
  evaluator.name("divmod", make_function(builtins, "divmod", [](Object& a, Object& b) { return divmod(a, b); }));
  evaluator.name("pow", make_function(builtins, "pow", [](Object& a, Object& b) { return pow(a, b); }));
  evaluator.name("pow3", make_function(builtins, "pow", [](Object& a, Object& b, Object& m) { return pow(a, b, m); }),
                 "pow");
}

const std::vector<std::string> kIntMethods = {".bit_length()",
                                              ".bit_count()",
                                              ".as_integer_ratio()",
                                              ".conjugate()",
                                              ".numerator",
                                              ".denominator",
                                              ".real",
                                              ".imag",
                                              ".__round__()",
                                              ".__trunc__()",
                                              ".__floor__()",
                                              ".__ceil__()",
                                              ".__index__()",
                                              ".__int__()",
                                              ".__float__()",
                                              ".__getnewargs__()",
                                              ".__abs__()",
                                              ".__neg__()",
                                              ".__pos__()",
                                              ".__invert__()",
                                              ".__bool__()",
                                              ".__hash__()",
                                              ".__repr__()",
                                              ".__pow__()",
                                              ".__pow__(2, 7)",
                                              ".__pow__(2, None)",
                                              ".__rpow__(2, 5)",
                                              ".__pow__(2.0)",
                                              ".__pow__(2, 3, 4)",
                                              ".__pow__(-1, 7)",
                                              ".__round__(None)",
                                              ".__round__('a')",
                                              ".__divmod__(3)",
                                              ".__rdivmod__(3)",
                                              ".__lshift__(3)",
                                              ".__rshift__(70)",
                                              ".__and__(6)",
                                              ".__or__(True)",
                                              ".__xor__(False)",
                                              ".__add__(1.5)"};
const std::vector<std::string> kFloatMethods = {".hex()",
                                                ".is_integer()",
                                                ".as_integer_ratio()",
                                                ".conjugate()",
                                                ".real",
                                                ".imag",
                                                ".__round__()",
                                                ".__trunc__()",
                                                ".__floor__()",
                                                ".__ceil__()",
                                                ".__int__()",
                                                ".__float__()",
                                                ".__getnewargs__()",
                                                ".__abs__()",
                                                ".__neg__()",
                                                ".__pos__()",
                                                ".__bool__()",
                                                ".__repr__()",
                                                ".__round__(None)",
                                                ".__round__('a')",
                                                ".__round__(2)",
                                                ".__round__(-2)",
                                                ".__pow__(2, 7)",
                                                ".__pow__(2, None)",
                                                ".__divmod__(0.7)",
                                                ".__rdivmod__(7)",
                                                ".__divmod__('a')",
                                                ".__floordiv__(0)",
                                                ".__mod__(3)",
                                                ".__pow__(0.5)",
                                                ".__rpow__(-2)",
                                                ".__round__(10**30)",
                                                ".__round__(-10**30)",
                                                ".__eq__(1)",
                                                ".__lt__('a')",
                                                ".__getformat__('float')"};

}  // namespace

TEST_CASE("methods of ints, bools and floats are CPython's", "[numbers][cpython]") {
  if (!have_python_or_skip()) return;
  Fixture fixture;
  Evaluator evaluator(fixture.rt.builtins());
  add_functions(evaluator);
  std::vector<std::string> lines;
  std::mt19937 random(5);
  const std::size_t step = std::getenv("OURO_STRESS") != nullptr ? 7 : 1;
  for (std::size_t i = 0; i < kOddInts.size(); i += step)
    for (const std::string& method : kIntMethods) lines.push_back("(" + kOddInts[i] + ")" + method);
  for (std::size_t i = 0; i < kOddFloats.size(); i += step) {
    for (const std::string& method : kFloatMethods) {
      if (method == ".__hash__()" && kOddFloats[i] == "nan") continue;
      lines.push_back("(" + kOddFloats[i] + ")" + method);
    }
  }
  for (std::size_t i = 0; i < numbers_count(1500); ++i) {
    lines.push_back(random_int(random, 300) + kIntMethods[random() % kIntMethods.size()]);
    lines.push_back(random_float(random) + kFloatMethods[random() % kFloatMethods.size()]);
  }
  compare_lines_with_python(evaluator, lines);
}

TEST_CASE("round, divmod and pow give and refuse what CPython's do", "[numbers][cpython]") {
  if (!have_python_or_skip()) return;
  Fixture fixture;
  Evaluator evaluator(fixture.rt.builtins());
  add_functions(evaluator);
  std::vector<std::string> lines;
  const std::vector<std::string> odd = {"0",   "1",   "-1", "3",   "7",    "-7", "True", "2**64", "1.5",
                                        "0.0", "inf", "1j", "'a'", "None", "[]", "(1,)", "12345", "10**30"};
  for (const std::string& a : odd) {
    lines.push_back("round(" + a + ")");
    for (const std::string& b : odd) {
      if (b != "2**64" && b != "10**30") lines.push_back("pow(" + a + ", " + b + ")");
      lines.push_back("divmod(" + a + ", " + b + ")");
      if (a.find("**") == std::string::npos || b.find("2**64") == std::string::npos)
        lines.push_back("round2(" + a + ", " + b + ")");
      for (const std::string& m : odd)
        if (m != "None" || (b != "2**64" && b != "10**30")) lines.push_back("pow3(" + a + ", " + b + ", " + m + ")");
    }
  }
  if (std::getenv("OURO_STRESS") != nullptr) lines.resize(lines.size() / 8);
  compare_lines_with_python(evaluator, lines);
}

TEST_CASE("random round, divmod and pow give what CPython's do", "[numbers][cpython]") {
  if (!have_python_or_skip()) return;
  Fixture fixture;
  Evaluator evaluator(fixture.rt.builtins());
  add_functions(evaluator);
  std::mt19937 random(99);
  std::vector<std::string> lines;
  const auto small = [&](int range) {
    return std::to_string(static_cast<int>(random() % (2U * static_cast<unsigned>(range) + 1)) - range);
  };
  for (std::size_t i = 0; i < numbers_count(2500); ++i) {
    lines.push_back("pow3(" + random_int(random, 200) + ", " + random_int(random, 60) + ", " + random_int(random, 150) +
                    ")");
    lines.push_back("divmod(" + random_int(random, 900) + ", " + random_int(random, 500) + ")");
    lines.push_back("round2(" + random_float(random) + ", " + small(25) + ")");
    lines.push_back("round2(" + random_int(random, 200) + ", " + small(70) + ")");
    lines.push_back("divmod(" + random_float(random) + ", " + random_float(random) + ")");
    lines.push_back("float.fromhex(" + random_float(random) + ".hex())");
    lines.push_back(random_float(random) + " ** " + random_float(random));
    lines.push_back(random_int(random, 60) + " / " + random_int(random, 1200));
  }
  compare_lines_with_python(evaluator, lines);
}

TEST_CASE("int and float read texts in every base as CPython does", "[numbers][cpython]") {
  if (!have_python_or_skip()) return;
  Fixture fixture;
  Evaluator evaluator(fixture.rt.builtins());
  std::mt19937 random(4242);
  static const std::vector<std::string> kParts = {"0",       "1",     "7",     "9",       "a", "f",  "z",  "Z",   "_",
                                                  "0x",      "0b",    "0o",    "0X",      "-", "+",  " ",  "\\t", "12",
                                                  "\\u0663", "\\xa0", "\\x00", "\\u00e9", ".", "e1", "1_0"};
  static const std::vector<std::string> kHexParts = {"0x",
                                                     "1",
                                                     "f",
                                                     ".",
                                                     "8",
                                                     "p",
                                                     "+1",
                                                     "-3",
                                                     "p5",
                                                     "P-1074",
                                                     "P-1080",
                                                     "0",
                                                     "00000",
                                                     " ",
                                                     "-",
                                                     "+",
                                                     "inf",
                                                     "nan",
                                                     "_",
                                                     "ffffffffffffffff",
                                                     "8000000000000",
                                                     "p1023",
                                                     "g"};
  const auto text = [&](const std::vector<std::string>& parts) {
    std::string made;
    for (std::size_t left = 1 + random() % 6; left > 0; --left) made += parts[random() % parts.size()];
    return "'" + made + "'";
  };
  std::vector<std::string> lines;
  for (std::size_t i = 0; i < numbers_count(4000); ++i) {
    lines.push_back("int(" + text(kParts) + ", " + std::to_string(random() % 40) + ")");
    lines.push_back("int(" + text(kParts) + ", 0)");
    lines.push_back("int(" + text(kParts) + ")");
    lines.push_back("float(" + text(kParts) + ")");
    lines.push_back("float.fromhex(" + text(kHexParts) + ")");
  }
  compare_lines_with_python(evaluator, lines);
}

TEST_CASE("numbers refuse in CPython's words", "[numbers][cpython]") {
  if (!have_python_or_skip()) return;
  Fixture fixture;
  Evaluator evaluator(fixture.rt.builtins());
  add_functions(evaluator);
  compare_lines_with_python(evaluator, {"float.fromhex(1)",
                                        "float.fromhex()",
                                        "float.fromhex('1', '2')",
                                        "float.fromhex('1p99999999999999999999')",
                                        "float.fromhex('0p99999999999999999999')",
                                        "float.fromhex('1p-99999999999999999999')",
                                        "float.fromhex('')",
                                        "float.__getformat__(1)",
                                        "float.__getformat__(None)",
                                        "float.__getformat__('x')",
                                        "float.__getformat__('double')",
                                        "float.__getformat__()",
                                        "(1).__round__(1, 2)",
                                        "(1.5).__round__(1, 2)",
                                        "(1.5).__round__(x=1)",
                                        "(1).__trunc__(1)",
                                        "(1.5).__floor__(1)",
                                        "True.__getnewargs__()",
                                        "(1).as_integer_ratio(1)",
                                        "(1.5).hex(1)",
                                        "int(True)",
                                        "int(1.9)",
                                        "int(-1.9)",
                                        "int('')",
                                        "int(None)",
                                        "int([])",
                                        "int(1, 2)",
                                        "int('1', 37)",
                                        "int('1', 1)",
                                        "int('1', -2)",
                                        "int('1', 10**30)",
                                        "int('1', 'a')",
                                        "int(base=2)",
                                        "int('1', base=2)",
                                        "int(x='1')",
                                        "int('1', 2, 3)",
                                        "int(inf)",
                                        "int(nan)",
                                        "1 << 10**30",
                                        "0 << 10**30",
                                        "1 >> 10**30",
                                        "-1 >> 10**30",
                                        "1 << -1",
                                        "1 >> -10**30",
                                        "1.5 << 1",
                                        "bool('')",
                                        "bool(1, 2)",
                                        "bool(x=1)",
                                        "True & 1",
                                        "True | False",
                                        "True ^ True",
                                        "~True",
                                        "True << 1",
                                        "-True",
                                        "+True",
                                        "True + True",
                                        "True.__and__('a')",
                                        "True.__rand__(True)",
                                        "bool.__and__(True, 1)",
                                        "float()",
                                        "float('')",
                                        "float(None)",
                                        "float([])",
                                        "float(1j)",
                                        "float(10**400)",
                                        "float(x=1)",
                                        "float(1, 2)",
                                        "1 / 0",
                                        "1.5 / 0",
                                        "1 // 0",
                                        "1.5 // 0",
                                        "1 % 0",
                                        "1.5 % 0",
                                        "divmod(1, 0)",
                                        "divmod(1.5, 0)",
                                        "0 ** -1",
                                        "0.0 ** -1",
                                        "10 ** 400 + 0.5",
                                        "10 ** 400 / 3",
                                        "10 ** 400 / 1.5",
                                        "2.0 ** 2000",
                                        "(-8) ** 0.5",
                                        "int.__round__(1.5)",
                                        "'a' * 3 ** 50"});
}

TEST_CASE("pow with a modulus calls the __pow__ of a class, and no __rpow__", "[numbers]") {
  Fixture fixture;
  Builtins& builtins = fixture.rt.builtins();
  const Ref<Class> type = make_class(builtins, "Powerful");
  set_attribute(*type, *make_str(builtins, "__pow__"),
                *make_function(builtins, "__pow__", [](Object& self, Object& by, Object& modulus) {
                  return make_tuple(builtins_of(self), {&by, &modulus});
                }));
  const Ref<> object = call(*type, {});
  const Ref<> two = make_int(builtins, 2);
  const Ref<> three = make_int(builtins, 3);
  CHECK(shown(pow(*object, *two, *three)) == "(2, 3)");
  CHECK(error_of([&] { return pow(*two, *object, *three); }) ==
        "TypeError: unsupported operand type(s) for ** or pow(): 'int', 'Powerful', 'int'");
}

TEST_CASE("numbers give back everything when memory runs out", "[numbers]") {
  World world;
  const Ref<> base = int_from_text(world.builtins, "123456789012345678901234567890");
  const Ref<> modulus = int_from_text(world.builtins, "998877665544332211009988776655443322110099");
  const Ref<> places = make_int(world.builtins, -3);
  const Ref<> half = make_float(world.builtins, 1e300);
  const std::size_t atoms = world.live_atoms();
  const auto each = [&](auto act) {
    CHECK(fail_each_allocation(world.heap(), [&] { static_cast<void>(act()); }) >= 1);
    CHECK(world.live_atoms() == atoms);
  };
  each([&] { return pow(*base, *base, *modulus); });
  each([&] { return divmod(*modulus, *base); });
  each([&] { return round(*base, places.get()); });
  each([&] { return round(*half); });
  each([&] { return round(*half, places.get()); });
  each([&] { return int_to_text(static_cast<Int&>(*base)); });
  each([&] { return int_from_text(world.builtins, "123456789012345678901234567890"); });
}

TEST_CASE("int and float read bytes and what else shows its memory", "[numbers][cpython]") {
  if (!have_python_or_skip()) return;
  Fixture fixture;
  Evaluator evaluator(fixture.rt.builtins());
  const std::string inside[] = {"b'12'",    "b' 1_0 '", "b'x'",   "b'\\xff'", "b'1\\x00'",   "b''",
                                "b'-0x1f'", "b'1.5e3'", "b'nan'", "b'1_0.5'", "b'7' * 5000", "b'\\'' * 300"};
  std::vector<std::string> lines;
  for (const std::string& bytes : inside)
    for (const std::string& value : {bytes, "bytearray(" + bytes + ")", "memoryview(" + bytes + ")"}) {
      lines.push_back("int(" + value + ")");
      if (!value.starts_with("memoryview")) lines.push_back("float(" + value + ")");
      for (const char* const base : {"0", "16", "10"}) lines.push_back("int(" + value + ", " + base + ")");
    }
  for (const char* const line : {"int([], 10)", "int([])", "float([])", "int(b'12', None)", "complex(b'1')"})
    lines.push_back(line);
  compare_lines_with_python(evaluator, lines);
}

}  // namespace ouro::test
