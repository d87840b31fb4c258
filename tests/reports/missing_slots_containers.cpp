// Slots that are gone when they are to be called, and recursion that needs a guard.
#include <support/fixture.h>

#include <objects/world.h>

using namespace ouro;
using namespace ouro::test;

namespace {

/// ((((),),),) ... of `depth` levels, or the same of lists. Built from the inside.
Ref<> nest_of_tuples(Builtins& builtins, int depth) {
  Ref<> nest = make_tuple(builtins, {&builtins.none()});
  for (int i = 1; i < depth; ++i) nest = make_tuple(builtins, {nest.get()});
  return nest;
}

Ref<> nest_of_lists(Builtins& builtins, int depth) {
  Ref<> nest = make_list(builtins);
  for (int i = 1; i < depth; ++i) nest = make_list(builtins, {nest.get()});
  return nest;
}

Ref<> nest_of_dicts(Builtins& builtins, int depth) {
  Ref<> nest = make_dict(builtins);
  for (int i = 1; i < depth; ++i) {
    const Ref<Dict> outer = make_dict(builtins);
    outer->set("in", *nest);
    nest = outer;
  }
  return nest;
}

constexpr int kDeep = 300'000;

template <class F>
std::string kind_of_error(F&& act) {
  const std::string error = error_of(std::forward<F>(act));
  return error.substr(0, error.find(':'));
}

}  // namespace

TEST_CASE("Deleting __getitem__ under a live iterator is a TypeError", "[law-iterator-holds]") {
  Fixture fixture;
  Runtime& rt = fixture.rt;
  const auto type = rt.new_class("A");
  type.attr("__getitem__") =
      make_function(rt.builtins(), "__getitem__", [](Object&, Object& index) { return share(index); });
  const Ref<> iterator = iterate(*type());
  CHECK(shown_in_error(*next(*iterator)) == "0");
  delete_attribute(*type, *rt.from("__getitem__"));
  CHECK(error_of([&] { return next(*iterator); }) == "TypeError: 'A' object does not support indexing");
  type.attr("__getitem__") =
      make_function(rt.builtins(), "__getitem__", [](Object&, Object& index) { return share(index); });
  CHECK(shown_in_error(*next(*iterator)) == "1");
}

TEST_CASE("A deep nest is hashed, shown and compared up to the recursion limit, and is a RecursionError beyond") {
  Fixture fixture;
  fixture.rt.collector().set_stress(false);  // depth is what counts here, and a million collections would take a minute
  Builtins& builtins = fixture.rt.builtins();
  const Ref<> tuples = nest_of_tuples(builtins, kDeep);
  const Ref<> others = nest_of_tuples(builtins, kDeep);
  const Ref<> lists = nest_of_lists(builtins, kDeep);
  const Ref<> dicts = nest_of_dicts(builtins, kDeep);
  const Ref<> more_dicts = nest_of_dicts(builtins, kDeep);
  CHECK(error_of([&] { return hash(*tuples); }) ==
        "RecursionError: maximum recursion depth exceeded while getting the hash of an object");
  const Ref<Dict> table = make_dict(builtins);
  CHECK(kind_of_error([&] { return table->set(*tuples, builtins.none()), 0; }) == "RecursionError");
  CHECK(table->size == 0);
  for (Object* const nest : {tuples.get(), lists.get(), dicts.get()}) {
    CHECK(kind_of_error([&] { return repr(*nest); }) == "RecursionError");
    CHECK(kind_of_error([&] { return str(*nest); }) == "RecursionError");
    CHECK(truth(*nest));
    CHECK(length(*nest) == 1);
  }
  CHECK(kind_of_error([&] { return equal(*tuples, *others); }) == "RecursionError");
  CHECK(kind_of_error([&] { return compare(*tuples, *others, Comparison::kLess); }) == "RecursionError");
  CHECK(kind_of_error([&] { return equal(*dicts, *more_dicts); }) == "RecursionError");
  CHECK(kind_of_error([&] { return contains(*make_list(builtins, {tuples.get()}), *others); }) == "RecursionError");
  const Ref<List> pair = make_list(builtins, {tuples.get(), others.get()});
  CHECK(kind_of_error([&] { return pair->sort(), 0; }) == "RecursionError");
  CHECK(pair->size == 2);
  CHECK(hash(*nest_of_tuples(builtins, 100)) == hash(*nest_of_tuples(builtins, 100)));
}

TEST_CASE("A KeyError about a key too deep to be shown is still a KeyError") {
  Fixture fixture;
  fixture.rt.collector().set_stress(false);  // depth is what counts here, and a million collections would take a minute
  Builtins& builtins = fixture.rt.builtins();
  const Ref<Dict> dict = make_dict(builtins);
  const Ref<> lists = nest_of_lists(builtins, kDeep);
  CHECK(kind_of_error([&] { return make_list(builtins)->index(*lists); }) == "ValueError");
  CHECK(error_of([&] { return dict->pop(*lists); }) == "KeyError: <unprintable list object>");
}
