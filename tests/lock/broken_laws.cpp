// The checks of the lock, tested by breaking its laws: each says which law and which call.
#include <ouro/base/lock/process_barrier.h>
#include <ouro/runtime/sync/classes.h>
#include <ouro/runtime/threads/guards.h>
#include <support/broken_law.h>
#include <support/fixture.h>

#include <array>
#include <cerrno>
#include <chrono>
#include <cstddef>
#include <memory>
#include <optional>

#include <linux/filter.h>
#include <linux/seccomp.h>
#include <sys/prctl.h>
#include <sys/syscall.h>

using namespace ouro;
using namespace ouro::test;

namespace {

constexpr bool kChecked = kChecks >= CheckLevel::kCheap;

/// From here on the system refuses this process membarrier(2), as a sandbox may.
void refuse_barriers() {
  std::array<sock_filter, 4> filter{{BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(seccomp_data, nr)),
                                     BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, SYS_membarrier, 0, 1),
                                     BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ERRNO | EPERM),
                                     BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW)}};
  const sock_fprog program{filter.size(), filter.data()};
  prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0);
  prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program);
}

}  // namespace

TEST_CASE("Taking a lock that one holds breaks a law", "[lock][law-lock-held]") {
  if (!kChecked) return;
  Gil gil;
  gil.take();
  CHECK_THAT(broken_law_of([&] { gil.take(); }), ContainsSubstring("[lock-held]: Gil::take "));
  CHECK_THAT(broken_law_of([&] { static_cast<void>(gil.try_take()); }), ContainsSubstring("[lock-held]: Gil::try_take "));
  CHECK_THAT(broken_law_of([&] { const GilGuard again(gil); }), ContainsSubstring("[lock-held]: Gil::take "));
}

TEST_CASE("Dropping or yielding a lock that one does not hold breaks a law", "[lock][law-lock-not-held]") {
  if (!kChecked) return;
  LockDomain domain;
  CHECK_THAT(broken_law_of([&] { domain.gil.drop(); }), ContainsSubstring("[lock-not-held]: Gil::drop "));
  CHECK_THAT(broken_law_of([&] { domain.gil.yield(); }), ContainsSubstring("[lock-not-held]: Gil::yield "));
  CHECK_THAT(broken_law_of([&] { const GilRelease released(domain); }), ContainsSubstring("[lock-not-held]: GilRelease "));
  CHECK_THAT(broken_law_of([&] {
               const Attachment attachment = domain.threads.attach();
               domain.gil.drop();
               domain.threads.detach(attachment);
             }),
             ContainsSubstring("[lock-not-held]: ThreadRegistry::detach "));
}

TEST_CASE("Calls without the lock are named", "[lock][law-lock-held]") {
  if (!kChecked) return;
  Fixture world;
  const auto list = world.rt.list(1);
  const auto dict = world.rt.dict({{"key", 1}});
  const auto named = [&](auto action) {
    return broken_law_of([&] {
      const GilRelease released(world.rt);
      action();
    });
  };
  CHECK_THAT(named([&] { static_cast<void>(world.rt.list()); }), ContainsSubstring("[lock-held]: making an object "));
  CHECK_THAT(named([&] { list->append(*list); }), ContainsSubstring("[lock-held]: list.append "));
  CHECK_THAT(named([&] { static_cast<void>(list->get(0)); }), ContainsSubstring("[lock-held]: list.get "));
  CHECK_THAT(named([&] { list->set(0, *list); }), ContainsSubstring("[lock-held]: list.set "));
  CHECK_THAT(named([&] { static_cast<void>(dict->find("key")); }), ContainsSubstring("[lock-held]: dict.get "));
  CHECK_THAT(named([&] { dict->set("key", *list); }), ContainsSubstring("[lock-held]: dict.set "));
  CHECK_THAT(named([&] { static_cast<void>(world.rt.gc().collect()); }), ContainsSubstring("[lock-held]: gc.collect "));
  CHECK_THAT(named([&] { world.rt.safepoint(); }), ContainsSubstring("[lock-held]: Runtime::safepoint "));
  CHECK_THAT(named([&] { static_cast<void>(world.rt.thread_dict()); }),
             ContainsSubstring("[lock-held]: Runtime::thread_dict "));
  Thread thread(world.rt, [] {});
  CHECK_THAT(named([&] { thread.start(); }), ContainsSubstring("[lock-held]: Thread::start "));
  CHECK_THAT(named([&] { thread.join(); }), ContainsSubstring("[lock-held]: Thread::join "));
  const Ref<> event = sync::Classes(world.rt).event();
  CHECK_THAT(named([&] { native_cast<sync::Event>(*event)->wait(); }), ContainsSubstring("[lock-held]: WaitQueue::wait "));
  CHECK_THAT(named([&] { native_cast<sync::Event>(*event)->set(); }), ContainsSubstring("[lock-held]: WaitQueue::wake "));
  if (kChecks < CheckLevel::kInternal) return;
  CHECK_THAT(named([&] { const Ref<> copy(list); }), ContainsSubstring("[lock-held]: copying a Ref "));
  CHECK_THAT(broken_law_of([&] {
               std::optional<Ref<>> copy(list);
               const GilRelease released(world.rt);
               copy.reset();
             }),
             ContainsSubstring("[lock-held]: dropping a Ref "));
}

TEST_CASE("Ending attachments out of order breaks a law", "[lock][law-attach-same-thread]") {
  if (!kChecked) return;
  LockDomain domain;
  CHECK_THAT(broken_law_of([&] {
               const Attachment outer = domain.threads.attach();
               static_cast<void>(domain.threads.attach());
               domain.threads.detach(outer);
             }),
             ContainsSubstring("[attach-same-thread]"));
}

TEST_CASE("Ending a runtime with a thread inside breaks a law", "[lock][law-threads-gone]") {
  if (!kChecked) return;
  CHECK_THAT(broken_law_of([] {
               LockDomain domain;
               static_cast<void>(domain.threads.attach());
             }),
             ContainsSubstring("[threads-gone]"));
}

TEST_CASE("A switch interval that is not positive breaks a law", "[lock][law-switch-interval-positive]") {
  if (!kChecked) return;
  Gil gil;
  CHECK_THAT(broken_law_of([&] { gil.set_switch_interval(std::chrono::microseconds(0)); }),
             ContainsSubstring("[switch-interval-positive]"));
  CHECK_THAT(broken_law_of([&] { gil.set_min_run(std::chrono::microseconds(-1)); }),
             ContainsSubstring("[min-run-not-negative]"));
}

TEST_CASE("A barrier that the system gave and then refuses breaks a law", "[lock][law-process-barrier]") {
  if (!has_process_barrier()) return;
  CHECK_THAT(broken_law_of([] {
               refuse_barriers();
               process_barrier();
             }),
             ContainsSubstring("[process-barrier]"));
}
