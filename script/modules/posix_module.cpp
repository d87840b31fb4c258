// The module posix: calls of the system for files and the process. os.py and io.py are written over it.
#include <ouro/objects/bytes/buffer.h>
#include <ouro/objects/bytes/bytes.h>
#include <ouro/objects/containers/tuple.h>
#include <ouro/objects/core/attributes.h>
#include <ouro/objects/core/none.h>
#include <ouro/objects/cpp/convert.h>
#include <ouro/objects/errors/raise.h>
#include <ouro/objects/functions/module_function.h>
#include <ouro/objects/numbers/int.h>
#include <ouro/objects/text/str.h>
#include <ouro/runtime/threads/guards.h>
#include <ouro/script/modules/modules.h>

#include <fmt/format.h>

#include <algorithm>
#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <memory>
#include <string>
#include <vector>

#include <dirent.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

extern char** environ;

namespace ouro::script {

namespace {

constexpr char kModuleName[] = "posix";

/// OSError(number, text, file), as the type that the number stands for.
[[noreturn]] void raise_system_error(Builtins& builtins, Object* file = nullptr) {
  const int number = errno;
  const Ref<> code = make_int(builtins, number);
  const Ref<> text_of_error = make_str(builtins, std::strerror(number));
  Object* const arguments[] = {code.get(), text_of_error.get(), file};
  const Ref<> error =
      call(builtins.type(ErrorKind::kOSError), {{arguments, std::size_t{file != nullptr ? 3U : 2U}}, {}, {}});
  raise(*error);
}

/// The path that an argument names. TypeError, ValueError.
std::string path_of(Object& given, std::string_view function) {
  std::string path;
  if (is<Str>(given)) {
    path = text(static_cast<const Str&>(given));
  } else if (is<Bytes>(given)) {
    path = view(static_cast<const Bytes&>(given));
  } else {
    raise(ErrorKind::kTypeError,
          fmt::format("{}: path should be string, bytes or os.PathLike, not {}", function, given.type->name));
  }
  if (path.find('\0') != std::string::npos) raise(ErrorKind::kValueError, "embedded null byte");
  return path;
}

int number_of(Object& given) { return from_object<int>(given); }

/// Calls the system without the lock, again if a signal came in between.
template <class F>
auto outside(Object& module, F&& system_call) {
  Runtime& rt = interpreter_of(module).runtime();
  decltype(system_call()) result{};
  int error = 0;
  do {
    {
      const GilRelease released(rt);
      errno = 0;
      result = system_call();
      error = errno;
    }
    if (result < 0 && error == EINTR) rt.safepoint();
  } while (result < 0 && error == EINTR);
  errno = error;
  return result;
}

template <class R>
R expect(Object& module, R result, Object* file = nullptr) {
  if (result < 0) raise_system_error(builtins_of(module), file);
  return result;
}

Ref<> open_file(Object& module, Object& file, Object& flags, Object& mode) {
  const std::string path = path_of(file, "open");
  const int wanted = number_of(flags) | O_CLOEXEC;
  const auto rights = static_cast<mode_t>(number_of(mode));
  return make_int(builtins_of(module),
                  expect(module, outside(module, [&] { return ::open(path.c_str(), wanted, rights); }), &file));
}

Ref<> read_file(Object& module, Object& file, Object& most) {
  const int descriptor = number_of(file);
  const std::int64_t wanted = to_index(most, ErrorKind::kOverflowError);
  if (wanted < 0) {
    errno = EINVAL;
    raise_system_error(builtins_of(module));
  }
  std::string buffer(static_cast<std::size_t>(wanted), '\0');
  const auto count = expect(module, outside(module, [&] { return ::read(descriptor, buffer.data(), buffer.size()); }));
  return make_bytes(builtins_of(module), std::string_view(buffer).substr(0, static_cast<std::size_t>(count)));
}

Ref<> write_file(Object& module, Object& file, Object& data) {
  const int descriptor = number_of(file);
  if (!is<Bytes>(data))
    raise(ErrorKind::kTypeError, fmt::format("a bytes-like object is required, not '{}'", data.type->name));
  const Ref<> held = share(data);
  const std::string_view bytes = view(static_cast<const Bytes&>(data));
  return make_int(builtins_of(module),
                  expect(module, outside(module, [&] { return ::write(descriptor, bytes.data(), bytes.size()); })));
}

Ref<> status_of(Object& module, const struct stat& status) {
  const auto seconds = [](const timespec& time) {
    return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_nsec) * 1e-9;
  };
  return to_object(builtins_of(module),
                   std::tuple(static_cast<std::int64_t>(status.st_mode), static_cast<std::int64_t>(status.st_ino),
                              static_cast<std::int64_t>(status.st_dev), static_cast<std::int64_t>(status.st_nlink),
                              static_cast<std::int64_t>(status.st_uid), static_cast<std::int64_t>(status.st_gid),
                              static_cast<std::int64_t>(status.st_size), seconds(status.st_atim), seconds(status.st_mtim),
                              seconds(status.st_ctim)));
}

Ref<> status(Object& module, Object& file, bool follows) {
  struct stat found {};
  if (as_int(file) != nullptr) {
    expect(module, ::fstat(number_of(file), &found));
  } else {
    const std::string path = path_of(file, "stat");
    expect(module, follows ? ::stat(path.c_str(), &found) : ::lstat(path.c_str(), &found), &file);
  }
  return status_of(module, found);
}

Ref<> names_in(Object& module, Object& folder) {
  Builtins& builtins = builtins_of(module);
  const std::string path = path_of(folder, "listdir");
  const std::unique_ptr<DIR, int (*)(DIR*)> open(::opendir(path.c_str()), ::closedir);
  if (open == nullptr) raise_system_error(builtins, &folder);
  const Ref<List> names = make_list(builtins);
  while (const dirent* const entry = ::readdir(open.get())) {
    const std::string_view name = entry->d_name;
    if (name != "." && name != "..") names->append(*make_str(builtins, name));
  }
  return names;
}

Ref<> environment(Object& module) {
  Builtins& builtins = builtins_of(module);
  const Ref<Dict> all = make_dict(builtins);
  for (char** entry = environ; entry != nullptr && *entry != nullptr; ++entry) {
    const std::string_view whole = *entry;
    const std::size_t equals = whole.find('=');
    if (equals == std::string_view::npos) continue;
    try {
      all->set(*make_str(builtins, whole.substr(0, equals)), *make_str(builtins, whole.substr(equals + 1)));
    } catch (const Error& error) {
      if (!error.is(ErrorKind::kUnicodeError)) throw;  // a str holds no such text
    }
  }
  return all;
}

Ref<> working_folder(Object& module) {
  const std::unique_ptr<char, void (*)(void*)> path(::getcwd(nullptr, 0), std::free);
  if (path == nullptr) raise_system_error(builtins_of(module));
  return make_str(builtins_of(module), path.get());
}

Ref<> link_target(Object& module, Object& file) {
  const std::string path = path_of(file, "readlink");
  std::string target(4096, '\0');
  const auto size = expect(module, ::readlink(path.c_str(), target.data(), target.size()), &file);
  return make_str(builtins_of(module), std::string_view(target).substr(0, static_cast<std::size_t>(size)));
}

Ref<> new_pipe(Object& module) {
  int ends[2] = {};
  expect(module, ::pipe2(ends, O_CLOEXEC));
  return to_object(builtins_of(module), std::tuple(ends[0], ends[1]));
}

Ref<> chance(Object& module, Object& count) {
  const std::int64_t wanted = to_index(count, ErrorKind::kOverflowError);
  if (wanted < 0) raise(ErrorKind::kValueError, "negative argument not allowed");
  std::string bytes(static_cast<std::size_t>(wanted), '\0');
  for (std::size_t done = 0; done < bytes.size(); done += 256)
    expect(module, ::getentropy(bytes.data() + done, std::min<std::size_t>(256, bytes.size() - done)));
  return make_bytes(builtins_of(module), bytes);
}

/// A call of the system that takes a path and gives 0.
template <class F>
void with_path(Object& module, Object& file, std::string_view name, F&& system_call) {
  const std::string path = path_of(file, name);
  expect(module, outside(module, [&] { return system_call(path.c_str()); }), &file);
}

constexpr Attribute kFunctions[] = {
    function(
        "open(path, flags, mode, /)",
        [](Object& module, Object& path, Object& flags, Object& mode) { return open_file(module, path, flags, mode); },
        "Open a file for low level IO.  Returns a file descriptor (integer)."),
    function(
        "read(fd, length, /)", [](Object& module, Object& file, Object& most) { return read_file(module, file, most); },
        "Read from a file descriptor.  Returns a bytes object."),
    function(
        "write(fd, data, /)", [](Object& module, Object& file, Object& data) { return write_file(module, file, data); },
        "Write a bytes object to a file descriptor."),
    function(
        "close(fd, /)", [](Object& module, Object& file) { expect(module, ::close(number_of(file))); },
        "Close a file descriptor."),
    function(
        "lseek(fd, position, how, /)",
        [](Object& module, Object& file, Object& place, Object& how) {
          return static_cast<std::int64_t>(
              expect(module, ::lseek(number_of(file), from_object<std::int64_t>(place), number_of(how))));
        },
        "Set the position of a file descriptor.  Return the new position."),
    function(
        "ftruncate(fd, length, /)",
        [](Object& module, Object& file, Object& size) {
          expect(module, ::ftruncate(number_of(file), from_object<std::int64_t>(size)));
        },
        "Truncate a file, specified by file descriptor, to a specific length."),
    function(
        "fsync(fd, /)", [](Object& module, Object& file) { expect(module, ::fsync(number_of(file))); },
        "Force write of fd to disk."),
    function(
        "isatty(fd, /)", [](Object&, Object& file) { return ::isatty(number_of(file)) != 0; },
        "Return True if the fd is connected to a terminal."),
    function(
        "dup(fd, /)",
        [](Object& module, Object& file) { return expect(module, ::fcntl(number_of(file), F_DUPFD_CLOEXEC, 0)); },
        "Return a duplicate of a file descriptor."),
    function(
        "pipe()", [](Object& module) { return new_pipe(module); }, "Create a pipe."),
    function(
        "stat(path, /)", [](Object& module, Object& path) { return status(module, path, true); },
        "Perform a stat system call on the given path."),
    function(
        "lstat(path, /)", [](Object& module, Object& path) { return status(module, path, false); },
        "Perform a stat system call on the given path, without following symbolic links."),
    function(
        "access(path, mode, /)",
        [](Object&, Object& path, Object& mode) { return ::access(path_of(path, "access").c_str(), number_of(mode)) == 0; },
        "Use the real uid/gid to test for access to a path."),
    function(
        "listdir(path, /)", [](Object& module, Object& path) { return names_in(module, path); },
        "Return a list containing the names of the files in the directory."),
    function(
        "mkdir(path, mode, /)",
        [](Object& module, Object& path, Object& mode) {
          const auto rights = static_cast<mode_t>(number_of(mode));
          with_path(module, path, "mkdir", [&](const char* name) { return ::mkdir(name, rights); });
        },
        "Create a directory."),
    function(
        "rmdir(path, /)", [](Object& module, Object& path) { with_path(module, path, "rmdir", ::rmdir); },
        "Remove a directory."),
    function(
        "unlink(path, /)", [](Object& module, Object& path) { with_path(module, path, "unlink", ::unlink); },
        "Remove a file."),
    function(
        "chdir(path, /)", [](Object& module, Object& path) { with_path(module, path, "chdir", ::chdir); },
        "Change the current working directory to the specified path."),
    function(
        "chmod(path, mode, /)",
        [](Object& module, Object& path, Object& mode) {
          const auto rights = static_cast<mode_t>(number_of(mode));
          with_path(module, path, "chmod", [&](const char* name) { return ::chmod(name, rights); });
        },
        "Change the access permissions of a file."),
    function(
        "rename(src, dst, /)",
        [](Object& module, Object& from, Object& to) {
          const std::string target = path_of(to, "rename");
          with_path(module, from, "rename", [&](const char* name) { return ::rename(name, target.c_str()); });
        },
        "Rename a file or directory."),
    function(
        "symlink(src, dst, /)",
        [](Object& module, Object& from, Object& to) {
          const std::string target = path_of(to, "symlink");
          with_path(module, from, "symlink", [&](const char* name) { return ::symlink(name, target.c_str()); });
        },
        "Create a symbolic link pointing to src named dst."),
    function(
        "readlink(path, /)", [](Object& module, Object& path) { return link_target(module, path); },
        "Return a string representing the path to which the symbolic link points."),
    function(
        "getcwd()", [](Object& module) { return working_folder(module); },
        "Return a unicode string representing the current working directory."),
    function(
        "environment()", [](Object& module) { return environment(module); }, "The environment, as a new dict."),
    function(
        "putenv(name, value, /)",
        [](Object& module, Object& name, Object& value) {
          expect(module, ::setenv(path_of(name, "putenv").c_str(), path_of(value, "putenv").c_str(), 1));
        },
        "Change or add an environment variable."),
    function(
        "unsetenv(name, /)",
        [](Object& module, Object& name) { expect(module, ::unsetenv(path_of(name, "unsetenv").c_str())); },
        "Delete an environment variable."),
    function(
        "getpid()", [](Object&) { return static_cast<std::int64_t>(::getpid()); }, "Return the current process id."),
    function(
        "getppid()", [](Object&) { return static_cast<std::int64_t>(::getppid()); }, "Return the parent's process id."),
    function(
        "getuid()", [](Object&) { return static_cast<std::int64_t>(::getuid()); }, "Return the current process's user id."),
    function(
        "cpu_count()", [](Object&) { return static_cast<std::int64_t>(::sysconf(_SC_NPROCESSORS_ONLN)); },
        "Return the number of CPUs in the system."),
    function(
        "urandom(size, /)", [](Object& module, Object& size) { return chance(module, size); },
        "Return a bytes object containing random bytes suitable for cryptographic use."),
    function(
        "strerror(code, /)",
        [](Object& module, Object& code) { return make_str(builtins_of(module), std::strerror(number_of(code))); },
        "Translate an error code to a message string."),
    function(
        "_exit(status)", [](Object&, Object& code) { ::_exit(number_of(code)); },
        "Exit to the system with specified status, without normal exit processing."),
};

constexpr std::pair<std::string_view, int> kConstants[] = {{"O_RDONLY", O_RDONLY},
                                                           {"O_WRONLY", O_WRONLY},
                                                           {"O_RDWR", O_RDWR},
                                                           {"O_CREAT", O_CREAT},
                                                           {"O_EXCL", O_EXCL},
                                                           {"O_TRUNC", O_TRUNC},
                                                           {"O_APPEND", O_APPEND},
                                                           {"O_CLOEXEC", O_CLOEXEC},
                                                           {"O_NONBLOCK", O_NONBLOCK},
                                                           {"F_OK", F_OK},
                                                           {"R_OK", R_OK},
                                                           {"W_OK", W_OK},
                                                           {"X_OK", X_OK},
                                                           {"EX_OK", 0}};

}  // namespace

Ref<Module> make_posix_module(Interpreter& interpreter) {
  Ref<Module> module = make_builtin_module(interpreter, kModuleName, "Calls of the system for files and the process.");
  add_functions(*module->attributes(), *module, kFunctionsOf<kFunctions, kModuleName>);
  for (const auto& [name, value] : kConstants) module->set(name, *make_int(interpreter.builtins(), value));
  return module;
}

}  // namespace ouro::script
