// Formats of numbers and texts by random values and specifications, beside CPython's.
#include <ouro/objects/numbers/float.h>
#include <ouro/objects/numbers/int.h>
#include <ouro/objects/text/detail/format_value.h>
#include <ouro/objects/text/format.h>
#include <ouro/objects/text/str_builder.h>
#include <support/python_oracle.h>

#include <objects/world.h>

namespace ouro::test {

namespace {

/// Makes up specifications: mostly good ones, and some that are not.
constexpr const char* kSpecs = R"(
def spec(types):
    s = ''
    if rng.randrange(3) == 0: s += rng.choice(['', '*', '0', 'é', '日', '<', ' ']) + rng.choice('<>=^')
    if rng.randrange(3) == 0: s += rng.choice('+- ')
    if rng.randrange(8) == 0: s += 'z'
    if rng.randrange(4) == 0: s += '#'
    if rng.randrange(4) == 0: s += '0'
    if rng.randrange(2) == 0: s += str(rng.choice([0, 1, 2, 5, 8, 10, 13, 20, 33]))
    if rng.randrange(4) == 0: s += rng.choice([',', '_', ',', '_', ',_', '_,', '__'])
    if rng.randrange(2) == 0: s += '.' + rng.choice(['0', '1', '2', '3', '6', '10', '16', '17', '18', '25', '60', '', '330'])
    if rng.randrange(5): s += rng.choice(types)
    if rng.randrange(30) == 0: s += rng.choice(['x', ' ', 'é', '.', '1'])
    return s
)";

/// A script that can make up specifications.
std::string with_specs(const char* script) {
  std::string whole = kSpecs;
  whole += script;
  return whole;
}

/// Compares `format(value, spec)`; the value is made of the first field.
void compare_formats(const std::string& script, std::size_t cases, const std::function<Ref<>(const PythonCase&)>& value_of) {
  compare_with_python(with_specs(script.c_str()), cases, [&](const PythonCase& test) {
    const Ref<> value = value_of(test);
    return Verdict{outcome_of([&] { return std::string(text(*format(*value, test.text(1)))); }), test.text(2)};
  });
}

}  // namespace

TEST_CASE("floats are formatted digit for digit as CPython formats them", "[text][cpython]") {
  World world;
  compare_formats(R"(
for _ in range(25000):
    x = real()
    s = spec('eEfFgGn%gfeg')
    case(x, s, outcome(lambda: format(x, s)))
)",
                  25'000, [&](const PythonCase& test) { return make_float(world.builtins, test.real(0)); });
}

TEST_CASE("ties and long digits are rounded as CPython rounds them", "[text][cpython]") {
  World world;
  compare_formats(R"(
for _ in range(20000):
    kind = rng.randrange(3)
    x = rng.randrange(-4000, 4000) / rng.choice([2, 4, 8, 16, 64, 1024])
    if kind == 1: x = float('%de%d' % (rng.randrange(1, 10**rng.randrange(1, 18)), rng.randrange(-330, 300)))
    if kind == 2: x = (2 * rng.randrange(2**40) + 1) * 2.0**rng.randrange(-60, 20)
    s = '.%d%s' % (rng.randrange(25), rng.choice('efg'))
    case(x, s, format(x, s))
for x in (5e-324, 1.7976931348623157e308, 2.2250738585072014e-308, 0.1, 1/3, 123456789.125, 0.0):
    for precision in (0, 1, 17, 100, 323, 324, 340, 750, 766, 767, 768, 1074, 1080, 1200):
        for kind in 'efg':
            for alternate in ('', '#'):
                s = '%s.%d%s' % (alternate, precision, kind)
                case(x, s, format(x, s))
)",
                  20'500, [&](const PythonCase& test) { return make_float(world.builtins, test.real(0)); });
}

TEST_CASE("ints are formatted as CPython formats them", "[text][cpython][no-stress]") {
  World world;
  compare_formats(R"(
for _ in range(20000):
    n = rng.choice([integer(), rng.randrange(-300, 300), rng.randrange(-10**9, 10**9)])
    s = spec('bcdoxXneEfFgG%sdxd')
    expected = outcome(lambda: format(n, s))
    if not any('\ud800' <= c <= '\udfff' for c in expected): case(str(n), s, expected)
)",
                  19'000, [&](const PythonCase& test) { return int_from_text(world.builtins, test.text(0)); });
}

TEST_CASE("strs are formatted as CPython formats them", "[text][cpython]") {
  World world;
  compare_formats(R"(
for _ in range(10000):
    word = ''.join(rng.choice('ab é日🐍') for _ in range(rng.randrange(12)))
    s = spec('sssssssd')
    case(word, s, outcome(lambda: format(word, s)))
)",
                  10'000, [&](const PythonCase& test) { return make_str(world.builtins, test.text(0)); });
}

TEST_CASE("complex numbers are formatted as CPython formats them", "[text][cpython]") {
  World world;
  compare_with_python(with_specs(R"(
for _ in range(10000):
    z = complex(rng.choice([0.0, real()]), real())
    s = spec('eEfFgGn%gfs')
    if s: case(z.real, z.imag, s, outcome(lambda: format(z, s)))
)"),
                      9'000, [&](const PythonCase& test) {
                        return Verdict{outcome_of([&] {
                                         StrBuilder result(world.builtins);
                                         detail::append_formatted_complex(result, world.builtins, test.real(0), test.real(1),
                                                                          test.text(2), "complex");
                                         return std::string(result.view());
                                       }),
                                       test.text(3)};
                      });
}

TEST_CASE("the operator % formats numbers as CPython's does", "[text][cpython]") {
  World world;
  compare_with_python(R"(
for _ in range(20000):
    x = real() if rng.randrange(2) else float(rng.randrange(-100000, 100000))
    n = rng.choice([integer(), rng.randrange(-300, 300)])
    s = '%' + ''.join(rng.choice('-+ #0') for _ in range(rng.randrange(4)))
    s += rng.choice(['', '', '5', '12', '30']) + rng.choice(['', '', '.0', '.', '.3', '.12'])
    real_or_int = rng.randrange(2)
    s += rng.choice('eEfFgGdi') if real_or_int else rng.choice('diouxXeg')
    value = x if real_or_int else n
    case(real_or_int, x, str(n), s, outcome(lambda: '<' + s % value + '>'))
)",
                      20'000, [&](const PythonCase& test) {
                        const Ref<> value = test.integer(0) != 0 ? Ref<>(make_float(world.builtins, test.real(1)))
                                                                 : Ref<>(int_from_text(world.builtins, test.text(2)));
                        const Ref<Str> pattern = make_str(world.builtins, test.text(3));
                        return Verdict{
                            outcome_of([&] { return '<' + std::string(text(*format_percent(*pattern, *value))) + '>'; }),
                            test.text(4)};
                      });
}

}  // namespace ouro::test
