// What must not be freed, and what is said about it.
//
// A legacy finalizer (CPython's tp_del, from before PEP 442) may be called at any death, again and again, so a cycle with one
// cannot be taken apart safely. Such objects, and all that they reach, are set aside; those with the finalizer are put into
// the garbage list, as are all unreachable objects if kDebugSaveAll is set.
#include <ouro/gc/detail/collection.h>

#include <algorithm>
#include <cstdio>

namespace ouro::gc::detail {

namespace {

template <class... Values>
void print_formatted(const Settings& settings, const char* format, Values... values) noexcept {
  char line[320];
  std::snprintf(line, sizeof line, format, values...);
  print(settings, line);
}

void print_object(const Settings& settings, const char* verdict, const Object& object) noexcept {
  const std::string_view name = object.type->name;
  print_formatted(settings, "gc: %s <%.*s %p>", verdict, static_cast<int>(std::min<std::size_t>(name.size(), 200)),
                  name.data(), static_cast<const void*>(&object));
}

/// The number of an object that is set aside.
constexpr std::int32_t kSetAside = GcRefs::kHolder | GcRefs::kReached;

[[nodiscard]] bool has_legacy_finalizer(const Object& object) noexcept { return object.type->has(kLegacyFinalizerType); }

/// Takes an object and what it reaches out of the unreachable set. Without memory for the stack another round does the rest.
void set_aside(Collection& run, Object& first) noexcept {
  run.refs[run.tracking.granule_of(first)] = kSetAside;
  if (!run.stack.push(&first)) return;
  while (!run.stack.empty()) {
    for_each_edge(*run.stack.pop(), [&](Object& target) {
      if (!run.tracking.containers().contains(&target)) return;
      std::int32_t& number = run.refs[run.tracking.granule_of(target)];
      if (number != GcRefs::kInTrash) return;
      number = kSetAside;
      static_cast<void>(run.stack.push(&target));
    });
  }
}

}  // namespace

void print(const Settings& settings, std::string_view line) noexcept {
  if (settings.output) {
    try {
      return settings.output(line);
    } catch (...) {  // the collection is not to end because its output did
    }
  }
  std::fprintf(stderr, "%.*s\n", static_cast<int>(line.size()), line.data());
}

void set_aside_uncollectable(Collection& run) noexcept {
  for (Object* const object : run.trash.all()) {
    const bool seen = run.refs[run.tracking.granule_of(*object)] == kSetAside;
    if (!seen && has_legacy_finalizer(*object)) set_aside(run, *object);
  }
  std::size_t kept = 0;
  for (Object* const object : run.trash.all()) {
    if (run.refs[run.tracking.granule_of(*object)] == GcRefs::kInTrash) {
      run.trash[kept++] = object;
      continue;
    }
    if (!run.is_full()) {
      run.refs[run.tracking.granule_of(*object)] = 0;
      run.tracking.promote(run.tracking.granule_of(*object), run.target());
    }
    try {
      run.uncollectable.push_back(Ref<>::share(object));
    } catch (const std::bad_alloc&) {  // it stays alive all the same, and a later collection will list it
    }
  }
  run.trash.truncate(kept);
  run.report.unreachable = kept;
}

void report_uncollectable(Collection& run) noexcept {
  run.report.uncollectable = run.uncollectable.size();
  for (const Ref<>& object : run.uncollectable) {
    if (run.debugs(kDebugUncollectable)) print_object(run.settings, "uncollectable", *object);
    if (run.settings.listener != nullptr && (has_legacy_finalizer(*object) || run.debugs(kDebugSaveAll)))
      run.settings.listener->keep_garbage(*object);
  }
  run.uncollectable.clear();
}

void print_collectable(const Collection& run) noexcept {
  for (const Object* const object : run.trash.all()) print_object(run.settings, "collectable", *object);
}

void print_beginning(const Collection& run) noexcept {
  std::size_t sizes[kGenerations] = {};
  std::size_t frozen = 0;
  run.tracking.for_each_tracked([&](const Object& object) {
    if (run.tracking.is_frozen(object))
      ++frozen;
    else
      ++sizes[run.tracking.generation_of(object)];
  });
  print_formatted(run.settings, "gc: collecting generation %d...", run.generation);
  print_formatted(run.settings, "gc: objects in each generation: %zu %zu %zu", sizes[0], sizes[1], sizes[2]);
  print_formatted(run.settings, "gc: objects in permanent generation: %zu", frozen);
}

void print_end(const Collection& run) noexcept {
  const CollectionReport& report = run.report;
  print_formatted(run.settings, "gc: done, %zu unreachable, %zu uncollectable, %.4fs elapsed",
                  report.collected + report.uncollectable, report.uncollectable,
                  std::chrono::duration<double>(report.pause).count());
}

}  // namespace ouro::gc::detail
