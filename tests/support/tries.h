// How many random cases a test tries, or how deep it nests.
#pragma once

#include <cstdlib>

namespace ouro::test {

/// As many as usual in a release build; a quarter where checks make each slow, and a twentieth in a stress run, where each
/// allocation collects. A million is still deeper than a stack allows.
[[nodiscard]] inline int tries(int usual) {
  if (std::getenv("OURO_STRESS") != nullptr) return usual / 20 + 1;
  return OURO_CHECKS == 0 ? usual : usual / 4 + 1;
}

}  // namespace ouro::test
