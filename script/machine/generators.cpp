// The state of a script's generator: its activation in a block of its own (CPython: Objects/genobject.c).
#include <ouro/objects/classes/class.h>
#include <ouro/objects/core/attempt.h>
#include <ouro/objects/core/detail/or_fail.h>
#include <ouro/objects/core/none.h>
#include <ouro/objects/errors/raise.h>
#include <ouro/objects/iterators/detail/generator_parts.h>
#include <ouro/objects/text/str.h>
#include <ouro/script/machine/async.h>
#include <ouro/script/machine/calls.h>
#include <ouro/script/machine/errors.h>
#include <ouro/script/machine/frame.h>
#include <ouro/script/machine/generators.h>
#include <ouro/script/machine/interpreter.h>
#include <ouro/script/machine/run.h>

#include <cstdlib>
#include <cstring>
#include <new>
#include <utility>

namespace ouro::script {

namespace {

/// What the core's generator keeps for us.
struct State {
  Activation* activation;  ///< null: it has ended
  void* block;             ///< the memory of the activation
  Code* code;              ///< owned
  bool is_started;
  Handled handled;
};

State& state_in(void* state) noexcept { return *static_cast<State*>(state); }
const State& state_in(const void* state) noexcept { return *static_cast<const State*>(state); }

bool is_running(const State& state) noexcept { return !state.activation->is_suspended && state.is_started; }

void traverse_state(const void* given, Visitor visit) noexcept {
  const State& state = state_in(given);
  visit(state.code);
  if (state.activation == nullptr || is_running(state)) return;
  Activation& activation = *state.activation;
  visit(activation.code);
  visit(activation.function);
  visit(activation.frame);
  visit(activation.locals);
  visit(state.handled.exception);
  for (std::uint32_t i = 0; i < activation.code->body->slots(); ++i) visit(activation.slots[i]);
  for (Object** value = activation.stack(); value != activation.top; ++value) visit(*value);
}

void free_block(State& state) noexcept {
  state.activation = nullptr;
  std::free(std::exchange(state.block, nullptr));
}

/// Drops what the activation holds.
void clear_state(void* given) noexcept {
  State& state = state_in(given);
  if (state.activation == nullptr) return;
  Activation& activation = *state.activation;
  state.activation = nullptr;
  Object** const first = activation.stack();
  Object** const top = std::exchange(activation.top, first);
  ScriptFunction* const function = std::exchange(activation.function, nullptr);
  leave(activation);
  for (Object** value = first; value != top; ++value) decrement(**value);
  if (function != nullptr) decrement(*reinterpret_cast<Object*>(function));
  if (Object* const exception = std::exchange(state.handled.exception, nullptr)) decrement(*exception);
  free_block(state);
}

void destroy_state(void* given) noexcept {
  clear_state(given);
  if (Code* const code = std::exchange(state_in(given).code, nullptr)) decrement(*code);
}

/// True if it stands in a `yield from` or `await`.
bool is_delegating(const Activation& activation) noexcept {
  const Word word = activation.next[-1];
  return op_of(word) == Op::kYield && argument_of(word) == 1;
}

Ref<> part_of(const void* given, ouro::detail::GeneratorPart part) {
  const State& state = state_in(given);
  using enum ouro::detail::GeneratorPart;
  if (part == kCode) return share<Object>(*state.code);
  if (state.activation == nullptr) return {};
  if (part == kFrame) return frame_of(*state.activation);
  const bool has_inner = state.is_started && state.activation->is_suspended && is_delegating(*state.activation);
  return has_inner ? share(*state.activation->top[-1]) : Ref<>();
}

// ---- Going on ----

/// The generator's code is what the thread runs, until the end of this.
class Resumed {
 public:
  Resumed(MachineThread& thread, State& state) : thread_(thread), state_(state) {
    Builtins& builtins = thread.interpreter().builtins();
    if (builtins.recursion_depth >= builtins.recursion_limit)
      raise(ErrorKind::kRecursionError, "maximum recursion depth exceeded");
    ++builtins.recursion_depth;
    Activation& activation = *state.activation;
    activation.previous = thread.current;
    activation.free_before = thread.free;
    activation.is_suspended = false;
    thread.current = &activation;
    state.is_started = true;
    state.handled.previous = thread.handled;
    thread.handled = &state.handled;
  }
  ~Resumed() {
    thread_.handled = state_.handled.previous;
    if (Object* const exception = state_.activation == nullptr ? std::exchange(state_.handled.exception, nullptr) : nullptr)
      decrement(*exception);
  }
  Resumed(const Resumed&) = delete;
  Resumed& operator=(const Resumed&) = delete;

