// Exceptions in the machine: context, traceback, what an uncaught one says.
#pragma once

#include <ouro/objects/errors/exception.h>
#include <ouro/objects/errors/raise.h>
#include <ouro/script/machine/thread.h>

namespace ouro::script {

/// The newest failure as an exception, with the one being handled as its context. Memory errors that making it runs into are
/// what it is then.
[[nodiscard]] Ref<BaseException> take_exception(MachineThread& thread) noexcept;
/// `raise` puts what is being handled behind an exception (CPython: _PyErr_SetObject). No cycle comes of it.
void set_context(MachineThread& thread, BaseException& exception) noexcept;
/// Adds an entry for the running code in front of the traceback.
void add_traceback(MachineThread& thread, Activation& activation, BaseException& exception) noexcept;

/// What `raise` with `count` operands raises: exception and cause, both borrowed. Without any it is what is being handled.
/// Throws TypeError, RuntimeError and what constructors throw; these are what is raised then.
[[nodiscard]] Ref<BaseException> raised_by(MachineThread& thread, Object* exception, Object* cause);
/// `except type`. TypeError "catching classes that do not inherit from BaseException is not allowed".
[[nodiscard]] bool matches(BaseException& exception, Object& type);

}  // namespace ouro::script
