// The module math (CPython: Modules/mathmodule.c).
#include <ouro/objects/core/attributes.h>
#include <ouro/objects/cpp/convert.h>
#include <ouro/objects/errors/raise.h>
#include <ouro/objects/functions/module_function.h>
#include <ouro/objects/numbers/float.h>
#include <ouro/objects/numbers/int.h>
#include <ouro/objects/text/intern.h>
#include <ouro/script/modules/math_parts.h>
#include <ouro/script/modules/modules.h>

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <numbers>
#include <tuple>
#include <utility>

namespace ouro::script {

namespace {

constexpr char kModuleName[] = "math";
constexpr double kInfinity = std::numeric_limits<double>::infinity();

[[noreturn]] void raise_domain() { raise(ErrorKind::kValueError, "math domain error"); }
[[noreturn]] void raise_range() { raise(ErrorKind::kOverflowError, "math range error"); }

/// The result of a function, or the error of an argument for which it has none (CPython: math_1).
double checked(double result, double argument, bool can_overflow) {
  if (std::isnan(result) && !std::isnan(argument)) raise_domain();
  if (std::isinf(result) && std::isfinite(argument)) {
    if (can_overflow) raise_range();
    raise_domain();
  }
  return result;
}

double checked(double result, double left, double right, bool can_overflow) {
  if (std::isnan(result) && !std::isnan(left) && !std::isnan(right)) raise_domain();
  if (std::isinf(result) && std::isfinite(left) && std::isfinite(right)) {
    if (can_overflow) raise_range();
    raise_domain();
  }
  return result;
}

template <double (*compute)(double), bool can_overflow = false>
double unary(Object&, Object& given) {
  const double x = math::real(given);
  return checked(compute(x), x, can_overflow);
}

// ---- Powers and logarithms ----

double power(double x, double y) {
  if (std::isfinite(x) && std::isfinite(y)) {
    const double result = std::pow(x, y);
    if (std::isnan(result)) raise_domain();
    if (std::isinf(result)) {
      if (x == 0) raise_domain();
      raise_range();
    }
    return result;
  }
  return std::pow(x, y);
}

/// The logarithm of any real number; an int may be larger than every float.
template <double (*compute)(double)>
double logarithm_of(Object& given) {
  const Int* const whole = as_int(given);
  if (whole == nullptr || !whole->is_big()) {
    const double x = math::real(given);
    if (x > 0) return compute(x);
    if (std::isnan(x)) return x;
    raise_domain();
  }
  if (compare_ints(*whole, *make_int(builtins_of(given), 0)) < 0) raise_domain();
  const std::int64_t shift = static_cast<std::int64_t>(bit_length(*whole)) - 64;
  const Ref<> top = apply(Operator::kRightShift, given, *make_int(builtins_of(given), shift));
  return compute(to_double(*top)) + compute(2.0) * static_cast<double>(shift);
}

double logarithm(const Arguments& given) {
  if (!given.keyword_names.empty()) raise(ErrorKind::kTypeError, "math.log() takes no keyword arguments");
  const std::size_t count = given.positional.size();
  if (count < 1 || count > 2) raise(ErrorKind::kTypeError, "math.log requires 1 to 2 arguments");
  const double numerator = logarithm_of<std::log>(*given.positional[0]);
  if (count == 1) return numerator;
  const double denominator = logarithm_of<std::log>(*given.positional[1]);
  if (denominator == 0) raise(ErrorKind::kZeroDivisionError, "float division by zero");
  return numerator / denominator;
}

double exponent_by(Object& mantissa, Object& exponent) {
  const double x = math::real(mantissa);
  const Int* const number = as_int(exponent);
  if (number == nullptr) raise(ErrorKind::kTypeError, "Expected an int as second argument to ldexp.");
  if (x == 0 || !std::isfinite(x)) return x;
  const bool is_negative = compare_ints(*number, *make_int(builtins_of(exponent), 0)) < 0;
  constexpr std::int64_t kMost = 100'000;
  const std::int64_t by = number->is_big() ? (is_negative ? -kMost : kMost) : std::clamp(number->value, -kMost, kMost);
  const double result = std::ldexp(x, static_cast<int>(by));
  if (std::isinf(result)) raise_range();
  return result;
}

// ---- Gamma ----

double gamma_of(double x) {
  if (!std::isfinite(x)) {
    if (std::isnan(x) || x > 0) return x;
    raise_domain();
  }
  if (x <= 0 && x == std::floor(x)) raise_domain();
  const double result = std::tgamma(x);
  if (std::isinf(result)) raise_range();
  if (x == std::floor(x) && x <= 23) return std::round(result);  // whole numbers are exact there
  return result;
}

double log_gamma_of(double x) {
  if (!std::isfinite(x)) return std::isnan(x) ? x : kInfinity;
  if (x <= 2 && x == std::floor(x)) {
    if (x <= 0) raise_domain();
    return 0.0;
  }
  const double result = std::lgamma(x);
  if (std::isinf(result)) raise_range();
  return result;
}

// ---- Rounding ----

/// `method` of the object's type, or else what `fallback` makes of its float.
template <double (*fallback)(double)>
Ref<> rounded(Object& given, std::string_view method) {
  Builtins& builtins = builtins_of(given);
  if (!is_exact<Float>(given)) {
    if (Object* const found = lookup(*given.type, *intern(builtins, method))) {
      const Ref<> held = share(*found);
      Object* const self = &given;
      return call(*held, Arguments{{&self, 1}, {}, {}});
    }
  }
  return int_from_double(builtins, fallback(math::real(given)));
}

Ref<> truncated(Object& given) {
  Builtins& builtins = builtins_of(given);
  if (is_exact<Float>(given)) return int_from_double(builtins, math::real(given));
  Object* const found = lookup(*given.type, *intern(builtins, "__trunc__"));
  if (found == nullptr)
    raise(ErrorKind::kTypeError, fmt::format("type {} doesn't define __trunc__ method", given.type->name));
  const Ref<> held = share(*found);
  Object* const self = &given;
  return call(*held, Arguments{{&self, 1}, {}, {}});
}

// ---- Comparing ----

bool is_close(const Arguments& arguments) {
  static constexpr Parameters kParameters = parameters("isclose(a, b, *, rel_tol=1e-09, abs_tol=0.0)");
  const PlacedArguments<4> given(kParameters, arguments);
  const double a = math::real(*given[0]);
  const double b = math::real(*given[1]);
  const double relative = given[2] != nullptr ? math::real(*given[2]) : 1e-9;
  const double absolute_part = given[3] != nullptr ? math::real(*given[3]) : 0.0;
  if (relative < 0 || absolute_part < 0) raise(ErrorKind::kValueError, "tolerances must be non-negative");
  if (a == b) return true;
  if (std::isinf(a) || std::isinf(b)) return false;
  const double difference = std::fabs(b - a);
  return difference <= std::fabs(relative * b) || difference <= std::fabs(relative * a) || difference <= absolute_part;
}

double unit_in_last_place(double given) {
  const double x = std::fabs(given);
  if (std::isnan(x) || std::isinf(x)) return x;
  const double above = std::nextafter(x, kInfinity);
  return std::isinf(above) ? x - std::nextafter(x, -kInfinity) : above - x;
}

double remainder_of(double x, double y) {
  if (std::isinf(x) && !std::isnan(y)) raise_domain();
  if (y == 0 && !std::isnan(x)) raise_domain();
  return std::remainder(x, y);
}

double float_remainder(double x, double y) {
  if (std::isinf(y) && std::isfinite(x)) return x;
  return checked(std::fmod(x, y), x, y, false);
}

double cube_root(double x) { return std::cbrt(x); }
double two_to(double x) { return std::exp2(x); }

double arc_sine(double x) { return std::asin(x); }

#define OURO_UNARY(name, compute, can_overflow, doc) \
  function(                                          \
      name "(x, /)", [](Object& module, Object& x) { return unary<compute, can_overflow>(module, x); }, doc)

constexpr Attribute kFunctions[] = {
    OURO_UNARY("acos", std::acos, false, "Return the arc cosine (measured in radians) of x."),
    OURO_UNARY("acosh", std::acosh, false, "Return the inverse hyperbolic cosine of x."),
    OURO_UNARY("asin", arc_sine, false, "Return the arc sine (measured in radians) of x."),
    OURO_UNARY("asinh", std::asinh, false, "Return the inverse hyperbolic sine of x."),
    OURO_UNARY("atan", std::atan, false, "Return the arc tangent (measured in radians) of x."),
    OURO_UNARY("atanh", std::atanh, false, "Return the inverse hyperbolic tangent of x."),
    OURO_UNARY("cbrt", cube_root, false, "Return the cube root of x."),
    OURO_UNARY("cos", std::cos, false, "Return the cosine of x (measured in radians)."),
    OURO_UNARY("cosh", std::cosh, true, "Return the hyperbolic cosine of x."),
    OURO_UNARY("erf", std::erf, false, "Error function at x."),
    OURO_UNARY("erfc", std::erfc, false, "Complementary error function at x."),
    OURO_UNARY("exp", std::exp, true, "Return e raised to the power of x."),
    OURO_UNARY("exp2", two_to, true, "Return 2 raised to the power of x."),
    OURO_UNARY("expm1", std::expm1, true, "Return exp(x)-1."),
    OURO_UNARY("fabs", std::fabs, false, "Return the absolute value of the float x."),
    OURO_UNARY("log1p", std::log1p, false, "Return the natural logarithm of 1+x (base e)."),
    OURO_UNARY("sin", std::sin, false, "Return the sine of x (measured in radians)."),
    OURO_UNARY("sinh", std::sinh, true, "Return the hyperbolic sine of x."),
    OURO_UNARY("sqrt", std::sqrt, false, "Return the square root of x."),
    OURO_UNARY("tan", std::tan, false, "Return the tangent of x (measured in radians)."),
    OURO_UNARY("tanh", std::tanh, false, "Return the hyperbolic tangent of x."),
    function(
        "gamma(x, /)", [](Object&, Object& x) { return gamma_of(math::real(x)); }, "Gamma function at x."),
    function(
        "lgamma(x, /)", [](Object&, Object& x) { return log_gamma_of(math::real(x)); },
        "Natural logarithm of absolute value of Gamma function at x."),
    function(
        "atan2(y, x, /)", [](Object&, Object& y, Object& x) { return std::atan2(math::real(y), math::real(x)); },
        "Return the arc tangent (measured in radians) of y/x."),
    function(
        "copysign(x, y, /)", [](Object&, Object& x, Object& y) { return std::copysign(math::real(x), math::real(y)); },
        "Return a float with the magnitude (absolute value) of x but the sign of y."),
    function(
        "pow(x, y, /)", [](Object&, Object& x, Object& y) { return power(math::real(x), math::real(y)); },
        "Return x**y (x to the power of y)."),
    function(
        "fmod(x, y, /)", [](Object&, Object& x, Object& y) { return float_remainder(math::real(x), math::real(y)); },
        "Return fmod(x, y), according to platform C."),
    function(
        "remainder(x, y, /)", [](Object&, Object& x, Object& y) { return remainder_of(math::real(x), math::real(y)); },
        "Difference between x and the closest integer multiple of y."),
    function(
        "nextafter(x, y, /)", [](Object&, Object& x, Object& y) { return std::nextafter(math::real(x), math::real(y)); },
        "Return the next floating-point value after x towards y."),
    function(
        "ulp(x, /)", [](Object&, Object& x) { return unit_in_last_place(math::real(x)); },
        "Return the value of the least significant bit of the float x."),
    function(
        "log(*args, **kwargs)", [](Object&, const Arguments& given) { return logarithm(given); },
        "Return the logarithm of x to the given base."),
    function(
        "log2(x, /)", [](Object&, Object& x) { return logarithm_of<std::log2>(x); }, "Return the base 2 logarithm of x."),
    function(
        "log10(x, /)", [](Object&, Object& x) { return logarithm_of<std::log10>(x); }, "Return the base 10 logarithm of x."),
    function(
        "degrees(x, /)", [](Object&, Object& x) { return math::real(x) * (180.0 / std::numbers::pi); },
        "Convert angle x from radians to degrees."),
    function(
        "radians(x, /)", [](Object&, Object& x) { return math::real(x) * (std::numbers::pi / 180.0); },
        "Convert angle x from degrees to radians."),
    function(
        "isfinite(x, /)", [](Object&, Object& x) { return std::isfinite(math::real(x)); },
        "Return True if x is neither an infinity nor a NaN, and False otherwise."),
    function(
        "isinf(x, /)", [](Object&, Object& x) { return std::isinf(math::real(x)); },
        "Return True if x is a positive or negative infinity, and False otherwise."),
    function(
        "isnan(x, /)", [](Object&, Object& x) { return std::isnan(math::real(x)); },
        "Return True if x is a NaN (not a number), and False otherwise."),
    function(
        "isclose(*args, **kwargs)", [](Object&, const Arguments& given) { return is_close(given); },
        "Determine whether two floating point numbers are close in value."),
    function(
        "floor(x, /)", [](Object&, Object& x) { return rounded<std::floor>(x, "__floor__"); },
        "Return the floor of x as an Integral."),
    function(
        "ceil(x, /)", [](Object&, Object& x) { return rounded<std::ceil>(x, "__ceil__"); },
        "Return the ceiling of x as an Integral."),
    function(
        "trunc(x, /)", [](Object&, Object& x) { return truncated(x); },
        "Truncates the Real x to the nearest Integral toward 0."),
    function(
        "ldexp(x, i, /)", [](Object&, Object& x, Object& i) { return exponent_by(x, i); }, "Return x * (2**i)."),
    function(
        "frexp(x, /)",
        [](Object&, Object& x) {
          int exponent = 0;
          const double whole = math::real(x);
          const double mantissa = std::isfinite(whole) ? std::frexp(whole, &exponent) : whole;
          return to_object(builtins_of(x), std::tuple(mantissa, exponent));
        },
        "Return the mantissa and exponent of x, as pair (m, e)."),
    function(
        "modf(x, /)",
        [](Object&, Object& x) {
          double whole = 0;
          const double fraction = std::modf(math::real(x), &whole);
          return to_object(builtins_of(x), std::tuple(fraction, whole));
        },
        "Return the fractional and integer parts of x."),
    function(
        "fsum(seq, /)", [](Object&, Object& items) { return math::exact_sum(items); },
        "Return an accurate floating point sum of values in the iterable seq."),
    function(
        "prod(iterable, /, *, start=1)", [](Object&, Object& items, Object* start) { return math::product(items, start); },
        "Calculate the product of all the elements in the input iterable."),
    function(
        "hypot(*args, **kwargs)", [](Object&, const Arguments& given) { return math::hypotenuse(given); },
        "hypot(*coordinates) -> value\n\nMultidimensional Euclidean distance from the origin to a point."),
    function(
        "dist(p, q, /)", [](Object&, Object& p, Object& q) { return math::distance(p, q); },
        "Return the Euclidean distance between two points p and q."),
    function(
        "gcd(*args, **kwargs)",
        [](Object& module, const Arguments& given) { return math::gcd_of_all(builtins_of(module), given); },
        "Greatest Common Divisor."),
    function(
        "lcm(*args, **kwargs)",
        [](Object& module, const Arguments& given) { return math::lcm_of_all(builtins_of(module), given); },
        "Least Common Multiple."),
    function(
        "factorial(n, /)", [](Object&, Object& n) { return math::factorial(n); }, "Find n!."),
    function(
        "perm(n, k=None, /)", [](Object&, Object& n, Object* k) { return math::permutations_of(n, k); },
        "Number of ways to choose k items from n items without repetition and with order."),
    function(
        "comb(n, k, /)", [](Object&, Object& n, Object& k) { return math::combinations_of(n, k); },
        "Number of ways to choose k items from n items without repetition and without order."),
    function(
        "isqrt(n, /)", [](Object&, Object& n) { return math::whole_root(n); },
        "Return the integer part of the square root."),
};

#undef OURO_UNARY

}  // namespace

Ref<Module> make_math_module(Interpreter& interpreter) {
  Builtins& builtins = interpreter.builtins();
  Ref<Module> module = make_builtin_module(interpreter, kModuleName,
                                           "This module provides access to the mathematical functions\ndefined by the C "
                                           "standard.");
  add_functions(*module->attributes(), *module, kFunctionsOf<kFunctions, kModuleName>);
  const std::pair<std::string_view, double> constants[] = {{"pi", std::numbers::pi},
                                                           {"e", std::numbers::e},
                                                           {"tau", 2 * std::numbers::pi},
                                                           {"inf", kInfinity},
                                                           {"nan", std::numeric_limits<double>::quiet_NaN()}};
  for (const auto& [name, value] : constants) module->set(name, *make_float(builtins, value));
  return module;
}

}  // namespace ouro::script
