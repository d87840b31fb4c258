// Cases of a thread that serves requests beside one that computes: what waiting for the lock does to its latency, and what
// serving costs the other. The client is another process, forked before there are threads.
#include <algorithm>
#include <cmath>
#include <memory>
#include <optional>
#include <vector>

#include "harness.h"
#include "threads_sides.h"
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

namespace bench {
namespace {

constexpr double kSeconds = 0.8;
constexpr double kSecondsAlone = 0.3;

/// What a client saw and what the computing thread lost.
struct EchoFigures {
  double p50_us = 0;
  double p99_us = 0;
  double us_per_request = 0;
  double compute_slowdown = 0;  ///< time for the same work, over what it takes alone
};

/// A process that sends a byte and waits for it to come back, `rate` times a second, or without pause if it is 0.
class EchoClient {
 public:
  explicit EchoClient(double rate) {
    int sockets[2];
    int pipe_ends[2];
    require(socketpair(AF_UNIX, SOCK_STREAM, 0, sockets) == 0 && pipe(pipe_ends) == 0, "there are sockets");
    server_ = sockets[0];
    results_ = pipe_ends[0];
    child_ = fork();
    if (child_ == 0) {
      close(sockets[0]);
      run(sockets[1], pipe_ends[1], rate);
      _exit(0);
    }
    close(sockets[1]);
    close(pipe_ends[1]);
  }
  EchoClient(const EchoClient&) = delete;

  [[nodiscard]] int server() const noexcept { return server_; }
  /// Lets the client begin; it ends after kSeconds and then closes its end.
  void begin() { require(write(server_, "!", 1) == 1, "the client begins"); }
  /// The latencies in us, sorted, and behind them the time that all of them took.
  [[nodiscard]] std::vector<double> results() {
    std::vector<double> all;
    double value;
    while (read(results_, &value, sizeof value) == static_cast<ssize_t>(sizeof value)) all.push_back(value);
    close(server_);
    close(results_);
    waitpid(child_, nullptr, 0);
    require(all.size() > 1, "the client measured something");
    std::sort(all.begin(), all.end() - 1);
    return all;
  }

 private:
  static void run(int socket, int results, double rate) {
    use_all_cores();
    prctl(PR_SET_TIMERSLACK, 1);
    char byte;
    if (read(socket, &byte, 1) != 1) return;
    std::vector<double> latencies;
    const double begin = wall_seconds();
    double next = begin;
    while (wall_seconds() - begin < kSeconds) {
      if (rate > 0) sleep_until(next = std::max(next + 1 / rate, wall_seconds() - 1 / rate));
      const double sent = wall_seconds();
      if (write(socket, &byte, 1) != 1 || read(socket, &byte, 1) != 1) break;
      latencies.push_back((wall_seconds() - sent) * 1e6);
    }
    latencies.push_back(wall_seconds() - begin);
    close(socket);
    for (const double value : latencies)
      if (write(results, &value, sizeof value) < 0) return;
  }
  static void sleep_until(double time) {
    timespec end{};
    end.tv_sec = static_cast<time_t>(time);
    end.tv_nsec = static_cast<long>((time - std::floor(time)) * 1e9);
    clock_nanosleep(CLOCK_MONOTONIC, TIMER_ABSTIME, &end, nullptr);
  }

