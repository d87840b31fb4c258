// What the tests of threads share: a runtime with the synchronisation classes, and threads to use them.
#pragma once

#include <ouro/runtime/sync/classes.h>
#include <support/fixture.h>

#include <chrono>
#include <functional>
#include <string>
#include <thread>
#include <vector>

namespace ouro::test {

using namespace std::chrono_literals;

/// A runtime with the synchronisation classes, and threads to use them.
struct ThreadFixture {
  explicit ThreadFixture(Options options = {}) : world(std::move(options)) {}

  Fixture world;
  Runtime& rt = world.rt;
  sync::Classes sync{world.rt};
  std::vector<Thread> threads;

  /// Starts a thread that does `work`.
  Thread& start(std::function<void()> work) {
    threads.emplace_back(rt, std::move(work));
    threads.back().start();
    return threads.back();
  }
  /// Gives the lock away until `condition` holds.
  void until(const std::function<bool()>& condition) {
    while (!condition()) {
      const GilRelease released(rt);
      std::this_thread::sleep_for(50us);
    }
  }
  void join() {
    for (Thread& thread : threads) thread.join();
    threads.clear();
  }
};

/// The C++ side of an object.
template <class T>
T& in(const Ref<>& object) {
  return *native_cast<T>(*object);
}

/// `object.name(arguments...)` for its effect.
template <class... A>
void do_call(const Ref<>& object, std::string_view name, const A&... arguments) {
  static_cast<void>(object.attr(name)(arguments...));
}
/// The same for its truth.
template <class... A>
bool ask(const Ref<>& object, std::string_view name, const A&... arguments) {
  return truth(*object.attr(name)(arguments...));
}
/// The text of an object, with an address in it written as "0x".
inline std::string text_without_address(const Ref<>& object) {
  std::string shown(text(*repr(*object)));
  for (std::size_t at = shown.find("0x"); at != std::string::npos; at = shown.find("0x", at + 2)) {
    std::size_t end = at + 2;
    while (end < shown.size() && std::isxdigit(static_cast<unsigned char>(shown[end])) != 0) ++end;
    shown.erase(at + 2, end - at - 2);
  }
  return shown;
}

}  // namespace ouro::test
