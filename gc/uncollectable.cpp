// What must not be freed, and what is said about it.
//
// A legacy finalizer (CPython's tp_del, from before PEP 442) may be called at any death, again and again, so a cycle with
// one cannot be taken apart safely. Such objects, and all that they reach, are set aside; those with the finalizer are put
// into the garbage list, as are all unreachable objects if kDebugSaveAll is set.
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

/// The numbers of objects that are set aside: while their references are to be followed, and afterwards.
constexpr std::int32_t kToFollow = GcRefs::kHolder | GcRefs::kReached;
constexpr std::int32_t kSetAside = kToFollow | GcRefs::kFollowed;

[[nodiscard]] bool has_legacy_finalizer(const Object& object) noexcept { return object.type->has(kLegacyFinalizerType); }

/// Takes the objects with a legacy finalizer, and all that they reach, out of the unreachable set.
class Separator {
 public:
  explicit Separator(Collection& run) noexcept : run_(run), stack_(run.stack) {}

  // Without memory for the stack an object is left to be followed, and another round does that.
  void separate() noexcept {
    do {
      left_behind_ = false;
      for (Object* const object : run_.trash.all()) {
        const std::int32_t number = number_of(*object);
        if (number == kToFollow || (number == GcRefs::kInTrash && has_legacy_finalizer(*object))) follow(*object);
        while (!stack_.empty()) follow(*stack_.pop());
      }
    } while (left_behind_);
  }

 private:
  [[nodiscard]] std::int32_t& number_of(const Object& object) noexcept {
    return run_.refs[run_.tracking.granule_of(object)];
  }

  void follow(const Object& object) noexcept {
    number_of(object) = kSetAside;
    for_each_edge(object, [this](Object& target) {
      if (!run_.tracking.containers().contains(&target)) return;
      std::int32_t& number = number_of(target);
      if (number != GcRefs::kInTrash) return;
      number = kToFollow;
      if (!stack_.push(&target)) left_behind_ = true;
    });
  }

  Collection& run_;
  ObjectStack& stack_;
  bool left_behind_ = false;
};

}  // namespace

void print(const Settings& settings, std::string_view line) noexcept {
  if (const auto output = settings.output) {
    try {
      return (*output)(line);
    } catch (...) {  // the collection is not to end because its output did
    }
  }
  std::fprintf(stderr, "%.*s\n", static_cast<int>(line.size()), line.data());
}

void set_aside_uncollectable(Collection& run) noexcept {
  Separator(run).separate();
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

// The output is the embedder's, and weak references still lead to the objects: each may die of it.
void print_collectable(const Collection& run) noexcept {
  for (const Object* const object : run.trash.all())
    if (object != nullptr) print_object(run.settings, "collectable", *object);
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
