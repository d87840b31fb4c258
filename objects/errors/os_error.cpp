// OSError: the system's number says which type of errors it is (CPython: Objects/exceptions.c).
#include <ouro/base/error.h>
#include <ouro/objects/containers/tuple.h>
#include <ouro/objects/core/detail/has_index.h>
#include <ouro/objects/core/protocol.h>
#include <ouro/objects/errors/detail/exception_parts.h>
#include <ouro/objects/errors/os_error.h>
#include <ouro/objects/numbers/int.h>
#include <ouro/objects/text/str.h>

#include <fmt/format.h>

#include <array>
#include <cerrno>
#include <utility>

namespace ouro {

namespace {

using detail::exception_of;
using detail::set_member;

enum Member : std::size_t { kErrno, kStrerror, kFilename, kFilename2, kCharactersWritten, kMembers };

bool is_int(const Object& object) noexcept { return is<Int>(object) || kind_of(object) == Kind::kBool; }

void initialise_os_error(Object& object, const Arguments& arguments);

/// True if a class initialises its objects itself: then its `__init__` hands on what is to be kept (CPython:
/// oserror_use_init).
bool is_initialised_by_class(const Type& type) noexcept { return type.slots->initialise != initialise_os_error; }

/// The type that `OSError(errno, ...)` makes an object of: a class says so itself.
Type& type_for(Type& type, std::span<Object* const> args) noexcept {
  const Builtins& builtins = *type.heap->builtins;
  if (&type != &builtins.type(ErrorKind::kOSError) || args.size() < 2 || args.size() > 5 || !is_int(*args[0])) return type;
  const auto& number = static_cast<const Int&>(*args[0]);
  return number.is_big() ? type : builtins.type(error_kind_of_errno(number.value));
}

/// What a blocking operation wrote before it would have blocked.
void set_written(BaseException& exception, Object& given) {
  const Ref<Int> written = make_int(builtins_of(exception), to_index(given, ErrorKind::kValueError));
  set_member(exception, kCharactersWritten, written.get());
}

/// `(errno, strerror[, filename[, winerror[, filename2]]])`. With a name of a file, only the first two stay in `args`. A
/// BlockingIOError is given a number in the place of the name.
void take_arguments(BaseException& exception, std::span<Object* const> args) {
  if (args.size() < 2 || args.size() > 5) return;
  set_member(exception, kErrno, args[0]);
  set_member(exception, kStrerror, args[1]);
  if (args.size() == 2 || is_none(*args[2])) return;
  if (exception.type == &builtins_of(exception).type(ErrorKind::kBlockingIOError) && detail::has_number(*args[2]))
    return set_written(exception, *args[2]);
  set_member(exception, kFilename, args[2]);
  if (args.size() == 5 && !is_none(*args[4])) set_member(exception, kFilename2, args[4]);
  detail::set_arguments(exception, args.first(2));
}

Ref<> construct_os_error(Type& type, const Arguments& arguments) {
  if (is_initialised_by_class(type)) return detail::construct_exception(type, {});
  detail::expect_no_keywords(type, arguments);
  Type& made_of = type_for(type, arguments.positional);
  const auto made = static_ref_cast<BaseException>(detail::construct_exception(made_of, arguments));
  take_arguments(*made, arguments.positional);
  return made;
}

void initialise_os_error(Object& object, const Arguments& arguments) {
  if (!is_initialised_by_class(*object.type)) return;
  detail::expect_no_keywords(*object.type, arguments);
  detail::set_arguments(exception_of(object), arguments.positional);
  take_arguments(exception_of(object), arguments.positional);
}

Ref<> str_of_os_error(Object& object) {
  const BaseException& exception = exception_of(object);
  Builtins& builtins = builtins_of(object);
  std::array<Ref<>, kMembers> held;
  for (std::size_t i = 0; i < kMembers; ++i) held[i] = Ref<>::share(exception.members[i]);
  if (!held[kFilename] && (!held[kErrno] || !held[kStrerror])) return detail::str_of_arguments(object);
  std::string shown =
      fmt::format("[Errno {}] {}", detail::text_of(held[kErrno].get()), detail::text_of(held[kStrerror].get()));
  if (held[kFilename]) shown += fmt::format(": {}", text(*repr(*held[kFilename])));
  if (held[kFilename] && held[kFilename2]) shown += fmt::format(" -> {}", text(*repr(*held[kFilename2])));
  return make_str(builtins, shown);
}

/// Names of files go back to where the constructor takes them.
Ref<> reduce_os_error(BaseException& exception) {
  Ref<> args = share(*exception.args);
  const auto given = exception.arguments();
  Object* const filename = exception.members[kFilename];
  Object* const filename2 = exception.members[kFilename2];
  Builtins& builtins = builtins_of(exception);
  if (given.size() == 2 && filename != nullptr) {
    args = filename2 == nullptr ? make_tuple(builtins, {given[0], given[1], filename})
                                : make_tuple(builtins, {given[0], given[1], filename, &builtins.none(), filename2});
  }
  return detail::reduce_exception(exception, *args, exception.dict);
}

Ref<> get_characters_written(BaseException& exception) {
  if (exception.members[kCharactersWritten] != nullptr) return share(*exception.members[kCharactersWritten]);
  raise(ErrorKind::kAttributeError, "characters_written");
}

void set_characters_written(BaseException& exception, Object* value) {
  if (value == nullptr) {
    static_cast<void>(get_characters_written(exception));
    return set_member(exception, kCharactersWritten, nullptr);
  }
  set_written(exception, *value);
}

constexpr Attribute kAttributes[] = {
    detail::object_member<kErrno>("errno", "POSIX exception code"),
    detail::object_member<kStrerror>("strerror", "exception strerror"),
    detail::object_member<kFilename>("filename", "exception filename"),
    detail::object_member<kFilename2>("filename2", "second exception filename"),
    property(
        "characters_written", [](BaseException& exception) { return get_characters_written(exception); },
        [](BaseException& exception, Object* value) { set_characters_written(exception, value); }, ""),
    method(
        "__reduce__()", [](BaseException& exception) { return reduce_os_error(exception); }, ""),
};

constexpr std::pair<int, ErrorKind> kErrnoKinds[] = {
    {EAGAIN, ErrorKind::kBlockingIOError},
    {EALREADY, ErrorKind::kBlockingIOError},
    {EINPROGRESS, ErrorKind::kBlockingIOError},
    {EWOULDBLOCK, ErrorKind::kBlockingIOError},
    {EPIPE, ErrorKind::kBrokenPipeError},
    {ESHUTDOWN, ErrorKind::kBrokenPipeError},
    {ECHILD, ErrorKind::kChildProcessError},
    {ECONNABORTED, ErrorKind::kConnectionAbortedError},
    {ECONNREFUSED, ErrorKind::kConnectionRefusedError},
    {ECONNRESET, ErrorKind::kConnectionResetError},
    {EEXIST, ErrorKind::kFileExistsError},
    {ENOENT, ErrorKind::kFileNotFoundError},
    {EISDIR, ErrorKind::kIsADirectoryError},
    {ENOTDIR, ErrorKind::kNotADirectoryError},
    {EINTR, ErrorKind::kInterruptedError},
    {EACCES, ErrorKind::kPermissionError},
    {EPERM, ErrorKind::kPermissionError},
    {ESRCH, ErrorKind::kProcessLookupError},
    {ETIMEDOUT, ErrorKind::kTimeoutError},
};

}  // namespace

ErrorKind error_kind_of_errno(std::int64_t number) noexcept {
  for (const auto& [known, kind] : kErrnoKinds)
    if (known == number) return kind;
  return ErrorKind::kOSError;
}

constinit const TypeSlots detail::kOsErrorSlots = [] {
  TypeSlots made = exception_slots(kMembers);
  made.construct = construct_os_error;
  made.initialise = initialise_os_error;
  made.str = str_of_os_error;
  made.attributes = &kAttributeTable<kAttributes>;
  return made;
}();

}  // namespace ouro
