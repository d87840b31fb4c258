// Runs a sample in a new process, on one core, and reads its result.
#include "child.h"

#include <fmt/core.h>

#include <array>
#include <charconv>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <exception>
#include <stdexcept>
#include <string_view>

#include <sched.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

namespace bench {
namespace {

constexpr std::string_view kPreloadVariable = "LD_PRELOAD=";

/// A pipe whose ends are closed at the end of the scope at the latest.
class Pipe {
 public:
  Pipe() {
    if (pipe(ends_.data()) != 0) throw std::runtime_error("no pipe");
  }
  Pipe(const Pipe&) = delete;
  Pipe& operator=(const Pipe&) = delete;
  ~Pipe() {
    close_writer();
    close(ends_[0]);
  }

  [[nodiscard]] int reader() const noexcept { return ends_[0]; }
  [[nodiscard]] int writer() const noexcept { return ends_[1]; }
  void close_writer() noexcept {
    if (ends_[1] >= 0) close(std::exchange(ends_[1], -1));
  }
  [[nodiscard]] std::string read_all() const {
    std::string text;
    std::array<char, 256> buffer;
    for (ssize_t got; (got = read(reader(), buffer.data(), buffer.size())) > 0;)
      text.append(buffer.data(), static_cast<std::size_t>(got));
    return text;
  }

 private:
  std::array<int, 2> ends_{-1, -1};
};

/// This process's environment, with `preload` in place of whatever was preloaded before.
std::vector<std::string> environment_with(const std::string& preload) {
  std::vector<std::string> variables;
  for (char** variable = environ; *variable != nullptr; ++variable)
    if (!std::string_view(*variable).starts_with(kPreloadVariable)) variables.emplace_back(*variable);
  if (!preload.empty()) variables.push_back(std::string(kPreloadVariable) + preload);
  return variables;
}

std::vector<char*> pointers_to(std::vector<std::string>& strings) {
  std::vector<char*> pointers;
  for (std::string& string : strings) pointers.push_back(string.data());
  pointers.push_back(nullptr);
  return pointers;
}

/// The copy's part of measure_in_copy. Returns the exit status.
int send_result(const std::function<double()>& work, const Pipe& output) {
  try {
    const double result = work();
    return write(output.writer(), &result, sizeof result) == sizeof result ? EXIT_SUCCESS : EXIT_FAILURE;
  } catch (const std::exception& error) {
    fmt::print(stderr, "{}\n", error.what());
    return EXIT_FAILURE;
  }
}

/// Starts this program with `arguments`, its standard output going to `output`.
pid_t start_self(std::vector<std::string> arguments, const std::string& preload, const Pipe& output) {
  std::vector<std::string> environment = environment_with(preload);
  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_adddup2(&actions, output.writer(), STDOUT_FILENO);
  posix_spawn_file_actions_addclose(&actions, output.reader());
  pid_t child = 0;
  const int failed = posix_spawn(&child, "/proc/self/exe", &actions, nullptr, pointers_to(arguments).data(),
                                 pointers_to(environment).data());
  posix_spawn_file_actions_destroy(&actions);
  if (failed != 0) throw std::runtime_error("cannot start a measuring process");
  return child;
}

struct Outcome {
  std::string text;  ///< what the child printed
  int status;        ///< as waitpid tells it
};

/// Runs this program with `arguments` and those that carry `settings`, and waits for its end.
Outcome run_self(std::vector<std::string> arguments, const Settings& settings, const std::string& preload) {
  arguments.insert(arguments.begin(), "ouro_benchmarks");
  arguments.insert(arguments.end(), {"--document", settings.document, "--traces", settings.traces});
  Pipe output;
  const pid_t child = start_self(std::move(arguments), preload, output);
  output.close_writer();
  Outcome outcome{output.read_all(), 0};
  waitpid(child, &outcome.status, 0);
  return outcome;
}

}  // namespace

int pin_to_one_core() noexcept {
  cpu_set_t allowed;
  if (sched_getaffinity(0, sizeof allowed, &allowed) != 0) return -1;
  for (int core = CPU_SETSIZE - 1; core >= 0; --core) {
    if (!CPU_ISSET(static_cast<unsigned>(core), &allowed)) continue;
    cpu_set_t one;
    CPU_ZERO(&one);
    CPU_SET(static_cast<unsigned>(core), &one);
    return sched_setaffinity(0, sizeof one, &one) == 0 ? core : -1;
  }
  return -1;
}

double measure_in_child(const Case& measured, const Side& side, const Settings& settings) {
  const Outcome outcome = run_self({"--measure", measured.name, side.name}, settings, side.preload);
  double sample = 0;
  const auto [end, error] = std::from_chars(outcome.text.data(), outcome.text.data() + outcome.text.size(), sample);
  if (outcome.status != 0 || error != std::errc{})
    throw std::runtime_error(fmt::format("{} of {} failed (status {:#x})", side.name, measured.name, outcome.status));
  return sample;
}

double measure_in_copy(const std::function<double()>& work) {
  Pipe output;
  const pid_t copy = fork();
  if (copy < 0) throw std::runtime_error("cannot copy the measuring process");
  if (copy == 0) _exit(send_result(work, output));
  output.close_writer();
  const std::string bytes = output.read_all();
  int status = 0;
  waitpid(copy, &status, 0);
  double result = 0;
  if (status != 0 || bytes.size() != sizeof result)
    throw std::runtime_error(fmt::format("a copy of the measuring process failed (status {:#x})", status));
  std::memcpy(&result, bytes.data(), sizeof result);
  return result;
}

void record_in_child(const std::string& name, const Settings& settings) {
  const Outcome outcome = run_self({"--record", name}, settings, {});
  if (outcome.status != 0)
    throw std::runtime_error(fmt::format("the trace {} was not recorded (status {:#x})", name, outcome.status));
}

int run_as_child(const Cases& cases, const std::string& case_name, const std::string& side_name, const Settings& settings) {
  for (const Case& candidate : cases) {
    const Side* const side = candidate.name == case_name ? candidate.find_side(side_name) : nullptr;
    if (side == nullptr) continue;
    try {
      fmt::print("{}\n", side->measure(settings));
      std::fflush(stdout);
      return EXIT_SUCCESS;
    } catch (const std::exception& error) {
      fmt::print(stderr, "{} of {}: {}\n", side_name, case_name, error.what());
      return EXIT_FAILURE;
    }
  }
  fmt::print(stderr, "no case {} with a side {}\n", case_name, side_name);
  return EXIT_FAILURE;
}

}  // namespace bench
