// Law room-first: the growing array of the collector and of Tracking.
#include <ouro/objects/model/growing_array.h>
#include <support/broken_law.h>
#include <support/catch.h>

#include <cstdint>
#include <numeric>
#include <span>
#include <vector>

namespace ouro::test {

namespace {

using Numbers = GrowingArray<std::uint32_t, 4096>;

std::vector<std::uint32_t> content_of(const Numbers& numbers) { return {numbers.all().begin(), numbers.all().end()}; }

}  // namespace

TEST_CASE("A growing array keeps its values in order while it grows and shrinks", "[gc]") {
  Numbers numbers;
  std::vector<std::uint32_t> expected(5000);
  std::iota(expected.begin(), expected.end(), 7U);
  for (const std::uint32_t number : expected) REQUIRE(numbers.push(number));
  CHECK(content_of(numbers) == expected);
  numbers.shrink();
  CHECK(numbers.is_full());
  CHECK(content_of(numbers) == expected);
  CHECK(numbers.pop() == 5006);
  numbers.truncate(2);
  CHECK(content_of(numbers) == std::vector<std::uint32_t>{7, 8});
}

TEST_CASE("Values written where room was made are taken in at once", "[gc]") {
  Numbers numbers;
  REQUIRE(numbers.push(1));
  REQUIRE(numbers.reserve(2000));
  std::uint32_t* end = numbers.end();
  for (std::uint32_t i = 0; i < 2000; ++i) *end++ = i;
  numbers.extend_to(end);
  CHECK(numbers.size() == 2001);
  CHECK(numbers[2000] == 1999);
  numbers.extend_to(numbers.begin() + 1);
  CHECK(content_of(numbers) == std::vector<std::uint32_t>{1});
}

TEST_CASE("An emptied array keeps a little memory, and none if it is told so", "[gc]") {
  Numbers numbers;
  REQUIRE(numbers.push(1));
  const std::uint32_t* const place = numbers.begin();
  numbers.clear();
  CHECK(numbers.begin() == place);
  REQUIRE(numbers.reserve(5000));
  numbers.clear();
  CHECK(numbers.begin() == nullptr);
  REQUIRE(numbers.push(1));
  numbers.release();
  CHECK(numbers.begin() == nullptr);
}

TEST_CASE("Writing behind the end of a growing array breaks a law", "[gc][law-room-first]") {
  if (kChecks < CheckLevel::kInternal) return;
  Numbers numbers;
  CHECK_THAT(broken_law_of([&] { numbers.push_reserved(1); }), ContainsSubstring("[room-first]"));
  CHECK_THAT(broken_law_of([&] { static_cast<void>(numbers.pop()); }), ContainsSubstring("[room-first]"));
  CHECK_THAT(broken_law_of([&] { static_cast<void>(numbers[0]); }), ContainsSubstring("[room-first]"));
  CHECK_THAT(broken_law_of([&] { numbers.truncate(1); }), ContainsSubstring("[room-first]"));
}

}  // namespace ouro::test
