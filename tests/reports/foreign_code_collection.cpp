// Foreign code that runs while objects die: it gets hold of none of them, whatever it looks at.
#include <ouro/gc/check/check_edges.h>
#include <ouro/gc/explain/heap_graph.h>
#include <support/fixture.h>

#include <algorithm>
#include <atomic>
#include <set>
#include <thread>

namespace ouro::test {

namespace {

/// An atom of the embedder's, with a finalizer.
struct Probe {
  int number = 0;
  static constexpr std::tuple<> edges{};
};

using Act = std::function<void(Probe&)>;

Ref<Class> probe_class(Runtime& rt, Act& act) {
  const auto type = rt.class_<Probe>("Probe");
  type.def("__del__", [&act](Probe& self) { act(self); });
  return type.type();
}

Ref<> make_probe(const Ref<Class>& type, int number = 0) { return detail::make_native<Probe>(*type, Probe{number}); }

/// Three lists that refer to each other; the last one to `outside` also, of which it takes the count over.
class Tangle {
 public:
  Tangle(Runtime& rt, Ref<> outside) {
    const Ref<List> a = rt.list(), b = rt.list(), c = rt.list();
    a->append(*b), b->append(*c), c->append(*a), a->append(*c);
    c->append(std::move(outside));
    addresses = {a.get(), b.get(), c.get()};
  }
  [[nodiscard]] std::size_t found_in(const Ref<List>& listing) const {
    std::size_t found = 0;
    for (Object& object : listing) found += addresses.contains(&object);
    return found;
  }

