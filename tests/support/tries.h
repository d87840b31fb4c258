// How many random cases a test tries, or how deep it nests.
#pragma once

#include <cstdlib>

namespace ouro::test {

/// One in how many cases is tried: all in a release build; a quarter where checks make each slow, a twentieth under stress.
[[nodiscard]] inline int tried_one_in() {
  if (std::getenv("OURO_STRESS") != nullptr) return 20;
  return OURO_CHECKS == 0 ? 1 : 4;
}

/// So many of the usual number. Of a million, it is still deeper than a stack allows.
[[nodiscard]] inline int tries(int usual) {
  const int one_in = tried_one_in();
  return one_in == 1 ? usual : usual / one_in + 1;
}

}  // namespace ouro::test
