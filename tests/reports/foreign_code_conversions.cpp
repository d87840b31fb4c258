// Conversions and handle operators whose foreign code changes or drops what they look at.
#include <support/fixture.h>

#include <map>
#include <unordered_map>

#include <objects/world.h>

using namespace ouro;
using namespace ouro::test;

namespace {

/// A callable with state of its own, which drops what it is called through before it looks at the state.
struct Clear {
  std::vector<Ref<>>* all;
  std::shared_ptr<int> life;
  static constexpr std::tuple<> edges{};

  int operator()() const {
    all->clear();
    return *life;
  }
};

/// A class with `__float__`, `__index__` and `__hash__` that each call `act` first.
template <class F>
Ref<Class> class_that_acts(Runtime& rt, F act) {
  const Ref<Class> type = rt.new_class("Acting");
  Builtins& builtins = rt.builtins();
  const auto method = [&](const char* name, auto&& body) { type.attr(name) = make_function(builtins, name, body); };
  method("__float__", [act](Object&) {
    act();
    return 1.5;
  });
  method("__index__", [act](Object&) {
    act();
    return 7;
  });
  method("__hash__", [act](Object&) {
    act();
    return 3;
  });
  return type;
}

}  // namespace

TEST_CASE("a container that is converted owns what it holds, whoever makes the items",
          "[reports][convert][law-conversion-owns]") {
  Fixture fixture;
  Runtime& rt = fixture.rt;
  const Ref<Class> maker = rt.new_class("Maker");
  maker.attr("__getitem__") = make_function(rt.builtins(), "__getitem__", [](Builtins& builtins, Object&, int index) {
    if (index == 3) raise(ErrorKind::kIndexError, "end");
    return Ref<>(make_str(builtins, "made on demand " + std::to_string(index)));
  });
  const Ref<> made = maker();
  CHECK(from_object<std::vector<std::string>>(made) ==
        std::vector<std::string>{"made on demand 0", "made on demand 1", "made on demand 2"});
  const auto objects = from_object<std::vector<Ref<Str>>>(made);
  REQUIRE(objects.size() == 3);
  CHECK(text(*objects[2]) == "made on demand 2");
}

TEST_CASE("a dict that is emptied by the conversion of its own items is converted without harm",
          "[reports][convert][law-conversion-owns]") {
  Fixture fixture;
  Runtime& rt = fixture.rt;
  const Ref<Dict> dict = rt.dict();
  Dict* const target = dict.get();
  const Ref<Class> acting = class_that_acts(rt, [target] { target->clear(); });
  const auto fill = [&] {
    for (int i = 0; i < 20; ++i) dict->set(*rt.from(i), *acting());
  };
  fill();
  CHECK(error_of([&] { return from_object<std::map<int, double>>(dict).size(); }) ==
        "RuntimeError: dictionary changed size during iteration");
  fill();
  CHECK(error_of([&] { return from_object<std::unordered_map<int, int>>(dict).size(); }) ==
        "RuntimeError: dictionary changed size during iteration");
}

TEST_CASE("a value that is replaced while it is converted is still converted", "[reports][convert][law-conversion-owns]") {
  Fixture fixture;
  Runtime& rt = fixture.rt;
  const Ref<Dict> dict = rt.dict();
  Dict* const target = dict.get();
  const Ref<Class> acting = class_that_acts(rt, [target] {
    for (auto [key, value] : *target) target->set(key, key);
  });
  for (int i = 0; i < 4; ++i) dict->set(*rt.from(i), *acting());
  CHECK(from_object<std::map<int, double>>(dict) == std::map<int, double>{{0, 1.5}, {1, 1}, {2, 2}, {3, 3}});
}

TEST_CASE("a number whose method drops its last other owner is still converted", "[reports][convert][law-conversion-owns]") {
  Fixture fixture;
  Runtime& rt = fixture.rt;
  const Ref<List> owner = rt.list();
  List* const target = owner.get();
  const Ref<Class> acting = class_that_acts(rt, [target] { target->clear(); });
  owner->append(acting());
  CHECK(from_object<double>(owner->get(0)) == 1.5);
  owner->append(acting());
  CHECK(from_object<float>(owner->get(0)) == 1.5F);
  acting.attr("__float__") = make_function(rt.builtins(), "__float__", [target](Object&) {
    target->clear();
    return 1;
  });
  owner->append(acting());
  CHECK(error_of([&] { return from_object<double>(owner->get(0)); }) ==
        "TypeError: Acting.__float__ returned non-float (type int)");
}

TEST_CASE("elements of a list that drop each other become a tuple without harm", "[reports][convert][law-conversion-owns]") {
  Fixture fixture;
  Runtime& rt = fixture.rt;
  const Ref<List> owner = rt.list();
  List* const target = owner.get();
  const Ref<Class> acting = class_that_acts(rt, [target] { target->clear(); });
  owner->append(acting());
  owner->append(rt.str("a text that nobody else holds"));
  CHECK(from_object<std::pair<double, std::string>>(owner) == std::pair(1.5, std::string("a text that nobody else holds")));
}

