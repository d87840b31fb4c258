// Law never-fails: tracking goes on where the system gives no more memory.
#include <cstdlib>

#include "toy.h"
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

namespace ouro::test {

namespace {

/// Takes from malloc, as a log would that grows, until it gives no long one, in none of the arenas that earlier tests left.
void drain_malloc() {
  constexpr std::size_t kShortLog = std::size_t{1} << 16;
  for (int refused = 0; refused < 64; ++refused) {
    std::size_t bytes = 4096;
    for (void* log = std::malloc(bytes); log != nullptr; bytes *= 2) log = std::realloc(log, 2 * bytes);
    if (bytes > kShortLog) refused = 0;
  }
}

/// What `action` says in a child process, to which the system gives no more address space, and in which malloc has nothing
/// left that it could give for a long log.
template <typename Action>
bool holds_without_memory(Action action) {
  const pid_t child = fork();
  if (child == 0) {
    rlimit limit{};
    getrlimit(RLIMIT_AS, &limit);
    limit.rlim_cur = 1;
    setrlimit(RLIMIT_AS, &limit);
    drain_malloc();
    std::_Exit(action() ? 0 : 1);
  }
  int status = 0;
  waitpid(child, &status, 0);
  return WIFEXITED(status) && WEXITSTATUS(status) == 0;
}

void lift_limit() {
  rlimit limit{};
  getrlimit(RLIMIT_AS, &limit);
  limit.rlim_cur = limit.rlim_max;
  setrlimit(RLIMIT_AS, &limit);
}

}  // namespace

TEST_CASE("an object for which no log has room starts old, and is collected all the same", "[gc][law-never-fails]") {
  if (kAddressSanitizer || kThreadSanitizer) return;  // they need address space of their own
  ToyWorld world;
  world.gc.set_stress(false);
  world.gc.disable();
  CHECK(holds_without_memory([&] {
    constexpr std::size_t kToys = 200'000;
    Ref<Toy> chain = world.make();
    for (std::size_t i = 1; i < kToys; ++i) {
      Ref<Toy> next = world.make();
      next->set(0, chain.get());
      chain = std::move(next);
    }
    const bool newest_is_old = world.gc.generation_of(*chain) == 2;
    lift_limit();  // the verifier needs memory
    alloc::Report findings;
    gc::verify(world.gc, findings);
    const bool whole = world.gc.collect() == 0 && world.alive() == kToys;
    Toy* first = chain.get();
    while (first->get(0) != nullptr) first = first->get(0);
    first->set(0, chain.get());
    chain.reset();
    return newest_is_old && findings.clean() && whole && world.gc.collect() == kToys;
  }));
}

TEST_CASE("what a legacy finalizer holds is set aside whole where the stack to follow it has no memory", "[gc]") {
  if (kAddressSanitizer || kThreadSanitizer) return;
  ToyWorld world;
  world.gc.set_stress(false);
  world.gc.disable();
  constexpr std::size_t kToys = 6000;  // too many for the checks around a collection, which need memory
  for (std::size_t i = 0; i < kToys / 2; ++i) static_cast<void>(world.make_pair(world.plain));
  CHECK(world.gc.collect() == kToys);  // the list of the unreachable has room now
  CHECK(holds_without_memory([&] {
    Ref<Toy> chain = world.make();
    Toy* const last = chain.get();
    for (std::size_t i = 1; i < kToys; ++i) {
      Ref<Toy> next = world.make();
      next->set(0, chain.get());
      chain = std::move(next);
    }
    Ref<Toy> old = world.make(world.legacy);
    old->set(0, chain.get()), last->set(0, old.get());
    chain.reset(), old.reset();
    while (std::malloc(64) != nullptr) {}   // what the process has left
    static_cast<void>(world.gc.collect());  // counts those that there is memory to list
    const bool nothing_died = world.alive() == kToys + 1;
    lift_limit();
    alloc::Report findings;
    gc::verify(world.gc, findings);
    return nothing_died && findings.clean();
  }));
}

}  // namespace ouro::test
