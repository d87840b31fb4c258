// The cells behind handles for any thread: made, dropped on any thread, freed under the lock.
#include <ouro/base/detail/ring.h>
#include <ouro/base/error.h>
#include <ouro/objects/model/one_runtime.h>
#include <ouro/runtime/threads/global.h>

#include <new>
#include <utility>

namespace ouro::detail {

namespace {

using Cells = Ring<GlobalCell, &GlobalCell::next, &GlobalCell::previous>;

}  // namespace

GlobalCell* GlobalHome::make(const Shared<GlobalHome>& home, Ref<> object) {
  expect_one_runtime(home->heap, *object);
  GlobalCell* cell = nullptr;
  try {
    cell = new GlobalCell{.home = home, .object = nullptr};
  } catch (const std::bad_alloc&) {
    raise_out_of_memory();
  }
  cell->object = object.release();
  const std::lock_guard locked(home->mutex);
  Cells::push_front(home->first, *cell);
  return cell;
}

void GlobalHome::drop(GlobalCell* cell) noexcept {
  const Shared<GlobalHome> home = cell->home;
  std::unique_lock locked(home->mutex);
  if (!Cells::is_linked(*cell)) {  // the runtime has taken its count back
    locked.unlock();
    delete cell;
    return;
  }
  Cells::remove(home->first, *cell);
  if (home->gil == nullptr || !home->gil->held_by_this_thread()) {  // without a lock any more, `end` will come to it
    Cells::push_front(home->dead, *cell);
    if (home->safepoint != nullptr) home->safepoint->request_maintenance();
    return;
  }
  locked.unlock();
  Ref<>::adopt(cell->object).reset();
  delete cell;
}

void GlobalHome::free_dead() noexcept {
  for (;;) {
    std::unique_lock locked(mutex);
    GlobalCell* const cell = Cells::pop_front(dead);
    if (cell == nullptr) return;
    locked.unlock();
    Ref<>::adopt(cell->object).reset();
    delete cell;
  }
}

// What dies here may drop further handles, whose cells may still be listed.
void GlobalHome::end() noexcept {
  free_dead();
  std::unique_lock locked(mutex);
  gil = nullptr;
  safepoint = nullptr;
  for (;;) {
    GlobalCell* const dropped = Cells::pop_front(dead);
    GlobalCell* const cell = dropped != nullptr ? dropped : Cells::pop_front(first);
    if (cell == nullptr) return;
    Object* const object = std::exchange(cell->object, nullptr);
    locked.unlock();
    Ref<>::adopt(object).reset();
    delete dropped;
    locked.lock();
  }
}

}  // namespace ouro::detail
