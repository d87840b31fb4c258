// The stack of failures, and how a failure becomes an Error.
#include <ouro/objects/model/failure.h>
#include <ouro/objects/model/heap.h>

#include <new>

#include <cxxabi.h>

namespace ouro {

Error Failure::error() const noexcept {
  if (made_) return *made_;
  if (explain_ == nullptr) return {*type_, text_};
  try {
    return explain_(*this);
  } catch (const Error& error) {
    return error;
  } catch (...) {
    return Error::out_of_memory();
  }
}

void Failures::add(Failure failure) {
  try {
    notes_.push_back(std::move(failure));
  } catch (const std::bad_alloc&) {
    raise_out_of_memory();
  }
  ++count_;
}

// It leaves the stack before its objects are dropped: what they run may fail in turn.
Failure Failures::take() noexcept {
  OURO_ASSERT(count_ > 0, "failure-taken");
  Failure newest = std::move(notes_.back());
  notes_.pop_back();
  --count_;
  return newest;
}

Ref<> fail(Heap& heap, Failure failure) {
  if (abi::__cxa_current_exception_type() != nullptr) {
    const Error error = failure.error();
    failure = Failure(error.object() != nullptr ? error : Error(error.type(), error.message(), Error::WithContext{}));
  }
  heap.failures.add(std::move(failure));
  return {};
}

Ref<> fail(const Object& object, ErrorKind kind, LiteralText text) {
  return fail(heap_of(object), Failure(error_type(kind), text));
}

Ref<> fail_caught(Heap& heap, const Error& error) {
  heap.failures.add(Failure(error));
  return {};
}
Ref<> fail_handled(Heap& heap) { return fail_caught(heap, heap.handled_error(heap)); }

namespace {

Error newest_error(Heap& heap) noexcept {
  if (heap.failures.count() == 0) return {ErrorKind::kSystemError, "error return without exception set"};
  return heap.failures.take().error();
}

}  // namespace

// Nothing is left here that unwinding would have to end: that alone would cost as much as a throw.
void raise_failure(Heap& heap) { throw newest_error(heap); }

}  // namespace ouro
