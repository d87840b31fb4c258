// How a generator is resumed, thrown into and closed (CPython: Objects/genobject.c).
#include <ouro/objects/core/attempt.h>
#include <ouro/objects/core/none.h>
#include <ouro/objects/errors/raise.h>
#include <ouro/objects/iterators/detail/generator_parts.h>
#include <ouro/objects/model/foreign_code.h>
#include <ouro/objects/text/str.h>

#include <fmt/format.h>

namespace ouro {

namespace {

using Phase = Generator::Phase;

/// Law generator-ended.
void finish(Generator& generator) noexcept {
  generator.phase = Phase::kFinished;
  if (generator.behaviour->clear != nullptr) generator.behaviour->clear(generator.state());
}

/// StopIteration must not leave the code of a generator, where it would look like its end.
Ref<> fail_with_stop(Generator& generator) {
  Builtins& builtins = builtins_of(generator);
  const Failure failure = builtins.heap.failures.take();
  const Ref<BaseException> stop = exception_of(builtins, failure);
  const Ref<BaseException> raised = make_exception(builtins, ErrorKind::kRuntimeError, "generator raised StopIteration");
  raised->set_cause(stop.get());
  raised->set_context(stop.get());
  return fail(*raised);
}

/// Runs the code up to where it yields, returns or fails. Whatever it throws is a failure.
Ref<> run(Generator& generator, Resumption& how) {
  Heap& heap = heap_of(generator);
  const FailureMark mark(heap.failures);
  return detail::fail_if_thrown(heap, [&] {
    detail::enter_foreign_code(heap);
    Ref<> item = generator.behaviour->resume(generator.state(), how);
    // Code that does not look at an error lets it pass.
    return how.unseen() == nullptr || mark.failed() ? item : fail_caught(heap, *how.unseen());
  });
}

/// StopIteration(value), as a failure.
Ref<> fail_with_value(Object& value) {
  Object* const only = &value;
  return fail(*make_exception(builtins_of(value).type(ErrorKind::kStopIteration), {&only, 1}));
}

/// Goes on. The result is empty if it fails or ends.
Ref<> go_on(Generator& generator, Resumption& how) {
  const Ref<Generator> held = share(generator);
  const RecursionGuard guard(builtins_of(generator), " while calling a Python object");
  const FailureMark mark(heap_of(generator).failures);
  generator.phase = Phase::kRunning;
  if (Ref<> item = run(generator, how)) {
    generator.phase = Phase::kSuspended;
    return item;
  }
  finish(generator);
  if (mark.failed(ErrorKind::kStopIteration)) return fail_with_stop(generator);
  if (mark.failed() || !how.result() || is_none(*how.result())) return {};
  return fail_with_value(*how.result());
}

void expect_not_running(const Generator& generator) {
  if (generator.is_running()) raise(ErrorKind::kValueError, "generator already executing");
}

/// Raises the exception where the generator stands. It ends there if its code does not see errors, or has not begun.
Ref<> throw_or_fail(Generator& generator, BaseException& exception) {
  expect_not_running(generator);
  const Ref<> held[] = {share(generator), share(exception)};
  if (generator.phase == Phase::kFinished) return fail(exception);
  if (generator.phase == Phase::kCreated || !generator.behaviour->sees_errors) {
    finish(generator);
    static_cast<void>(fail(exception));
    return heap_of(generator).failures.newest().is(ErrorKind::kStopIteration) ? fail_with_stop(generator) : Ref<>();
  }
  const Error error = error_of(exception);
  Resumption how(builtins_of(generator).none(), &error);
  return go_on(generator, how);
}

/// The failure, thrown; the end is an empty handle.
Ref<> or_throw(Heap& heap, const FailureMark& mark, Ref<> item) {
  if (mark.failed(ErrorKind::kStopIteration)) {
    mark.forget();
  } else if (mark.failed()) {
    raise_failure(heap);
  }
  return item;
}

}  // namespace

Ref<> detail::resume_or_fail(Generator& generator, Object& sent) {
  expect_not_running(generator);
  if (generator.phase == Phase::kFinished) return {};
  if (generator.phase == Phase::kCreated && !is_none(sent))
    raise(ErrorKind::kTypeError, "can't send non-None value to a just-started generator");
  const Ref<> held = share(sent);
  Resumption how(sent, nullptr);
  return go_on(generator, how);
}

Ref<> detail::send_or_fail(Generator& generator, Object& sent) {
  const Ref<Generator> held = share(generator);
  const FailureMark mark(heap_of(generator).failures);
  Ref<> item = resume_or_fail(generator, sent);
  return item || mark.failed() ? item : fail(generator, ErrorKind::kStopIteration);
}

Ref<> detail::throw_into_or_fail(Generator& generator, BaseException& exception) {
  const Ref<Generator> held = share(generator);
  const FailureMark mark(heap_of(generator).failures);
  Ref<> item = throw_or_fail(generator, exception);
  return item || mark.failed() ? item : fail(generator, ErrorKind::kStopIteration);
}

void detail::refuse_to_throw(const Object& given) {
  raise(ErrorKind::kTypeError,
        fmt::format("exceptions must be classes or instances deriving from BaseException, not {}", given.type->name));
}

Ref<> Generator::send(Object& value) {
  Heap& heap = heap_of(*this);
  const FailureMark mark(heap.failures);
  return or_throw(heap, mark, detail::resume_or_fail(*this, value));
}

Ref<> Generator::throw_into(Object& exception) {
  const Ref<> held[] = {share(*this), share(exception)};
  Heap& heap = heap_of(*this);
  const bool is_type = is_exception_type(exception);
  if (!is_type && !is<BaseException>(exception)) detail::refuse_to_throw(exception);
  const Ref<BaseException> thrown =
      is_type ? make_exception(static_cast<Type&>(exception)) : share(static_cast<BaseException&>(exception));
  const FailureMark mark(heap.failures);
  return or_throw(heap, mark, throw_or_fail(*this, *thrown));
}

void Generator::close() {
  expect_not_running(*this);
  const Ref<> held = share(*this);
  if (phase != Phase::kSuspended || !behaviour->sees_errors) return finish(*this);
  Heap& heap = heap_of(*this);
  const FailureMark mark(heap.failures);
  const Error error(ErrorKind::kGeneratorExit, "");
  Resumption how(builtins_of(*this).none(), &error);
  if (go_on(*this, how)) raise(ErrorKind::kRuntimeError, "generator ignored GeneratorExit");
  if (mark.failed(ErrorKind::kGeneratorExit) || mark.failed(ErrorKind::kStopIteration)) {
    mark.forget();
  } else if (mark.failed()) {
    raise_failure(heap);
  }
}

}  // namespace ouro
