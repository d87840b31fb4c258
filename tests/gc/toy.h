// A world with toy objects: what the collector's tests need and nothing else.
//
// The collector knows headers, slots and edge layouts, so its tests need no list and no dict. A Toy has four edges; its
// types differ in what they ask of the collector: nothing, a finalizer, a foreign clear, untracking when it holds only
// atoms.
#pragma once

#include <ouro/gc/check/verify.h>
#include <ouro/gc/collector.h>
#include <ouro/gc/explain/census.h>
#include <ouro/objects/model/make.h>
#include <support/catch.h>
#include <support/chosen_memory.h>

#include <array>
#include <cstdlib>
#include <functional>
#include <string>
#include <vector>

namespace ouro::test {

inline constexpr Kind kToyKind{200};

struct Toy : Object {
  static constexpr std::size_t kEdges = 4;
  std::uint64_t id;
  std::function<void(Toy&)>* on_finalize;
  std::array<Object*, kEdges> edges;

  void set(std::size_t edge, Object* target) {
    if (target != nullptr) increment(*target);
    store(edges[edge], target);
  }
  [[nodiscard]] Toy* get(std::size_t edge) const { return static_cast<Toy*>(edges[edge]); }
};

inline void clear_toy(Object& object) noexcept {
  for (Object*& edge : static_cast<Toy&>(object).edges) store(edge, nullptr);
}
inline void finalize_toy(Object& object) {
  auto& toy = static_cast<Toy&>(object);
  if (toy.on_finalize != nullptr) (*toy.on_finalize)(toy);
}
inline bool toy_may_untrack(const Object& object) noexcept {
  for (const Object* const edge : static_cast<const Toy&>(object).edges)
    if (edge != nullptr && heap_of(object).tracking.is_tracked(*edge)) return false;
  return true;
}

inline constexpr TypeSlots toy_slots(std::string_view name, std::uint32_t extra, bool clears = true) {
  TypeSlots slots{.name = name, .kind = kToyKind, .flags = kContainerType | kWeakableType | extra, .size = sizeof(Toy)};
  slots.edges = EdgeLayout::fixed(sizeof(Object) + 16, Toy::kEdges);
  if (clears) slots.clear = clear_toy;
  if ((extra & kFinalizerType) != 0) slots.finalize = finalize_toy;
  if ((extra & kLegacyFinalizerType) != 0) slots.legacy_finalize = finalize_toy;
  if ((extra & kUntrackableType) != 0) slots.may_untrack = toy_may_untrack;
  return slots;
}
inline constexpr TypeSlots kPlainSlots = toy_slots("plain", 0);
inline constexpr TypeSlots kFinalSlots = toy_slots("final", kFinalizerType);
inline constexpr TypeSlots kLegacySlots = toy_slots("legacy", kLegacyFinalizerType);
inline constexpr TypeSlots kForeignSlots = toy_slots("foreign", kForeignType);
inline constexpr TypeSlots kFixedSlots = toy_slots("fixed", kUntrackableType, false);
inline constexpr TypeSlots kAtomSlots{.name = "atom", .kind = kToyKind, .size = 24};

/// A callback that counts its calls.
struct Callback : Object {
  std::function<void(WeakRef&)>* action;
};
inline Ref<> call_callback(Object& callee, const Arguments& arguments) {
  (*static_cast<Callback&>(callee).action)(static_cast<WeakRef&>(*arguments.positional[0]));
  return {};
}
inline constexpr TypeSlots kCallbackSlots{
    .name = "callback", .kind = kToyKind, .size = sizeof(Callback), .call = call_callback};
inline void release_weak(Object& object) noexcept { heap_of(object).weak.unlink(static_cast<WeakRef&>(object)); }
inline constexpr TypeSlots kWeakSlots{.name = "weak",
                                      .kind = kToyKind,
                                      .flags = kContainerType | kWeakRefType,
                                      .size = sizeof(WeakRef),
                                      .edges = EdgeLayout::fixed(sizeof(Object) + 8, 1),
                                      .release = release_weak};

/// Heap, lock and collector with toy types. At its end nothing may be alive and the heap must verify.
class ToyWorld {
 public:
  explicit ToyWorld(alloc::AllocatorOptions options = {}, const gc::CollectorOptions& collector = {})
      : lock_(gil_), heap(gil_, with_chosen_memory(options)), gc(heap, collector) {
    const std::array<const TypeSlots*, 8> slots{&kPlainSlots, &kFinalSlots, &kLegacySlots,   &kForeignSlots,
                                                &kFixedSlots, &kAtomSlots,  &kCallbackSlots, &kWeakSlots};
    const std::array<Type*, 8> types{&plain, &final, &legacy, &foreign, &fixed, &atom, &callback, &weak};
    for (std::size_t i = 0; i < types.size(); ++i) {
      types[i]->refcount = kImmortalCount;
      types[i]->type = types[i];
      types[i]->describe(*slots[i], heap, nullptr);
    }
    heap.set_unraisable([this](const Error& error, std::string_view where, const Object&) {
      unraisable.push_back(std::string(where) + ": " + error.what());
    });
    gc.set_stress(std::getenv("OURO_STRESS") != nullptr);
  }
  ~ToyWorld() {
    gc.set_stress(false);
    gc.collect();
    gc.run_deferred();
    gc.collect();
    CHECK(gc::count_objects(heap) == 0);
    verify();
  }
  ToyWorld(const ToyWorld&) = delete;
  ToyWorld& operator=(const ToyWorld&) = delete;

