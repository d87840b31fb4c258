// Generators of scripts: the core's generators, whose state is an activation.
#pragma once

#include <ouro/objects/iterators/generator.h>
#include <ouro/script/machine/thread.h>

namespace ouro::script {

/// The running activation, which is at its beginning, becomes a generator's. Gives the generator, or the coroutine or
/// asynchronous generator around it, and goes back to the activation before. Throws MemoryError; then nothing has changed.
[[nodiscard]] Ref<> make_generator_of(MachineThread& thread);

/// `receiver.send(value)`, as `yield from` does it. Empty at the end, with `result` set, or if it failed.
[[nodiscard]] Ref<> send_to(Object& receiver, Object& value, Ref<>& result);

/// `StopIteration` is the newest failure since the mark: takes it, and gives its value.
[[nodiscard]] Ref<> take_stop_value(Builtins& builtins);

/// The code of a script's generator goes on, with None sent to it, as what the running code calls: without a `run` of its
/// own. Null, and nothing is done: it is to be asked in the usual way.
[[nodiscard]] Activation* begin_inline(MachineThread& thread, Generator& generator) noexcept;
/// A generator that went on so has yielded; the activation before is the running one.
inline void leave_inline(MachineThread& thread, Generator& generator) noexcept {
  thread.handled = thread.handled->previous;
  generator.phase = Generator::Phase::kSuspended;
}
/// Its code has ended: drops what it still holds.
void end_inline(MachineThread& thread, Generator& generator) noexcept;
/// What leaves the code of a generator: StopIteration would look like its end, and is RuntimeError with it as the cause.
/// Takes over a count and gives one.
[[nodiscard]] BaseException* leaving_generator(MachineThread& thread, BaseException* raised) noexcept;

/// True if the generator is one of a script.
[[nodiscard]] bool is_script_generator(const Generator& generator) noexcept;
/// The activation of a script's generator; null: it has ended.
[[nodiscard]] Activation* activation_of(Generator& generator) noexcept;

}  // namespace ouro::script
