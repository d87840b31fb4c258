// The hash of ints and floats is CPython's.
#include <ouro/objects/numbers/detail/big_int.h>
#include <ouro/objects/numbers/detail/int_text.h>
#include <ouro/objects/numbers/detail/numeric_hash.h>
#include <support/catch.h>
#include <support/python_oracle.h>

#include <limits>
#include <string>

using namespace ouro::detail;
using namespace ouro::test;

namespace {

std::string hash_text(double value) {
  const auto hash = hash_double(value);
  return hash ? std::to_string(*hash) : "by address";
}

}  // namespace

TEST_CASE("numbers that are equal hash equal, and -1 hashes to -2", "[kernel][hash]") {
  CHECK(hash_int64(0) == 0);
  CHECK(hash_int64(1) == 1);
  CHECK(hash_int64(-1) == -2);
  CHECK(hash_int64(-2) == -2);
  CHECK(hash_int64(2305843009213693951) == 0);
  CHECK(hash_int64(2305843009213693950) == 2305843009213693950);
  CHECK(hash_int64(std::numeric_limits<std::int64_t>::max()) == 3);
  CHECK(hash_int64(std::numeric_limits<std::int64_t>::min()) == -4);
  CHECK(hash_double(1.0) == hash_int64(1));
  CHECK(hash_double(-1.0) == -2);
  CHECK(hash_double(-0.0) == 0);
  CHECK(hash_double(0.5) == 1152921504606846976);
  CHECK(hash_double(0.1) == 230584300921369408);
  CHECK(hash_double(-3.75) == -1729382256910270467);
  CHECK(hash_double(5e-324) == 16777216);
  CHECK(hash_double(std::numeric_limits<double>::infinity()) == 314159);
  CHECK(hash_double(-std::numeric_limits<double>::infinity()) == -314159);
  CHECK_FALSE(hash_double(std::numeric_limits<double>::quiet_NaN()).has_value());
  CHECK(hash_double(1e300) == hash_big_int(from_double(1e300)));
  CHECK(hash_double(18446744073709551616.0) == hash_big_int(BigInt(1) << 64));
}

TEST_CASE("hash of int and float agrees with CPython on random values", "[kernel][hash][differential]") {
  compare_with_python(R"(
for _ in range(COUNT(20000)):
    x = real(); case(x, 'by address' if x != x else str(hash(x)))
for _ in range(COUNT(20000)):
    n = integer(); case(n, str(hash(n)))
)",
                      40000, [](const PythonCase& c) {
                        if (c.raw(0).starts_with('f')) return Verdict{hash_text(c.real(0)), c.text(1)};
                        const BigInt value = parse_int(c.raw(0));
                        std::int64_t small = 0;
                        if (to_int64(value, &small) && hash_int64(small) != hash_big_int(value))
                          return Verdict{"the two int hashes differ", c.text(1)};
                        return Verdict{std::to_string(hash_big_int(value)), c.text(1)};
                      });
}
