// Failing without a C++ exception.
//
// What is expected to fail (a missing key, the end of an iterator) must not cost a throw. So a slot or a native function
// that returns a handle may *fail* in place of throwing: the error is noted with the heap, for the thread that holds the
// lock, and an empty handle is returned. Neither text nor object is made for the error until somebody asks.
//
//   Ref<> item_slot(Object& self, std::int64_t index) {
//     if (index >= size) return fail(self, ErrorKind::kIndexError, "index out of range");
//
//   const FailureMark mark(heap.failures);
//   Ref<> item = slot(object);                                  an empty handle may mean something else: "exhausted"
//   if (!item && mark.failed()) return {};                      fails, too
//   if (mark.failed()) raise_failure(heap);                     throws it
//   if (mark.failed()) Failure failure = heap.failures.take();  handles it
//
// objects/core/attempt.h has what a program uses.
//
// Laws
//   failure-taken: whoever gets an empty handle that may be a failure takes the failure, throws it or fails too, before
//     anything else.
//   failure-nested: what destructors run on the way out may fail in turn, and has taken its failures when it returns. So
//     they stand in a stack, and who asks whether a call failed counted them before it.
#pragma once

#include <ouro/base/assert.h>
#include <ouro/base/error.h>
#include <ouro/objects/model/ref.h>

#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

namespace ouro {

class Heap;

/// A text that lives as long as the program: a literal.
class LiteralText {
 public:
  consteval LiteralText(const char* text) noexcept : text_(text) {}  // NOLINT: a literal is one
  [[nodiscard]] constexpr const char* get() const noexcept { return text_; }

 private:
  const char* text_;
};

class Failures;

/// An error that was not thrown. Needs the lock as long as it holds an object. Small, and moved without a call: an error
/// that passes many calls is moved twice in each.
class [[nodiscard]] Failure {
 public:
  /// Makes the Error of a failure whose text was put off. May run foreign code; what it throws is the error.
  using Explain = Error (*)(const Failure& failure);

  Failure(const ErrorType& type, LiteralText text) noexcept : type_(&type), told_(text.get()) {}
  /// `how` will be given the failure, with the up to two objects that it is about.
  Failure(const ErrorType& type, Explain how, Ref<> subject, Ref<> name = {}) noexcept
      : type_(&type), explain_(how), subject_(std::move(subject)), name_(std::move(name)) {}
  /// The MemoryError if there is no memory for a copy.
  explicit Failure(const Error& error) noexcept;
  /// Takes the newest, which there must be.
  explicit Failure(Failures& failures) noexcept;

  Failure(const Failure& other) noexcept;
  Failure(Failure&& other) noexcept
      : type_(other.type_),
        explain_(std::exchange(other.explain_, nullptr)),
        told_(other.told_),
        subject_(std::move(other.subject_)),
        name_(std::move(other.name_)) {}
  Failure& operator=(Failure other) noexcept {
    std::swap(type_, other.type_);
    std::swap(explain_, other.explain_);
    std::swap(told_, other.told_);
    subject_.swap(other.subject_);
    name_.swap(other.name_);
    return *this;
  }
  ~Failure() {
    if (explain_ == explain_made) [[unlikely]]
      delete made();
  }

  /// The type of the error, or the nearest that is known without its object.
  [[nodiscard]] const ErrorType& type() const noexcept { return *type_; }
  [[nodiscard]] ErrorKind kind() const noexcept { return type_->kind; }
  /// `except base:` would catch it. Classes made at run time are asked by `failure_matches` (objects/errors/raise.h).
  [[nodiscard]] bool is(const ErrorType& base) const noexcept { return derives_from(*type_, base); }
  [[nodiscard]] bool is(ErrorKind base) const noexcept { return is(error_type(base)); }
  /// The Error that it would have been. What making its text runs into is the error instead.
  [[nodiscard]] Error error() const noexcept;

