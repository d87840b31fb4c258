// Small helpers that many tests need: what an object shows, a method for a class, a number from the environment, and from
// error_of.h what a call raises. `support/fixture.h` and `objects/world.h` include this header.
#pragma once

#include <ouro/objects/classes/class.h>
#include <ouro/objects/core/handle.h>
#include <ouro/objects/core/protocol.h>
#include <ouro/objects/functions/function.h>
#include <ouro/objects/text/str.h>
#include <support/error_of.h>

#include <cstdlib>
#include <string>
#include <string_view>

namespace ouro::test {

/// `repr(object)` as C++ text.
[[nodiscard]] inline std::string shown(Object& object) { return std::string(text(*repr(object))); }
[[nodiscard]] inline std::string shown(const Ref<>& object) { return shown(*object); }

/// Gives a class a method: `define(type, "__get__(self, object, owner)", [](Object&, ...) {...})`. Without parameters in the
/// signature they have no names.
template <class F>
void define(const Ref<Class>& type, std::string_view signature, F method) {
  const std::string name(signature.substr(0, signature.find('(')));
  type.attr(name) = make_function(builtins_of(*type), std::string(type->name).append(".").append(signature), method);
}

/// The value of an environment variable, or `otherwise` if there is none.
template <class Number>
[[nodiscard]] Number number_from(const char* variable, Number otherwise) {
  const char* const text = std::getenv(variable);
  return text == nullptr ? otherwise : static_cast<Number>(std::strtod(text, nullptr));
}

}  // namespace ouro::test
