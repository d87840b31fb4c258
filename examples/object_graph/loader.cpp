// Loads a JSON document into objects, by Boost.JSON's streaming parser.
#include "loader.h"

#include <boost/json/basic_parser_impl.hpp>
#include <fmt/format.h>

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <cstdio>
#include <cstring>
#include <exception>
#include <functional>
#include <memory>
#include <span>

#include "builder.h"
#include "pieces.h"
#include <pthread.h>
#include <unistd.h>

namespace object_graph {

namespace {

using Clock = std::chrono::steady_clock;

/// Stack for each level of nesting: measured at under 700 bytes in the widest build, and nothing is taken until touched.
constexpr std::size_t kLevelBytes = 4096;
/// With less stack than this nothing is loaded.
constexpr std::size_t kLeastDepth = 64;

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
  if (std::filesystem::is_directory(path, ignored)) throw LoadError(fmt::format("{}: is a directory", shown(path)));
  File file(std::fopen(path.c_str(), "rb"));
  if (!file) throw LoadError(fmt::format("{}: {}", shown(path), std::strerror(errno)));
  return file;
}

/// One document on its way from a file through the parser.
class Parsing {
 public:
  Parsing(ouro::Runtime& runtime, const std::filesystem::path& path, std::size_t depth)
      : runtime_(runtime), path_(path), depth_(depth), parser_(options(depth), runtime) {}

  void run(Document& document);

 private:
  static boost::json::parse_options options(std::size_t depth) {
    boost::json::parse_options result;
    result.max_depth = depth;
    return result;
  }
  [[noreturn]] void fail(const boost::json::error_code& error) const;
  void write(std::string_view text, bool more);
  void write_piece(std::span<char> piece);

  ouro::Runtime& runtime_;
  const std::filesystem::path& path_;
  std::size_t depth_;
  boost::json::basic_parser<Builder> parser_;
  Position position_;
};

void Parsing::fail(const boost::json::error_code& error) const {
  std::string what = error.message();
  Position at = position_;
  if (const auto& refusal = parser_.handler().refusal()) {
    what = refusal->why;
    at.column -= refusal->length;
  }
  if (error == boost::json::error::incomplete) what = "the document ends too early";
  if (error == boost::json::error::too_deep) what = fmt::format("nested more than {} levels deep", depth_);
  throw LoadError(fmt::format("{}:{}:{}: {}", shown(path_), at.line, at.column, what));
}

void Parsing::write(std::string_view text, bool more) {
  boost::json::error_code error;
  const std::size_t used = parser_.write_some(more, text.data(), text.size(), error);
  position_.advance(text.substr(0, used));
  if (!error && used < text.size()) {
    const std::string_view rest = text.substr(used);
    const std::size_t blank = std::min(rest.find_first_not_of(" \t\r\n"), rest.size());
    position_.advance(rest.substr(0, blank));
    if (blank < rest.size()) error = boost::json::error::extra_data;
  }
  if (error) fail(error);
}

/// What looks like an exponent too long for the parser is written apart, once the parser has said whether it is one.
void Parsing::write_piece(std::span<char> piece) {
  std::size_t written = 0, searched = 0;
  while (true) {
    const std::span<char> digits = find_long_exponent(piece, searched);
    if (digits.empty()) break;
    const auto first = static_cast<std::size_t>(digits.data() - piece.data());
    write({piece.data() + written, first - written}, true);
    written = first;
    searched = first + digits.size();
    if (parser_.handler().in_number()) shorten_exponent(digits);
  }
  write({piece.data() + written, piece.size() - written}, true);
}

void Parsing::run(Document& document) {
  const File file = open_file(path_);
  std::error_code unknown;
  const auto total = std::filesystem::file_size(path_, unknown);
  Progress progress(unknown ? 0 : static_cast<std::size_t>(total));
  Pieces pieces(file.get());
  while (true) {
    std::span<char> piece;
    int failure = 0;
    {
      const ouro::GilRelease unlocked(runtime_);
      piece = pieces.next();
      if (std::ferror(file.get()) != 0) failure = errno;
    }
    if (failure != 0) throw LoadError(fmt::format("{}: {}", shown(path_), std::strerror(failure)));
    if (piece.empty()) break;
    write_piece(piece);
    document.bytes += piece.size();
    progress.show(document.bytes, parser_.handler().values());
  }
  write("", false);
  document.values = parser_.handler().values();
  document.root = parser_.handler().take_root();
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
      Parsing(runtime, file, depth).run(document);
    });
  }
  document.seconds = std::chrono::duration<double>(Clock::now() - start).count();
  return document;
}

}  // namespace object_graph
