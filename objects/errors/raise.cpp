// Errors as objects, and objects as errors.
#include <ouro/objects/containers/tuple.h>
#include <ouro/objects/core/detail/or_fail.h>
#include <ouro/objects/core/protocol.h>
#include <ouro/objects/errors/detail/exception_parts.h>
#include <ouro/objects/errors/raise.h>
#include <ouro/objects/errors/translate.h>
#include <ouro/objects/functions/detail/signature.h>
#include <ouro/objects/text/str.h>

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <memory>
#include <new>

namespace ouro {

namespace {

using detail::KeptException;

/// Carried where there is no runtime, only a heap: it must be dropped under the lock.
class RefException final : public KeptException {
 public:
  explicit RefException(Ref<> object) : KeptException(*object), object_(std::move(object)) {}
  [[nodiscard]] Ref<> get() const noexcept override { return object_; }
  [[nodiscard]] bool may_ask() const noexcept override { return heap_of(*object_).gil().held_by_this_thread(); }

 private:
  Ref<> object_;
};

/// Throws std::bad_alloc, MemoryError.
Owned<ErrorObject> keep(BaseException& exception) {
  const Builtins& builtins = builtins_of(exception);
  if (builtins.keep_for_error != nullptr) return builtins.keep_for_error(builtins.keep_context, share(exception));
  return make_owned<RefException>(share<Object>(exception));
}

/// What the error carries, if it is an object of this runtime.
Ref<BaseException> carried_by(const Error& error, const Heap& heap) noexcept {
  const auto* const kept = static_cast<const KeptException*>(error.object());
  return kept != nullptr && kept->heap() == &heap ? static_ref_cast<BaseException>(kept->get()) : Ref<BaseException>();
}

// ---- Making the object of an error ----

/// A text that may come from anywhere: what is no UTF-8 is shown as "\xff".
Ref<Str> any_text(Builtins& builtins, std::string_view text) {
  try {
    return make_str(builtins, text);
  } catch (const Error& error) {
    if (!error.is(ErrorKind::kUnicodeDecodeError)) throw;
  }
  std::string escaped;
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    byte < 0x80 ? escaped.push_back(c) : static_cast<void>(escaped += fmt::format("\\x{:02x}", byte));
  }
  return make_str(builtins, escaped);
}

/// The key that is missing, if its repr tells; empty if not.
Ref<> key_of(Builtins& builtins, std::string_view message) {
  Ref<> key = detail::literal_of(builtins, message);
  return key && text(*repr(*key)) == message ? key : Ref<>();
}

/// Members that a constructor would have filled from its arguments.
void fill_members(BaseException& made, const ErrorType& error, Object& message) {
  for (const ErrorKind kind : {ErrorKind::kStopIteration, ErrorKind::kSystemExit, ErrorKind::kImportError,
                               ErrorKind::kSyntaxError, ErrorKind::kBaseExceptionGroup})
    if (derives_from(error, error_type(kind))) detail::set_member(made, 0, &message);
  if (derives_from(error, error_type(ErrorKind::kBaseExceptionGroup)))
    detail::set_member(made, 1, &builtins_of(made).empty_tuple());
}

Ref<BaseException> make_from_text(Builtins& builtins, const ErrorType& error, std::string_view message) {
  Type& type = builtins.type(error);
  if (message.empty()) return detail::make_bare_exception(type, share(builtins.empty_tuple()));
  Ref<> argument = error.kind == ErrorKind::kKeyError ? key_of(builtins, message) : Ref<>();
  const bool is_key = static_cast<bool>(argument);
  if (!is_key) argument = any_text(builtins, message);
  Ref<BaseException> made = detail::make_bare_exception(type, make_tuple(builtins, {argument.get()}));
  if (!is_key) made->flags |= BaseException::kTextFlag;
  fill_members(*made, error, *argument);
  return made;
}

/// The object of the exception that was being handled when the error was raised. A chain too long to be made ends early.
Ref<BaseException> context_of(Builtins& builtins, const std::exception_ptr& handled) {
  try {
    const RecursionGuard guard(builtins, " while making the context of an exception");
    std::rethrow_exception(handled);
  } catch (const Error& error) {
    return error.is(ErrorKind::kRecursionError) && !error.context() && error.object() == nullptr
               ? Ref<BaseException>()
               : exception_of(builtins, error);
  } catch (...) {
    return exception_of(builtins, detail::handled_error(&builtins));
  }
}

/// Takes the exception out of the chain that begins with `handled`, so that setting it as context makes no ring
/// (CPython: _PyErr_SetObject).
void take_out_of_chain(const BaseException& exception, BaseException& handled) noexcept {
  const auto next = [](const BaseException* of) { return static_cast<BaseException*>(of->context); };
  BaseException* slow = &handled;
  bool moves = false;
  for (BaseException* step = &handled; next(step) != nullptr; moves = !moves) {
    if (next(step) == &exception) return step->set_context(nullptr);
    step = next(step);
    if (step == slow) return;
    if (moves) slow = next(slow);
  }
}

void set_handled_context(BaseException& exception) {
  const std::exception_ptr handled = std::current_exception();
  if (handled == nullptr) return;
  const Ref<BaseException> context = context_of(builtins_of(exception), handled);
  if (!context || context.get() == &exception) return;
  take_out_of_chain(exception, *context);
  exception.set_context(context.get());
}

// ---- Raising ----

/// An exception as it is, a type of errors called. Empty for anything else.
Ref<BaseException> exception_from(Object& given) {
  if (is<BaseException>(given)) return share(static_cast<BaseException&>(given));
  return is_exception_type(given) ? make_exception(static_cast<Type&>(given)) : Ref<BaseException>();
}

Ref<BaseException> raisable(Object& given) {
  Ref<BaseException> exception = exception_from(given);
  if (!exception) raise(ErrorKind::kTypeError, "exceptions must derive from BaseException");
  return exception;
}

[[noreturn]] void raise_made(BaseException& exception) {
  set_handled_context(exception);
  throw error_of(exception);
}

}  // namespace

