// What the tests of the kit and those that use it share.
#pragma once

#include <ouro/testing/testing.h>
#include <support/fixture.h>

#include <string>
#include <vector>

namespace ouro::test {

using Names = std::vector<std::string>;

/// A runtime that collects only when told to, in the stress build too.
struct QuietFixture : Fixture {
  explicit QuietFixture(Options options = {}) : Fixture(std::move(options)) {
    rt.gc().set_stress(false);
    rt.gc().collect();
    rt.gc().disable();
  }
};

/// The text of the exception that `act` throws.
template <class F>
std::string failure_of(F&& act) {
  try {
    act();
  } catch (const std::exception& failure) {
    return failure.what();
  }
  return "no failure";
}

}  // namespace ouro::test
