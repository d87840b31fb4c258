// How many random cases a test tries.
#pragma once

#include <cstdlib>

namespace ouro::test {

/// As many as usual; fewer in a stress run, where each allocation collects.
[[nodiscard]] inline int tries(int usual) { return std::getenv("OURO_STRESS") != nullptr ? usual / 20 + 1 : usual; }

}  // namespace ouro::test
