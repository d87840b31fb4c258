// Failure: how the kit says that an expectation does not hold.
//
// An exception with a text, so that any test framework shows it: most report what a test case lets escape. It knows no
// framework and holds no object.
#pragma once

#include <stdexcept>
#include <string>

namespace ouro::testing {

/// What was expected and what was found, in `what()`. Thrown by the `require_` functions and by `check`, and for a text that
/// does not follow its grammar: then it begins "line 2, column 7: ".
class Failure : public std::runtime_error {
 public:
  explicit Failure(const std::string& text) : std::runtime_error(text) {}
};

}  // namespace ouro::testing
