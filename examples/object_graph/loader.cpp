// Loads a JSON document into objects, piece by piece.
#include "loader.h"

#include <fmt/format.h>

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <cstdio>
#include <cstring>
#include <exception>
#include <functional>
#include <memory>
#include <vector>

#include <pthread.h>
#include <unistd.h>

namespace object_graph {

namespace {

using Clock = std::chrono::steady_clock;

/// Stack for each level of nesting: measured at under 700 bytes in the widest build, and nothing is taken until touched.
constexpr std::size_t kLevelBytes = 4096;
/// How much of the file is read at once.
constexpr std::size_t kRead = std::size_t{1} << 16;
/// With less stack than this nothing is loaded.
constexpr std::size_t kLeastDepth = 64;

/// A line on a terminal that says how far loading has come, from the first second on.
class Progress {
 public:
  Progress(std::size_t total)
      : total_(total), next_(Clock::now() + std::chrono::seconds(1)), shown_(isatty(STDERR_FILENO) == 0) {
    silent_ = shown_;
    shown_ = false;
  }
  ~Progress() {
    if (shown_) std::fputs("\r\033[K", stderr);
  }
  void show(std::size_t done, std::size_t values) {
    if (silent_ || Clock::now() < next_) return;
    next_ = Clock::now() + std::chrono::milliseconds(200);
    shown_ = true;
    const std::size_t percent = total_ == 0 ? 0 : 100 * done / total_;
    std::fputs(fmt::format("\r  loading: {} % of {:.1f} MB, {} values ", std::min<std::size_t>(percent, 100),
                           static_cast<double>(total_) / 1e6, values)
                   .c_str(),
               stderr);
  }

