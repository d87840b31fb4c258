// Two runtimes in one thread, which holds both locks.
#pragma once

#include <support/fixture.h>

#include <string>

namespace ouro::test {

/// Each is verified and closed at the end, and must leave nothing.
struct Pair {
  Fixture source;
  Fixture target;
  Runtime& from = source.rt;
  Runtime& to = target.rt;

  /// A copy in the other runtime.
  template <class T>
  [[nodiscard]] Ref<> copy(const Ref<T>& root) {
    return copy_to(to, root);
  }
};

}  // namespace ouro::test