 private:
  MachineThread& thread_;
  State& state_;
};

/// Runs up to the next `yield` or the end.
template <class Run>
Ref<> go_on(State& state, Resumption& how, Run&& run_it) {
  MachineThread& thread = interpreter_of(*state.code).here();
  Ref<> result;
  {
    Activation* const activation = state.activation;
    const Resumed resumed(thread, state);
    result = run_it(thread, *activation);
    if (activation->is_suspended) return result;
    ScriptFunction* const function = std::exchange(activation->function, nullptr);
    free_block(state);
    if (function != nullptr) decrement(*reinterpret_cast<Object*>(function));
  }
  return result ? how.finish(*result) : Ref<>();
}

Ref<> go_on_with(State& state, Resumption& how, Object& value) {
  if (state.is_started) *state.activation->top++ = share(value).release();
  return go_on(state, how, [](MachineThread& thread, Activation& activation) { return run(thread, activation); });
}

Ref<> raise_in(State& state, Resumption& how, const Ref<BaseException>& exception) {
  return go_on(state, how,
               [&](MachineThread& thread, Activation& activation) { return run_with(thread, activation, exception); });
}

/// Ends the iterator that a `yield from` goes through. False: that failed.
bool close_inner(Object& inner) {
  Builtins& builtins = builtins_of(inner);
  if (Generator* const generator = as<Generator>(inner)) {
    const Ref<> done = ouro::detail::fail_if_thrown(builtins.heap, [&] {
      generator->close();
      return make_none(builtins);
    });
    return static_cast<bool>(done);
  }
  const FailureMark mark(builtins.heap.failures);
  const Ref<> method = ouro::detail::find_attribute_or_fail(inner, *interpreter_of(inner).names().close);
  if (!method) return !mark.failed();
  return static_cast<bool>(ouro::detail::call_or_fail(*method, {}));
}

/// `inner.throw(exception)`. Empty if it failed; `has_throw` is false, and nothing was done, if it has no such method.
Ref<> throw_in_inner(Object& inner, BaseException& exception, bool& has_throw) {
  has_throw = true;
  if (Generator* const generator = as<Generator>(inner)) return ouro::detail::throw_into_or_fail(*generator, exception);
  const FailureMark mark(heap_of(inner).failures);
  const Ref<> method = ouro::detail::find_attribute_or_fail(inner, *interpreter_of(inner).names().throw_method);
  if (!method) {
    has_throw = mark.failed();
    return {};
  }
  Object* const argument = &exception;
  return ouro::detail::call_or_fail(*method, Arguments{{&argument, 1}, {}, {}});
}

/// A generator that waits in a `yield from` is among the codes that run while the inner one is told of an exception.
class Delegating {
 public:
  Delegating(MachineThread& thread, Activation& activation) : thread_(thread), activation_(activation) {
    activation.previous = thread.current;
    activation.is_suspended = false;
    thread.current = &activation;
  }
  ~Delegating() {
    thread_.current = std::exchange(activation_.previous, nullptr);
    activation_.is_suspended = true;
  }
  Delegating(const Delegating&) = delete;
  Delegating& operator=(const Delegating&) = delete;

