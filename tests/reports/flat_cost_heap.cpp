// Costs that must not grow with the size or the age of the heap, or with the number of runtimes.
#include <ouro/gc/detail/candidate_filter.h>
#include <support/fixture.h>
#include <support/tries.h>

#include <memory>
#include <random>

#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

using namespace ouro;
using namespace ouro::test;

namespace {

constexpr std::size_t kMiB = std::size_t{1} << 20;
/// The sanitizers have an address space and a memory of their own.
constexpr bool kNakedMemory = !kAddressSanitizer && !kThreadSanitizer;

struct Point {
  double x = 0, y = 0;
  static constexpr std::tuple<> edges{};
};

struct Page {
  std::array<char, 4000> bytes{};
  static constexpr std::tuple<> edges{};
};

/// The exit status of `child` run in a fork, or -1 if it was killed.
template <class F>
int status_of_fork(F child) {
  const pid_t pid = fork();
  if (pid == 0) {
    alarm(60);
    std::_Exit(child());
  }
  int status = 0;
  waitpid(pid, &status, 0);
  return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

}  // namespace

TEST_CASE("an old object is told from a young one without a look at it", "[gc]") {
  gc::detail::CandidateFilter filter;
  constexpr std::size_t kYoung = 1000;
  REQUIRE(filter.prepare(kYoung));
  for (std::size_t i = 0; i < kYoung; ++i) filter.add(20'000'000 + 2 * i);
  const auto may_contain = [&](std::size_t granule) {
    return gc::detail::CandidateFilter::may_contain(filter.words(), filter.mask(), granule);
  };
  for (std::size_t i = 0; i < kYoung; ++i) REQUIRE(may_contain(20'000'000 + 2 * i));
  std::mt19937_64 random(1);
  std::size_t mistaken = 0;
  for (int i = 0; i < 100'000; ++i) mistaken += may_contain(random() % 20'000'000);
  CHECK(mistaken < 100'000 / 24);
  REQUIRE(filter.prepare(10));
  CHECK_FALSE(may_contain(20'000'000));
}

TEST_CASE("a young collection of a large heap finds exactly the dead", "[gc]") {
  Fixture fixture;
  Runtime& rt = fixture.rt;
  rt.collector().set_stress(false);
  rt.gc().disable();
  const auto old = rt.list();
  for (int i = 0; i < 1'200'000; ++i) old->append(*rt.list());
  rt.gc().collect();
  REQUIRE(rt.heap().tracking.granules_in_use() > std::size_t{1} << 20);
  const auto young = rt.list();
  std::mt19937_64 random(2);
  for (int i = 0; i < 3'000; ++i) {
    Object& target = *old->items[random() % old->size];
    young->append(*rt.list(&target, rt.list(&target)));
    const auto dead = rt.list(&target);  // a cycle of two that refers to an old object
    dead->append(*rt.list(dead, &target));
  }
  CHECK(rt.gc().collect(0) == 6'000);
  CHECK(rt.gc().collect(1) == 0);
  CHECK(young->size == 3'000);
  // An old list that refers to a young cycle keeps it.
  const auto kept = rt.list();
  kept->append(*kept);
  static_cast<List&>(*old->items[7]).append(*kept);
  CHECK(rt.gc().collect(0) == 0);
  kept->clear();
}

TEST_CASE("a collection does not walk the arenas that a heap had once", "[gc]") {
  Options options;
  options.debug_memory = false;
  Fixture fixture(std::move(options));
  Runtime& rt = fixture.rt;
  rt.collector().set_stress(false);
  rt.gc().disable();
  const alloc::Space& containers = rt.heap().memory.containers();
  const auto first = rt.list();
  std::vector<Ref<>> many;
  for (int i = 0; i < 500'000; ++i) many.push_back(rt.list());
  const auto last = rt.list(first);
  first->append(*last);
  many.clear();
  rt.trim();
  std::size_t walked = 0;
  for (auto row = containers.next_row(0); row.first != row.last; row = containers.next_row(row.last)) {
    CHECK(row.last <= containers.extent());
    walked += row.last - row.first;
  }
  CHECK(containers.extent() > 14 * kMiB);
  CHECK(walked < 2 * kMiB);
  CHECK(rt.gc().collect() == 0);
  const Ref<WeakRef> dead = make_weakref(*rt.new_class("Foo"));
  CHECK(rt.gc().collect() > 0);
  CHECK(dead().is(rt.none()));
  CHECK(last->size == 1);
  first->clear();
}

// Whoever asked for one walked over all that have a callback: an object that is a key of many weak dictionaries, each time.
TEST_CASE("the shared weak reference is found at once, however many with callbacks there are",
          "[weakref][law-weak-shared-first]") {
  Fixture fixture;
  Runtime& rt = fixture.rt;
  const Ref<> target = rt.new_class("Foo")();
  const Ref<> callback = make_function(rt.builtins(), "f", [](Object&) {});
  std::vector<Ref<WeakRef>> watching;
  for (int i = 0; i < 3; ++i) watching.push_back(make_weakref(*target, callback.get()));
  Ref<WeakRef> shared = make_weakref(*target);
  for (int i = 0; i < 3; ++i) watching.push_back(make_weakref(*target, callback.get()));
  CHECK(rt.heap().weak.newest(*target) == shared.get());
  CHECK(make_weakref(*target).is(shared));
  fixture.verify();
  // The others stand behind it, newest first, and whichever goes leaves the rest in order.
  CHECK(shared->older == watching[5].get());
  watching.erase(watching.begin() + 5);
  CHECK(shared->older == watching[4].get());
  shared.reset();
  CHECK(rt.heap().weak.newest(*target) == watching[4].get());
  fixture.verify();
}

TEST_CASE("weak references find their targets in every area", "[weakref][weak-slot]") {
  Fixture fixture;
  Runtime& rt = fixture.rt;
  const auto Foo = rt.new_class("Foo");
  const auto point = rt.class_<Point>("Point");
  const auto page = rt.class_<Page>("Page");
  std::vector<Ref<>> targets;
  std::vector<Ref<WeakRef>> references;
  const int rounds = tries(3'000);
  for (int i = 0; i < rounds; ++i) {
    targets.push_back(Foo());
    targets.push_back(point.make());
    targets.push_back(page.make());
  }
  for (const Ref<>& target : targets) references.push_back(make_weakref(*target));
  CHECK(rt.heap().weak.targets() == targets.size());
  for (std::size_t i = 0; i < targets.size(); ++i) {
    REQUIRE(references[i]().is(targets[i]));
    REQUIRE(make_weakref(*targets[i]).is(references[i]));
  }
  fixture.verify();
  for (std::size_t i = 0; i < targets.size(); i += 2) targets[i].reset();
  for (std::size_t i = 0; i < targets.size(); ++i) REQUIRE(references[i]().is(targets[i] ? targets[i] : rt.none()));
  references.clear();
  CHECK(rt.heap().weak.targets() == 0);
}

TEST_CASE("trim leaves little of a million objects", "[trim]") {
  if constexpr (!kNakedMemory) return;
  Options options;
  options.debug_memory = false;
  Fixture fixture(std::move(options));
  Runtime& rt = fixture.rt;
  rt.collector().set_stress(false);
  std::vector<Ref<>> objects(1'000'000);
  const auto Foo = rt.new_class("Foo");
  rt.trim();
  const std::size_t before = alloc::resident_bytes_of_process();
  SECTION("lists") {
    for (Ref<>& object : objects) object = rt.list();
  }
  SECTION("targets of weak references") {
    for (std::size_t i = 0; i < objects.size(); i += 2) {
      objects[i] = Foo();
      objects[i + 1] = make_weakref(*objects[i]);
    }
  }
  SECTION("dead cycles") {
    rt.gc().disable();
    for (std::size_t i = 0; i < objects.size(); ++i) {
      const auto list = rt.list();
      list->append(*list);
    }
    rt.gc().collect();
  }
  for (Ref<>& object : objects) object.reset();
  rt.trim();
  CHECK(alloc::resident_bytes_of_process() < before + 19 * kMiB / 10);
}

TEST_CASE("thousands of runtimes find addresses on a machine of a terabyte", "[address-space]") {
  if constexpr (!kNakedMemory) return;
  Options options;
  options.space.machine_bytes = std::size_t{1} << 40;
  std::vector<std::unique_ptr<Runtime>> runtimes;
  for (int i = 0; i < 150; ++i) {
    runtimes.push_back(std::make_unique<Runtime>(options));
    if (i == 0) CHECK(runtimes[0]->heap().memory.containers().reserved() == std::size_t{2} << 40);
    CHECK(runtimes.back()->list(i)->size == 1);
  }
  // The areas alone, with what else a runtime reserves in proportion: marks and gc_refs.
  std::vector<std::unique_ptr<alloc::Allocator>> allocators;
  std::vector<alloc::Reservation> tables;
  for (int i = 0; i < 3'000; ++i) {
    allocators.push_back(std::make_unique<alloc::Allocator>(alloc::AllocatorOptions{.space = options.space}));
    REQUIRE(allocators.back()->valid());
    tables.push_back(alloc::Reservation::reserve(allocators.back()->containers().reserved() / 32 * 5));
    REQUIRE(tables.back());
  }
  CHECK(allocators.back()->containers().reserved() >= 64 * kMiB);
}

TEST_CASE("the share of addresses falls with what is left, and never to nothing", "[address-space]") {
  constexpr std::size_t kTiB = std::size_t{1} << 40;
  constexpr std::size_t kNoLimit = ~std::size_t{0};
  STATIC_REQUIRE(alloc::reservation_share(16 << 10, kNoLimit, 0) == 32 << 10);
  STATIC_REQUIRE(alloc::reservation_share(kTiB, kNoLimit, 0) == 2 * kTiB);
  STATIC_REQUIRE(alloc::reservation_share(kTiB, 800 * kMiB, 0) == 100 * kMiB);
  STATIC_REQUIRE(alloc::reservation_share(kTiB, kMiB, 2 * kMiB) == 0);
  std::size_t in_use = 0;
  for (int runtime = 0; runtime < 5'000; ++runtime)
    for (int area = 0; area < 3; ++area) {
      const std::size_t share = alloc::reservation_share(kTiB, kNoLimit, in_use);
      in_use += share + share / 10;
      REQUIRE(share >= 64 * kMiB);
    }
}

TEST_CASE("a handle that outlives its runtime keeps the addresses of its arena only", "[address-space][law-sealed]") {
  if constexpr (!kNakedMemory) return;
  Ref<List> list;
  Ref<> number;
  const std::size_t before = alloc::address_space_in_use();
  {
    Options options;
    options.debug_memory = false;
    options.leak_handler = [](const LeakReport&) {};
    Runtime rt(std::move(options));
    std::vector<Ref<>> others;
    for (int i = 0; i < 100'000; ++i) others.push_back(rt.list());
    list = rt.list(others[3]);
    number = rt.from(1.5);
    CHECK(alloc::address_space_in_use() > before + 1024 * kMiB);
  }
  CHECK(alloc::address_space_in_use() < before + 32 * kMiB);
  CHECK(list->refcount == 1);
  list.reset();
  number.reset();
  CHECK(alloc::address_space_in_use() < before + 32 * kMiB);
}

TEST_CASE("a runtime is made under a limit of addresses", "[address-space]") {
  if constexpr (!kNakedMemory) return;
  for (const std::size_t more : {std::size_t{96} * kMiB, 256 * kMiB, 1024 * kMiB}) {
    INFO(more / kMiB << " MiB");
    const auto child = [more] {
      const rlimit limit{alloc::address_space_in_use() + more, RLIM_INFINITY};
      if (setrlimit(RLIMIT_AS, &limit) != 0) return 2;
      Runtime rt;
      const auto list = rt.list();
      for (int i = 0; i < 10'000; ++i) list->append(*rt.list(i));
      const Ref<WeakRef> weak = make_weakref(*rt.new_class("Foo"));
      return list->size == 10'000 ? 0 : 3;
    };
    CHECK(status_of_fork(child) == 0);
  }
}
