// Sums, distances and whole numbers of module math.
#include <ouro/objects/containers/tuple.h>
#include <ouro/objects/core/none.h>
#include <ouro/objects/core/protocol.h>
#include <ouro/objects/errors/raise.h>
#include <ouro/objects/numbers/int.h>
#include <ouro/script/modules/math_parts.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>
#include <utility>
#include <vector>

namespace ouro::script::math {

namespace {

// ---- Sums ----

/// The sum of floats without an error of rounding (Shewchuk): partial sums that do not overlap.
class ExactSum {
 public:
  void add(double given) {
    if (!std::isfinite(given)) return add_special(given);
    std::size_t kept = 0;
    double x = given;
    for (double y : partials_) {
      if (std::fabs(x) < std::fabs(y)) std::swap(x, y);
      const double high = x + y;
      const double low = y - (high - x);
      if (low != 0) partials_[kept++] = low;
      x = high;
    }
    partials_.resize(kept);
    if (x == 0) return;
    if (!std::isfinite(x)) raise(ErrorKind::kOverflowError, "intermediate overflow in fsum");
    partials_.push_back(x);
  }
  [[nodiscard]] double total() const {
    if (special_ != 0 || std::isnan(special_)) {
      if (std::isnan(infinities_)) raise(ErrorKind::kValueError, "-inf + inf in fsum");
      return special_;
    }
    if (partials_.empty()) return 0.0;
    std::size_t left = partials_.size() - 1;
    double high = partials_[left];
    double low = 0;
    while (left > 0) {
      const double x = high;
      const double y = partials_[--left];
      high = x + y;
      low = y - (high - x);
      if (low != 0) break;
    }
    // Half-way cases are rounded by the part below.
    if (left > 0 && ((low < 0 && partials_[left - 1] < 0) || (low > 0 && partials_[left - 1] > 0))) {
      const double twice = low * 2;
      const double sum = high + twice;
      if (twice == sum - high) high = sum;
    }
    return high;
  }

 private:
  void add_special(double given) {
    if (std::isinf(given)) infinities_ += given;
    special_ += given;
  }

