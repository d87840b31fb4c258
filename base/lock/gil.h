// The lock: one mutex that guards every object of a runtime.
//
// Two threads never run object code of one runtime at the same time, so counts need no atomic arithmetic and no object needs
// a lock of its own. A holder keeps the lock until it blocks or somebody asks for it; it answers at its next safepoint. A
// runtime owns one; several run in parallel. docs/threads.md tells why it is built this way and what was measured.
//
//   holder                 a waiter that computes too        a waiter that comes back from blocking code
//   ------                 --------------------------        -------------------------------------------
//   run                    wait until the holder's turn      wait until the holder has run for `min_run`
//   ...                    is one switch interval old        (already over, mostly)
//   safepoint              ask                               ask, and look for 20 us instead of sleeping
//   hand over the lock --> run a whole turn                  run a moment, drop --> the holder goes on with its turn
//
//   Nobody waits: take is one compare-and-swap of the word, free -> held, and drop one back; for a thread with the habit,
//   a plain store each (detail/gil_bias.h). Somebody waits: both go through the mutex, and a drop hands the lock to the
//   first waiter if that one is awake. If it sleeps, the lock is free while it wakes; whoever takes it meanwhile hands it
//   over next time. A thread that takes short turns one after the other is left alone for some `min_run`s, so that a pool of
//   such threads does not change threads at every turn.
//
// Laws
//   lock-taken-once: a thread that holds the lock does not take it again.
//   lock-not-held: only the holder drops, yields or releases.
//   one-safepoint: whatever call reaches it, a safepoint lets others run, does what waits for one, and collects what is due.
//   registered-waiter: while a waiter is registered, the held bit is set only under the mutex. So a drop cannot miss a
//     waiter.
//   forced-switch: a thread that dropped on request does not get the lock back before another thread had it, unless every
//     waiter has left. A waiter that leaves says so; nobody waits for one that is gone (CPython's gh-96387).
//   turn-for-turn: a thread that comes back asks only when the holder has run for as long as its own last turn took, at
//     least `min_run` and at most one interval; one that takes short turns one after the other, for as long as it is
//     left alone itself. One that never waited before asks after an interval.
//   locks-in-order: a thread waits for a lock only while every other lock it holds has a lower address, so threads inside
//     several runtimes cannot block each other for ever. It drops the higher ones meanwhile: to wait for one runtime's lock
//     is a safepoint of the others.
#pragma once

#include <ouro/base/assert.h>
#include <ouro/base/lock/gil_state.h>
#include <ouro/base/standard/clock.h>

#include <atomic>
#include <cstdint>
#include <mutex>

namespace ouro {

/// The lock of one runtime. Not recursive; see `Attach` for nesting. Destroy it, held or free, when no other thread can
/// reach it.
class Gil : private detail::GilState {
 public:
  /// What `sys.getswitchinterval()` says at first.
  static constexpr std::chrono::microseconds kDefaultSwitchInterval{kDefaultIntervalUs};
  static constexpr std::chrono::microseconds kDefaultMinRun{kDefaultMinRunUs};

  Gil() noexcept;
  ~Gil();
  Gil(const Gil&) = delete;
  Gil& operator=(const Gil&) = delete;

  /// True if the calling thread holds the lock. Two loads, no ordering: the answer for one's own thread is always exact.
  [[nodiscard]] bool held_by_this_thread() const noexcept { return holder_.load(std::memory_order_relaxed) == self(); }
  /// True if a waiter asked the holder to drop the lock. One relaxed load.
  [[nodiscard]] bool drop_requested() const noexcept { return (attention_.load(std::memory_order_relaxed) & kDrop) != 0; }

  /// Answers a waiter's request, if there is one, calls the handler if `request_attention` was called, and runs the
  /// collection that waits. The place where threads switch: loop back edges, calls, long loops. Throws what the handler
  /// throws; a collection waits for the next safepoint then. Every other safepoint of the library is this one (law
  /// one-safepoint).
  void safepoint() {
    if (attention_.load(std::memory_order_relaxed) != 0) [[unlikely]]
      attend();
  }

  /// What `request_attention` calls at the next safepoint, by the thread that holds the lock then.
  void set_attention_handler(void (*handler)(void* context), void* context) noexcept;
  /// Makes the next safepoint call the handler. Any thread, also in a signal handler.
  void request_attention() noexcept { attention_.fetch_or(kCall, std::memory_order_release); }
  /// The handler's: from here on a new request is a new call.
  void accept_attention() noexcept { attention_.fetch_and(~kCall, std::memory_order_acquire); }