 private:
  MachineThread& thread_;
  Activation& activation_;
};

/// A `yield from` is told first (CPython: _gen_throw).
Ref<> throw_through(State& state, Resumption& how, const Ref<BaseException>& exception) {
  Builtins& builtins = how.builtins();
  const FailureMark mark(builtins.heap.failures);
  const Ref<> inner = share(*state.activation->top[-1]);
  if (is_instance(*exception, builtins.type(ErrorKind::kGeneratorExit))) {
    if (close_inner(*inner)) return raise_in(state, how, exception);
    return raise_in(state, how, exception_of(builtins, builtins.heap.failures.take()));
  }
  bool has_throw = true;
  Ref<> yielded;
  {
    const Delegating delegating(interpreter_of(*state.code).here(), *state.activation);
    yielded = throw_in_inner(*inner, *exception, has_throw);
  }
  if (yielded) return yielded;
  if (!has_throw) return raise_in(state, how, exception);
  if (!mark.failed(ErrorKind::kStopIteration))
    return raise_in(state, how, exception_of(builtins, builtins.heap.failures.take()));
  // The inner one has ended: its value is that of the `yield from`.
  const Ref<> value = take_stop_value(builtins);
  Activation& activation = *state.activation;
  activation.next += 2;
  decrement(**--activation.top);
  return go_on_with(state, how, *value);
}

Ref<> resume_state(void* given, Resumption& how) {
  State& state = state_in(given);
  const Error* const error = how.error();
  if (error == nullptr) return go_on_with(state, how, how.sent());
  const Ref<BaseException> exception = exception_of(how.builtins(), *error);
  if (state.is_started && is_delegating(*state.activation)) return throw_through(state, how, exception);
  return raise_in(state, how, exception);
}

constexpr ouro::detail::GeneratorBehaviour kBehaviour{
    .resume = resume_state,
    .traverse = traverse_state,
    .clear = clear_state,
    .destroy = destroy_state,
    .part = part_of,
    .state_bytes = sizeof(State),
    .sees_errors = true,
};

void build_state(void* state, void* from) noexcept { ::new (state) State(*static_cast<State*>(from)); }

/// A copy of the running activation in a block of its own.
State moved(const Activation& running) {
  const Code& code = *running.code;
  void* const block = std::malloc(words_of(code) * sizeof(Object*));
  if (block == nullptr) raise_out_of_memory();
  auto** const slots = static_cast<Object**>(block);
  std::memcpy(slots, running.slots, code.body->slots() * sizeof(Object*));
  auto* const made = ::new (static_cast<void*>(slots + code.body->slots())) Activation(running);
  made->slots = slots;
  made->top = made->stack();
  made->is_generator = made->is_entry = true;
  made->is_suspended = true;
  made->opened_chunk = false;
  made->previous = nullptr;
  return State{made, block, running.code, false, {}};
}

}  // namespace

Ref<> take_stop_value(Builtins& builtins) {
  const Ref<BaseException> stop = exception_of(builtins, builtins.heap.failures.take());
  Object* const value = stop->members[0];
  return value != nullptr ? share(*value) : make_none(builtins);
}

Ref<> make_generator_of(MachineThread& thread) {
  Activation& running = *thread.current;
  State state = moved(running);
  increment(*state.code);
  Ref<> made;
  try {
    ScriptFunction& function = *running.function;
    Ref<Generator> generator = ouro::detail::make_generator(
        static_cast<Str&>(*function.name), static_cast<Str&>(*function.qualified_name), kBehaviour, build_state, &state);
    increment(*reinterpret_cast<Object*>(&function));
    made = std::move(generator);
  } catch (...) {
    std::free(state.block);
    decrement(*state.code);
    throw;
  }
  // The variables are the generator's now.
  Builtins& builtins = builtins_of(*made);
  if (running.frame != nullptr) running.frame->activation = state.activation;
  --builtins.recursion_depth;
  thread.current = running.previous;
  thread.free = running.free_before;
  if (running.opened_chunk) thread.close_chunk();
  return wrapped_generator(std::move(made), state.code->body->flags);
}

Ref<> send_to(Object& receiver, Object& value, Ref<>& result) {
  Builtins& builtins = builtins_of(receiver);
  const FailureMark mark(builtins.heap.failures);
  Ref<> yielded;
  if (auto* const generator = as<Generator>(receiver)) {
    yielded = ouro::detail::resume_or_fail(*generator, value);
  } else if (is<Coroutine>(receiver) || is<CoroutineWrapper>(receiver)) {
    yielded = ouro::detail::send_or_fail(static_cast<Coroutine&>(receiver).inner(), value);
  } else if (is<AsyncStep>(receiver)) {
    Object* const argument = &value;
    yielded = ouro::detail::call_method_or_fail(receiver, *interpreter_of(receiver).names().send,
                                                Arguments{{&argument, 1}, {}, {}});
  } else if (is_none(value) && class_of(receiver) == nullptr && receiver.type->slots->next != nullptr) {
    yielded = ouro::detail::next_or_fail(receiver);
  } else if (is_none(value)) {
    yielded = ouro::detail::call_method_or_fail(receiver, *interpreter_of(receiver).names().next, {});
  } else {
    Object* const argument = &value;
    yielded = ouro::detail::call_method_or_fail(receiver, *interpreter_of(receiver).names().send,
                                                Arguments{{&argument, 1}, {}, {}});
  }
  if (yielded) return yielded;
  if (!mark.failed()) {
    result = make_none(builtins);
  } else if (mark.failed(ErrorKind::kStopIteration)) {
    result = take_stop_value(builtins);
  }
  return {};
}

// ---- Going on within a run ----

Activation* begin_inline(MachineThread& thread, Generator& generator) noexcept {
  using Phase = Generator::Phase;
  if (!is_script_generator(generator)) return nullptr;
  State& state = state_in(generator.state());
  Builtins& builtins = thread.interpreter().builtins();
  const bool may_go_on = generator.phase == Phase::kSuspended || generator.phase == Phase::kCreated;
  if (!may_go_on || state.activation == nullptr || builtins.recursion_depth >= builtins.recursion_limit) return nullptr;
  ++builtins.recursion_depth;
  Activation& activation = *state.activation;
  activation.previous = thread.current;
  activation.free_before = thread.free;
  activation.is_suspended = activation.is_entry = false;
  if (state.is_started) *activation.top++ = &builtins.none();
  state.is_started = true;
  state.handled.previous = thread.handled;
  thread.handled = &state.handled;
  thread.current = &activation;
  generator.phase = Phase::kRunning;
  return &activation;
}

void end_inline(MachineThread& thread, Generator& generator) noexcept {
  State& state = state_in(generator.state());
  thread.handled = state.handled.previous;
  ScriptFunction* const function = std::exchange(state.activation->function, nullptr);
  free_block(state);
  generator.phase = Generator::Phase::kFinished;
  if (function != nullptr) decrement(*reinterpret_cast<Object*>(function));
  if (Object* const exception = std::exchange(state.handled.exception, nullptr)) decrement(*exception);
}

BaseException* leaving_generator(MachineThread& thread, BaseException* raised) noexcept {
  Builtins& builtins = thread.interpreter().builtins();
  if (!is_instance(*raised, builtins.type(ErrorKind::kStopIteration))) return raised;
  const Ref<BaseException> stop = Ref<BaseException>::adopt(raised);
  try {
    Ref<BaseException> made = make_exception(builtins, ErrorKind::kRuntimeError, "generator raised StopIteration");
    made->set_cause(stop.get());
    made->set_context(stop.get());
    return made.release();
  } catch (const Error& error) {
    static_cast<void>(fail_caught(builtins.heap, error));
    return take_exception(thread).release();
  }
}

bool is_script_generator(const Generator& generator) noexcept { return generator.behaviour == &kBehaviour; }
Activation* activation_of(Generator& generator) noexcept { return state_in(generator.state()).activation; }

}  // namespace ouro::script
