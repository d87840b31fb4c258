// Queue, LifoQueue, PriorityQueue and SimpleQueue (CPython: Lib/queue.py).
//
// A queue between threads: `put` waits while it is full, `get` while it is empty. What a priority queue compares may run any
// code, so putting and getting are alone inside, as CPython's are under the queue's mutex. What is compared may not use the
// queue: RuntimeError.
#pragma once

#include <ouro/objects/model/ref.h>
#include <ouro/runtime/sync/errors.h>
#include <ouro/runtime/sync/lock.h>

#include <cstddef>
#include <cstdint>
#include <deque>
#include <tuple>
#include <utility>

namespace ouro::sync {

/// In which order items come out.
enum class Order : std::uint8_t { kFirstIn, kLastIn, kLeast };

/// A queue of objects.
class Queue {
 public:
  /// `most` items at most; 0 or less: as many as memory holds.
  Queue(LockDomain& domain, std::int64_t most, Order order) noexcept
      : domain_{&domain}, inside_(domain), most_(most), order_(order) {}

  /// Adds an item. Full if there is no room, at once or within `timeout`; ShutDown after `shutdown`. ValueError "'timeout'
  /// must be a non-negative number".
  void put(Ref<> item, bool block = true, Seconds timeout = {});
  /// Takes the next item. Empty if there is none, at once or within `timeout`; ShutDown if there will be none.
  [[nodiscard]] Ref<> get(bool block = true, Seconds timeout = {});
  /// One item that was got is done with. ValueError "task_done() called too many times".
  void task_done();
  /// Waits until every item that was put is done with.
  void join();

  /// Nothing can be put from now on, and who waits in `put`, or in `get` for an item that cannot come, gets ShutDown.
  /// `at_once` drops the items that are left, as if they were done with (CPython 3.13).
  void shutdown(bool at_once = false);

  [[nodiscard]] std::size_t size() const noexcept { return items_.size(); }
  /// How many threads wait in `put` and `get`.
  [[nodiscard]] std::size_t waiting() const noexcept { return not_empty_->size() + not_full_->size(); }
  [[nodiscard]] bool empty() const noexcept { return items_.empty(); }
  [[nodiscard]] bool full() const noexcept { return most_ > 0 && std::cmp_less_equal(most_, items_.size()); }
  [[nodiscard]] std::int64_t most() const noexcept { return most_; }
  /// Changes the limit. Items above it stay; who waits for room sees it when the next item is taken.
  void set_most(std::int64_t most) noexcept { most_ = most; }

 private:
  [[nodiscard]] bool put_at_once(const Ref<>& item);
  [[nodiscard]] Ref<> get_at_once();
  void expect_open() const;
  void expect_outside() const;
  void insert(Ref<> item);
  [[nodiscard]] Ref<> take();
  void rise(std::size_t place);
  void sink(std::size_t place);
  [[nodiscard]] bool is_less(std::size_t left, std::size_t right) const;
  [[nodiscard]] static Patience checked_patience(bool block, Seconds timeout);

  Untraced<LockDomain*> domain_;
  Untraced<WaitQueue> not_empty_;
  Untraced<WaitQueue> not_full_;
  Untraced<WaitQueue> all_done_;
  RLock inside_;
  std::int64_t most_;
  Order order_;
  bool shut_down_ = false;
  std::uint64_t unfinished_ = 0;
  std::deque<Ref<>> items_;  ///< a binary heap if the least goes first

 public:
  static constexpr std::tuple edges{&Queue::items_};
};

}  // namespace ouro::sync
