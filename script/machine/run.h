// The loop that runs code.
#pragma once

#include <ouro/objects/model/ref.h>
#include <ouro/script/machine/thread.h>

namespace ouro::script {

/// Runs the activation, which is the running one of the thread and was entered from C++, to its end; what it calls in
/// scripts needs no further C++ call. Gives what it returns; an empty handle is a failure. It throws nothing.
///
/// Of a generator it runs up to the next `yield`: then the activation is not ended.
[[nodiscard]] Ref<> run(MachineThread& thread, Activation& entry) noexcept;
/// The same, but an exception is raised where it stands first.
[[nodiscard]] Ref<> run_with(MachineThread& thread, Activation& entry, Ref<BaseException> raised) noexcept;

}  // namespace ouro::script
