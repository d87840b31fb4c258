#include <ouro/base/error.h>
#include <ouro/objects/model/one_runtime.h>
#include <ouro/runtime/threads/global.h>

#include <new>
#include <utility>

namespace ouro::detail {

GlobalCell* GlobalHome::make(const std::shared_ptr<GlobalHome>& home, Ref<> object) {
  expect_one_runtime(home->heap, *object);
  GlobalCell* cell = nullptr;
  try {
    cell = new GlobalCell{.home = home, .object = nullptr};
  } catch (const std::bad_alloc&) {
    raise_out_of_memory();
  }
  cell->object = object.release();
  const std::lock_guard locked(home->mutex);
  cell->next = home->first;
  if (home->first != nullptr) home->first->previous = cell;
  home->first = cell;
  return cell;
}

void GlobalHome::drop(GlobalCell* cell) noexcept {
  const std::shared_ptr<GlobalHome> home = cell->home;
  std::unique_lock locked(home->mutex);
  cell->is_dropped = true;
  if (home->gil == nullptr) {
    const bool is_listed = cell->object != nullptr;  // `end` has not come to it yet, and will
    locked.unlock();
    if (!is_listed) delete cell;
    return;
  }
  if (!home->gil->held_by_this_thread()) {
    cell->next_dead = std::exchange(home->dead, cell);
    home->safepoint->keep_house_soon();
    return;
  }
  home->unlink(*cell);
  locked.unlock();
  Ref<>::adopt(cell->object).reset();
  delete cell;
}

void GlobalHome::bury() noexcept {
  for (;;) {
    std::unique_lock locked(mutex);
    GlobalCell* const cell = dead;
    if (cell == nullptr) return;
    dead = cell->next_dead;
    unlink(*cell);
    locked.unlock();
    Ref<>::adopt(cell->object).reset();
    delete cell;
  }
}

void GlobalHome::end() noexcept {
  bury();
  std::unique_lock locked(mutex);
  gil = nullptr;
  safepoint = nullptr;
  dead = nullptr;  // what came there since stands in the other list, too
  while (GlobalCell* const cell = first) {
    unlink(*cell);
    Object* const object = std::exchange(cell->object, nullptr);
    const bool is_dropped = cell->is_dropped;
    locked.unlock();
    Ref<>::adopt(object).reset();
    if (is_dropped) delete cell;
    locked.lock();
  }
}

void GlobalHome::unlink(GlobalCell& cell) noexcept {
  (cell.previous == nullptr ? first : cell.previous->next) = cell.next;
  if (cell.next != nullptr) cell.next->previous = cell.previous;
}

}  // namespace ouro::detail
