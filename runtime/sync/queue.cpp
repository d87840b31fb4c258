// Queue, LifoQueue, PriorityQueue and SimpleQueue.
#include <ouro/base/error.h>
#include <ouro/objects/core/protocol.h>
#include <ouro/runtime/sync/queue.h>

#include <algorithm>
#include <new>
#include <utility>

namespace ouro::sync {

Patience Queue::checked_patience(bool block, Seconds timeout) {
  if (!block) return Patience(std::chrono::nanoseconds(0));
  if (timeout && *timeout < 0) raise(ErrorKind::kValueError, "'timeout' must be a non-negative number");
  return patience_of(timeout);
}

void Queue::put(Ref<> item, bool block, Seconds timeout) {
  // As in CPython, nobody looks at the timeout of a queue without a limit.
  const Patience patience = most_ > 0 ? checked_patience(block, timeout) : Patience::endless();
  while (!put_at_once(item)) {
    if (patience.is_over()) raise(kQueueFull, "");
    static_cast<void>(not_full_->wait(**domain_, patience));
  }
}

Ref<> Queue::get(bool block, Seconds timeout) {
  const Patience patience = checked_patience(block, timeout);
  for (;;) {
    if (Ref<> item = get_at_once()) return item;
    if (patience.is_over()) raise(kQueueEmpty, "");
    static_cast<void>(not_empty_->wait(**domain_, patience));
  }
}

bool Queue::put_at_once(const Ref<>& item) {
  expect_outside();
  const Holding<RLock> inside(inside_);
  expect_open();
  if (full()) return false;
  insert(item);
  ++unfinished_;
  not_empty_->wake(**domain_, 1);
  return true;
}

Ref<> Queue::get_at_once() {
  expect_outside();
  const Holding<RLock> inside(inside_);
  if (empty()) {
    expect_open();
    return {};
  }
  Ref<> item = take();
  not_full_->wake(**domain_, 1);
  return item;
}

void Queue::task_done() {
  if (unfinished_ == 0) raise(ErrorKind::kValueError, "task_done() called too many times");
  if (--unfinished_ == 0) all_done_->wake_all(**domain_);
}

void Queue::join() {
  while (unfinished_ > 0) static_cast<void>(all_done_->wait(**domain_, Patience::endless()));
}

void Queue::shutdown(bool at_once) {
  if (at_once) expect_outside();
  shut_down_ = true;
  std::deque<Ref<>> dropped;  // dies last: what its items run finds the queue as it will be
  if (at_once) {
    const Holding<RLock> inside(inside_);
    dropped.swap(items_);
    unfinished_ -= std::min<std::uint64_t>(unfinished_, dropped.size());
    all_done_->wake_all(**domain_);
  }
  not_empty_->wake_all(**domain_);
  not_full_->wake_all(**domain_);
}

// In CPython a comparison, or a finalizer that runs meanwhile, would wait here for its own thread.
void Queue::expect_outside() const {
  if (inside_.owned()) raise(ErrorKind::kRuntimeError, "a queue cannot be used by what it compares");
}

void Queue::expect_open() const {
  if (shut_down_) raise(kQueueShutDown, "");
}

void Queue::insert(Ref<> item) {
  try {
    items_.push_back(std::move(item));
  } catch (const std::bad_alloc&) {
    raise_out_of_memory();
  }
  if (order_ == Order::kLeast) rise(items_.size() - 1);
}

Ref<> Queue::take() {
  if (order_ == Order::kLeast && items_.size() > 1) {
    items_.front().swap(items_.back());
    Ref<> least = std::move(items_.back());
    items_.pop_back();
    sink(0);
    return least;
  }
  Ref<>& next = order_ == Order::kLastIn ? items_.back() : items_.front();
  Ref<> item = std::move(next);
  order_ == Order::kLastIn ? items_.pop_back() : items_.pop_front();
  return item;
}

bool Queue::is_less(std::size_t left, std::size_t right) const {
  const Ref<> one = items_[left];
  const Ref<> other = items_[right];
  return compare(*one, *other, Comparison::kLess);
}

// Items change places only between comparisons, so the collector and an error always find each of them once.
void Queue::rise(std::size_t place) {
  while (place > 0) {
    const std::size_t parent = (place - 1) / 2;
    if (!is_less(place, parent)) return;
    items_[place].swap(items_[parent]);
    place = parent;
  }
}

void Queue::sink(std::size_t place) {
  for (;;) {
    std::size_t child = 2 * place + 1;
    if (child >= items_.size()) return;
    if (child + 1 < items_.size() && is_less(child + 1, child)) ++child;
    if (!is_less(child, place)) return;
    items_[place].swap(items_[child]);
    place = child;
  }
}

}  // namespace ouro::sync
