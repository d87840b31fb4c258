// What the text says that a function is made with: "scale(value, factor=2)".
#pragma once

#include <ouro/objects/core/builtins.h>
#include <ouro/objects/functions/function_behaviour.h>
#include <ouro/objects/model/ref.h>

#include <cstddef>
#include <string_view>

namespace ouro {
struct Tuple;
}

namespace ouro::detail {

/// A signature taken apart. ValueError if it does not end with ')'.
struct SignatureText {
  explicit SignatureText(std::string_view signature);

  std::string_view whole;
  std::string_view name;
  bool has_list = false;
  std::string_view list;  ///< "value, factor=2"
};

/// The object of a literal of None, a bool, an int, a float or a str; empty if the text is none. Throws MemoryError.
[[nodiscard]] Ref<> literal_of(Builtins& builtins, std::string_view literal);

/// The names of the parameters, `first` before them unless it is empty; behind the names the defaults of the last
/// parameters, NotImplemented for one whose C++ type says what a missing argument is. A default is a literal of None, a
/// bool, an int, a float or a str. ValueError if a name or a default is none, if there are others than the callable has, or
/// if a parameter without a default follows one with.
[[nodiscard]] Ref<Tuple> parse_parameters(Builtins& builtins, const SignatureText& signature, std::string_view first,
                                          const FunctionBehaviour& behaviour);

}  // namespace ouro::detail