  /// The Error, if it was one before it was noted as a failure.
  [[nodiscard]] const Error* made() const noexcept {
    return explain_ == explain_made ? static_cast<const Error*>(told_) : nullptr;
  }
  [[nodiscard]] Explain explain() const noexcept { return explain_; }
  [[nodiscard]] Object* subject() const noexcept { return subject_.get(); }
  [[nodiscard]] Object* name() const noexcept { return name_.get(); }

 private:
  [[nodiscard]] static Error explain_made(const Failure& failure);

  const ErrorType* type_;
  Explain explain_ = nullptr;   ///< null: it has a literal as its text
  const void* told_ = nullptr;  ///< that text; the Error, owned, if `explain_made` is how
  Ref<> subject_, name_;
};

/// The failures of the thread that holds the lock that nobody has taken yet, the newest last.
class Failures {
 public:
  [[nodiscard]] std::uint32_t count() const noexcept { return count_; }
  /// Notes one, made of `parts`. Throws MemoryError.
  template <class... A>
  void add(A&&... parts) {
    if (notes_.size() == notes_.capacity()) [[unlikely]]
      grow();
    notes_.emplace_back(std::forward<A>(parts)...);
    ++count_;
  }
  /// The newest. Requires that there is one.
  [[nodiscard]] Failure take() noexcept { return Failure(*this); }
  [[nodiscard]] const Failure& newest() const noexcept { return notes_.back(); }

 private:
  friend class Failure;
  void grow();
  [[nodiscard]] Failure& last() noexcept {
    OURO_ASSERT(count_ > 0, "failure-taken");
    return notes_.back();
  }

  std::vector<Failure> notes_;
  std::uint32_t count_ = 0;  ///< of the notes; beside them, for it is read at every call
};

// It leaves the stack before its objects are dropped: what they run may fail in turn.
inline Failure::Failure(Failures& failures) noexcept : Failure(std::move(failures.last())) {
  failures.notes_.pop_back();
  --failures.count_;
}

/// Says whether what was called since failed.
class FailureMark {
 public:
  explicit FailureMark(Failures& failures) noexcept : failures_(failures), before_(failures.count()) {}
  [[nodiscard]] bool failed() const noexcept { return failures_.count() > before_; }
  /// The same, with an error of this kind.
  [[nodiscard]] bool failed(ErrorKind kind) const noexcept { return failed() && failures_.newest().is(kind); }
  /// Drops what failed since.
  void forget() const noexcept {
    while (failed()) static_cast<void>(failures_.take());
  }

 private:
  Failures& failures_;
  std::uint32_t before_;
};

/// Notes the failure; returns an empty handle, which is to be returned. Where a C++ exception is being handled it becomes
/// the context, as with `raise`. Throws MemoryError.
Ref<> fail(Heap& heap, Failure failure);
Ref<> fail(const Object& object, ErrorKind kind, LiteralText text = "");
/// Fails anew with what was taken before, which has its context already. Throws MemoryError.
Ref<> pass_on(Heap& heap, Failure&& failure);
/// The same for the C++ exception that is being handled, which is what failed. Throws MemoryError.
Ref<> fail_handled(Heap& heap);
/// The same for an Error that was caught.
Ref<> fail_caught(Heap& heap, const Error& error);

/// Throws the newest failure. SystemError if there is none: then somebody returned an empty handle who may not.
[[noreturn, gnu::cold]] void raise_failure(Heap& heap);

namespace detail {
/// What that throws.
[[nodiscard, gnu::cold]] Error newest_error(Heap& heap) noexcept;
}  // namespace detail

/// Does what may fail, for callers that want a C++ exception. No handle is alive then that unwinding would have to end,
/// which costs as much as a throw. It is thrown here: each function that is unwound costs a tenth of a throw.
template <class F>
[[nodiscard]] Ref<> raise_if_failed(Heap& heap, F&& operation) {
  Object* const result = operation().release();
  if (result == nullptr) [[unlikely]]
    throw detail::newest_error(heap);
  return Ref<>::adopt(result);
}

}  // namespace ouro
