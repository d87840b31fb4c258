// The memory limit: what it asks for (a collection first, an error if that does not help) and what it counts.
#include <support/fixture.h>

#include <memory>

#include <objects/world.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

using namespace ouro;
using namespace ouro::test;

namespace {

constexpr std::size_t kMiB = std::size_t{1} << 20;

Options limited(std::size_t bytes) {
  Options options;
  options.memory_limit = bytes;
  options.debug_memory = false;  // what rests there would count
  return options;
}

/// Most memory that this process ever had, in bytes.
std::size_t peak_of_process() {
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  return static_cast<std::size_t>(usage.ru_maxrss) * 1024;
}

/// How much `act` raised that, measured in a process of its own; MiB.
template <class F>
int peak_growth(F act) {
  const pid_t pid = fork();
  if (pid == 0) {
    const std::size_t before = peak_of_process();
    act();
    std::_Exit(static_cast<int>(std::min<std::size_t>(250, (peak_of_process() - before) / kMiB)));
  }
  int status = 0;
  waitpid(pid, &status, 0);
  return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

}  // namespace

TEST_CASE("dead cycles with large buffers do not exhaust the memory limit", "[memory-limit]") {
  Fixture fixture(limited(32 * kMiB));
  Runtime& rt = fixture.rt;
  rt.collector().set_stress(false);
  SECTION("lists that grew") {
    const auto item = rt.from(7);
    for (int i = 0; i < 200; ++i) {
      const auto list = rt.list();
      for (int k = 0; k < 100'000; ++k) list->append(*item);
      list->append(*list);
    }
  }
  SECTION("lists made at once") {
    std::vector<Object*> items(1'500'000, rt.none().get());  // 12 MB, more than half of what is free
    for (int i = 0; i < 20; ++i) {
      const auto list = make_list(rt.builtins(), items);
      list->set(0, *list);
    }
  }
  SECTION("long strings") {
    for (int i = 0; i < 100; ++i) {
      const auto list = rt.list(rt.str(std::string(kMiB, 'x')));
      list->append(*list);
    }
  }
  CHECK(rt.collector().stats(2).collections > 2);
  CHECK(rt.heap().memory.budget().peak() <= 32 * kMiB);
}

TEST_CASE("a container that the limit refuses is made after a full collection", "[memory-limit][limit-collects]") {
  Fixture fixture(limited(8 * kMiB));
  Runtime& rt = fixture.rt;
  rt.collector().set_stress(false);
  rt.gc().set_threshold(1'000'000'000);
  const auto make_garbage = [&](int count) {
    for (int i = 0; i < count; ++i) {
      const auto list = rt.list();
      list->append(*list);
    }
  };
  make_garbage(300'000);
  CHECK(rt.collector().stats(2).collections > 0);
  CHECK(rt.collector().stats(0).collections == 0);
  // A program that wants no automatic collection gets none.
  rt.gc().disable();
  CHECK_THROWS_WITH(make_garbage(300'000), "MemoryError");
  rt.gc().enable();
  make_garbage(300'000);
}

TEST_CASE("finalizers run in the collection at the memory limit and may keep their objects", "[memory-limit]") {
  Fixture fixture(limited(8 * kMiB));
  Runtime& rt = fixture.rt;
  rt.collector().set_stress(false);
  rt.gc().set_threshold(1'000'000'000);
  const auto saved = rt.list();
  const auto Foo = rt.new_class("Foo");
  Foo.attr("__del__") = make_function(rt.builtins(), "__del__", [&saved](Object& self) { saved->append(self); });
  {
    const auto foo = Foo();
    foo.attr("self") = foo;
  }
  for (int i = 0; i < 100'000; ++i) {
    const auto list = rt.list();
    list->append(*list);
  }
  REQUIRE(saved->size == 1);
  CHECK(get_attribute(*saved->items[0], *rt.str("self")).is(*saved->items[0]));
  Ref<>::share(*saved->items[0]).attr("self") = rt.none();
  saved->clear();
  // What lives does not go away: then it is an error, and nothing is lost.
  const auto kept = rt.list();
  const auto fill = [&] {
    for (;;) kept->append(*rt.list());
  };
  CHECK_THROWS_WITH(fill(), "MemoryError");
  const std::size_t most = kept->size;
  CHECK_THROWS_WITH(fill(), "MemoryError");
  CHECK(kept->size < most + 10'000);
}

TEST_CASE("a memory limit too small for a runtime is refused", "[memory-limit]") {
  for (const std::size_t bytes : {std::size_t{1}, std::size_t{4096}, 1 * kMiB, Options::kLeastMemoryLimit - 1}) {
    const std::string expected = "ValueError: memory_limit must be 0 or at least " +
                                 std::to_string(Options::kLeastMemoryLimit) + " bytes, not " + std::to_string(bytes);
    CHECK(error_of([&] { return std::make_unique<Runtime>(limited(bytes)); }) == expected);
  }
  Fixture fixture(limited(Options::kLeastMemoryLimit));
  CHECK(fixture.rt.heap().memory.budget().used() <= Options::kLeastMemoryLimit / 2);
  const auto Foo = fixture.rt.new_class("Foo");
  const auto list = fixture.rt.list();
  for (int i = 0; i < 1'000; ++i) {
    const auto foo = Foo();
    foo.attr("x") = fixture.rt.dict();
    list->append(*foo);
  }
  CHECK(list->size == 1'000);
}

TEST_CASE("temporaries of large ints count toward the memory limit", "[memory-limit][scratch-charged]") {
  Fixture fixture(limited(24 * kMiB));
  Runtime& rt = fixture.rt;
  const auto& budget = rt.heap().memory.budget();
  const Ref<> one = rt.from(1);
  const Ref<> large = apply(Operator::kLeftShift, *one, *rt.from(std::int64_t{4} * 1024 * 1024 * 8));  // 4 MiB
  CHECK(apply(Operator::kAdd, *large, *one)->refcount == 1);  // four times that fits
  CHECK(budget.scratch() == 0);
  const std::size_t used = budget.used();
  CHECK(error_of([&] { return apply(Operator::kLeftShift, *one, *rt.from(std::int64_t{20} * 1024 * 1024 * 8)); }) ==
        "MemoryError");
  CHECK(error_of([&] { return apply(Operator::kMultiply, *large, *large); }) == "MemoryError");
  CHECK(error_of([&] { return apply(Operator::kPower, *rt.from(3), *rt.from(1'000'000'000)); }) == "MemoryError");
  CHECK(error_of([&] { return int_to_base(static_cast<Int&>(*large), 2); }) == "MemoryError");
  CHECK(budget.scratch() == 0);
  CHECK(budget.used() == used);
  CHECK(budget.peak() <= 24 * kMiB);
  CHECK(apply(Operator::kSubtract, *apply(Operator::kAdd, *large, *one), *large).is(rt.from(1)));
}

TEST_CASE("a refused large int took no memory of the process", "[memory-limit]") {
  if constexpr (kAddressSanitizer || kThreadSanitizer) return;
  const int growth = peak_growth([] {
    Runtime rt(limited(64 * kMiB));
    const Ref<> one = rt.from(1);
    static_cast<void>(error_of([&] { return apply(Operator::kLeftShift, *one, *rt.from(std::int64_t{1} << 32)); }));
    const Ref<> large = apply(Operator::kLeftShift, *one, *rt.from(std::int64_t{20} * 1024 * 1024 * 8));
    static_cast<void>(error_of([&] { return apply(Operator::kMultiply, *large, *large); }));
    static_cast<void>(error_of([&] { return apply(Operator::kBitOr, *negative(*large), *one); }));
  });
  CHECK(growth <= 64 + 8);
}