  Ref<Toy> make(Type& type, std::uint64_t id = 0) {
    return ouro::make<Toy>(type, sizeof(Toy), [&](Toy& toy) noexcept {
      toy.id = id;
      toy.on_finalize = &on_finalize;
      toy.edges.fill(nullptr);
    });
  }
  Ref<Toy> make(std::uint64_t id = 0) { return make(plain, id); }
  Ref<> make_atom() {
    return ouro::make<Object>(atom, 24, [](Object&) noexcept {});
  }
  /// A weak reference to `target` that calls `action`, if any, when it dies. The action must outlive it.
  Ref<WeakRef> watch(Toy& target, std::function<void(WeakRef&)>* action = nullptr) {
    Ref<> hook;
    if (action != nullptr) {
      hook = ouro::make<Callback>(callback, sizeof(Callback), [&](Callback& made) noexcept { made.action = action; });
    }
    auto reference = ouro::make<WeakRef>(weak, sizeof(WeakRef), [&](WeakRef& made) noexcept {
      made.target = nullptr;
      made.callback = hook.release();
      made.newer = made.older = nullptr;
      made.hash = -1;
    });
    heap.weak.link(*reference, target);
    return reference;
  }
  /// Two toys that refer to each other, `first` borrowed by the caller through the result.
  Ref<Toy> make_pair(Type& type) {
    Ref<Toy> first = make(type, 1);
    Ref<Toy> second = make(type, 2);
    first->set(0, second.get());
    second->set(0, first.get());
    return first;
  }
  void verify() {
    alloc::Report findings;
    gc::verify(gc, findings);
    for (const alloc::Finding& finding : findings) UNSCOPED_INFO(finding.law << ": " << finding.detail.data());
    CHECK(findings.clean());
  }
  [[nodiscard]] std::size_t alive() const { return gc::count_objects(heap); }

 private:
  Gil gil_;
  struct Held {
    explicit Held(Gil& gil) : gil_(gil) { gil_.take(); }
    ~Held() { gil_.drop(); }
    Gil& gil_;
  } lock_;

 public:
  Heap heap;
  gc::Collector gc;
  Type plain{}, final{}, legacy{}, foreign{}, fixed{}, atom{}, callback{}, weak{};
  std::function<void(Toy&)> on_finalize = [](Toy&) {};
  std::vector<std::string> unraisable;
};

}  // namespace ouro::test
