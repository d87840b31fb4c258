// Law one-runtime: every road by which an object of one runtime could get a reference to one of another.
#include <ouro/runtime/channels/channel.h>
#include <support/broken_law.h>
#include <support/fixture.h>

#include <functional>
#include <string>
#include <tuple>
#include <vector>

#include <runtimes/pair.h>

namespace ouro::test {

namespace {

struct Holder {
  Ref<> link;
  std::vector<Ref<>> more;
  static constexpr std::tuple edges{&Holder::link, &Holder::more};
};

/// What is said when `store(two, foreign)` is done, `foreign` being a list of the other runtime.
std::string said_of(const std::function<void(Pair&, Object& foreign)>& store) {
  if constexpr (kChecks < CheckLevel::kCheap) return "[one-runtime]";  // builds that do not check
  return broken_law_of([&] {
    Pair two;
    const auto foreign = two.from.list("foreign");
    store(two, *foreign);
  });
}

void check_caught(const char* road, const std::function<void(Pair&, Object&)>& store) {
  INFO(road);
  CHECK_THAT(said_of(store), ContainsSubstring("[one-runtime]"));
}

}  // namespace

TEST_CASE("A list takes no object of another runtime, by whatever call", "[runtimes][law-one-runtime]") {
  check_caught("append", [](Pair& two, Object& foreign) { two.to.list()->append(foreign); });
  check_caught("append, count and all", [](Pair& two, Object& foreign) { two.to.list()->append(share(foreign)); });
  check_caught("from", [](Pair& two, Object& foreign) { static_cast<void>(two.to.list(1, share(foreign))); });
  check_caught("set", [](Pair& two, Object& foreign) { two.to.list(1)->set(0, foreign); });
  check_caught("insert", [](Pair& two, Object& foreign) { two.to.list(1)->insert(0, foreign); });
  check_caught("extend", [](Pair& two, Object& foreign) { two.to.list()->extend(foreign); });
  check_caught("slice", [](Pair& two, Object& foreign) { two.to.list(1, 2)->set_slice({}, foreign); });
  check_caught("extended slice", [](Pair& two, Object& foreign) { two.to.list(1, 2)->set_slice(Slice{0, 1, 2}, foreign); });
  check_caught("concatenate", [](Pair& two, Object& foreign) {
    static_cast<void>(two.to.list(1)->concatenate(static_cast<List&>(foreign)));
  });
  check_caught("make_list", [](Pair& two, Object& foreign) {
    Object* const items[] = {&foreign};
    static_cast<void>(make_list(two.to.builtins(), items));
  });
}

TEST_CASE("A dict takes no key or value of another runtime", "[runtimes][law-one-runtime]") {
  check_caught("value", [](Pair& two, Object& foreign) { two.to.dict()->set("key", foreign); });
  check_caught("value that replaces", [](Pair& two, Object& foreign) { two.to.dict({{"key", 1}})->set("key", foreign); });
  check_caught("key", [](Pair& two, Object&) { two.to.dict()->set(*two.from.from(1000), *two.to.none()); });
  check_caught("small key", [](Pair& two, Object&) { two.to.dict()->set(*two.from.from(1), *two.to.none()); });
  check_caught("set_default", [](Pair& two, Object& foreign) { two.to.dict()->set_default(*two.to.from(1), foreign); });
  check_caught("update", [](Pair& two, Object&) { two.to.dict()->update(*two.from.dict({{"key", 1}})); });
}

TEST_CASE("Nothing is built with an object of another runtime", "[runtimes][law-one-runtime]") {
  check_caught("tuple", [](Pair& two, Object& foreign) { static_cast<void>(two.to.tuple(share(foreign))); });
  check_caught("what a function keeps", [](Pair& two, Object& foreign) {
    static_cast<void>(make_function(
        two.to.builtins(), "f()", [](const Ref<>&) {}, share(foreign)));
  });
  check_caught("native object",
               [](Pair& two, Object& foreign) { static_cast<void>(two.to.class_<Holder>("Holder").make(share(foreign))); });
  check_caught("base of a class", [](Pair& two, Object&) {
    static_cast<void>(two.to.new_class("Derived", {two.from.new_class("Base").get()}));
  });
  check_caught("callback of a weak reference", [](Pair& two, Object& foreign) {
    const auto target = two.to.new_class("Target")();
    static_cast<void>(make_weakref(*target, &foreign));
  });
}

TEST_CASE("No attribute is an object of another runtime", "[runtimes][law-one-runtime]") {
  check_caught("of an instance", [](Pair& two, Object& foreign) {
    const auto object = two.to.new_class("C")();
    object.attr("x") = share(foreign);
  });
  check_caught("of an instance that has it", [](Pair& two, Object& foreign) {
    const auto object = two.to.new_class("C")();
    object.attr("x") = 1;
    object.attr("x") = share(foreign);
  });
  check_caught("of a class", [](Pair& two, Object& foreign) { two.to.new_class("C").attr("x") = share(foreign); });
}

TEST_CASE("No call has an argument of another runtime, and no handle for any thread holds one",
          "[runtimes][law-one-runtime]") {
  check_caught("argument", [](Pair& two, Object& foreign) {
    static_cast<void>(make_function(two.to.builtins(), "f(x)", [](const Ref<>&) {})(share(foreign)));
  });
  check_caught("argument of a method", [](Pair& two, Object& foreign) {
    static_cast<void>(
        two.to.class_<Holder>("Holder").def("f(self, x)", [](Holder&, const Ref<>&) {}).make().attr("f")(share(foreign)));
  });
  check_caught("Global", [](Pair& two, Object& foreign) { const Global<> global(two.to, share(foreign)); });
  check_caught("export", [](Pair& two, Object&) { two.to.exports().add(*two.from.new_class("C")); });
  check_caught("channel", [](Pair& two, Object& foreign) { Channel().send(two.to, foreign); });
  check_caught("thread's dict", [](Pair& two, Object& foreign) { two.to.thread_dict()->set("x", foreign); });
}

TEST_CASE("Who mixes runtimes is told both objects and both runtimes", "[runtimes][law-one-runtime]") {
  if constexpr (kChecks >= CheckLevel::kCheap) {
    const std::string said = said_of([](Pair& two, Object&) { two.to.list()->append(*two.from.none()); });
    CHECK_THAT(said, ContainsSubstring("list at 0x"));
    CHECK_THAT(said, ContainsSubstring(" may not refer to NoneType at 0x"));
    const std::size_t first = said.find("of runtime 0x");
    const std::size_t second = said.find("of runtime 0x", first + 1);
    REQUIRE(second != std::string::npos);
    CHECK(said.substr(first, 26) != said.substr(second, 26));
  }
}

TEST_CASE("The verifier finds what native code stored past every check", "[runtimes][law-one-runtime]") {
  Pair two;
  two.to.gc().set_stress(false);
  const auto holder = two.to.class_<Holder>("Holder").make();
  const auto foreign = two.from.list("foreign");
  auto& value = *native_cast<Holder>(*holder);
  for (const Ref<>& stored : {Ref<>(foreign), two.from.none(), two.from.from(1000)}) {
    value.link = stored;
    alloc::Report findings;
    gc::verify(two.to.gc(), findings);
    value.link.reset();
    int found = 0;
    for (const alloc::Finding& finding : findings) found += std::string(finding.law) == "one-runtime" ? 1 : 0;
    CHECK(found == 1);
  }
}

}  // namespace ouro::test