Error error_of(BaseException& exception) noexcept {
  try {
    return {nearest_error_type(*exception.type), keep(exception)};
  } catch (...) {
    return Error::out_of_memory();
  }
}

void raise(Object& given) {
  const Ref<> held = share(given);
  raise_made(*raisable(given));
}

void raise(Object& given, Object& cause) {
  const Ref<> held[] = {share(given), share(cause)};
  const Ref<BaseException> exception = raisable(given);
  const Ref<BaseException> from = is_none(cause) ? Ref<BaseException>() : exception_from(cause);
  if (!from && !is_none(cause)) raise(ErrorKind::kTypeError, "exception causes must derive from BaseException");
  exception->set_cause(from.get());
  raise_made(*exception);
}

void raise(Object& given, const Error& cause) {
  const Ref<> held = share(given);
  const Ref<BaseException> exception = raisable(given);
  exception->set_cause(exception_of(builtins_of(given), cause).get());
  raise_made(*exception);
}

Ref<BaseException> exception_of(Builtins& builtins, const Error& error) {
  if (Ref<BaseException> carried = carried_by(error, builtins.heap)) return carried;
  const bool is_of_another = error.object() != nullptr;
  Ref<BaseException> made = make_from_text(builtins, error.type(), error.message());
  if (const std::exception_ptr handled = error.context()) made->set_context(context_of(builtins, handled).get());
  if (is_of_another) return made;
  try {
    error.carry(keep(*made));
  } catch (const std::bad_alloc&) {
    raise_out_of_memory();
  }
  const Ref<BaseException> first = carried_by(error, builtins.heap);
  return first ? first : made;
}

// ---- Without a C++ exception ----

namespace {

Error explain_exception(const Failure& failure) { return error_of(static_cast<BaseException&>(*failure.subject())); }

/// The object that failed, or null.
BaseException* exception_in(const Failure& failure) noexcept {
  return failure.explain() == explain_exception ? static_cast<BaseException*>(failure.subject()) : nullptr;
}

}  // namespace

Ref<> fail(BaseException& exception) {
  set_handled_context(exception);
  Heap& heap = heap_of(exception);
  heap.failures.add(Failure(nearest_error_type(*exception.type), explain_exception, share<Object>(exception)));
  return {};
}

Ref<BaseException> exception_of(Builtins& builtins, const Failure& failure) {
  if (BaseException* const exception = exception_in(failure)) return share(*exception);
  if (failure.explain() != detail::explain_missing_key) return exception_of(builtins, failure.error());
  Object* const key = failure.subject();
  return make_exception(builtins.type(ErrorKind::kKeyError), {&key, 1});
}

bool failure_matches(const Failure& failure, const Object& type) noexcept {
  if (const auto* const types = as<Tuple>(type))
    return std::ranges::any_of(types->view(), [&](const Object* each) { return failure_matches(failure, *each); });
  if (!is_exception_type(type)) return false;
  const auto& wanted = static_cast<const Type&>(type);
  if (const BaseException* const exception = exception_in(failure)) return is_instance(*exception, wanted);
  const ErrorType* const known = error_type_of(wanted);
  return failure.made() ? error_matches(*failure.made(), type) : known != nullptr && failure.is(*known);
}

bool error_matches(const Error& error, const Object& type) noexcept {
  if (const auto* const types = as<Tuple>(type)) {
    for (const Object* const each : types->view())
      if (error_matches(error, *each)) return true;
    return false;
  }
  if (!is_exception_type(type)) return false;
  const auto& wanted = static_cast<const Type&>(type);
  if (const Ref<BaseException> carried = carried_by(error, *wanted.heap)) return is_instance(*carried, wanted);
  const ErrorType* const known = error_type_of(wanted);
  return known != nullptr && error.is(*known);
}

detail::KeptException::KeptException(const Object& exception) : heap_(exception.type->heap), name_(exception.type->name) {}

bool detail::KeptException::read_message(std::string& message) const noexcept {
  if (!may_ask()) return false;
  const Ref<> object = get();
  if (!object) return false;
  try {
    message = text(*str(*object));
  } catch (const Error& error) {
    static_cast<void>(heap_of(*object).keep_request(error));
    message = "<exception str() failed>";
  } catch (...) {
    return false;
  }
  return true;
}

}  // namespace ouro