  std::vector<double> partials_;
  double special_ = 0;
  double infinities_ = 0;
};

}  // namespace

double exact_sum(Object& iterable) {
  ExactSum sum;
  const Ref<> iterator = iterate(iterable);
  while (const Ref<> item = next(*iterator)) sum.add(real(*item));
  return sum.total();
}

Ref<> product(Object& iterable, Object* start) {
  Builtins& builtins = builtins_of(iterable);
  Ref<> result = start != nullptr ? share(*start) : Ref<>(make_int(builtins, 1));
  const Ref<> iterator = iterate(iterable);
  while (const Ref<> item = next(*iterator)) result = apply(Operator::kMultiply, *result, *item);
  return result;
}

namespace {

// ---- Distances ----

/// The length of a vector, without overflow on the way.
double norm(const std::vector<double>& parts) {
  double most = 0;
  bool has_nan = false;
  for (const double part : parts) {
    const double size = std::fabs(part);
    has_nan = has_nan || std::isnan(size);
    most = std::max(most, std::isnan(size) ? 0.0 : size);
  }
  if (std::isinf(most)) return most;
  if (has_nan) return std::numeric_limits<double>::quiet_NaN();
  if (most == 0 || parts.size() == 1) return most;
  // In a wider type every square fits, and the root is rounded once.
  long double sum = 0;
  for (const double part : parts) sum += static_cast<long double>(part) * static_cast<long double>(part);
  return static_cast<double>(std::sqrt(sum));
}

}  // namespace

double hypotenuse(const Arguments& given) {
  if (!given.keyword_names.empty()) raise(ErrorKind::kTypeError, "math.hypot() takes no keyword arguments");
  std::vector<double> parts;
  for (Object* const part : given.positional) parts.push_back(real(*part));
  return norm(parts);
}

double distance(Object& p, Object& q) {
  const Ref<Tuple> left = tuple_from(p);
  const Ref<Tuple> right = tuple_from(q);
  if (left->size != right->size) raise(ErrorKind::kValueError, "both points must have the same number of dimensions");
  std::vector<double> parts;
  for (std::size_t i = 0; i < left->size; ++i) parts.push_back(std::fabs(real(*left->items[i]) - real(*right->items[i])));
  return norm(parts);
}

namespace {

// ---- Whole numbers ----

bool is_zero(Object& number) { return !truth(number); }

Ref<> gcd_of(Ref<> a, Ref<> b) {
  Builtins& builtins = builtins_of(*a);
  const auto is_small = [](Object& number) { return !as_int(number)->is_big(); };
  while (!(is_small(*a) && is_small(*b))) {
    if (is_zero(*b)) return absolute(*a);
    Ref<> rest = apply(Operator::kRemainder, *a, *b);
    a = std::exchange(b, std::move(rest));
  }
  const auto magnitude = [](Object& number) {
    const std::int64_t value = as_int(number)->value;
    return value < 0 ? -static_cast<std::uint64_t>(value) : static_cast<std::uint64_t>(value);
  };
  return make_int(builtins, std::gcd(magnitude(*a), magnitude(*b)));
}

}  // namespace

Ref<> gcd_of_all(Builtins& builtins, const Arguments& given) {
  Ref<> result = make_int(builtins, 0);
  for (Object* const number : given.positional) result = gcd_of(std::move(result), index(*number));
  return absolute(*result);
}

Ref<> lcm_of_all(Builtins& builtins, const Arguments& given) {
  Ref<> result = make_int(builtins, 1);
  for (Object* const number : given.positional) {
    const Ref<> other = index(*number);
    if (is_zero(*other) || is_zero(*result)) {
      result = make_int(builtins, 0);
      continue;
    }
    const Ref<> shared = gcd_of(result, other);
    result = absolute(*apply(Operator::kMultiply, *apply(Operator::kFloorDivide, *result, *shared), *other));
  }
  return result;
}

namespace {

/// first * (first + 1) * ... * last, in halves.
Ref<> product_of_range(Builtins& builtins, std::int64_t first, std::int64_t last) {
  if (first > last) return make_int(builtins, 1);
  if (last - first < 4) {
    Ref<> result = make_int(builtins, first);
    for (std::int64_t i = first + 1; i <= last; ++i) result = apply(Operator::kMultiply, *result, *make_int(builtins, i));
    return result;
  }
  const std::int64_t middle = first + (last - first) / 2;
  const Ref<> low = product_of_range(builtins, first, middle);
  return apply(Operator::kMultiply, *low, *product_of_range(builtins, middle + 1, last));
}

}  // namespace

Ref<> factorial(Object& given) {
  Builtins& builtins = builtins_of(given);
  const Ref<Int> number = index(given);
  if (compare_ints(*number, *make_int(builtins, 0)) < 0)
    raise(ErrorKind::kValueError, "factorial() not defined for negative values");
  if (number->is_big()) raise(ErrorKind::kOverflowError, "factorial() argument should not exceed 9223372036854775807");
  return product_of_range(builtins, 2, number->value);
}

namespace {

void expect_not_negative(const Int& number, const char* text) {
  if (compare_ints(number, *make_int(builtins_of(number), 0)) < 0) raise(ErrorKind::kValueError, text);
}

/// n * (n - 1) * ... for `count` factors.
Ref<> falling_product(Int& n, std::int64_t count) {
  Builtins& builtins = builtins_of(n);
  if (!n.is_big()) return product_of_range(builtins, n.value - count + 1, n.value);
  Ref<> result = make_int(builtins, 1);
  Ref<> factor = share<Object>(n);
  for (std::int64_t i = 0; i < count; ++i) {
    result = apply(Operator::kMultiply, *result, *factor);
    factor = apply(Operator::kSubtract, *factor, *make_int(builtins, 1));
  }
  return result;
}

}  // namespace

Ref<> permutations_of(Object& n_given, Object* k_given) {
  if (k_given == nullptr || is_none(*k_given)) return factorial(n_given);
  Builtins& builtins = builtins_of(n_given);
  const Ref<Int> n = index(n_given);
  const Ref<Int> k = index(*k_given);
  expect_not_negative(*n, "n must be a non-negative integer");
  expect_not_negative(*k, "k must be a non-negative integer");
  if (compare_ints(*n, *k) < 0) return make_int(builtins, 0);
  if (k->is_big()) raise(ErrorKind::kOverflowError, "k must not exceed 9223372036854775807");
  return falling_product(*n, k->value);
}

Ref<> combinations_of(Object& n_given, Object& k_given) {
  Builtins& builtins = builtins_of(n_given);
  const Ref<Int> n = index(n_given);
  Ref<Int> k = index(k_given);
  expect_not_negative(*n, "n must be a non-negative integer");
  expect_not_negative(*k, "k must be a non-negative integer");
  if (compare_ints(*n, *k) < 0) return make_int(builtins, 0);
  const Ref<> rest = apply(Operator::kSubtract, *n, *k);
  if (compare_ints(static_cast<Int&>(*rest), *k) < 0) k = share(static_cast<Int&>(*rest));
  if (k->is_big()) raise(ErrorKind::kOverflowError, "min(n - k, k) must not exceed 9223372036854775807");
  return apply(Operator::kFloorDivide, *falling_product(*n, k->value), *product_of_range(builtins, 2, k->value));
}

namespace {

/// The whole part of a square root, by Newton's method from above.
}  // namespace

Ref<> whole_root(Object& given) {
  Builtins& builtins = builtins_of(given);
  const Ref<Int> number = index(given);
  expect_not_negative(*number, "isqrt() argument must be nonnegative");
  if (!number->is_big()) {
    auto root = static_cast<std::int64_t>(std::sqrt(static_cast<double>(number->value)));
    while (root > 3'037'000'499 || root * root > number->value) --root;
    while (root < 3'037'000'499 && (root + 1) * (root + 1) <= number->value) ++root;
    return make_int(builtins, root);
  }
  const Ref<> one = make_int(builtins, 1);
  Ref<> root = apply(Operator::kLeftShift, *one, *make_int(builtins, (bit_length(*number) + 1) / 2));
  while (true) {
    const Ref<> sum = apply(Operator::kAdd, *root, *apply(Operator::kFloorDivide, *number, *root));
    Ref<> nearer = apply(Operator::kRightShift, *sum, *one);
    if (!compare(*nearer, *root, Comparison::kLess)) return root;
    root = std::move(nearer);
  }
}

}  // namespace ouro::script::math
