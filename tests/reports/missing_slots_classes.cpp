// Slots and methods that are not there, or not any more, and calls that recurse for ever.
#include <support/fixture.h>

#include <objects/world.h>

using namespace ouro;
using namespace ouro::test;

namespace {

constexpr std::string_view kTooDeep = "RecursionError: maximum recursion depth exceeded";

}  // namespace

TEST_CASE("a reflected operator that the first operand's method deletes is not called", "[reports][special]") {
  Fixture fixture;
  Runtime& rt = fixture.rt;
  const auto left = rt.new_class("L");
  const auto right = rt.new_class("R");
  define(right, "__radd__(self, other)", [](Object&, Object&) { return 1; });
  define(left, "__add__(self, other)", [&right](Object& self, Object&) {
    right.attr("__radd__").erase();
    return Ref<>::share(builtins_of(self).not_implemented());
  });
  CHECK(error_of([&] { return left() + right(); }) == "TypeError: unsupported operand type(s) for +: 'L' and 'R'");
}

TEST_CASE("__getattr__, __call__, __get__ and __new__ that ask themselves end in RecursionError", "[reports][recursion]") {
  Fixture fixture({.recursion_limit = 300});
  Runtime& rt = fixture.rt;
  const auto type = rt.new_class("R");
  define(type, "__getattr__(self, name)", [](Object& self, Object&) { return share(self).attr("other").get(); });
  define(type, "__call__(self)", [](Object& self) { return share(self)(); });
  define(type, "__get__(self, object, owner)",
         [](Object&, Object& object, Object&) { return share(object).attr("field").get(); });
  const auto owner = rt.new_class("O");
  owner.attr("field") = type();
  CHECK_THAT(error_of([&] { return type().attr("x").get(); }), StartsWith(std::string(kTooDeep)));
  CHECK_THAT(error_of([&] { return type()(); }), StartsWith(std::string(kTooDeep)));
  CHECK_THAT(error_of([&] { return owner().attr("field").get(); }), StartsWith(std::string(kTooDeep)));
  define(type, "__new__(cls)", [](Class& cls) { return share(cls)(); });
  CHECK_THAT(error_of([&] { return type(); }), StartsWith(std::string(kTooDeep)));
}

TEST_CASE("an object that is called through a long chain of __call__ ends in RecursionError", "[reports][recursion]") {
  Fixture fixture({.recursion_limit = 300});
  Runtime& rt = fixture.rt;
  Ref<> callee = make_function(rt.builtins(), "f", [] { return 1; });
  std::vector<Ref<Class>> classes;
  for (int i = 0; i < 400; ++i) {
    classes.push_back(rt.new_class("C"));
    classes.back().attr("__call__") = callee;
    callee = classes.back()();
  }
  CHECK_THAT(error_of([&] { return callee(); }), StartsWith(std::string(kTooDeep)));
  for (const Ref<Class>& type : classes) type.attr("__call__").erase();
}

TEST_CASE("classes may derive from each other more than a thousand levels deep", "[reports][class]") {
  Fixture fixture;
  Runtime& rt = fixture.rt;
  rt.gc().disable();
  constexpr int kDepth = 1500;
  const auto root = rt.new_class("C");
  Ref<Class> last = root;
  for (int i = 0; i < kDepth; ++i) last = rt.new_class("C", {last.get()});
  const Ref<> object = last();
  define(root, "__len__(self)", [](Object&) { return 7; });
  root.attr("x") = 5;
  CHECK(object.attr("x") == 5);
  CHECK(length(*object) == 7);
  root.attr("__len__").erase();
  CHECK(error_of([&] { return length(*object); }) == "TypeError: object of type 'C' has no len()");
  CHECK(is_instance(*object, *root));
}