  /// What safepoints call while a collection is due. The caller holds the lock.
  void set_collector(void (*collect)(void* context) noexcept, void* context) noexcept {
    collect_ = collect;
    collect_context_ = context;
  }
  /// A collection waits for a safepoint, or does not any more. The caller holds the lock.
  void set_collection_due(bool due) noexcept {
    due ? attention_.fetch_or(kCollect, std::memory_order_relaxed)
        : attention_.fetch_and(~kCollect, std::memory_order_relaxed);
  }

  /// Takes the lock, waiting as long as that needs. Works on a closed lock too: threads inside must be able to leave.
  void take() noexcept;
  /// Takes the lock like `take()`, unless `close()` has begun: then returns false at once, from a wait as well.
  [[nodiscard]] bool try_take() noexcept;
  /// Takes the lock if it is free and nobody waits for it. Never waits.
  [[nodiscard]] bool take_if_free() noexcept;
  /// Gives the lock up and wakes a waiter. Never waits.
  void drop() noexcept;
  /// Drops and retakes the lock. If somebody waits, the caller gets it back only after another thread had it.
  void yield() noexcept;

  /// How long a waiter waits before it asks the holder to drop. Accuracy is that of the system's timers.
  [[nodiscard]] std::chrono::microseconds switch_interval() const noexcept {
    return std::chrono::microseconds(interval_us_.load(std::memory_order_relaxed));
  }
  /// Sets the switch interval; waits under way keep the old one. `interval` must be positive: callers raise the ValueError.
  void set_switch_interval(std::chrono::microseconds interval) noexcept;

  /// How long a holder may run before a thread that comes back from blocking code interrupts it: the dial between the rate
  /// of a saturated I/O thread and the share of a computing one. 50 us at first; 0 serves I/O first.
  [[nodiscard]] std::chrono::microseconds min_run() const noexcept {
    return std::chrono::microseconds(min_run_us_.load(std::memory_order_relaxed));
  }
  void set_min_run(std::chrono::microseconds run) noexcept;

  /// Is called by each thread that gets the lock after another one had it, with the marks of both. Set it under the lock.
  void set_switch_handler(void (*handler)(void* context, const void* from, const void* to) noexcept,
                          void* context) noexcept {
    switch_handler_ = handler;
    switch_context_ = context;
  }

  /// From here on every safepoint draws who runs next, by `seed`: the same seed and the same program give the same order, as
  /// long as each thread that comes is announced. The caller holds the lock; a second call starts another order.
  void set_schedule(std::uint64_t seed) noexcept;
  [[nodiscard]] bool has_schedule() const noexcept { return (attention_.load(std::memory_order_relaxed) & kDraw) != 0; }
  /// Nobody draws until one more thread has come to take the lock with `arrive_as`. Returns the number for a new thread.
  std::uint64_t announce() noexcept;
  /// The announced thread, before its take: this is who it is from now on; 0: who it was before.
  void arrive_as(std::uint64_t number) noexcept;
  /// The announced thread does not come after all.
  void revoke_announcement() noexcept;

  /// Who hears of every run; null: nobody. The caller holds the lock.
  void set_observer(GilObserver* observer) noexcept;

  /// The child of a fork: the lock is the caller's if `held`, else free; the waiters were threads of the parent.
  void reset_after_fork(bool held) noexcept;
  /// True in the child of a fork if another thread held the lock then: nobody knows what it was in the middle of.
  [[nodiscard]] bool torn() const noexcept { return torn_; }

  /// From now on `barred(context)` is asked, on its own thread, about everybody who waits or comes to wait for the lock:
  /// whoever it is true of stays where it is for ever. Nobody is, if `barred` is null. The caller holds the lock.
  void bar(bool (*barred)(void* context) noexcept, void* context) noexcept;
  /// True if some thread waits for the lock. The caller holds it.
  [[nodiscard]] bool awaited() noexcept;

  /// Refuses every `try_take()` from now on, waiting ones included. Any thread may call it, any number of times.
  void close() noexcept;
  /// True once `close()` has begun.
  [[nodiscard]] bool closed() const noexcept { return closed_.load(std::memory_order_acquire); }