 private:
  std::size_t total_;
  Clock::time_point next_;
  bool silent_ = false;
  bool shown_;
};

struct FileCloser {
  void operator()(std::FILE* file) const noexcept { std::fclose(file); }
};
using File = std::unique_ptr<std::FILE, FileCloser>;

File open_file(const std::filesystem::path& path) {
  std::error_code ignored;
  if (std::filesystem::is_directory(path, ignored)) throw LoadError(fmt::format("{}: is a directory", shown(path)));
  File file(std::fopen(path.c_str(), "rb"));
  if (!file) throw LoadError(fmt::format("{}: {}", shown(path), std::strerror(errno)));
  return file;
}

/// "FILE:12:5: Expecting value".
[[noreturn]] void fail(ouro::Runtime& runtime, const std::filesystem::path& path, std::size_t depth,
                       const ouro::Error& error) {
  const std::string file = shown(path);
  if (error.is(ouro::json::kDecodeError)) {
    const ouro::Ref<> told = runtime.exception(error);
    throw LoadError(fmt::format("{}:{}:{}: {}", file, ouro::from_object<std::size_t>(told.attr("lineno").get()),
                                ouro::from_object<std::size_t>(told.attr("colno").get()),
                                ouro::from_object<std::string>(told.attr("msg").get())));
  }
  if (error.is(ouro::ErrorKind::kRecursionError))
    throw LoadError(fmt::format("{}: nested more than {} levels deep", file, depth));
  // Without the advice to call a function of Python's sys.
  throw LoadError(fmt::format("{}: {}", file, error.message().substr(0, error.message().find("; use sys."))));
}

/// Feeds the file to the stream. The lock is free while it is read.
void read(ouro::Runtime& runtime, const std::filesystem::path& path, ouro::json::Stream& stream, Document& document) {
  const File file = open_file(path);
  std::error_code unknown;
  const auto total = std::filesystem::file_size(path, unknown);
  Progress progress(unknown ? 0 : static_cast<std::size_t>(total));
  std::vector<char> piece(kRead);
  while (true) {
    std::size_t got = 0;
    int failure = 0;
    {
      const ouro::GilRelease unlocked(runtime);
      got = std::fread(piece.data(), 1, piece.size(), file.get());
      if (std::ferror(file.get()) != 0) failure = errno;
    }
    if (failure != 0) throw LoadError(fmt::format("{}: {}", shown(path), std::strerror(failure)));
    if (got == 0) return;
    stream.feed({piece.data(), got});
    document.bytes += got;
    progress.show(document.bytes, stream.values());
  }
}

void read_document(ouro::Runtime& runtime, const std::filesystem::path& path, std::size_t depth, Document& document) {
  try {
    ouro::json::Stream stream(runtime.builtins(), {.max_depth = depth});
    read(runtime, path, stream, document);
    document.root = stream.finish();
    document.values = stream.values();
  } catch (const ouro::Error& error) {
    if (error.is(ouro::ErrorKind::kValueError) || error.is(ouro::ErrorKind::kRecursionError))
      fail(runtime, path, depth, error);
    throw;
  }
}

/// A thread with a stack for `depth` levels, or for fewer if the system refuses it: half as many, and so on. Which it is, is
/// written to `depth` before the thread begins.
pthread_t start_thread(std::size_t& depth, void* (*run)(void*), void* argument) {
  while (true) {
    pthread_attr_t attributes;
    pthread_attr_init(&attributes);
    pthread_attr_setstacksize(&attributes, depth * kLevelBytes);
    pthread_t thread;
    const int refused = pthread_create(&thread, &attributes, run, argument);
    pthread_attr_destroy(&attributes);
    if (refused == 0) return thread;
    if (refused != EAGAIN || depth / 2 < kLeastDepth)
      throw LoadError(fmt::format("cannot start the loading thread: {}", std::strerror(refused)));
    depth /= 2;
  }
}

/// Runs `work(depth)` on a thread whose stack has room for that many levels, kMaxDepth if possible; passes on what it
/// throws.
void run_on_large_stack(std::function<void(std::size_t)> work) {
  struct Job {
    std::function<void(std::size_t)> work;
    std::size_t depth = kMaxDepth;
    std::exception_ptr failure;
  } job{.work = std::move(work), .failure = nullptr};
  const pthread_t thread = start_thread(
      job.depth,
      [](void* argument) -> void* {
        Job& mine = *static_cast<Job*>(argument);
        try {
          mine.work(mine.depth);
        } catch (...) {
          mine.failure = std::current_exception();
        }
        return nullptr;
      },
      &job);
  pthread_join(thread, nullptr);
  if (job.failure) std::rethrow_exception(job.failure);
}

/// True if the byte at `at` begins a character that a terminal shows; sets `length` to its bytes.
bool is_shown(std::string_view text, std::size_t at, std::size_t& length) noexcept {
  const auto byte = [&](std::size_t k) { return at + k < text.size() ? static_cast<unsigned char>(text[at + k]) : 0u; };
  const unsigned lead = byte(0);
  length = 1;
  if (lead < 0x80) return lead >= 0x20 && lead != 0x7F;
  length = lead < 0xC2 || lead > 0xF4 ? 0 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
  for (std::size_t k = 1; k < length; ++k)
    if ((byte(k) & 0xC0) != 0x80) length = 0;
  return length != 0 && !(lead == 0xC2 && byte(1) < 0xA0);  // U+0080 to U+009F are control characters, too
}

}  // namespace

std::string shown(const std::filesystem::path& file) {
  const std::string& name = file.native();
  std::string result;
  for (std::size_t at = 0; at < name.size();) {
    std::size_t length = 0;
    if (is_shown(name, at, length)) {
      result.append(name, at, length);
      at += length;
    } else {
      const char c = name[at++];
      result += c == '\n' ? "\\n" : c == '\t' ? "\\t" : fmt::format("\\x{:02x}", static_cast<unsigned char>(c));
    }
  }
  return result;
}

Document load(ouro::Runtime& runtime, const std::filesystem::path& file) {
  Document document;
  const auto start = Clock::now();
  {
    const ouro::GilRelease unlocked(runtime);
    run_on_large_stack([&](std::size_t depth) {
      const ouro::Attach attached(runtime);
      read_document(runtime, file, depth, document);
    });
  }
  document.seconds = std::chrono::duration<double>(Clock::now() - start).count();
  return document;
}

}  // namespace object_graph