TEST_CASE("an iterator is asked once, whichever alternative of a variant its elements fit",
          "[reports][convert][law-conversion-owns]") {
  Fixture fixture;
  Runtime& rt = fixture.rt;
  using Either = std::variant<std::vector<int>, std::vector<std::string>>;
  const Ref<> mixed = rt.list("1", "two", "three");
  CHECK(std::get<1>(from_object<Either>(iterate(*mixed))) == std::vector<std::string>{"1", "two", "three"});
  using Rest = std::variant<std::vector<int>, Ref<>>;
  CHECK(text(*repr(*std::get<1>(from_object<Rest>(iterate(*mixed))))) == "['1', 'two', 'three']");
}

TEST_CASE("a function that drops the handle through which it is called ends first", "[reports][handles][law-handle-held]") {
  Fixture fixture;
  Runtime& rt = fixture.rt;
  std::vector<Ref<>> handlers;
  std::vector<Ref<>>* const all = &handlers;
  const Ref<Class> type = rt.new_class("Handler");
  type.attr("__call__") = make_function(rt.builtins(), "__call__", [all](Object& self) {
    all->clear();
    return share(self).attr("name").as<std::string>();
  });
  Ref<> instance = type();
  instance.attr("name") = "still there";
  handlers.push_back(std::move(instance));
  CHECK(handlers[0]() == "still there");
  handlers.push_back(make_function(rt.builtins(), "clear", Clear{all, std::make_shared<int>(41)}));
  CHECK(handlers[0]() == 41);
  CHECK(handlers.empty());
}

TEST_CASE("every operator holds the handle that it works on", "[reports][handles][law-handle-held]") {
  Fixture fixture;
  Runtime& rt = fixture.rt;
  std::vector<Ref<>> handles;
  std::vector<Ref<>>* const all = &handles;
  const Ref<Class> type = rt.new_class("Dropper");
  const auto define = [&](const char* name, auto&& body) { type.attr(name) = make_function(rt.builtins(), name, body); };
  const auto named = [](Object& self) { return share(self).attr("name").as<std::string>(); };
  const auto drop_and_name = [all, named](Object& self) {
    all->clear();
    return named(self);
  };
  const auto with_other = [drop_and_name](Object& self, Object&) { return drop_and_name(self); };
  define("__neg__", drop_and_name);
  define("__add__", with_other);
  define("__radd__", with_other);
  define("__getitem__", with_other);
  define("__getattr__", with_other);
  const auto truly = [drop_and_name](Object& self, Object&) { return !drop_and_name(self).empty(); };
  define("__eq__", truly);
  define("__lt__", truly);
  define("__hash__", [drop_and_name](Object& self) { return static_cast<int>(drop_and_name(self).size()); });
  define("__iter__", [drop_and_name, named](Builtins& builtins, Object& self) {
    drop_and_name(self);
    return iterate(*make_str(builtins, named(self)));
  });
  const auto fresh = [&]() -> Ref<>& {
    const Ref<> made = type();
    made.attr("name") = "xyz";
    handles.assign(1, made);
    return handles[0];
  };
  CHECK(-fresh() == "xyz");
  CHECK(fresh() + 1 == "xyz");
  CHECK(1 + fresh() == "xyz");
  CHECK(fresh()[0].get() == "xyz");
  CHECK(fresh().attr("missing").get() == "xyz");
  CHECK(fresh() == 5);
  CHECK(fresh() < 5);
  CHECK(std::hash<Ref<>>()(fresh()) == 3);
  std::string letters;
  for (const Ref<>& letter : each(fresh())) letters += from_object<std::string>(letter);
  CHECK(letters == "xyz");
  CHECK(handles.empty());
}

TEST_CASE("a loop holds its container and the entry at hand", "[reports][handles][law-handle-held]") {
  Fixture fixture;
  Runtime& rt = fixture.rt;
  std::vector<Ref<List>> lists{rt.list("first of all", "second of all")};
  std::string seen;
  for (Object& item : lists[0]) {
    if (!lists.empty()) lists[0]->clear();
    lists.clear();
    seen += from_object<std::string>(item);
  }
  CHECK(seen == "first of all");
  std::vector<Ref<Dict>> dicts{rt.dict({{"key", rt.str("some value")}})};
  for (auto [key, value] : dicts[0]) {
    dicts[0]->set(key, *rt.none());
    dicts.clear();
    seen += from_object<std::string>(value);
  }
  CHECK(seen == "first of allsome value");
  const Ref<List> growing = rt.list(1);
  int steps = 0;
  for (Object& item : growing)
    if (++steps < 5) growing->append(item);
  CHECK(steps == 5);
}
