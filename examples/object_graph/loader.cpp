#include "loader.h"

#include <boost/json/basic_parser_impl.hpp>
#include <boost/json/src.hpp>
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

#include "builder.h"
#include <pthread.h>
#include <unistd.h>

namespace object_graph {

namespace {

using Clock = std::chrono::steady_clock;

/// Stack for the parser: measured at under 700 bytes a level in the widest build, and nothing is taken until touched.
constexpr std::size_t kStackBytes = kMaxDepth * 4096;

/// Where in the text the parser stands.
struct Position {
  std::size_t line = 1;
  std::size_t column = 1;

  void advance(std::string_view text) noexcept {
    for (const char c : text) {
      if (c == '\n') {
        ++line;
        column = 1;
      } else if ((static_cast<unsigned char>(c) & 0xC0) != 0x80) {
        ++column;  // continuation bytes of UTF-8 belong to the character before
      }
    }
  }
};

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
  if (std::filesystem::is_directory(path, ignored)) throw LoadError(fmt::format("{}: is a directory", path.string()));
  File file(std::fopen(path.c_str(), "rb"));
  if (!file) throw LoadError(fmt::format("{}: {}", path.string(), std::strerror(errno)));
  return file;
}

[[noreturn]] void fail(const std::filesystem::path& path, const Position& at, const boost::json::error_code& error) {
  std::string what = error.message();
  if (error == boost::json::error::incomplete) what = "the document ends too early";
  if (error == boost::json::error::too_deep) what = fmt::format("nested more than {} levels deep", kMaxDepth);
  throw LoadError(fmt::format("{}:{}:{}: {}", path.string(), at.line, at.column, what));
}

void parse(ouro::Runtime& runtime, const std::filesystem::path& path, Document& document) {
  const File file = open_file(path);
  std::error_code unknown;
  const auto total = std::filesystem::file_size(path, unknown);
  boost::json::parse_options options;
  options.max_depth = kMaxDepth;
  boost::json::basic_parser<Builder> parser(options, runtime);
  Progress progress(unknown ? 0 : static_cast<std::size_t>(total));
  std::vector<char> buffer(1 << 16);
  Position position;
  boost::json::error_code error;
  for (bool more = true; more;) {
    std::size_t got = 0;
    {
      const ouro::GilRelease unlocked(runtime);
      got = std::fread(buffer.data(), 1, buffer.size(), file.get());
    }
    if (std::ferror(file.get()) != 0) throw LoadError(fmt::format("{}: {}", path.string(), std::strerror(errno)));
    more = got != 0;
    const std::size_t used = parser.write_some(more, buffer.data(), got, error);
    const std::string_view consumed(buffer.data(), used);
    position.advance(consumed);
    if (!error && used < got) {
      const std::string_view rest(buffer.data() + used, got - used);
      const std::size_t blank = std::min(rest.find_first_not_of(" \t\r\n"), rest.size());
      position.advance(rest.substr(0, blank));
      if (blank < rest.size()) error = boost::json::error::extra_data;
    }
    if (error) fail(path, position, error);
    document.bytes += got;
    progress.show(document.bytes, parser.handler().values());
  }
  document.values = parser.handler().values();
  document.root = parser.handler().take_root();
}

/// Runs `work` on a thread with a stack of `bytes`, and passes on what it throws.
void run_on_large_stack(std::size_t bytes, std::function<void()> work) {
  struct Job {
    std::function<void()> work;
    std::exception_ptr failure;
  } job{std::move(work), nullptr};
  pthread_attr_t attributes;
  pthread_attr_init(&attributes);
  pthread_attr_setstacksize(&attributes, bytes);
  pthread_t thread;
  const int refused = pthread_create(
      &thread, &attributes,
      [](void* argument) -> void* {
        Job& mine = *static_cast<Job*>(argument);
        try {
          mine.work();
        } catch (...) {
          mine.failure = std::current_exception();
        }
        return nullptr;
      },
      &job);
  pthread_attr_destroy(&attributes);
  if (refused != 0) throw LoadError(fmt::format("cannot start the loading thread: {}", std::strerror(refused)));
  pthread_join(thread, nullptr);
  if (job.failure) std::rethrow_exception(job.failure);
}

}  // namespace

Document load(ouro::Runtime& runtime, const std::filesystem::path& file) {
  Document document;
  const auto start = Clock::now();
  {
    const ouro::GilRelease unlocked(runtime);
    run_on_large_stack(kStackBytes, [&] {
      const ouro::Attach attached(runtime);
      parse(runtime, file, document);
    });
  }
  document.seconds = std::chrono::duration<double>(Clock::now() - start).count();
  return document;
}

}  // namespace object_graph
