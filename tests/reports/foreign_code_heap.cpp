// What the heap goes on using when foreign code runs inside it.
#include <support/fixture.h>

using namespace ouro;
using namespace ouro::test;

TEST_CASE("a hook for what nobody can catch may replace itself while it runs", "[unraisable]") {
  Fixture fixture;
  Runtime& rt = fixture.rt;
  std::vector<std::string> told;
  const auto hook = [&rt, &told, name = std::string(100, 'x')](const Error&, std::string_view, const Object&) {
    rt.heap().set_unraisable([&told](const Error&, std::string_view, const Object&) { told.emplace_back("second"); });
    told.push_back(name);
  };
  rt.heap().set_unraisable(hook);
  const auto Foo = rt.new_class("Foo");
  Foo.attr("__del__") = make_function(rt.builtins(), "__del__", [](Object&) { raise(ErrorKind::kValueError, "no"); });
  static_cast<void>(Foo());
  static_cast<void>(Foo());
  CHECK(told == std::vector<std::string>{std::string(100, 'x'), "second"});
  rt.heap().set_unraisable({});
}

TEST_CASE("a list that is made at the memory limit is whole, whatever finalizers do", "[memory-limit]") {
  Options options;
  options.memory_limit = 8 << 20;
  options.debug_memory = false;
  Fixture fixture(std::move(options));
  Runtime& rt = fixture.rt;
  rt.collector().set_stress(false);
  const auto victim = rt.list();
  const auto Foo = rt.new_class("Foo");
  int finalized = 0;
  Foo.attr("__del__") = make_function(rt.builtins(), "__del__", [&](Object&) {
    ++finalized;
    victim->clear();
    static_cast<void>(rt.list(1, 2, 3));
  });
  {
    const auto foo = Foo();
    foo.attr("self") = foo;
    foo.attr("large") = rt.str(std::string(3 << 20, 'x'));
  }
  for (int i = 0; i < 100; ++i) victim->append(*rt.list(i));
  const std::vector<Object*> items(700'000, rt.none().get());
  const auto made = make_list(rt.builtins(), items);  // 5.6 MB: more than the limit leaves
  CHECK(finalized == 1);
  CHECK(made->size == items.size());
  CHECK(victim->size == 0);
}
