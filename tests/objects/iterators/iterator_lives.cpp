// What keeps iterators alive, what they survive while code of classes runs, and iterables as C++ ranges.
#include <ouro/objects/core/handle.h>
#include <ouro/objects/iterators/lazy_iterators.h>
#include <support/fixture.h>

#include <algorithm>
#include <functional>
#include <ranges>
#include <vector>

#include <objects/world.h>

namespace ouro::test {

namespace {

using Maker = std::function<Ref<>(const Ref<List>& over)>;

/// One of each iterator, over a list.
std::vector<Maker> makers(Builtins& builtins) {
  const Ref<Function> same = make_function(builtins, "same", [](Object& x) { return share(x); });
  const auto tuple_of = [](const Ref<List>& over) { return Ref<>(make_tuple(builtins_of(*over), {over.get()})); };
  return {
      [](const Ref<List>& over) { return Ref<>(make_enumerate(*over)); },
      [](const Ref<List>& over) {
        Object* const twice[] = {over.get(), over.get()};
        return Ref<>(make_zip(builtins_of(*over), twice));
      },
      [same](const Ref<List>& over) {
        Object* const only[] = {over.get()};
        return Ref<>(make_map(*same, only));
      },
      [same](const Ref<List>& over) { return Ref<>(make_filter(*same, *over)); },
      [](const Ref<List>& over) { return reversed(static_cast<Object&>(*over)); },
      [tuple_of](const Ref<List>& over) { return reversed(*tuple_of(over)); },
      [same](const Ref<List>& over) { return Ref<>(iterate(static_cast<Object&>(*same), *over)); },
  };
}

}  // namespace

TEST_CASE("a cycle through an iterator is collected, also when it has begun", "[iterators]") {
  Fixture fixture;
  Runtime& rt = fixture.rt;
  for (const bool begun : {false, true}) {
    for (const Maker& make : makers(rt.builtins())) {
      const Ref<List> list = make_list(rt.builtins());
      list->append(*make_int(rt.builtins(), 1));
      list->append(*make(list));
      const Ref<> iterator = share(list->get(1));
      if (begun && kind_of(*iterator) != Kind::kCallableIterator) static_cast<void>(next(*iterator));
    }
  }
  CHECK(rt.gc().collect() > 0);
}

TEST_CASE("an iterator that its own code drops goes on to the end of the step", "[iterators][law-held-across]") {
  Fixture fixture;
  Builtins& builtins = fixture.rt.builtins();
  const Ref<List> cell = make_list(builtins);
  const Ref<Class> type = make_class(builtins, "Drops");
  define(type, "__iter__(self)", [](Object& self) { return share(self); });
  type.attr("__next__") = make_function(
      builtins, "__next__",
      [](List& holder, Object& self) {
        holder.clear();
        return make_int(builtins_of(self), 700);
      },
      cell);
  const Ref<> source = call(*type, {});
  Object* const sources[] = {source.get(), source.get()};
  const Ref<Function> twice = make_function(builtins, "twice", [](Object& x) { return apply(Operator::kAdd, x, x); });
  const auto step = [&](Ref<> iterator) {
    cell->append(std::move(iterator));
    Object& only = cell->get(0);
    return shown(*next(only));
  };
  CHECK(step(make_enumerate(*source, 5)) == "(5, 700)");
  CHECK(step(make_zip(builtins, sources)) == "(700, 700)");
  CHECK(step(make_map(*twice, {sources, 1})) == "1400");
  CHECK(step(make_filter(builtins.none(), *source)) == "700");
  const Ref<> clears = make_function(
      builtins, "clears",
      [](List& holder) {
        holder.clear();
        return 5;
      },
      cell);
  CHECK(step(iterate(*clears, builtins.none())) == "5");
  type.attr("__next__") = builtins.none();
}

TEST_CASE("an iterator that was exhausted drops what it went through", "[iterators][law-exhausted-stays]") {
  Fixture fixture;
  Builtins& builtins = fixture.rt.builtins();
  for (const bool as_tuple : {false, true}) {
    const Ref<List> list = make_list(builtins, {&builtins.none()});
    const Ref<> sequence = as_tuple ? Ref<>(make_tuple(builtins, {list.get()})) : Ref<>(list);
    const Ref<> iterator = reversed(*sequence);
    const std::uint32_t before = sequence->refcount;
    CHECK(next(*iterator));
    CHECK_FALSE(next(*iterator));
    CHECK(sequence->refcount == before - 1);
    list->append(builtins.none());
    CHECK_FALSE(next(*iterator));
  }
}

TEST_CASE("a tuple that somebody holds is not given again, and one that nobody holds is", "[iterators]") {
  Fixture fixture;
  Builtins& builtins = fixture.rt.builtins();
  const Ref<List> list = fixture.rt.list(1000, 2000, 3000, 4000);
  Object* const several[] = {list.get(), list.get(), list.get(), list.get(), list.get()};
  const Ref<> numbered = make_enumerate(*list, 7);
  for (const auto& [iterator, width] :
       {std::pair(numbered, std::size_t{2}), std::pair(Ref<>(make_zip(builtins, {several, 1})), std::size_t{1}),
        std::pair(Ref<>(make_zip(builtins, several)), std::size_t{5})}) {
    const Ref<> first = next(*iterator);
    const std::string before = shown(first);
    Ref<> second = next(*iterator);
    CHECK(static_cast<const Tuple&>(*second).size == width);
    CHECK_FALSE(second.is(first));
    CHECK(shown(first) == before);
    const Object* const address = second.get();
    fixture.rt.gc().collect();
    second.reset();
    const Ref<> third = next(*iterator);
    CHECK(third.get() == address);
    CHECK(shown(first) == before);
    CHECK_THAT(shown(third), ContainsSubstring("3000"));
  }
  CHECK(shown(*list_from(*make_enumerate(*list))) == "[(0, 1000), (1, 2000), (2, 3000), (3, 4000)]");
}

TEST_CASE("a tuple that was found to refer to nothing is watched again when it does", "[iterators][claim-G3]") {
  Fixture fixture;
  Runtime& rt = fixture.rt;
  const Ref<List> outer = rt.list(1000, 2000, 3000);
  {
    const Ref<> numbered = make_enumerate(*outer);
    static_cast<void>(next(*numbered));
    rt.gc().collect();
    outer->set(1, *outer);
    const Ref<> pair = next(*numbered);
    CHECK(rt.heap().tracking.is_tracked(*pair));
  }
  outer->clear();
}

TEST_CASE("iterators survive a lack of memory", "[iterators]") {
  Fixture fixture;
  const Ref<List> list = fixture.rt.list(1000, 2000, 3000);
  for (const Maker& make : makers(fixture.rt.builtins())) {
    const auto walk = [&] {
      const Ref<> iterator = make(list);
      if (kind_of(*iterator) == Kind::kCallableIterator) return;
      for (int step = 0; step < 4; ++step) static_cast<void>(next(*iterator));
    };
    CHECK(fail_each_allocation(fixture.rt.heap(), walk) >= 1);
  }
}

TEST_CASE("everything iterable is an input range of C++", "[iterators]") {
  static_assert(std::ranges::input_range<Each>);
  Fixture fixture;
  Builtins& builtins = fixture.rt.builtins();
  const Ref<List> list = make_list(builtins);
  for (int i = 0; i < 5; ++i) list->append(*make_int(builtins, i));
  const Ref<> numbered = make_enumerate(*list, 10);
  const auto pairs = each(numbered);
  CHECK(std::ranges::count_if(pairs, [](const Ref<>& pair) { return is<Tuple>(*pair); }) == 5);
  const auto backwards = each(reversed(static_cast<Object&>(*list)));
  CHECK(std::ranges::all_of(backwards, [](const Ref<>& item) { return is<Int>(*item); }));
}

}  // namespace ouro::test
