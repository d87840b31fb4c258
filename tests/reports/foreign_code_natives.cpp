// Foreign code that runs while a native struct drops what it holds: it sees the struct whole or empty, never in between.
#include <support/broken_law.h>
#include <support/fixture.h>

#include <map>

namespace ouro::test {

namespace {

struct Holder {
  std::vector<Ref<>> kids;
  static constexpr std::tuple edges{&Holder::kids};
};

struct Named {
  std::map<std::string, Ref<>> by_name;
  static constexpr std::tuple edges{&Named::by_name};
};

/// A holder of two objects whose finalizers collect, and what it was that called them.
template <class F>
void drop_kids(F drop) {
  Fixture fixture;
  Runtime& rt = fixture.rt;
  const auto mortal = rt.new_class("Mortal");
  int deaths = 0;
  mortal.attr("__del__") = make_function(rt.builtins(), "__del__", [&](Object&) {
    ++deaths;
    rt.gc().collect();
    fixture.verify();
  });
  const auto type = rt.class_<Holder>("Holder").prop("kids", &Holder::kids);
  const Ref<> holder = type.make();
  auto& kids = native_cast<Holder>(*holder)->kids;
  for (int i = 0; i < 2; ++i) kids.push_back(mortal());
  kids.push_back(holder);
  drop(holder, kids);
  CHECK(deaths == 2);
  CHECK(kids.empty());
}

}  // namespace

TEST_CASE("a native author empties a container with ouro::clear, and finalizers that collect see it empty",
          "[foreign_code][native][law-handle-destroyed]") {
  drop_kids([](const Ref<>&, std::vector<Ref<>>& kids) { ouro::clear(kids); });
  drop_kids([](const Ref<>&, std::vector<Ref<>>& kids) { std::exchange(kids, {}); });
}

TEST_CASE("a container that is a property is replaced before what it held is dropped", "[foreign_code][native]") {
  Fixture fixture;
  Runtime& rt = fixture.rt;
  const auto type = rt.class_<Named>("Named").prop("by_name", &Named::by_name);
  const Ref<> named = type.make();
  std::vector<std::size_t> sizes;
  const auto mortal = rt.new_class("Mortal");
  mortal.attr("__del__") = make_function(rt.builtins(), "__del__", [&](Object&) {
    sizes.push_back(native_cast<Named>(*named)->by_name.size());
    rt.gc().collect();
    fixture.verify();
  });
  named.attr("by_name") = rt.dict({{"a", mortal()}, {"b", mortal()}, {"me", named}});
  CHECK(native_cast<Named>(*named)->by_name.size() == 3);
  named.attr("by_name") = rt.dict({{"c", 1}});
  CHECK(sizes == std::vector<std::size_t>{1, 1});
  drop_kids([](const Ref<>& holder, std::vector<Ref<>>&) { holder.attr("kids") = make_list(builtins_of(*holder)); });
}

TEST_CASE("reading a container that is a property survives a finalizer that changes it", "[foreign_code][native]") {
  Fixture fixture;
  Runtime& rt = fixture.rt;
  const auto type = rt.class_<Holder>("Holder").prop("kids", &Holder::kids);
  const Ref<> holder = type.make();
  auto& kids = native_cast<Holder>(*holder)->kids;
  for (int i = 0; i < 1000; ++i) kids.push_back(rt.from(100'000 + i));
  const auto mortal = rt.new_class("Mortal");
  mortal.attr("__del__") = make_function(rt.builtins(), "__del__", [&](Object&) {
    ouro::clear(kids);
    kids.shrink_to_fit();
  });
  rt.collector().set_stress(false);  // or the loop is gone before the property is read
  Ref<> loop = mortal();
  loop.attr("me") = loop;
  loop.reset();
  rt.gc().set_threshold(1);  // making the list collects the loop
  const Ref<> read = holder.attr("kids");
  CHECK(length(*read) == 1000);
  CHECK(kids.empty());
}

TEST_CASE("a collection that meets a destroyed handle breaks a law", "[foreign_code][native][law-handle-destroyed]") {
  if constexpr (kChecks < CheckLevel::kInternal) return;
  const std::string said = broken_law_of([] { drop_kids([](const Ref<>&, std::vector<Ref<>>& kids) { kids.clear(); }); });
  CHECK_THAT(said, ContainsSubstring("[handle-destroyed]") && ContainsSubstring("ouro::clear"));
}

}  // namespace ouro::test
