// Exceptions in the machine (CPython: Python/errors.c, do_raise in Python/ceval.c).
#include <ouro/objects/containers/tuple.h>
#include <ouro/objects/core/attempt.h>
#include <ouro/objects/core/protocol.h>
#include <ouro/objects/errors/traceback.h>
#include <ouro/objects/text/str.h>
#include <ouro/script/machine/errors.h>
#include <ouro/script/machine/frame.h>
#include <ouro/script/machine/interpreter.h>

#include <fmt/format.h>

namespace ouro::script {

void set_context(MachineThread& thread, BaseException& exception) noexcept {
  BaseException* const handled = thread.handled_exception();
  if (handled == nullptr || handled == &exception) return;
  // The chain behind what is handled must not lead to the exception. It may itself be a ring, which nobody is to wait for.
  BaseException* slow = handled;
  bool moves_slow = false;
  for (BaseException* step = handled; step->context != nullptr;) {
    auto* const next = static_cast<BaseException*>(step->context);
    if (next == &exception) {
      step->set_context(nullptr);
      break;
    }
    step = next;
    if (moves_slow) slow = static_cast<BaseException*>(slow->context);
    moves_slow = !moves_slow;
    if (step == slow) break;
  }
  exception.set_context(handled);
}

Ref<BaseException> take_exception(MachineThread& thread) noexcept {
  Heap& heap = thread.interpreter().heap();
  Builtins& builtins = thread.interpreter().builtins();
  for (;;) {
    const Failure failure = heap.failures.take();
    try {
      Ref<BaseException> exception = exception_of(builtins, failure);
      // What has a traceback was raised by a script: it got its context there, and may have been told to have none.
      if (exception->context == nullptr && exception->traceback == nullptr) set_context(thread, *exception);
      return exception;
    } catch (const Error& error) {
      heap.failures.add(error);
    }
  }
}

void add_traceback(MachineThread& thread, Activation& activation, BaseException& exception) noexcept {
  static_cast<void>(thread);
  try {
    const Ref<Frame> frame = frame_of(activation);
    const Location location = activation.location();
    Ref<Traceback> entry =
        make_traceback(static_cast<Traceback*>(exception.traceback), static_cast<Str&>(*activation.code->file),
                       static_cast<Str&>(*activation.code->name), *frame, location.line, activation.instruction());
    store(exception.traceback, entry.release());
  } catch (const Error&) {
    return;  // without memory the traceback is shorter
  }
}

namespace {

[[noreturn]] void refuse_exception() { raise(ErrorKind::kTypeError, "exceptions must derive from BaseException"); }

Ref<BaseException> cause_of(Object& given) {
  if (is_exception_type(given)) return make_exception(static_cast<Type&>(given));
  if (is<BaseException>(given)) return share(static_cast<BaseException&>(given));
  raise(ErrorKind::kTypeError, "exception causes must derive from BaseException");
}

}  // namespace

Ref<BaseException> raised_by(MachineThread& thread, Object* exception, Object* cause) {
  if (exception == nullptr) {
    BaseException* const handled = thread.handled_exception();
    if (handled == nullptr) raise(ErrorKind::kRuntimeError, "No active exception to reraise");
    return share(*handled);
  }
  Ref<BaseException> raised;
  if (is_exception_type(*exception)) {
    raised = make_exception(static_cast<Type&>(*exception));
  } else if (is<BaseException>(*exception)) {
    raised = share(static_cast<BaseException&>(*exception));
  } else {
    refuse_exception();
  }
  if (cause != nullptr) {
    if (is_none(*cause)) {
      raised->set_cause(nullptr);
    } else {
      const Ref<BaseException> behind = cause_of(*cause);
      raised->set_cause(behind.get());
    }
    raised->set_suppress_context(true);
  }
  set_context(thread, *raised);
  return raised;
}

bool matches(BaseException& exception, Object& type) {
  const auto expect = [](const Object& one) {
    if (!is_exception_type(one))
      raise(ErrorKind::kTypeError, "catching classes that do not inherit from BaseException is not allowed");
  };
  if (const auto* const several = as<Tuple>(type)) {
    for (Object* const one : several->view()) expect(*one);
    for (Object* const one : several->view())
      if (is_instance(exception, static_cast<const Type&>(*one))) return true;
    return false;
  }
  expect(type);
  return is_instance(exception, static_cast<const Type&>(type));
}

}  // namespace ouro::script
