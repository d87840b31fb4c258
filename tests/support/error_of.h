// What a call raises, as text.
#pragma once

#include <ouro/base/error.h>

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

}  // namespace ouro::test