  int server_ = -1;
  int results_ = -1;
  pid_t child_ = -1;
};

/// Serves the client until it closes its end. The lock is given up around both blocking calls.
template <class Threads>
void serve(Threads& side, int socket) {
  for (;;) {
    char byte;
    side.release();
    const ssize_t got = read(socket, &byte, 1);
    side.acquire();
    if (got != 1) return;
    side.compute(20);
    side.release();
    const ssize_t put = write(socket, &byte, 1);
    side.acquire();
    if (put != 1) return;
  }
}

/// Chunks a second while nobody serves.
template <class Threads>
double rate_alone(Threads& side, const ComputeThread<Threads>& computing) {
  side.release();
  const double chunks = computing.chunks();
  const double begin = wall_seconds();
  std::this_thread::sleep_for(std::chrono::duration<double>(kSecondsAlone));
  const double rate = (computing.chunks() - chunks) / (wall_seconds() - begin);
  side.acquire();
  return rate;
}

template <class Threads>
EchoFigures echo(Threads& side, EchoClient& client, bool beside_compute) {
  EchoFigures figures;
  std::optional<ComputeThread<Threads>> computing;
  double alone = 0;
  if (beside_compute) {
    computing.emplace(side);
    alone = rate_alone(side, *computing);
  }
  const double chunks = beside_compute ? computing->chunks() : 0;
  const double begin = wall_seconds();
  client.begin();
  serve(side, client.server());
  if (beside_compute) {
    const double rate = (computing->chunks() - chunks) / (wall_seconds() - begin);
    alone = (alone + rate_alone(side, *computing)) / 2;  // before and after: the machine's speed is not constant
    figures.compute_slowdown = alone / rate;
    side.release();
    computing.reset();
    side.acquire();
  }
  const std::vector<double> results = client.results();
  const std::size_t requests = results.size() - 1;
  figures.p50_us = results[requests / 2];
  figures.p99_us = results[requests * 99 / 100];
  figures.us_per_request = results.back() * 1e6 / static_cast<double>(requests);
  return figures;
}

/// `make()` makes the side, after the client's process has gone its own way.
template <class Make>
EchoFigures run_echo(double rate, bool beside_compute, Make make) {
  use_all_cores();
  EchoClient client(rate);
  auto side = make();
  return echo(*side, client, beside_compute);
}

std::vector<Side> echo_sides(double rate, double EchoFigures::*figure, bool with_alone) {
  const auto ouro = [] { return std::make_unique<OuroThreads>(); };
  std::vector<Side> sides;
  sides.push_back({kOuroName, Role::kOuro, [=](const Settings&) { return run_echo(rate, true, ouro).*figure; }});
  for (const PythonLibrary& library : python_libraries())
    sides.push_back({library.name, Role::kPeer, [=, &library](const Settings&) {
                       return run_echo(rate, true, [&] { return std::make_unique<PythonThreads>(library); }).*figure;
                     }});
  if (with_alone)
    sides.push_back({"alone", Role::kFloor, [=](const Settings&) { return run_echo(rate, false, ouro).*figure; }});
  return sides;
}

}  // namespace

void add_thread_echo_cases(Cases& cases) {
  cases.push_back({"threads/echo_1000/p50",
                   "us",
                   "median latency of 1000 requests a second beside a computing thread",
                   echo_sides(1000, &EchoFigures::p50_us, true),
                   {within_floor(2)}});
  cases.push_back({"threads/echo_1000/p99",
                   "us",
                   "the latency that one request in a hundred exceeds",
                   echo_sides(1000, &EchoFigures::p99_us, true),
                   {within_floor(5)}});
  cases.push_back({"threads/echo_1000/rate",
                   "us/request",
                   "time a request, a thousandth of a second if all are served in time",
                   echo_sides(1000, &EchoFigures::us_per_request, false),
                   {at_most(1010)}});
  cases.push_back({"threads/echo_1000/compute",
                   "x alone",
                   "what the computing thread needs, over what it needs alone",
                   echo_sides(1000, &EchoFigures::compute_slowdown, false),
                   {at_most(1 / 0.95)}});
  cases.push_back({"threads/echo_closed/rate",
                   "us/request",
                   "the same without a pause between requests",
                   echo_sides(0, &EchoFigures::us_per_request, false),
                   {best_peer_over(20)}});
  cases.push_back({"threads/echo_closed/compute",
                   "x alone",
                   "what the computing thread needs meanwhile",
                   echo_sides(0, &EchoFigures::compute_slowdown, false),
                   {at_most(1 / 0.8)}});
}

}  // namespace bench
