// Cases of int and float: making them, arithmetic and text from one machine word to ten thousand digits and a million.
#include <ouro/objects/numbers/arithmetic.h>
#include <ouro/objects/numbers/int_digits.h>
#include <ouro/objects/text/format.h>

#include <fmt/core.h>

#include <array>
#include <cstdio>
#include <filesystem>
#include <string>
#include <utility>
#include <vector>

#include "harness.h"
#include "object_side.h"
#include "python_library.h"
#include "random.h"

namespace bench {
namespace {

constexpr int kRounds = 5;

/// What the cases need of a runtime beside an ObjectSide.
class OuroNumbers : public OuroSide {
 public:
  [[nodiscard]] Handle add(const Handle& a, const Handle& b) { return ouro::apply(ouro::Operator::kAdd, *a, *b); }
  [[nodiscard]] Handle subtract(const Handle& a, const Handle& b) { return ouro::apply(ouro::Operator::kSubtract, *a, *b); }
  [[nodiscard]] Handle multiply(const Handle& a, const Handle& b) { return ouro::apply(ouro::Operator::kMultiply, *a, *b); }
  [[nodiscard]] Handle divmod(const Handle& a, const Handle& b) { return ouro::divmod(*a, *b); }
  [[nodiscard]] Handle bit_and(const Handle& a, const Handle& b) { return ouro::apply(ouro::Operator::kBitAnd, *a, *b); }
  [[nodiscard]] Handle shift(const Handle& a, const Handle& b) { return ouro::apply(ouro::Operator::kLeftShift, *a, *b); }
  [[nodiscard]] Handle power(const Handle& a, const Handle& b) { return ouro::pow(*a, *b); }
  [[nodiscard]] Handle power(const Handle& a, const Handle& b, const Handle& m) { return ouro::pow(*a, *b, *m); }
  [[nodiscard]] bool less(const Handle& a, const Handle& b) { return ouro::compare(*a, *b, ouro::Comparison::kLess); }
  [[nodiscard]] Handle parse(const std::string& digits) {
    return ouro::int_from_text(ouro::builtins_of(*none()), digits, 10, ouro::kNoDigitLimit);
  }
  [[nodiscard]] Handle show(const Handle& number) {
    return ouro::int_to_text(static_cast<ouro::Int&>(*number), ouro::kNoDigitLimit);
  }
  [[nodiscard]] Handle repr(const Handle& value) { return ouro::repr(*value); }
  [[nodiscard]] Handle format(const Handle& value, const Handle& spec) {
    return ouro::format(*value, static_cast<ouro::Str&>(*spec));
  }
};

#if OURO_BENCH_PYTHON
class CPythonNumbers : public CPythonSide {
 public:
  CPythonNumbers() { PyRun_SimpleString("import sys\nsys.set_int_max_str_digits(0)"); }

