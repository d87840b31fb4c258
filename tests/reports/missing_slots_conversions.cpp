// Handles that have no object, or none that can be used.
#include <support/broken_law.h>
#include <support/fixture.h>

#include <functional>

#include <objects/world.h>

using namespace ouro;
using namespace ouro::test;

namespace {

constexpr const char* kEmpty = "SystemError: null argument to internal routine";
constexpr const char* kGone = "ReferenceError: the object's runtime no longer exists";

Options quiet() {
  Options options;
  options.leak_handler = [](const LeakReport&) {};
  return test_options(std::move(options));
}

}  // namespace

TEST_CASE("every operator on an empty handle is an error", "[reports][handles]") {
  Fixture fixture;
  Runtime& rt = fixture.rt;
  const Ref<> empty;
  CHECK(error_of([&] { return empty.attr("name").get(); }) == kEmpty);
  CHECK(error_of([&] { return empty[0].get(); }) == kEmpty);
  CHECK(error_of([&] { return empty(1); }) == kEmpty);
  CHECK(error_of([&] { return empty + 1; }) == kEmpty);
  CHECK(error_of([&] { return 1 + empty; }) == kEmpty);
  CHECK(error_of([&] { return -empty; }) == kEmpty);
  CHECK(error_of([&] { return empty < 1; }) == kEmpty);
  CHECK(error_of([&] { return empty == 1; }) == kEmpty);
  CHECK(error_of([&] { return each(empty).begin() == std::default_sentinel; }) == kEmpty);
  CHECK(error_of([&] { return from_object<int>(empty); }) == kEmpty);
  CHECK(error_of([&] { return make_tuple(rt.builtins(), empty); }) == kEmpty);
  CHECK(error_of([&] {
          for (Object& item : Ref<List>()) static_cast<void>(item);
          return 0;
        }) == kEmpty);
  CHECK(error_of([&] {
          for (auto [key, value] : Ref<Dict>()) static_cast<void>(key);
          return 0;
        }) == kEmpty);
  const Ref<List> list = rt.list();
  CHECK(error_of([&] {
          list->append(Ref<>());
          return 0;
        }) == kEmpty);
  CHECK(list->size == 0);
  CHECK(empty == nullptr);
  CHECK(empty == Ref<>());
  CHECK(empty != list);
  CHECK(std::hash<Ref<>>()(empty) == 0);
}

TEST_CASE("a handle whose runtime is gone can be dropped, and everything else is an error", "[reports][handles]") {
  Ref<> list, small, none;
  {
    Runtime rt(quiet());
    list = rt.list(1);
    small = rt.from(5);
    none = rt.none();
  }
  for (const Ref<>& gone : {std::cref(list), std::cref(small), std::cref(none)}) {
    CHECK(error_of([&] { return repr(*gone); }) == kGone);
    CHECK(error_of([&] { return str(*gone); }) == kGone);
    CHECK(error_of([&] { return gone.attr("name").get(); }) == kGone);
    CHECK(error_of([&] { return gone[0].get(); }) == kGone);
    CHECK(error_of([&] { return gone(); }) == kGone);
    CHECK(error_of([&] { return gone + 1; }) == kGone);
    CHECK(error_of([&] { return gone == 1; }) == kGone);
    CHECK(error_of([&] { return std::hash<Ref<>>()(gone); }) == kGone);
    CHECK(error_of([&] { return from_object<int>(gone); }) == kGone);
  }
}

TEST_CASE("an empty handle that is read through breaks a law", "[reports][handles][law-handle-not-empty]") {
  if constexpr (kChecks < CheckLevel::kCheap) return;
  CHECK_THAT(broken_law_of([] { static_cast<void>(Ref<List>()->size); }), ContainsSubstring("[handle-not-empty]"));
  CHECK_THAT(broken_law_of([] { static_cast<void>((*Ref<>()).type); }), ContainsSubstring("[handle-not-empty]"));
}

TEST_CASE("a cast to what an object is not breaks a law", "[reports][handles][law-cast-kind]") {
  Fixture fixture;
  Runtime& rt = fixture.rt;
  const Ref<> list = rt.list();
  CHECK(static_ref_cast<List>(list).is(list));
  CHECK(static_ref_cast<Int>(rt.from(true)) == true);
  CHECK_FALSE(static_ref_cast<Dict>(Ref<>()));
  const Ref<> type = rt.new_class("A");
  CHECK(static_ref_cast<Class>(type).is(type));
  CHECK(static_ref_cast<WeakRef>(Ref<>(make_weakref(*type)))->target == type.get());
  if constexpr (kChecks < CheckLevel::kCheap) return;
  CHECK_THAT(broken_law_of([&] { static_cast<void>(static_ref_cast<Dict>(list).release()); }),
             ContainsSubstring("[cast-kind]") && ContainsSubstring("list"));
  CHECK_THAT(broken_law_of([&] { static_cast<void>(static_ref_cast<Class>(list).release()); }),
             ContainsSubstring("[cast-kind]"));
  CHECK_THAT(broken_law_of([&] { static_cast<void>(static_ref_cast<WeakRef>(list).release()); }),
             ContainsSubstring("[cast-kind]"));
}

TEST_CASE("an operator on objects of two runtimes breaks a law", "[reports][handles][law-one-runtime]") {
  if constexpr (kChecks < CheckLevel::kCheap) return;
  CHECK_THAT(broken_law_of([] {
               Runtime one, other;
               static_cast<void>(one.list(1) + other.list(2));
             }),
             ContainsSubstring("[one-runtime]"));
  CHECK_THAT(broken_law_of([] {
               Runtime one, other;
               static_cast<void>(one.dict() == other.dict());
             }),
             ContainsSubstring("[one-runtime]"));
  CHECK_THAT(broken_law_of([] {
               Runtime one, other;
               static_cast<void>(one.dict()[other.list()].get());
             }),
             ContainsSubstring("[one-runtime]"));
}
