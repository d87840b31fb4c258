// The functions of CPython's module gc, on a runtime's collector.
#include <ouro/base/or_out_of_memory.h>
#include <ouro/objects/core/protocol.h>
#include <ouro/objects/cpp/convert.h>
#include <ouro/objects/numbers/float.h>
#include <ouro/objects/numbers/int.h>
#include <ouro/objects/text/str.h>
#include <ouro/runtime/gc_view.h>

#include <fmt/format.h>

#include <algorithm>
#include <limits>

namespace ouro {

namespace {

[[nodiscard]] std::int32_t threshold_of(std::int64_t value) noexcept {
  using Limits = std::numeric_limits<std::int32_t>;
  return static_cast<std::int32_t>(std::clamp<std::int64_t>(value, Limits::min(), Limits::max()));
}

/// A list of borrowed objects; they live, and making the list must not change that.
Ref<List> list_of(Builtins& builtins, const std::vector<Ref<>>& objects) {
  Ref<List> list = make_list(builtins, objects.size());
  for (const Ref<>& object : objects) list->append(*object);
  return list;
}

std::vector<Ref<>> held(const std::vector<Object*>& objects) {
  return or_out_of_memory([&] {
    std::vector<Ref<>> result;
    result.reserve(objects.size());
    for (Object* const object : objects) result.push_back(Ref<>::share(object));
    return result;
  });
}

void set_number(Dict& dict, std::string_view key, std::uint64_t value) {
  dict.set(key, *to_object(builtins_of(dict), static_cast<std::int64_t>(value)));
}

Ref<Tuple> three(Builtins& builtins, const gc::Generations::Thresholds& values) {
  return make_tuple(builtins, make_int(builtins, values[0]), make_int(builtins, values[1]), make_int(builtins, values[2]));
}

/// The list, made when it is first asked for. Making it may collect, and a finalizer ask for it, too: then that one stays
/// (law made-once).
List& made_once(Builtins& builtins, Ref<List>& list) {
  if (!list) {
    Ref<List> made = make_list(builtins);
    if (!list) list = std::move(made);
  }
  return *list;
}

}  // namespace

GcView::GcView(Heap& heap, const gc::CollectorOptions& options) : collector_(heap, options) {
  collector_.set_listener(this);
}

GcView::~GcView() {
  collector_.set_listener(nullptr);
  callbacks_ = {};
  garbage_ = {};
}

// The objects are held before the list is made, because making it may collect.
Ref<List> GcView::get_objects(std::optional<int> generation) {
  const int chosen = generation.value_or(-1);
  if (chosen > gc::kOldest)
    raise(ErrorKind::kValueError, "generation parameter must be less than the number of available generations (3)");
  if (chosen < -1) raise(ErrorKind::kValueError, "generation parameter cannot be negative");
  return list_of(builtins(), held(gc::get_objects(collector_, chosen)));
}

Ref<List> GcView::get_referrers(std::span<const Object* const> targets) {
  return list_of(builtins(), held(gc::get_referrers(heap(), targets)));
}

Ref<List> GcView::get_referrers(std::initializer_list<const Object*> targets) {
  return get_referrers(std::span(targets.begin(), targets.size()));
}
Ref<List> GcView::get_referents(std::initializer_list<const Object*> objects) {
  return get_referents(std::span(objects.begin(), objects.size()));
}

Ref<List> GcView::get_referents(std::span<const Object* const> objects) {
  std::vector<Object*> found;
  for (const Object* const object : objects) {
    const std::vector<Object*> more = gc::get_referents(*object);
    or_out_of_memory([&] { return found.insert(found.end(), more.begin(), more.end()); });
  }
  return list_of(builtins(), held(found));
}

void GcView::set_threshold(std::int64_t young, std::optional<std::int64_t> middle,
                           std::optional<std::int64_t> old) noexcept {
  gc::Generations::Thresholds chosen = collector_.thresholds();
  chosen[0] = threshold_of(young);
  if (middle) chosen[1] = threshold_of(*middle);
  if (old) chosen[2] = threshold_of(*old);
  collector_.set_thresholds(chosen);
}

Ref<Tuple> GcView::get_threshold() { return three(builtins(), collector_.thresholds()); }

Ref<Tuple> GcView::get_count() { return three(builtins(), collector_.counts()); }

Ref<List> GcView::get_stats() {
  Ref<List> list = make_list(builtins(), gc::kGenerations);
  for (int generation = 0; generation < gc::kGenerations; ++generation) {
    const gc::GenerationStats figures = collector_.stats(generation);
    const Ref<Dict> dict = make_dict(builtins());
    set_number(*dict, "collections", figures.collections);
    set_number(*dict, "collected", figures.collected);
    set_number(*dict, "uncollectable", figures.uncollectable);
    list->append(*dict);
  }
  return list;
}

List& GcView::callbacks() { return made_once(builtins(), callbacks_); }

List& GcView::garbage() { return made_once(builtins(), garbage_); }

void GcView::collection_starts(const gc::CollectionReport& report) noexcept { call_back("start", report); }

void GcView::collection_stops(const gc::CollectionReport& report) noexcept { call_back("stop", report); }

void GcView::keep_garbage(Object& object) noexcept {
  if (builtins_ == nullptr) return;
  try {
    garbage().append(object);
  } catch (...) {
    heap().report_unraisable("garbage list", object);
  }
}

void GcView::observer_failed() noexcept { heap().report_unraisable("collection observer", heap().builtins->none()); }

// As in CPython, the list is looked at anew at each step, so that a callback may change it.
void GcView::call_back(std::string_view phase, const gc::CollectionReport& report) noexcept {
  if (!callbacks_ || callbacks_->size == 0) return;
  const Ref<List> callbacks = callbacks_;
  Ref<> info;  // all get the same
  for (std::uint32_t i = 0; i < callbacks->size; ++i) {
    const Ref<> callback = Ref<>::share(callbacks->items[i]);
    try {
      const Ref<> name = make_str(builtins(), phase);
      if (!info) info = info_of(report);
      Object* const arguments[] = {name.get(), info.get()};
      static_cast<void>(call(*callback, Arguments{arguments, {}, {}}));
    } catch (...) {
      heap().report_unraisable("gc callback", *callback);
    }
  }
}

Ref<Dict> GcView::info_of(const gc::CollectionReport& report) {
  Ref<Dict> info = make_dict(builtins());
  set_number(*info, "generation", static_cast<std::uint64_t>(report.generation));
  set_number(*info, "collected", report.collected);
  set_number(*info, "uncollectable", report.uncollectable);
  if (collector_.compat() == gc::Compat::kPy315) {
    set_number(*info, "candidates", report.candidates);
    info->set("duration", *make_float(builtins(), std::chrono::duration<double>(report.pause).count()));
  }
  return info;
}

// CPython: _PyGC_DumpShutdownStats.
void GcView::close() noexcept {
  if (garbage_ && garbage_->size != 0 && (get_debug() & gc::kDebugSaveAll) == 0) {
    try {
      std::string line = fmt::format("gc: {} uncollectable objects at shutdown", garbage_->size);
      if ((get_debug() & gc::kDebugUncollectable) == 0) {
        line += "; use gc.set_debug(gc.DEBUG_UNCOLLECTABLE) to list them";
        collector_.print_debug(line);
      } else {
        collector_.print_debug(line);
        collector_.print_debug("      " + std::string(text(*repr(*garbage_))));
      }
    } catch (...) {
      heap().report_unraisable("gc shutdown", *garbage_);
    }
  }
  set_debug(0);
  callbacks_ = {};
  garbage_ = {};
  builtins_ = nullptr;
}

}  // namespace ouro
