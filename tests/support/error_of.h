// What a call raises, as text or as it is.
#pragma once

#include <ouro/base/error.h>
#include <support/catch.h>

#include <string>

namespace ouro::test {

/// "ValueError: message" if `act` throws an Error, "no error" otherwise.
template <class F>
[[nodiscard]] std::string error_of(F&& act) {
  try {
    static_cast<void>(act());
  } catch (const Error& error) {
    return error.what();
  }
  return "no error";
}

/// The Error that `act` throws; the test fails if it throws none.
template <class F>
[[nodiscard]] Error caught(F&& act) {
  try {
    act();
  } catch (const Error& error) {
    return error;
  }
  FAIL("nothing was thrown");
  return Error::out_of_memory();
}

}  // namespace ouro::test
