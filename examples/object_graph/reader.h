// A second thread that reads the graph through the lock while the first one works.
#pragma once

#include <ouro/ouro.h>

#include <atomic>
#include <cstdint>
#include <random>
#include <thread>

namespace object_graph {

/// Walks at random from the root into the document, from its start to `stop`, once at least.
class Reader {
 public:
  Reader(ouro::Runtime& runtime, ouro::Object& root) : runtime_(runtime), thread_([this, &root] { read(root); }) {}
  ~Reader() { stop(); }
  Reader(const Reader&) = delete;
  Reader& operator=(const Reader&) = delete;

  /// Ends the thread and waits for it. The caller holds the lock, which is free meanwhile.
  void stop() {
    if (!thread_.joinable()) return;
    stopping_ = true;
    const ouro::GilRelease unlocked(runtime_);
    thread_.join();
  }
  /// Objects looked at, and walks begun.
  [[nodiscard]] std::uint64_t objects() const noexcept { return objects_; }
  [[nodiscard]] std::uint64_t walks() const noexcept { return walks_; }

 private:
  void read(ouro::Object& root) {
    const ouro::Attach attached(runtime_);
    std::mt19937 random(1);
    do {
      const ouro::Ref<> here = ouro::share(root);
      walk(*here, random);
      ++walks_;
      runtime_.safepoint();
    } while (!stopping_);
  }
  /// Goes down a random path; between two safepoints nobody changes the graph, so borrowing is enough.
  void walk(ouro::Object& start, std::mt19937& random) {
    ouro::Object* object = &start;
    for (int steps = 0; steps < 100 && object != nullptr; ++steps) {
      ++objects_;
      std::size_t edges = 0;
      ouro::for_each_edge(*object, [&](ouro::Object&) { ++edges; });
      if (edges == 0) return;
      std::size_t chosen = random() % edges;
      ouro::Object* next = nullptr;
      ouro::for_each_edge(*object, [&](ouro::Object& target) {
        if (chosen-- == 0) next = &target;
      });
      object = next;
    }
  }

  ouro::Runtime& runtime_;
  std::atomic<bool> stopping_{false};
  std::atomic<std::uint64_t> objects_{0};
  std::atomic<std::uint64_t> walks_{0};
  std::thread thread_;  // last: it uses the others
};

}  // namespace object_graph
