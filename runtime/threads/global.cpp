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
  Cells::push_front(home->first, *cell);
  return cell;
}

void GlobalHome::drop(GlobalCell* cell) noexcept {
  const std::shared_ptr<GlobalHome> home = cell->home;
  std::unique_lock locked(home->mutex);
  if (home->gil == nullptr) {
    locked.unlock();
    delete cell;
    return;
  }
  if (!home->gil->held_by_this_thread()) {
    Cells::remove(home->first, *cell);
    Cells::push_front(home->dead, *cell);
    home->safepoint->keep_house_soon();
    return;
  }
  Cells::remove(home->first, *cell);
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

void GlobalHome::end() noexcept {
  free_dead();
  std::unique_lock locked(mutex);
  gil = nullptr;
  safepoint = nullptr;
  while (GlobalCell* const cell = Cells::pop_front(first)) {
    Object* const object = std::exchange(cell->object, nullptr);
    locked.unlock();
    Ref<>::adopt(object).reset();
    locked.lock();
  }
}

}  // namespace ouro::detail
