// The stack of failures, and how a failure becomes an Error.
#include <ouro/objects/model/failure.h>
#include <ouro/objects/model/heap.h>

#include <algorithm>
#include <cstddef>
#include <new>
#include <utility>

#include <cxxabi.h>

namespace ouro {

Failure::Failure(const Error& error) noexcept
    : type_(&error.type()), explain_(explain_made), told_(new (std::nothrow) Error(error)) {
  if (told_ == nullptr) *this = Failure(error_type(ErrorKind::kMemoryError), "");
}

Error Failure::explain_made(const Failure& failure) { return *failure.made(); }

Failure::Failure(const Failure& other) noexcept
    : type_(other.type_), explain_(other.explain_), told_(other.told_), subject_(other.subject_), name_(other.name_) {
  if (const Error* const error = other.made()) {
    explain_ = nullptr;
    *this = Failure(*error);
  }
}

Error Failure::error() const noexcept {
  if (explain_ == nullptr) return {*type_, static_cast<const char*>(told_)};
  try {
    return explain_(*this);
  } catch (const Error& error) {
    return error;
  } catch (...) {
    return Error::out_of_memory();
  }
}

void Failures::grow() {
  constexpr std::size_t kAtFirst = 8;
  try {
    notes_.reserve(std::max(kAtFirst, 2 * notes_.capacity()));
  } catch (const std::bad_alloc&) {
    raise_out_of_memory();
  }
}

namespace {

bool is_handling() noexcept { return abi::__cxa_current_exception_type() != nullptr; }

}  // namespace

Ref<> fail(Heap& heap, Failure failure) {
  if (is_handling()) [[unlikely]] {
    const Error error = failure.error();
    failure = Failure(error.object() != nullptr ? error : Error(error.type(), error.message(), Error::WithContext{}));
  }
  heap.failures.add(std::move(failure));
  return {};
}

Ref<> fail(const Object& object, ErrorKind kind, LiteralText text) {
  Heap& heap = heap_of(object);
  if (is_handling()) [[unlikely]]
    return fail(heap, Failure(error_type(kind), text));
  heap.failures.add(error_type(kind), text);
  return {};
}

Ref<> pass_on(Heap& heap, Failure&& failure) {
  heap.failures.add(std::move(failure));
  return {};
}

Ref<> fail_caught(Heap& heap, const Error& error) {
  heap.failures.add(error);
  return {};
}
Ref<> fail_handled(Heap& heap) { return fail_caught(heap, heap.handled_error(heap)); }

Error detail::newest_error(Heap& heap) noexcept {
  if (heap.failures.count() == 0) return {ErrorKind::kSystemError, "error return without exception set"};
  return heap.failures.take().error();
}

// Nothing is left here that unwinding would have to end: that alone would cost as much as a throw.
void raise_failure(Heap& heap) { throw detail::newest_error(heap); }

}  // namespace ouro
