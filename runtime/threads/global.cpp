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
  cell->is_dropped = true;
  if (home->gil == nullptr) {
    const bool is_listed = cell->object != nullptr;  // `end` has not come to it yet, and will
    locked.unlock();
    if (!is_listed) delete cell;
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
  const auto take_next = [this] {
    GlobalCell* const cell = Cells::pop_front(first);
    return cell != nullptr ? cell : Cells::pop_front(dead);  // what came there since
  };
  while (GlobalCell* const cell = take_next()) {
    Object* const object = std::exchange(cell->object, nullptr);
    const bool is_dropped = cell->is_dropped;
    locked.unlock();
    Ref<>::adopt(object).reset();
    if (is_dropped) delete cell;
    locked.lock();
  }
}

}  // namespace ouro::detail
