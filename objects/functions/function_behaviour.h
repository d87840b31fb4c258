// What the functions of one C++ callable type have in common, and what their calls need. See function.h.
#pragma once

#include <ouro/base/error.h>
#include <ouro/objects/core/builtins.h>
#include <ouro/objects/model/ref.h>
#include <ouro/objects/model/type.h>
#include <ouro/objects/model/visitor.h>

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>

namespace ouro {
struct Function;
}

namespace ouro::detail {

/// Constant, one for each callable type.
struct FunctionBehaviour {
  /// May fail. `refused` is set if that is because the arguments do not fit the parameters: the callable was not called.
  Ref<> (*call)(Function& function, const Arguments& arguments, bool& refused);
  void (*traverse)(const void* state, Visitor) noexcept = nullptr;  ///< null, as the next two: the state is plain
  void (*clear)(void* state) noexcept = nullptr;
  void (*destroy)(void* state) noexcept = nullptr;
  std::string (*edge_name)(const void* state, std::size_t number) = nullptr;  ///< see TypeSlots; null: the state has none
  std::uint32_t state_bytes;
  std::uint16_t required;  ///< arguments without which it cannot be called
  std::uint16_t most;      ///< arguments its parameters have room for
  bool rest;               ///< it takes further ones, too
};

/// Puts the arguments of a call where the parameters are, defaults for missing ones; a missing one without a default is
/// null. `rest` is what is left over for a callable that takes that. Fails (false) with TypeError "f() missing 1 required
/// positional argument: 'x'" and its relatives.
[[nodiscard]] bool bind_arguments(const Function& function, const Arguments& arguments, std::span<Object*> given,
                                  bool takes_rest, Arguments& rest);

/// Lets the failure of converting `given` say which argument it was: "f() argument 2 must be str, not int", "f() argument 2
/// 'shape': [3]: ..." where parameters have names. The object of a method is not counted; one that is no such object is
/// TypeError "descriptor 'size' for 'Node' objects doesn't apply to a 'int' object". False: it failed for another reason,
/// which stays as it is.
[[nodiscard, gnu::cold]] bool fail_at_argument(const Function& function, std::size_t position, const Object& given);

}  // namespace ouro::detail
