// Handles to classes, instances, functions and native objects that outlive their runtime.
#include <support/fixture.h>

#include <algorithm>
#include <memory>
#include <vector>

using namespace ouro;
using namespace ouro::test;

namespace {

struct Node {
  Ref<> next;
  std::shared_ptr<int> alive;
  static constexpr std::tuple edges{&Node::next};
};

Options quiet() {
  Options options;
  options.leak_handler = [](const LeakReport&) {};
  options.unraisable = [](const Error&, std::string_view, const Object&) {};
  return test_options(std::move(options));
}

}  // namespace

TEST_CASE("handles to every kind of object outlive their runtime, in any order of dropping", "[outliving]") {
  for (int order = 0; order < 2; ++order) {
    std::vector<Ref<>> kept;
    Weak<> weak;
    auto alive = std::make_shared<int>(1);
    {
      Runtime rt(quiet());
      const auto base = rt.new_class("Base");
      const auto derived = rt.new_class("Derived", {base.get()});
      base.attr("__del__") = make_function(rt.builtins(), "__del__", [](Object&) {});
      derived.attr("method") = make_function(
          rt.builtins(), "method", [](Object&, Object&) {}, base);
      const Ref<> instance = derived();
      instance.attr("self") = instance;
      instance.attr("other") = base();
      const auto native = rt.class_<Node>("Node").def("go", [](Node&) {});
      const Ref<> node = native.make(instance, alive);
      weak = Weak<>(node);
      kept = {
          instance, instance.attr("other"), derived, node, native.type(), instance.attr("method"), make_weakref(*instance)};
      if (order == 1) std::reverse(kept.begin(), kept.end());
    }
    CHECK(alive.use_count() == 1);
    CHECK(weak.expired());
    while (!kept.empty()) kept.erase(kept.begin());
  }
}
