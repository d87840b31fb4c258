// The arithmetic on sizes that layout depends on.
#include <ouro/base/bits.h>
#include <support/catch.h>

using ouro::align_down;
using ouro::align_up;
using ouro::divide_up;

TEST_CASE("aligning up reaches the next multiple and leaves a multiple alone") {
  CHECK(align_up(0, 8) == 0);
  CHECK(align_up(1, 8) == 8);
  CHECK(align_up(41, 8) == 48);
  CHECK(align_up(4096, 4096) == 4096);
}

TEST_CASE("aligning down reaches the last multiple and leaves a multiple alone") {
  CHECK(align_down(7, 8) == 0);
  CHECK(align_down(4095, 4096) == 0);
  CHECK(align_down(8191, 4096) == 4096);
  CHECK(align_down(4096, 4096) == 4096);
}

TEST_CASE("dividing up counts a started unit as a whole one") {
  CHECK(divide_up(0, 4) == 0);
  CHECK(divide_up(1, 4) == 1);
  CHECK(divide_up(4, 4) == 1);
  CHECK(divide_up(5, 4) == 2);
}
