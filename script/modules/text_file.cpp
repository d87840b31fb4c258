// Reading and writing standard streams.
#include <ouro/objects/cpp/native.h>
#include <ouro/objects/cpp/native_cast.h>
#include <ouro/objects/errors/os_error.h>
#include <ouro/objects/text/str.h>
#include <ouro/runtime/threads/guards.h>
#include <ouro/script/modules/text_file.h>

#include <fmt/format.h>

#include <cerrno>
#include <csignal>
#include <cstring>
#include <utility>

#include <poll.h>
#include <unistd.h>

namespace ouro::script {

void write_text(TextFile& file, std::string_view text) {
  if (std::fwrite(text.data(), 1, text.size(), file.file) != text.size())
    raise(error_kind_of_errno(errno), fmt::format("[Errno {}] {}", errno, std::strerror(errno)));
  const bool is_line_buffered = file.file == stderr;
  if (is_line_buffered) std::fflush(file.file);
}

namespace {

/// While it exists this thread gets no interrupt (SIGINT).
class InterruptsHeld {
 public:
  InterruptsHeld() noexcept {
    sigset_t interrupts;
    sigemptyset(&interrupts);
    sigaddset(&interrupts, SIGINT);
    pthread_sigmask(SIG_BLOCK, &interrupts, &before_);
  }
  ~InterruptsHeld() { pthread_sigmask(SIG_SETMASK, &before_, nullptr); }
  InterruptsHeld(const InterruptsHeld&) = delete;
  InterruptsHeld& operator=(const InterruptsHeld&) = delete;

  [[nodiscard]] const sigset_t& before() const noexcept { return before_; }

 private:
  sigset_t before_{};
};

/// Returns when a terminal has something to read, and throws KeyboardInterrupt when there is one: it comes while this thread
/// waits, or is seen before.
void wait_for_terminal(Runtime& runtime, std::FILE* file) {
  const int number = fileno(file);
  if (isatty(number) == 0) return;
  const InterruptsHeld held;
  for (;;) {
    runtime.safepoint();
    const GilRelease released(runtime);
    pollfd waited{number, POLLIN, 0};
    if (ppoll(&waited, 1, nullptr, &held.before()) >= 0 || errno != EINTR) return;
  }
}

}  // namespace

std::string read_line(Runtime& runtime, std::FILE* file) {
  wait_for_terminal(runtime, file);
  const GilRelease released(runtime);
  std::string line;
  for (int c = 0; (c = std::getc(file)) != EOF;) {
    line.push_back(static_cast<char>(c));
    if (c == '\n') return line;
  }
  std::clearerr(file);  // a terminal goes on after its end
  return line;
}

namespace {

Runtime& runtime_of(Builtins& builtins) noexcept { return interpreter_of(builtins).runtime(); }

std::string read_all(Runtime& runtime, TextFile& file) {
  std::string all;
  for (std::string line = read_line(runtime, file.file); !line.empty(); line = read_line(runtime, file.file)) all += line;
  return all;
}

std::int64_t characters_of(Str& text_object) { return static_cast<std::int64_t>(text_object.code_points); }

}  // namespace

Ref<Class> text_file_class(Interpreter& interpreter) {
  auto type = interpreter.runtime().class_<TextFile>("TextIOWrapper");
  type.def("write(self, text)", [](TextFile& file, Str& given) {
    write_text(file, text(given));
    return characters_of(given);
  });
  type.def("flush(self)", [](TextFile& file) { std::fflush(file.file); });
  type.def("isatty(self)", [](TextFile& file) { return isatty(fileno(file.file)) != 0; });
  type.def("fileno(self)", [](TextFile& file) { return fileno(file.file); });
  type.def("readline(self)", [](TextFile& file, Builtins& builtins) { return read_line(runtime_of(builtins), file.file); });
  type.def("read(self)", [](TextFile& file, Builtins& builtins) { return read_all(runtime_of(builtins), file); });
  type.def("writable(self)", [](TextFile& file) { return file.mode == "w"; });
  type.def("readable(self)", [](TextFile& file) { return file.mode == "r"; });
  type.def("close(self)", [](TextFile& file) { std::fflush(file.file); });
  type.prop("name", &TextFile::name);
  type.prop("mode", &TextFile::mode);
  type.prop("encoding", [](TextFile&) { return std::string("utf-8"); });
  type.prop("errors", [](TextFile& file) { return std::string(file.file == stderr ? "backslashreplace" : "strict"); });
  type.prop("closed", [](TextFile&) { return false; });
  type.def("__iter__(self)", [](Object& self) { return share(self); });
  type.def("__next__(self)", [](TextFile& file, Builtins& builtins) -> Ref<> {
    const std::string line = read_line(runtime_of(builtins), file.file);
    return line.empty() ? fail(builtins.none(), ErrorKind::kStopIteration) : Ref<>(make_str(builtins, line));
  });
  type.def("__repr__(self)", [](TextFile& file) {
    return fmt::format("<_io.TextIOWrapper name='{}' mode='{}' encoding='utf-8'>", file.name, file.mode);
  });
  return type.type();
}

Ref<> make_text_file(Interpreter& interpreter, Class& type, std::FILE* file, std::string_view name, std::string_view mode) {
  static_cast<void>(type);
  return to_object(interpreter.builtins(), TextFile{file, std::string(name), std::string(mode)});
}

}  // namespace ouro::script