  std::set<const Object*> addresses;
};

bool is_in(const Ref<List>& listing, const Object* address) {
  const auto items = listing->view();
  return std::ranges::find(items, address) != items.end();
}

/// Everything that lists objects, held for good.
Ref<List> everything_listed(Runtime& rt, const Object& target) {
  Ref<List> all = rt.gc().get_objects();
  const auto note = [&](Object& object) {
    if (&object != all.get()) all->append(object);
  };
  for (Object& object : rt.gc().get_referrers({&target})) note(object);
  const gc::HeapGraph graph(rt.heap());
  for (gc::HeapGraph::Node node = 0; node < graph.size(); ++node)
    if (!graph.is_dying(node) && rt.gc().is_tracked(graph.object(node))) note(graph.object(node));
  static_cast<void>(gc::census(rt.heap()));
  alloc::Report findings;
  gc::check_edges(rt.heap(), findings);
  gc::verify(rt.collector(), findings);
  for (const alloc::Finding& finding : findings) UNSCOPED_INFO(finding.law << ": " << finding.detail.data());
  CHECK(findings.clean());
  return all;
}

}  // namespace

TEST_CASE("a finalizer that a dead tangle's end calls finds none of the tangle", "[foreign_code][law-bulk-silent]") {
  for (const int generation : {0, 2}) {
    Fixture fixture;
    Runtime& rt = fixture.rt;
    rt.collector().set_stress(false);
    rt.gc().disable();
    std::optional<Tangle> tangle;
    Ref<List> kept;
    Act look = [&](Probe& self) { kept = everything_listed(rt, detail::object_of(self)); };
    const Ref<Class> type = probe_class(rt, look);
    tangle.emplace(rt, make_probe(type));
    CHECK(rt.gc().collect(generation) == 3);
    REQUIRE(kept);
    CHECK(tangle->found_in(kept) == 0);
    CHECK(rt.collector().last_report().in_bulk);
    for (Object& object : kept) static_cast<void>(repr(*object.type));  // all that was found is alive
  }
}

TEST_CASE("a weak callback that a dead tangle's end calls finds none of the tangle", "[foreign_code][law-bulk-silent]") {
  Fixture fixture;
  Runtime& rt = fixture.rt;
  rt.collector().set_stress(false);
  rt.gc().disable();
  std::optional<Tangle> tangle;
  Ref<List> kept;
  Ref<> old = rt.new_class("Old")();
  rt.gc().collect();
  const Object* const address = old.get();
  const Ref<Function> callback =
      make_function(rt.builtins(), "cb", [&](Object&) { kept = everything_listed(rt, *address); });
  const Ref<WeakRef> watch = make_weakref(*old, callback.get());
  tangle.emplace(rt, std::move(old));
  CHECK(rt.gc().collect(0) == 3);
  REQUIRE(kept);
  CHECK(tangle->found_in(kept) == 0);
  CHECK_FALSE(is_in(kept, address));
}

TEST_CASE("another thread finds no part of a tangle while a finalizer lets it in", "[foreign_code][threads]") {
  Fixture fixture;
  Runtime& rt = fixture.rt;
  rt.collector().set_stress(false);
  rt.gc().disable();
  std::optional<Tangle> tangle;
  std::atomic<int> step{0};
  Act let_in = [&](Probe&) {
    const GilRelease outside(rt);
    step = 1;
    while (step != 2) std::this_thread::yield();
  };
  const Ref<Class> type = probe_class(rt, let_in);
  tangle.emplace(rt, make_probe(type));
  std::size_t found = 99;
  std::thread other([&] {
    while (step != 1) std::this_thread::yield();
    const Attach attached(rt);
    {
      const Ref<List> all = everything_listed(rt, *type);
      found = tangle->found_in(all);
      CHECK(rt.gc().collect() == 0);
    }
    step = 2;
  });
  CHECK(rt.gc().collect() == 3);
  {
    const GilRelease outside(rt);
    other.join();
  }
  CHECK(found == 0);
}

TEST_CASE("what a tangle held alone is finalized once each, in the order of its holder, and may be saved",
          "[foreign_code]") {
  Fixture fixture;
  Runtime& rt = fixture.rt;
  rt.gc().disable();
  std::vector<int> order;
  const Ref<List> saved = rt.list();
  bool saves = true;
  Act act = [&](Probe& self) {
    order.push_back(self.number);
    rt.gc().collect();
    if (self.number == 2 && saves) saved->append(detail::object_of(self));
  };
  const Ref<Class> type = probe_class(rt, act);
  {
    const Ref<List> list = rt.list(make_probe(type, 1), make_probe(type, 2), rt.list(7), make_probe(type, 3));
    const Ref<Dict> dict = rt.dict({{1, make_probe(type, 4)}, {2, 5}, {3, make_probe(type, 6)}});
    const Ref<> instance = rt.new_class("Holder")();
    const Ref<> shared = make_probe(type, 7);
    instance.attr("a") = shared, instance.attr("b") = make_probe(type, 8), instance.attr("c") = shared;
    list->append(*dict), list->append(*list), list->append(*shared), list->append(*shared);
    dict->set(*rt.from(9), *instance), instance.attr("d") = list;
  }
  CHECK(rt.gc().collect() >= 3);
  REQUIRE(order.size() == 7);
  std::vector<int> lists;
  std::ranges::copy_if(order, std::back_inserter(lists), [](int number) { return number <= 3; });
  CHECK(lists == std::vector{3, 2, 1});
  std::ranges::sort(order);
  CHECK(order == std::vector{1, 2, 3, 4, 6, 7, 8});
  REQUIRE(saved->size == 1);
  CHECK(native_cast<Probe>(saved->get(0))->number == 2);
  saves = false;
  saved->clear();
}

TEST_CASE("while callbacks of a dying object run nobody finds it as a referrer", "[foreign_code][law-deleted-unlisted]") {
  Fixture fixture;
  Runtime& rt = fixture.rt;
  rt.gc().disable();
  Ref<> dying = rt.new_class("Dying")();
  const Ref<> target = rt.list();
  dying.attr("target") = target;
  const Object* const address = dying.get();
  Ref<List> found;
  bool in_graph = true;
  const Ref<Function> callback = make_function(rt.builtins(), "cb", [&](Object&) {
    found = rt.gc().get_referrers({target.get()});
    const gc::HeapGraph graph(rt.heap());
    in_graph = graph.find(address) != gc::HeapGraph::kNone && !graph.is_dying(graph.find(address));
  });
  const Ref<WeakRef> watch = make_weakref(*dying, callback.get());
  dying.reset();
  REQUIRE(found);
  CHECK_FALSE(is_in(found, address));
  CHECK_FALSE(in_graph);
}

TEST_CASE("finalizers and callbacks find nothing that is unreachable in any listing, as in CPython", "[foreign_code]") {
  Fixture fixture;
  Runtime& rt = fixture.rt;
  rt.collector().set_stress(false);
  rt.gc().disable();
  std::set<const Object*> trash;
  std::size_t found = 0;
  int looks = 0;
  const auto look = [&](Object&) {
    ++looks;
    for (Object& object : rt.gc().get_objects()) found += trash.contains(&object);
    for (Object& object : rt.gc().get_referrers({*trash.begin(), *std::next(trash.begin())}))
      found += trash.contains(&object);
  };
  const auto type = rt.new_class("Loop");
  type.attr("__del__") = make_function(rt.builtins(), "__del__", look);
  const Ref<Function> callback = make_function(rt.builtins(), "cb", look);
  Ref<WeakRef> watch;
  {
    const Ref<> a = type(), b = rt.new_class("Plain")();
    a.attr("b") = b, b.attr("a") = a;
    watch = make_weakref(*b, callback.get());
    trash = {a.get(), b.get()};
  }
  rt.gc().collect();
  CHECK(looks == 2);
  CHECK(found == 0);
}

}  // namespace ouro::test
