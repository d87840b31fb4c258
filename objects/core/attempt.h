// Operations whose failure is expected, without C++ exceptions.
//
//   if (Outcome<Ref<>> value = try_get_item(*dict, *key)) use(**value);        a missing key costs no throw
//   else if (value.failure().is(ErrorKind::kKeyError)) ...
//
//   while (Outcome<Ref<>> item = try_next(*iterator)) { if (!*item) break; ... }
//   Outcome<int> number = try_from_object<int>(object);       int size = number.value_or(0);
//   Outcome<Ref<>> result = try_call(function, 1, "a"); Outcome<Ref<>> x = doc["x"].try_get();
//
// Each does what the function of the same name does (protocol.h, convert.h), and gives what that would throw as a Failure:
// for what is expected to fail without throwing inside, for everything else by catching it here. MemoryError is such an
// error, too. Of a native function, `return fail(object, ErrorKind::kStopIteration)` is the way to say so
// (objects/model/failure.h).
#pragma once

#include <ouro/base/assert.h>
#include <ouro/objects/core/builtins.h>
#include <ouro/objects/core/protocol.h>
#include <ouro/objects/model/failure.h>

#include <concepts>
#include <type_traits>
#include <utility>
#include <variant>

namespace ouro {

/// A value, or why there is none.
template <class T>
class [[nodiscard]] Outcome {
 public:
  Outcome(T value) noexcept(std::is_nothrow_move_constructible_v<T>) : held_(std::in_place_index<0>, std::move(value)) {}
  Outcome(Failure failure) noexcept : held_(std::in_place_index<1>, std::move(failure)) {}
  /// Takes the newest failure.
  explicit Outcome(Failures& failures) noexcept : held_(std::in_place_index<1>, failures) {}

  [[nodiscard]] bool failed() const noexcept { return held_.index() != 0; }
  explicit operator bool() const noexcept { return !failed(); }

  /// The value. Requires that there is one (law failure-taken).
  [[nodiscard]] const T& operator*() const noexcept { return *there(); }
  [[nodiscard]] T& operator*() noexcept { return *const_cast<T*>(there()); }
  [[nodiscard]] const T* operator->() const noexcept { return there(); }
  [[nodiscard]] T* operator->() noexcept { return const_cast<T*>(there()); }
  /// The value; throws the error if there is none.
  [[nodiscard]] const T& value() const& {
    expect_value();
    return *there();
  }
  [[nodiscard]] T value() && {
    expect_value();
    return std::move(**this);
  }
  template <class U>
  [[nodiscard]] T value_or(U&& other) const {
    return failed() ? static_cast<T>(std::forward<U>(other)) : *there();
  }

  /// True if there is a value and that is equal to the other.
  template <class U>
  requires(!std::same_as<U, Outcome>) [[nodiscard]] bool operator==(const U& other) const {
    return !failed() && *there() == other;
  }

  /// Requires that it failed.
  [[nodiscard]] const Failure& failure() const& noexcept {
    OURO_ASSERT(failed(), "failure-taken");
    return *std::get_if<1>(&held_);
  }
  [[nodiscard]] Failure& failure() & noexcept {
    OURO_ASSERT(failed(), "failure-taken");
    return *std::get_if<1>(&held_);
  }
  [[nodiscard]] Failure failure() && noexcept {
    OURO_ASSERT(failed(), "failure-taken");
    return std::move(*std::get_if<1>(&held_));
  }

 private:
  [[nodiscard]] const T* there() const noexcept {
    OURO_ASSERT(!failed(), "failure-taken");
    return std::get_if<0>(&held_);
  }
  void expect_value() const {
    if (failed()) throw failure().error();
  }

  std::variant<T, Failure> held_;
};

/// `object[key]`.
Outcome<Ref<>> try_get_item(Object& object, Object& key);
/// `object.name`.
Outcome<Ref<>> try_get_attribute(Object& object, Object& name);
/// `next(iterator)`; an empty handle when it is exhausted.
Outcome<Ref<>> try_next(Object& iterator);
/// `callee(...)`, `object.name(...)`.
Outcome<Ref<>> try_call(Object& callee, const Arguments& arguments);
Outcome<Ref<>> try_call_method(Object& object, Object& name, const Arguments& arguments);

namespace detail {

/// `callee(...)`; an empty handle is a failure.
[[nodiscard]] Ref<> call_or_fail(Object& callee, const Arguments& arguments);

/// Notes the C++ exception that is being handled, in place of what failed since `mark`. Throws MemoryError.
[[gnu::cold]] inline Ref<> fail_thrown(Heap& heap, const FailureMark& mark, const Error& error) {
  mark.forget();
  return fail_caught(heap, error);
}
[[gnu::cold]] inline Ref<> fail_thrown(Heap& heap, const FailureMark& mark) {
  mark.forget();
  return fail_handled(heap);
}

/// What `operation` gives, and nothing where it throws: that is noted as a failure, in place of what failed before it was
/// thrown. Throws MemoryError.
template <class F>
[[nodiscard]] auto fail_if_thrown(Heap& heap, F&& operation) -> decltype(operation()) {
  const FailureMark mark(heap.failures);
  try {
    return operation();
  } catch (const Error& error) {
    static_cast<void>(fail_thrown(heap, mark, error));
  } catch (...) {
    static_cast<void>(fail_thrown(heap, mark));
  }
  return {};
}

/// The Outcome that `operation` gives. A C++ exception is one, too, in place of what failed before it was thrown.
template <class F>
[[nodiscard, gnu::always_inline]] inline auto outcome_of(Heap& heap, F&& operation) -> decltype(operation()) {
  const FailureMark mark(heap.failures);
  try {
    return operation();
  } catch (const Error& error) {
    mark.forget();
    return Failure(error);
  } catch (...) {
    mark.forget();
    return Failure(heap.handled_error(heap));
  }
}

/// Does what may throw or fail, and gives either as an Outcome.
template <class F>
[[nodiscard, gnu::always_inline]] inline auto attempt(Heap& heap, F&& operation) -> Outcome<decltype(operation())> {
  using Result = Outcome<decltype(operation())>;
  const FailureMark mark(heap.failures);
  return outcome_of(heap, [&]() -> Result {
    auto result = operation();
    if (mark.failed()) [[unlikely]]
      return Result(heap.failures);
    return result;
  });
}

}  // namespace detail

}  // namespace ouro
