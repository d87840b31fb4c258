// Generator: a function that is resumed, driven from C++.
//
//   offset 0        16          24     32             40      48
//          +--------+-----------+------+--------------+-------+------------------
//          | header | behaviour | name | qualified .. | phase | C++ state ...
//          +--------+-----------+------+--------------+-------+------------------
//
//   struct Countdown {
//     int left;
//     std::optional<int> operator()() { return left > 0 ? std::optional(left--) : std::nullopt; }
//   };
//   Ref<Generator> generator = make_generator(builtins, "countdown", Countdown{3});      gives 3, 2, 1
//
// The state is a C++ struct. What a Python generator keeps in local variables are its members, and each call goes from one
// `yield` to the next: it returns what is yielded, a `Ref<>` or a `std::optional` of anything that converts; empty at the
// end. References that it holds must be visible to the collector, as in the callable of a function (function.h). A call
// operator that takes a `Resumption&` sees what `send` gave, may handle what `throw` and `close` raise, and may say what the
// generator returns:
//
//   Ref<> operator()(Resumption& how) {
//     if (how.error() != nullptr) return how.finish(*result);      what was thrown is handled, the generator has ended
//     ...
//
// Laws
//   generator-once: a generator that is running is not resumed.
//   generator-ended: one that has ended holds nothing any more, and only its end comes from it.
#pragma once

#include <ouro/base/error.h>
#include <ouro/objects/core/builtins.h>
#include <ouro/objects/core/kind.h>
#include <ouro/objects/cpp/convert.h>
#include <ouro/objects/iterators/generator_behaviour.h>
#include <ouro/objects/model/ref.h>

#include <cstdint>
#include <string_view>
#include <utility>

namespace ouro {

/// The object of a generator. Needs the lock.
struct Generator : Object {
  static constexpr Kind kKind = Kind::kGenerator;
  enum class Phase : std::uint8_t { kCreated, kSuspended, kRunning, kFinished };

  const detail::GeneratorBehaviour* behaviour;
  Object* name;            ///< str, owned: `__name__`
  Object* qualified_name;  ///< str, owned: `__qualname__`
  Phase phase;

  /// `generator.send(value)`: goes on, and gives what it yields next; empty when it has ended. Throws what its code throws;
  /// TypeError "can't send non-None value to a just-started generator"; ValueError "generator already executing";
  /// RuntimeError "generator raised StopIteration".
  [[nodiscard]] Ref<> send(Object& value);
  /// `generator.throw(exception)`: an exception or a type of errors is raised where it stands. Gives what it yields next;
  /// empty when it has ended. Throws what comes out of it: the exception, unless its code handles it.
  [[nodiscard]] Ref<> throw_into(Object& exception);
  /// `generator.close()`: GeneratorExit is raised where it stands. RuntimeError "generator ignored GeneratorExit" if it
  /// yields once more.
  void close();

  [[nodiscard]] bool is_running() const noexcept { return phase == Phase::kRunning; }
  [[nodiscard]] void* state() noexcept { return this + 1; }
  [[nodiscard]] const void* state() const noexcept { return this + 1; }
};
static_assert(sizeof(Generator) == 48);

namespace detail {
[[nodiscard]] Ref<Generator> make_generator(Builtins& builtins, std::string_view name, const GeneratorBehaviour& behaviour,
                                            void (*build)(void* state, void* from), void* from);
/// The same with names that are there already. `build` may not throw.
[[nodiscard]] Ref<Generator> make_generator(Str& name, Str& qualified_name, const GeneratorBehaviour& behaviour,
                                            void (*build)(void* state, void* from), void* from);
}  // namespace detail

/// A generator of this name whose code is the call operator of `state`. Throws MemoryError.
template <class State>
[[nodiscard]] Ref<Generator> make_generator(Builtins& builtins, std::string_view name, State state) {
  using Behaviour = detail::GeneratorOf<State>;
  return detail::make_generator(builtins, name, Behaviour::kBehaviour, Behaviour::build, &state);
}

}  // namespace ouro
