// How runtimes share work: through channels, by messages.
//
//   main runtime ── tasks ──┬──> worker runtime ──┬── results ──> main runtime
//                           └──> worker runtime ──┘
//
// Each worker is a thread with a runtime of its own: heap, collector and lock. A task is a dict that refers to itself; it
// arrives as a copy that does, too. Prints how long one worker and two take, which belongs to this machine; two are twice as
// fast where there are processors for them. Exit status: 0 if the results are right and what was sent was not changed.
#include <ouro/fmt.h>
#include <ouro/ouro.h>

#include <chrono>
#include <cstdio>
#include <thread>
#include <vector>

namespace {

using ouro::Channel;
using ouro::ErrorKind;
using ouro::Ref;
using ouro::Runtime;

constexpr int kTasks = 40;
constexpr int kPairs = 4'000;

/// Makes lists that contain themselves and lets the collector find them; returns how many it found.
std::size_t make_and_collect(Runtime& rt, int lists) {
  for (int i = 0; i < lists; ++i) {
    const auto list = rt.list(i);
    list->append(*list);
  }
  return rt.gc().collect();
}

/// Does tasks until the channel is closed.
void work(const Channel& tasks, const Channel& results) {
  Runtime rt;
  rt.gc().disable();  // but for the collection that is the work
  try {
    for (;;) {
      const Ref<> task = tasks.receive(rt);
      task["found"] = make_and_collect(rt, task["lists"].as<int>());
      results.send(rt, *task);
      task["self"].erase();
    }
  } catch (const ouro::Error& error) {
    if (!error.is(ouro::kQueueShutDown)) throw;
  }
}

/// Gives the tasks to as many workers; says whether the results are right.
bool share_work(Runtime& rt, const Ref<>& task, int workers) {
  const Channel tasks(4);
  const Channel results;
  std::vector<std::jthread> threads;
  for (int i = 0; i < workers; ++i) threads.emplace_back([&] { work(tasks, results); });
  for (int i = 0; i < kTasks; ++i) tasks.send(rt, *task);
  tasks.close();
  bool right = true;
  for (int i = 0; i < kTasks; ++i) {
    const Ref<> result = results.receive(rt);
    right = right && result["found"].as<int>() == kPairs && result["self"].to_ref().is(result) && !result.is(task);
    if (i == 0) fmt::print("sent {}\nback {}\n", task, result);
    result["self"].erase();
  }
  return right;
}

double milliseconds_since(std::chrono::steady_clock::time_point begin) {
  return std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - begin).count();
}

}  // namespace

int main() {
  Runtime rt;
  const auto task = rt.dict({{"lists", kPairs}});
  task["self"] = task;
  bool right = true;
  for (const int workers : {1, 2}) {
    const auto begin = std::chrono::steady_clock::now();
    right = share_work(rt, task, workers) && right;
    fmt::print("{} worker{}: {:.1f} ms\n", workers, workers == 1 ? "" : "s", milliseconds_since(begin));
  }
  right = right && task->size == 2;
  task["self"].erase();
  return right && std::fflush(stdout) == 0 ? 0 : 1;
}