  /// True if one thread takes and drops this lock by habit, at no more than a store. Any thread.
  [[nodiscard]] bool biased() const noexcept { return (word_.load(std::memory_order_relaxed) & kBiased) != 0; }
  /// The calling thread's habits end, because it does. The library calls it.
  static void end_bias_of_thread() noexcept;
  /// In the child of a fork: no habits of threads that are not here. The library calls it.
  static void forget_biases_of_others() noexcept;

  /// The counters, each exact when the caller holds the lock.
  [[nodiscard]] GilStats stats() const noexcept;

  /// What names the running thread for as long as it runs.
  [[nodiscard]] static const void* mark_of_thread() noexcept { return self(); }

 private:
  [[nodiscard]] static ThreadMark self() noexcept { return &detail::held_locks; }
  void expect_held(const char* call) const noexcept;
  void expect_not_held(const char* call) const noexcept;

  [[nodiscard]] bool take_fast() noexcept;
  [[nodiscard]] bool take_in_order(bool refusable) noexcept;
  [[nodiscard]] bool take_slowly(bool refusable) noexcept;
  void become_holder() noexcept;
  void cease_holder() noexcept;
  void enter_held_locks() noexcept;
  void leave_held_locks() noexcept;
  void attend();
  void call_handler();
  void hand_over(bool interrupted) noexcept;
  /// An announced thread has come, or will not; under the mutex.
  void note_arrival() noexcept;
  [[nodiscard]] GilWaiter* next_holder(std::unique_lock<std::mutex>& locked, std::uint64_t self) noexcept;
  void queue_again(GilWaiter& me, Nanoseconds now, bool interrupted) noexcept;
  void watch_every_take() noexcept;
  void begin_bias() noexcept;
  void end_bias() noexcept;
  void forget_bias() noexcept;
  static void leave_bias() noexcept;
  [[nodiscard]] detail::GilHabit& habit_here() const noexcept;
  [[nodiscard]] std::uint64_t number_here() noexcept;
  void note_end(Nanoseconds now, bool on_request) noexcept;
  void drop_slowly() noexcept;

  // Under the mutex. What returns a word returns whom to wake after the mutex is free, or null.
  using Wake = const std::atomic<std::uint32_t>*;
  [[nodiscard]] bool wait_for_turn(std::unique_lock<std::mutex>& locked, GilWaiter& me) noexcept;
  [[nodiscard]] bool claim(const GilWaiter& me) noexcept;
  [[nodiscard]] bool claim_from_queue(GilWaiter& me) noexcept;
  void begin_hold(const GilWaiter& me) noexcept;
  void note_hold(Nanoseconds now) noexcept;
  void stay_outside_if_barred(std::unique_lock<std::mutex>& locked, GilWaiter* me) noexcept;
  void name_watchers() noexcept;
  [[nodiscard]] bool keeps_turn(const GilWaiter& next, Nanoseconds now) noexcept;
  [[nodiscard]] Wake grant(GilWaiter& waiter, Nanoseconds now) noexcept;
  [[nodiscard]] Wake call(GilWaiter& waiter) noexcept;
  [[nodiscard]] Wake leave_queue(GilWaiter& me) noexcept;
  [[nodiscard]] Wake pass_on(std::unique_lock<std::mutex>& locked, Nanoseconds now) noexcept;
  void ask() noexcept { attention_.fetch_or(kDrop, std::memory_order_relaxed); }
  void forget_request() noexcept { attention_.fetch_and(~kDrop, std::memory_order_relaxed); }
  [[nodiscard]] Nanoseconds watch_clock(GilWaiter& me) noexcept;
  [[nodiscard]] Nanoseconds ask_if_due(GilWaiter& me, Nanoseconds now) noexcept;
  [[nodiscard]] Nanoseconds time_to_ask(const GilWaiter& me, Nanoseconds now) noexcept;
  void begin_turn(const GilWaiter& waiter, Nanoseconds now) noexcept;
  void begin_unwatched_run(Nanoseconds now) noexcept;
  [[nodiscard]] Nanoseconds turn_so_far(Nanoseconds now) const noexcept;

  void prepare_newcomer(GilWaiter& me, Nanoseconds now) noexcept;
  void pause(GilWaiter& me, Nanoseconds deadline) const noexcept;
  [[nodiscard]] Nanoseconds interval() const noexcept;
};

}  // namespace ouro
