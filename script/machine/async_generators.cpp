// Asynchronous generators and their steps (PEP 525; CPython: async_gen_* in Objects/genobject.c).
#include <ouro/objects/core/attempt.h>
#include <ouro/objects/core/attributes.h>
#include <ouro/objects/core/detail/default_slots.h>
#include <ouro/objects/core/protocol.h>
#include <ouro/objects/errors/raise.h>
#include <ouro/objects/iterators/detail/generator_parts.h>
#include <ouro/objects/model/dismantle.h>
#include <ouro/objects/model/make.h>
#include <ouro/objects/text/intern.h>
#include <ouro/objects/text/str.h>
#include <ouro/script/machine/async.h>
#include <ouro/script/machine/generators.h>
#include <ouro/script/machine/interpreter.h>

#include <fmt/format.h>

namespace ouro::script {

namespace {

using Sort = AsyncStep::Sort;
using Phase = AsyncStep::Phase;

Ref<AsyncStep> make_step(Builtins& builtins, Object* generator, Object* value, Sort sort) {
  Ref<> held[] = {Ref<>::share(generator), Ref<>::share(value)};
  return make<AsyncStep>(builtins.type(kAsyncStepKind), sizeof(AsyncStep), [&](AsyncStep& made) noexcept {
    made.generator = held[0].release();
    made.value = held[1].release();
    made.sort = sort;
    made.phase = Phase::kNew;
  });
}

AsyncStep& step_in(Object& object) noexcept { return static_cast<AsyncStep&>(object); }
AsyncGenerator& generator_of(AsyncStep& step) noexcept { return static_cast<AsyncGenerator&>(*step.generator); }

/// StopIteration(value), as a failure: what an awaitable gives.
Ref<> fail_with_value(Object& value) {
  Object* const only = &value;
  return fail(*make_exception(builtins_of(value).type(ErrorKind::kStopIteration), {&only, 1}));
}

/// What came out of the generator: a value that it yields ends the step, what it awaits goes further out.
Ref<> finish_step(AsyncStep& step, Ref<> item, const FailureMark& mark) {
  AsyncGenerator& generator = generator_of(step);
  if (!item) {
    step.phase = Phase::kClosed;
    generator.is_running = false;
    if (mark.failed(ErrorKind::kStopAsyncIteration) || mark.failed(ErrorKind::kGeneratorExit)) generator.is_closed = true;
    if (!mark.failed(ErrorKind::kStopIteration)) {
      const bool ends_close = step.sort == Sort::kClose &&
                              (mark.failed(ErrorKind::kStopAsyncIteration) || mark.failed(ErrorKind::kGeneratorExit));
      if (!ends_close) return {};
      mark.forget();
      return fail_with_value(builtins_of(step).none());
    }
    mark.forget();
    generator.is_closed = true;
    if (step.sort == Sort::kClose) return fail_with_value(builtins_of(step).none());
    return fail(step, ErrorKind::kStopAsyncIteration);
  }
  if (!is<AsyncStep>(*item) || step_in(*item).sort != Sort::kValue) return item;
  generator.is_running = false;
  step.phase = Phase::kClosed;
  if (step.sort == Sort::kClose) return fail(step, ErrorKind::kRuntimeError, "async generator ignored GeneratorExit");
  return fail_with_value(*share(*step_in(*item).value));
}

Ref<> first_step(AsyncStep& step, Object& value) {
  AsyncGenerator& generator = generator_of(step);
  constexpr LiteralText kBusy[] = {"", "anext(): asynchronous generator is already running",
                                   "athrow(): asynchronous generator is already running",
                                   "aclose(): asynchronous generator is already running"};
  if (generator.is_running) return fail(step, ErrorKind::kRuntimeError, kBusy[static_cast<std::size_t>(step.sort)]);
  if (step.sort != Sort::kSend && generator.is_closed) {
    step.phase = Phase::kClosed;
    return step.sort == Sort::kClose ? fail_with_value(value) : fail(step, ErrorKind::kStopAsyncIteration);
  }
  step.phase = Phase::kIterating;
  generator.is_running = true;
  if (step.sort == Sort::kSend) return ouro::detail::send_or_fail(generator.inner(), is_none(value) ? *step.value : value);
  if (step.sort == Sort::kClose) {
    generator.is_closed = true;
    const Ref<BaseException> exit = make_exception(builtins_of(step).type(ErrorKind::kGeneratorExit));
    if (generator.inner().phase == Generator::Phase::kCreated) {
      generator.inner().close();
      return fail(*exit);
    }
    return ouro::detail::throw_into_or_fail(generator.inner(), *exit);
  }
  return ouro::detail::throw_into_or_fail(generator.inner(), static_cast<BaseException&>(*step.value));
}

Ref<> send(AsyncStep& step, Object& value) {
  const Ref<> held[] = {share<Object>(step), share(value), share(*step.generator)};
  if (step.phase == Phase::kClosed)
    return fail(step, ErrorKind::kRuntimeError,
                step.sort == Sort::kSend ? LiteralText("cannot reuse already awaited __anext__()/asend()")
                                         : LiteralText("cannot reuse already awaited aclose()/athrow()"));
  const FailureMark mark(heap_of(step).failures);
  if (step.phase == Phase::kIterating)
    return finish_step(step, ouro::detail::send_or_fail(generator_of(step).inner(), value), mark);
  Ref<> item = first_step(step, value);
  if (step.phase != Phase::kIterating) return item;
  return finish_step(step, std::move(item), mark);
}

Ref<> throw_into(AsyncStep& step, Object& type, Object* value, Object* traceback) {
  const Ref<> held[] = {share<Object>(step), share(*step.generator)};
  const FailureMark mark(heap_of(step).failures);
  const Ref<BaseException> thrown = ouro::detail::thrown_exception(type, value, traceback);
  return finish_step(step, ouro::detail::throw_into_or_fail(generator_of(step).inner(), *thrown), mark);
}

Ref<> next_of_step(Object& object) {
  const FailureMark mark(heap_of(object).failures);
  Ref<> item = send(step_in(object), builtins_of(object).none());
  return item;
}

Ref<> iterate_itself(Object& object) { return share(object); }

constexpr Attribute kStepAttributes[] = {
    method(
        "send(arg, /)", [](AsyncStep& step, Object& value) { return send(step, value); }, ""),
    method(
        "throw(typ, val=None, tb=None, /)",
        [](AsyncStep& step, Object& type, Object* value, Object* traceback) {
          return throw_into(step, type, value, traceback);
        },
        ""),
    method(
        "close()", [](AsyncStep& step) { step.phase = Phase::kClosed; }, ""),
    special_method(
        "__await__()", [](AsyncStep& step) { return share<Object>(step); }, ""),
};

void clear_step(Object& object) noexcept { store(step_in(object).value, nullptr); }
std::string edge_name_of_step(const Object&, std::size_t number) { return number == 0 ? ".generator" : ".value"; }

// ---- The generator ----

Ref<> step_of(AsyncGenerator& generator, Object* value, Sort sort) {
  return make_step(builtins_of(generator), &generator, value, sort);
}

Ref<> part(AsyncGenerator& generator, std::string_view name) {
  return get_attribute(generator.inner(), *intern(builtins_of(generator), name));
}

Ref<> repr_async_generator(Object& object) {
  const auto& generator = static_cast<const AsyncGenerator&>(object);
  return make_str(builtins_of(object), fmt::format("<async_generator object {} at {}>",
                                                   text(static_cast<const Str&>(*generator.inner().qualified_name)),
                                                   static_cast<const void*>(&object)));
}

constexpr Attribute kGeneratorAttributes[] = {
    special_method(
        "__aiter__()", [](AsyncGenerator& generator) { return share<Object>(generator); }, "Return an awaitable."),
    special_method(
        "__anext__()",
        [](AsyncGenerator& generator) { return step_of(generator, &builtins_of(generator).none(), Sort::kSend); },
        "Return a value or raise StopAsyncIteration."),
    method(
        "asend(value, /)", [](AsyncGenerator& generator, Object& value) { return step_of(generator, &value, Sort::kSend); },
        "asend(v) -> send 'v' in generator."),
    method(
        "athrow(typ, val=None, tb=None, /)",
        [](AsyncGenerator& generator, Object& type, Object* value, Object* traceback) {
          return step_of(generator, ouro::detail::thrown_exception(type, value, traceback).get(), Sort::kThrow);
        },
        "athrow(typ[,val[,tb]]) -> raise exception in generator."),
    method(
        "aclose()", [](AsyncGenerator& generator) { return step_of(generator, nullptr, Sort::kClose); },
        "aclose() -> raise GeneratorExit inside generator."),
    property(
        "ag_running", [](AsyncGenerator& generator) { return generator.is_running; }, ""),
    property(
        "ag_await", [](AsyncGenerator& generator) { return part(generator, "gi_yieldfrom"); }, ""),
    property(
        "ag_frame", [](AsyncGenerator& generator) { return part(generator, "gi_frame"); }, ""),
    property(
        "ag_code", [](AsyncGenerator& generator) { return part(generator, "gi_code"); }, ""),
    property(
        "__name__", [](AsyncGenerator& generator) { return share(*generator.inner().name); }, ""),
    property(
        "__qualname__", [](AsyncGenerator& generator) { return share(*generator.inner().qualified_name); }, ""),
};

void clear_async_generator(Object&) noexcept {}
std::string edge_name_of_async_generator(const Object&, std::size_t) { return ".generator"; }

}  // namespace

Ref<> wrap_yielded(Object& value) { return make_step(builtins_of(value), nullptr, &value, Sort::kValue); }

constinit const TypeSlots kAsyncGeneratorSlots{
    .name = "async_generator",
    .kind = kAsyncGeneratorKind,
    .flags = kContainerType | kWeakableType,
    .size = sizeof(AsyncGenerator),
    .edges = Coroutine::kEdges,
    .dismantle = ouro::detail::dismantle_as<AsyncGenerator>,
    .clear = clear_async_generator,
    .edge_name = edge_name_of_async_generator,
    .repr = repr_async_generator,
    .hash = default_hash,
    .attributes = &kAttributeTable<kGeneratorAttributes>,
};

constinit const TypeSlots kAsyncStepSlots{
    .name = "async_generator_asend",
    .kind = kAsyncStepKind,
    .flags = kContainerType,
    .size = sizeof(AsyncStep),
    .edges = AsyncStep::kEdges,
    .dismantle = ouro::detail::dismantle_as<AsyncStep>,
    .clear = clear_step,
    .edge_name = edge_name_of_step,
    .repr = default_repr,
    .hash = default_hash,
    .iterate = iterate_itself,
    .next = next_of_step,
    .attributes = &kAttributeTable<kStepAttributes>,
};

}  // namespace ouro::script
