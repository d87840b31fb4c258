// From C++ exceptions to errors and back.
#include <ouro/objects/containers/tuple.h>
#include <ouro/objects/core/protocol.h>
#include <ouro/objects/errors/detail/exception_parts.h>
#include <ouro/objects/errors/os_error.h>
#include <ouro/objects/errors/raise.h>
#include <ouro/objects/errors/translate.h>
#include <ouro/objects/numbers/int.h>
#include <ouro/objects/text/str.h>

#include <fmt/format.h>

#include <filesystem>
#include <new>
#include <stdexcept>
#include <system_error>

namespace ouro {

namespace {

// ---- std::system_error ----

bool has_errno(const std::error_code& code) noexcept {
  return code.category() == std::generic_category() || code.category() == std::system_category();
}

/// "[Errno 2] No such file or directory: 'a' -> 'b'", where no object is made.
Error os_error_without_object(const std::error_code& code, const std::filesystem::filesystem_error* paths) {
  std::string message = fmt::format("[Errno {}] {}", code.value(), code.message());
  if (paths != nullptr && !paths->path1().empty()) message += fmt::format(": '{}'", paths->path1().string());
  if (paths != nullptr && !paths->path2().empty()) message += fmt::format(" -> '{}'", paths->path2().string());
  return {error_kind_of_errno(code.value()), message};
}

/// `OSError(errno, strerror[, filename, None, filename2])`.
Error os_error(Builtins* builtins, const std::error_code& code, const std::filesystem::filesystem_error* paths) {
  if (builtins == nullptr) return os_error_without_object(code, paths);
  const Ref<Int> number = make_int(*builtins, code.value());
  const Ref<Str> reason = make_str(*builtins, code.message());
  const auto path = [&](const std::filesystem::path& given) {
    return given.empty() ? make_none(*builtins) : Ref<>(make_str(*builtins, given.string()));
  };
  const Ref<> first = paths != nullptr ? path(paths->path1()) : make_none(*builtins);
  const Ref<> second = paths != nullptr ? path(paths->path2()) : make_none(*builtins);
  Object* const given[] = {number.get(), reason.get(), first.get(), &builtins->none(), second.get()};
  return error_of(*make_exception(builtins->type(ErrorKind::kOSError), given));
}

// ---- The exception that is being handled ----

/// The standard ones.
Error standard_error(Builtins* builtins) {
  try {
    throw;
  } catch (const Error& error) {
    return error;
  } catch (const std::bad_alloc&) {
    return Error::out_of_memory();
  } catch (const std::filesystem::filesystem_error& error) {
    return has_errno(error.code()) ? os_error(builtins, error.code(), &error) : Error(ErrorKind::kOSError, error.what());
  } catch (const std::system_error& error) {
    return has_errno(error.code()) ? os_error(builtins, error.code(), nullptr) : Error(ErrorKind::kOSError, error.what());
  } catch (const std::out_of_range& error) {
    return {ErrorKind::kIndexError, error.what()};
  } catch (const std::overflow_error& error) {
    return {ErrorKind::kOverflowError, error.what()};
  } catch (const std::range_error& error) {
    return {ErrorKind::kValueError, error.what()};
  } catch (const std::invalid_argument& error) {
    return {ErrorKind::kValueError, error.what()};
  } catch (const std::domain_error& error) {
    return {ErrorKind::kValueError, error.what()};
  } catch (const std::length_error& error) {
    return {ErrorKind::kValueError, error.what()};
  } catch (const std::exception& error) {
    return {ErrorKind::kRuntimeError, error.what()};
  } catch (...) {
    return {ErrorKind::kSystemError, "unknown C++ exception"};
  }
}

bool is_handling_error() noexcept {
  try {
    throw;
  } catch (const Error&) {
    return true;
  } catch (...) {
    return false;
  }
}

// ---- Back ----

/// The errno of an OSError's object, or 0.
int errno_of(Builtins& builtins, const Error& error) {
  const Ref<BaseException> exception = exception_of(builtins, error);
  const Object* const number = exception->members[0];
  return number != nullptr && is<Int>(*number) ? static_cast<int>(static_cast<const Int&>(*number).value) : 0;
}

}  // namespace

void Translations::add(Entry entry) {
  try {
    entries_.push_back(std::move(entry));
  } catch (const std::bad_alloc&) {
    raise_out_of_memory();
  }
}

std::optional<Error> Translations::to_error() const {
  for (std::size_t i = entries_.size(); i-- > 0;)
    if (std::optional<Error> error = entries_[i].to_error(entries_[i].type.get())) return error;
  return std::nullopt;
}

void Translations::throw_cpp(const Error& error) const {
  for (std::size_t i = entries_.size(); i-- > 0;)
    if (entries_[i].throw_cpp && error_matches(error, entries_[i].type)) entries_[i].throw_cpp(error);
}

void throw_cpp(Builtins& builtins, const Error& error) {
  if (builtins.translations != nullptr) builtins.translations->throw_cpp(error);
  const std::string message(error.message());
  if (error.is(ErrorKind::kMemoryError)) throw std::bad_alloc();
  if (error.is(ErrorKind::kIndexError)) throw std::out_of_range(message);
  if (error.is(ErrorKind::kOverflowError)) throw std::overflow_error(message);
  if (error.is(ErrorKind::kValueError)) throw std::invalid_argument(message);
  if (error.is(ErrorKind::kOSError))
    if (const int number = errno_of(builtins, error); number != 0)
      throw std::system_error(number, std::generic_category(), message);
  throw error;
}

namespace detail {

Error handled_error(Builtins* builtins) noexcept {
  try {
    if (builtins != nullptr && builtins->translations != nullptr && !is_handling_error())
      if (std::optional<Error> error = builtins->translations->to_error()) return *std::move(error);
    return standard_error(builtins);
  } catch (const Error& error) {  // what a translation throws, or a lack of memory
    return error;
  } catch (const std::bad_alloc&) {
    return Error::out_of_memory();
  } catch (...) {
    return standard_error(nullptr);
  }
}

Error error_with_text(Object& type, std::string_view text) {
  Builtins& builtins = builtins_of(type);
  const ErrorType* const known = error_type_of(static_cast<Type&>(type));
  if (known != nullptr) return {*known, text};
  const Ref<Str> message = make_str(builtins, text);
  Object* const given[] = {message.get()};
  return error_of(*make_exception(static_cast<Type&>(type), given));
}

void add_translation(Builtins& builtins, Translations::Entry entry) {
  if (entry.type && !is_exception_type(*entry.type))
    raise(ErrorKind::kTypeError, "exceptions must derive from BaseException");
  if (builtins.translations == nullptr) {
    builtins.translations.reset(new (std::nothrow) Translations);
    if (builtins.translations == nullptr) raise_out_of_memory();
  }
  builtins.translations->add(std::move(entry));
}

}  // namespace detail

}  // namespace ouro
