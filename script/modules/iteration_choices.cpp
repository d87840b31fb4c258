// The iterators of itertools that choose from a pool (CPython: Modules/itertoolsmodule.c): each gives a tuple of the items
// at its places, and moves the places on.
#include <ouro/objects/containers/list.h>
#include <ouro/objects/containers/tuple.h>
#include <ouro/script/modules/iteration_step.h>

#include <utility>

namespace ouro::script::steps {

namespace {

const Tuple& pool_of(const Step& step) noexcept { return static_cast<const Tuple&>(*step.parts[0]); }

/// The items of the pool at the first `size` places.
Ref<> chosen(Step& step, std::int64_t size) {
  const Ref<> pool = share(*step.parts[0]);
  Object* const* const items = static_cast<Tuple&>(*pool).items;
  return build_tuple(builtins_of(step), static_cast<std::size_t>(size),
                     [&](std::size_t i) noexcept { return share(*items[step.places[i]]); });
}

enum Phase : std::int64_t { kNew, kRunning, kEnded };

/// True if the first choice is still to come, which then has been.
bool is_first(Step& step) noexcept { return std::exchange(step.numbers[0], kRunning) == kNew; }

Ref<> end(Step& step) noexcept {
  step.numbers[0] = kEnded;
  return {};
}

}  // namespace

// parts: a tuple of pools. places: of an item in each.
Ref<> product(Step& step) {
  if (step.numbers[0] == kEnded) return {};
  const Ref<> pools = share(*step.parts[0]);
  const Tuple& all = static_cast<const Tuple&>(*pools);
  const auto pool = [&](std::size_t i) noexcept -> const Tuple& { return static_cast<const Tuple&>(*all.items[i]); };
  if (is_first(step)) {
    for (std::size_t i = 0; i < all.size; ++i)
      if (pool(i).size == 0) return end(step);
  } else {
    std::size_t i = all.size;
    for (; i > 0; --i) {
      if (++step.places[i - 1] < static_cast<std::int64_t>(pool(i - 1).size)) break;
      step.places[i - 1] = 0;
    }
    if (i == 0) return end(step);
  }
  return build_tuple(builtins_of(step), all.size,
                     [&](std::size_t i) noexcept { return share(*pool(i).items[step.places[i]]); });
}

// parts: the pool. numbers: phase, how many are chosen. places: those of the pool in order, then a counter for each chosen.
Ref<> permutations(Step& step) {
  if (step.numbers[0] == kEnded) return {};
  const auto size = static_cast<std::int64_t>(pool_of(step).size);
  const std::int64_t chosen_count = step.numbers[1];
  if (is_first(step)) return chosen_count > size ? end(step) : chosen(step, chosen_count);
  std::int64_t* const places = step.places;
  std::int64_t* const cycles = step.places + size;
  for (std::int64_t i = chosen_count - 1; i >= 0; --i) {
    if (--cycles[i] > 0) {
      std::swap(places[i], places[size - cycles[i]]);
      return chosen(step, chosen_count);
    }
    const std::int64_t moved = places[i];
    for (std::int64_t j = i; j + 1 < size; ++j) places[j] = places[j + 1];
    places[size - 1] = moved;
    cycles[i] = size - i;
  }
  return end(step);
}

// parts: the pool. numbers: phase, how many are chosen. places: of the chosen, rising.
Ref<> combinations(Step& step) {
  if (step.numbers[0] == kEnded) return {};
  const auto size = static_cast<std::int64_t>(pool_of(step).size);
  const std::int64_t chosen_count = step.numbers[1];
  if (is_first(step)) return chosen_count > size ? end(step) : chosen(step, chosen_count);
  std::int64_t i = chosen_count - 1;
  while (i >= 0 && step.places[i] == i + size - chosen_count) --i;
  if (i < 0) return end(step);
  ++step.places[i];
  for (std::int64_t j = i + 1; j < chosen_count; ++j) step.places[j] = step.places[j - 1] + 1;
  return chosen(step, chosen_count);
}

// The same, but an item may be chosen again.
Ref<> combinations_again(Step& step) {
  if (step.numbers[0] == kEnded) return {};
  const auto size = static_cast<std::int64_t>(pool_of(step).size);
  const std::int64_t chosen_count = step.numbers[1];
  if (is_first(step)) return size == 0 && chosen_count > 0 ? end(step) : chosen(step, chosen_count);
  std::int64_t i = chosen_count - 1;
  while (i >= 0 && step.places[i] == size - 1) --i;
  if (i < 0) return end(step);
  const std::int64_t place = step.places[i] + 1;
  for (std::int64_t j = i; j < chosen_count; ++j) step.places[j] = place;
  return chosen(step, chosen_count);
}

}  // namespace ouro::script::steps
