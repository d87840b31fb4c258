// Finalize: calls a function when an object dies, or at the end of the runtime (CPython: weakref.finalize).
//
//   const Ref<Finalize> closing = finalize(file, close_function, descriptor);
//   file.reset();                   // close_function(descriptor) is called, once
//
// Unlike a finalizer method it belongs to no class, cannot save the object and need not be kept: the runtime's registry owns
// every Finalize until it was called or detached. When the runtime closes, those left are called, newest first, unless their
// `at_exit` is false.
//
// Laws
//   finalize-once: the function is called at most once.
#pragma once

#include <ouro/objects/containers/dict.h>
#include <ouro/objects/containers/tuple.h>
#include <ouro/objects/core/builtins.h>
#include <ouro/objects/core/kind.h>
#include <ouro/objects/cpp/convert.h>

#include <cstdint>
#include <optional>

namespace ouro {

/// The object of a `weakref.finalize`.
struct Finalize : Object {
  static constexpr Kind kKind = Kind::kFinalize;
  static constexpr Home kHome = Home::kContainers;
  static constexpr EdgeLayout kEdges = EdgeLayout::fixed(sizeof(Object), 4);

  Object* reference;  ///< owned weak reference, whose callback this object is; null once it is dead
  Object* function;   ///< owned; null once it is dead
  Object* arguments;  ///< owned tuple; null once it is dead
  Object* keywords;   ///< owned dict, or null if there are none
  Finalize* newer;    ///< neighbours in the registry, a ring; null once it is dead
  Finalize* older;
  std::uint32_t at_exit;  ///< not 0: is called when the runtime closes

  /// What it was made for.
  struct Subject {
    Ref<> object, function;
    Ref<Tuple> arguments;
    Ref<Dict> keywords;  ///< may be empty
  };

  /// True until it was called or detached, or the object has died.
  [[nodiscard]] bool is_alive() const noexcept { return function != nullptr; }
  /// `finalize()`: calls the function and returns what it gives; None if it is dead. Throws what the function throws.
  Ref<> call();
  /// Makes it dead without a call, and says what it was for; nothing if it was dead.
  std::optional<Subject> detach();
  /// What it is for; nothing if it is dead.
  [[nodiscard]] std::optional<Subject> peek() const;
};

/// Registers that `function(*arguments, **keywords)` is to be called when `object` dies. The object must not be reachable
/// from the others, or it will not die. TypeError as `make_weakref`. Throws MemoryError.
[[nodiscard]] Ref<Finalize> make_finalize(Object& object, Object& function, const Ref<Tuple>& arguments,
                                          const Ref<Dict>& keywords = {});
template <class... A>
Ref<Finalize> finalize(const Ref<>& object, const Ref<>& function, const A&... arguments) {
  Builtins& builtins = builtins_of(*object);
  return make_finalize(*object, *function, make_tuple(builtins, to_object(builtins, arguments)...));
}

/// Calls those whose `at_exit` is set, newest first, new ones included; errors go to the unraisable hook. Then forgets all
/// others, and none is called from then on. The runtime does so when it closes.
void run_exit_finalizers(Builtins& builtins) noexcept;
/// How many are alive. Linear.
[[nodiscard]] std::size_t finalize_count(const Builtins& builtins) noexcept;

}  // namespace ouro