  [[nodiscard]] Handle add(const Handle& a, const Handle& b) const { return Handle(PyNumber_Add(a.get(), b.get())); }
  [[nodiscard]] Handle subtract(const Handle& a, const Handle& b) const {
    return Handle(PyNumber_Subtract(a.get(), b.get()));
  }
  [[nodiscard]] Handle multiply(const Handle& a, const Handle& b) const {
    return Handle(PyNumber_Multiply(a.get(), b.get()));
  }
  [[nodiscard]] Handle divmod(const Handle& a, const Handle& b) const { return Handle(PyNumber_Divmod(a.get(), b.get())); }
  [[nodiscard]] Handle bit_and(const Handle& a, const Handle& b) const { return Handle(PyNumber_And(a.get(), b.get())); }
  [[nodiscard]] Handle shift(const Handle& a, const Handle& b) const { return Handle(PyNumber_Lshift(a.get(), b.get())); }
  [[nodiscard]] Handle power(const Handle& a, const Handle& b) const {
    return Handle(PyNumber_Power(a.get(), b.get(), Py_None));
  }
  [[nodiscard]] Handle power(const Handle& a, const Handle& b, const Handle& m) const {
    return Handle(PyNumber_Power(a.get(), b.get(), m.get()));
  }
  [[nodiscard]] bool less(const Handle& a, const Handle& b) const {
    return PyObject_RichCompareBool(a.get(), b.get(), Py_LT) != 0;
  }
  [[nodiscard]] Handle parse(const std::string& digits) const {
    return Handle(PyLong_FromString(digits.c_str(), nullptr, 10));
  }
  [[nodiscard]] Handle show(const Handle& number) const { return Handle(PyObject_Str(number.get())); }
  [[nodiscard]] Handle repr(const Handle& value) const { return Handle(PyObject_Repr(value.get())); }
  [[nodiscard]] Handle format(const Handle& value, const Handle& spec) const {
    return Handle(PyObject_Format(value.get(), spec.get()));
  }
};
#endif

constexpr std::size_t kOperands = 16;

/// 0 .. n-1.
std::size_t below(Random& random, std::size_t n) { return scaled(random.next() >> 32, n); }

/// `digits` random ones, of which the first is not 0.
std::string random_digits(Random& random, std::size_t digits) {
  std::string text(1, static_cast<char>('1' + below(random, 9)));
  while (text.size() < digits) text += static_cast<char>('0' + below(random, 10));
  return text;
}

/// Operands of one length, those of twice the length for division, and their texts. All of them exist before.
template <class S>
struct Operands {
  explicit Operands(std::size_t digits) {
    side.pause_collector();
    Random random;
    for (std::size_t i = 0; i < kOperands; ++i) {
      texts[i] = random_digits(random, digits);
      left[i] = side.parse(texts[i]);
      right[i] = side.parse(random_digits(random, digits));
      twice[i] = side.parse(random_digits(random, 2 * digits));
      reals[i] = side.real(static_cast<double>(below(random, 1'000'000'000)) / 1000.0 + 0.1);
      irrational[i] = side.real(1.0 / static_cast<double>(below(random, 1'000'000'000) + 3));
    }
  }

  S side;
  std::array<std::string, kOperands> texts;
  std::array<typename S::Handle, kOperands> left, right, twice, reals, irrational;
  typename S::Handle two_decimals = side.text(".2f"), with_commas = side.text(","), decimal = side.text("d"),
                     wide = side.text(">12d"), places = side.integer(77);
};

/// ns for one `step(operands, i)`, of which there are `count` in a round.
template <class S, class Step>
double time_steps(std::size_t digits, std::size_t count, Step step) {
  Operands<S> operands(digits);
  const auto work = [&] {
    for (std::size_t i = 0; i < count; ++i) step(operands, i % kOperands);
  };
  work();
  std::vector<double> rounds;
  for (int round = 0; round < kRounds; ++round) {
    const Stopwatch watch;
    work();
    rounds.push_back(watch.nanoseconds() / static_cast<double>(count));
  }
  return median(std::move(rounds));
}

template <class Step>
void add_case(Cases& cases, std::string name, std::string what, std::size_t digits, std::size_t count, double limit,
              Step step) {
  std::vector<Side> sides;
  sides.push_back({kOuroName, Role::kOuro, [=](const Settings&) { return time_steps<OuroNumbers>(digits, count, step); }});
#if OURO_BENCH_PYTHON
  sides.push_back(
      {cpython_name(), Role::kPeer, [=](const Settings&) { return time_steps<CPythonNumbers>(digits, count, step); }});
#endif
  cases.push_back({"objects/" + std::move(name), "ns", std::move(what), std::move(sides), {peer_over("cpython", limit)}});
}

/// A step that makes an object by `make(operands, i)` and drops it.
template <class Make>
auto made_and_dropped(Make make) {
  return [make](auto& operands, std::size_t i) {
    auto made = make(operands, i);
    escape(&made);
  };
}

constexpr std::size_t kShort = 200'000;  ///< steps of operations that take some ten nanoseconds

void add_making(Cases& cases) {
  add_case(cases, "int/make_cached", "an int of -5 to 256 made and dropped", 9, kShort, 1.5,
           made_and_dropped([](auto& o, std::size_t i) { return o.side.integer(opaque(static_cast<std::int64_t>(i))); }));
  add_case(cases, "int/make_large", "an int of 40 bits made and dropped", 9, kShort, 1.5,
           made_and_dropped([](auto& o, std::size_t i) {
             return o.side.integer(opaque((std::int64_t{1} << 40) + static_cast<std::int64_t>(i)));
           }));
  add_case(cases, "float/make", "a float made and dropped", 9, kShort, 1.5,
           made_and_dropped([](auto& o, std::size_t i) { return o.side.real(opaque(static_cast<double>(i))); }));
}

void add_small_arithmetic(Cases& cases) {
  add_case(cases, "int/add_small", "a + b of 9 digits each", 9, kShort, 1.2,
           made_and_dropped([](auto& o, std::size_t i) { return o.side.add(o.left[i], o.right[i]); }));
  add_case(cases, "int/mul_small", "a * b of 9 digits each", 9, kShort, 1.2,
           made_and_dropped([](auto& o, std::size_t i) { return o.side.multiply(o.left[i], o.right[i]); }));
  add_case(cases, "int/divmod_small", "divmod(a, b) of 18 and 9 digits", 9, kShort, 1.2,
           made_and_dropped([](auto& o, std::size_t i) { return o.side.divmod(o.twice[i], o.right[i]); }));
  add_case(cases, "int/less_small", "a < b of 9 digits each", 9, kShort, 1.2, [](auto& o, std::size_t i) {
    bool less = o.side.less(o.left[i], o.right[i]);
    escape(&less);
  });
  add_case(cases, "float/add", "a + b", 9, kShort, 1.2,
           made_and_dropped([](auto& o, std::size_t i) { return o.side.add(o.reals[i], o.irrational[i]); }));
}

/// How many steps of an operation that costs about `power` of the digits fill a round.
std::size_t steps_for(std::size_t digits, double cost_of_thousand) {
  const double scale = static_cast<double>(digits) / 1000;
  const double cost = 40 + cost_of_thousand * scale * (scale < 1 ? 1 : scale);
  return static_cast<std::size_t>(6e6 / cost) + 2;
}

void add_long_arithmetic(Cases& cases, std::string_view size, std::size_t digits) {
  const std::size_t linear = steps_for(digits, 100);
  const std::size_t square = steps_for(digits, 5000);
  add_case(cases, fmt::format("int/add/{}", size), "a + b", digits, linear, 1.2,
           made_and_dropped([](auto& o, std::size_t i) { return o.side.add(o.left[i], o.right[i]); }));
  add_case(cases, fmt::format("int/subtract/{}", size), "a - b", digits, linear, 1.2,
           made_and_dropped([](auto& o, std::size_t i) { return o.side.subtract(o.left[i], o.right[i]); }));
  add_case(cases, fmt::format("int/and/{}", size), "a & b", digits, linear, 1.2,
           made_and_dropped([](auto& o, std::size_t i) { return o.side.bit_and(o.left[i], o.right[i]); }));
  add_case(cases, fmt::format("int/shift/{}", size), "a << 77", digits, linear, 1.2,
           made_and_dropped([](auto& o, std::size_t i) { return o.side.shift(o.left[i], o.places); }));
  add_case(cases, fmt::format("int/mul/{}", size), "a * b", digits, square, 1.2,
           made_and_dropped([](auto& o, std::size_t i) { return o.side.multiply(o.left[i], o.right[i]); }));
  add_case(cases, fmt::format("int/divmod/{}", size), "divmod(a, b), a twice as long", digits, square, 1.2,
           made_and_dropped([](auto& o, std::size_t i) { return o.side.divmod(o.twice[i], o.right[i]); }));
  add_case(cases, fmt::format("int/str/{}", size), "str(a)", digits, square, 1.0,
           made_and_dropped([](auto& o, std::size_t i) { return o.side.show(o.left[i]); }));
  add_case(cases, fmt::format("int/parse/{}", size), "int(text)", digits, square, 1.0,
           made_and_dropped([](auto& o, std::size_t i) { return o.side.parse(o.texts[i]); }));
}

void add_powers(Cases& cases) {
  for (const std::size_t digits : {20, 100, 300})
    add_case(cases, fmt::format("int/pow_mod/{}", digits), "pow(a, b, m), all of so many digits", digits,
             steps_for(digits, 3e6), 1.2,
             made_and_dropped([](auto& o, std::size_t i) { return o.side.power(o.left[i], o.right[i], o.left[15 - i]); }));
  add_case(cases, "int/pow/20_77", "a ** 77, a of 20 digits", 20, 5000, 1.2,
           made_and_dropped([](auto& o, std::size_t i) { return o.side.power(o.left[i], o.places); }));
}

void add_texts(Cases& cases) {
  add_case(cases, "float/repr", "repr(a), 9 to 12 digits", 9, kShort / 4, 1.2,
           made_and_dropped([](auto& o, std::size_t i) { return o.side.repr(o.reals[i]); }));
  add_case(cases, "float/repr_17", "repr(a), 16 or 17 digits", 9, kShort / 4, 1.2,
           made_and_dropped([](auto& o, std::size_t i) { return o.side.repr(o.irrational[i]); }));
  add_case(cases, "float/format", "format(a, '.2f')", 9, kShort / 4, 1.2,
           made_and_dropped([](auto& o, std::size_t i) { return o.side.format(o.reals[i], o.two_decimals); }));
  add_case(cases, "int/repr_small", "repr(a) of 9 digits", 9, kShort / 4, 1.2,
           made_and_dropped([](auto& o, std::size_t i) { return o.side.repr(o.left[i]); }));
  add_case(cases, "int/format", "format(a, 'd')", 9, kShort / 4, 1.2,
           made_and_dropped([](auto& o, std::size_t i) { return o.side.format(o.left[i], o.decimal); }));
  add_case(cases, "int/format_width", "format(a, '>12d')", 9, kShort / 4, 1.2,
           made_and_dropped([](auto& o, std::size_t i) { return o.side.format(o.left[i], o.wide); }));
  add_case(cases, "int/format_commas", "format(a, ',')", 9, kShort / 4, 1.2,
           made_and_dropped([](auto& o, std::size_t i) { return o.side.format(o.left[i], o.with_commas); }));
}

/// ns of one operation on a number of a million digits.
template <class Work>
double time_million(Work work) {
  std::vector<double> rounds;
  for (int round = 0; round < 3; ++round) {
    const Stopwatch watch;
    work();
    rounds.push_back(watch.nanoseconds());
  }
  return median(std::move(rounds));
}

constexpr std::size_t kMillion = 1'000'000;

template <class Work>
double time_ouro_million(Work work) {
  OuroNumbers side;
  Random random;
  const std::string digits = random_digits(random, kMillion);
  const OuroNumbers::Handle number = side.parse(digits);
  return time_million([&] {
    const OuroNumbers::Handle made = work(side, digits, number);
    escape(made.get());
  });
}

/// The newest CPython here works on `digits`, the text, and `number`, the int; its methods are not quadratic since 3.12. Its
/// modules need a process of their own.
double time_python_million(const PythonLibrary& library, const char* expression) {
  const std::string bin = std::filesystem::path(library.path).parent_path().parent_path() / "bin";
  const std::string program = fmt::format(
      "{}/{} -c \"import random, sys, time\nsys.set_int_max_str_digits(0)\n"
      "digits = ''.join(random.choices('123456789', k=1000000))\nnumber = int(digits)\n"
      "start = time.process_time_ns()\n{}\nprint(time.process_time_ns() - start)\"",
      bin, "python" + library.name.substr(library.name.find('-') + 1), expression);
  FILE* const output = popen(program.c_str(), "r");
  require(output != nullptr, "the program begins");
  double nanoseconds = 0;
  const int read = std::fscanf(output, "%lf", &nanoseconds);
  require(pclose(output) == 0 && read == 1, "the program runs");
  return nanoseconds;
}

template <class Work>
void add_million(Cases& cases, const char* name, const char* expression, Work work) {
  std::vector<Side> sides;
  sides.push_back({kOuroName, Role::kOuro, [=](const Settings&) { return time_ouro_million(work); }});
  for (const PythonLibrary& library : python_libraries())
    if (!library.path.empty())
      sides.push_back(
          {library.name, Role::kPeer, [=](const Settings&) { return time_python_million(library, expression); }});
  cases.push_back({fmt::format("objects/int/{}/1M", name), "ns", expression, std::move(sides), {peer_over("cpython", 0.5)}});
}

}  // namespace

void add_number_cases(Cases& cases) {
  add_making(cases);
  add_small_arithmetic(cases);
  for (const auto& [size, digits] :
       {std::pair<std::string_view, std::size_t>{"20", 20}, {"100", 100}, {"1k", 1000}, {"10k", 10'000}})
    add_long_arithmetic(cases, size, digits);
  add_powers(cases);
  add_texts(cases);
  add_million(cases, "parse", "int(digits)", [](auto& side, const auto& digits, const auto&) { return side.parse(digits); });
  add_million(cases, "str", "str(number)", [](auto& side, const auto&, const auto& number) { return side.show(number); });
  add_million(cases, "mul", "number * number",
              [](auto& side, const auto&, const auto& number) { return side.multiply(number, number); });
}

}  // namespace bench
