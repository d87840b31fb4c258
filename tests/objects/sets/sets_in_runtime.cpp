// Sets in a whole runtime: cycles, weak references, classes, messages, C++ conversions, reports.
#include <ouro/gc/explain/edge_names.h>
#include <ouro/objects/core/detail/short_text.h>
#include <ouro/objects/cpp/from_set.h>
#include <ouro/objects/messages/message.h>
#include <ouro/objects/sets/set.h>
#include <ouro/ouro.h>
#include <support/fixture.h>

#include <set>
#include <string>
#include <unordered_set>
#include <vector>

namespace ouro::test {

namespace {

template <class... V>
Ref<Set> set_of(Runtime& rt, const V&... values) {
  return set_from(*rt.tuple(values...));
}
template <class... V>
Ref<FrozenSet> frozenset_of(Runtime& rt, const V&... values) {
  return frozenset_from(*rt.tuple(values...));
}

}  // namespace

TEST_CASE_METHOD(Fixture, "a set in a cycle is collected, and is tracked whatever it holds", "[sets]") {
  const Ref<Class> node = rt.new_class("Node");
  Ref<Set> set = set_of(rt, 1, 2);
  CHECK(rt.heap().tracking.is_tracked(*set));
  Ref<> object = node();
  object.attr("set") = set;
  set->add(*object);
  const Ref<FrozenSet> frozen = frozenset_of(rt, 1, "a");
  rt.gc().collect();
  CHECK(rt.heap().tracking.is_tracked(*frozen));
  Weak<> watched{object};
  object.reset();
  set.reset();
  CHECK_FALSE(watched.expired());
  CHECK(rt.gc().collect() >= 2);
  CHECK(watched.expired());
}

TEST_CASE_METHOD(Fixture, "sets and frozensets can be referred to weakly", "[sets]") {
  Ref<Set> set = set_of(rt, 1);
  Ref<FrozenSet> frozen = frozenset_of(rt, 1);
  const Ref<WeakRef> first = make_weakref(*set);
  const Ref<WeakRef> second = make_weakref(*frozen);
  CHECK(first().is(set));
  CHECK(hash(*second) == hash(*frozen));
  set.reset();
  frozen.reset();
  CHECK(first().is(rt.none()));
  CHECK(second().is(rt.none()));
}

TEST_CASE_METHOD(Fixture, "a class that derives from set has attributes, and gives sets", "[sets]") {
  const Ref<Class> tags = rt.new_class("Tags", {&rt.type<Set>()});
  define(tags, "describe", [](Set& self) { return static_cast<std::int64_t>(self.size); });
  const Ref<> made = tags(rt.list(1, 2, 2));
  CHECK(from_object<int>(made.attr("describe")()) == 2);
  made.attr("color") = "red";
  CHECK(shown(made.attr("color")) == "'red'");
  CHECK(shown(*made) == "Tags({1, 2})");
  CHECK(is_exact<Set>(*apply(Operator::kBitOr, *made, *set_of(rt, 3))));
  // A cycle through the attributes.
  made.attr("self") = made;
  CHECK(equal(*made, *set_of(rt, 2, 1)));
}

TEST_CASE_METHOD(Fixture, "sets go into messages and come out as equal ones", "[sets]") {
  const Ref<FrozenSet> inner = frozenset_of(rt, 1, "a");
  const Ref<Set> set = set_of(rt, inner, rt.tuple(inner, 2), 3.5);
  const Ref<Dict> keyed = rt.dict({{inner, "value"}});
  const Message message(
      rt.list(set, inner, set_of(rt), frozenset_of(rt), keyed, frozenset_of(rt, inner, frozenset_of(rt, inner))));
  Runtime other(test_options());
  const Ref<> copy = message.unpack(other.builtins());
  CHECK(from_object<int>(copy[5].attr("__len__")()) == 2);
  CHECK(shown(copy[1]) == "frozenset({1, 'a'})");
  CHECK(shown(copy[2]) == "set()");
  CHECK(shown(copy[3]) == "frozenset()");
  CHECK(shown(copy[0]) == "{frozenset({1, 'a'}), (frozenset({1, 'a'}), 2), 3.5}");
  CHECK(shown(copy[4]) == "{frozenset({1, 'a'}): 'value'}");
  CHECK(shown(copy[4][copy[1]]) == "'value'");
}

TEST_CASE_METHOD(Fixture, "elements whose code must run to hash them are copied last", "[sets]") {
  const auto point_class = [](Runtime& target) {
    const Ref<Class> point = target.new_class("Point");
    define(point, "__hash__", [](Object& self) { return hash(*Ref<>(share(self).attr("x"))); });
    define(point, "__eq__",
           [](Object& self, Object& other) { return equal(*Ref<>(share(self).attr("x")), *Ref<>(share(other).attr("x"))); });
    target.exports().add("Point", *point);
    return point;
  };
  const Ref<Class> point = point_class(rt);
  const Ref<> first = point();
  first.attr("x") = 3;
  first.attr("others") = rt.list();
  const Ref<FrozenSet> frozen = frozenset_of(rt, first, 1);
  const Message message(rt.tuple(frozen, set_of(rt, first)));
  Runtime other(test_options());
  const Ref<Class> there = point_class(other);
  const Ref<> copy = message.unpack(other.builtins());
  const Ref<> wanted = there();
  wanted.attr("x") = 3;
  CHECK(contains(static_cast<AnySet&>(*Ref<>(copy[0])), *wanted));
  CHECK(contains(static_cast<AnySet&>(*Ref<>(copy[1])), *wanted));
}

TEST_CASE_METHOD(Fixture, "C++ sets become sets, and the other way round", "[sets]") {
  CHECK(shown(*detail::set_of(rt.builtins(), std::set<int>{3, 1, 2})) == "{1, 2, 3}");
  CHECK(shown(*detail::set_of(rt.builtins(), std::unordered_set<std::string>{"a"})) == "{'a'}");
  STATIC_REQUIRE_FALSE(detail::SetLike<std::multiset<int>>);
  CHECK(from_object<std::set<int>>(set_of(rt, 2, 1)) == std::set<int>{1, 2});
  CHECK(from_object<std::unordered_set<std::string>>(frozenset_of(rt, "x", "y")) ==
        std::unordered_set<std::string>{"x", "y"});
  CHECK(error_of([&] { return from_object<std::set<int>>(rt.list(1)); }) == "TypeError: must be set or frozenset, not list");
  CHECK(error_of([&] { return from_object<std::set<int>>(set_of(rt, "x")); }) ==
        "TypeError: 'x': 'str' object cannot be interpreted as an integer");
  const auto sum = make_function(rt.builtins(), "sum", [](const std::set<int>& numbers) {
    int total = 0;
    for (const int number : numbers) total += number;
    return total;
  });
  CHECK(from_object<int>(sum(set_of(rt, 1, 2, 3))) == 6);
}

TEST_CASE_METHOD(Fixture, "reports name the elements of a set", "[sets]") {
  CHECK(detail::short_text(*set_of(rt, 1, "a")) == "{1, 'a'}");
  CHECK(detail::short_text(*frozenset_of(rt)) == "frozenset()");
  CHECK(detail::short_text(*frozenset_of(rt, 2)) == "frozenset({2})");
  CHECK_THAT(detail::short_text(*set_of(rt, 1, 2, 3, 4, 5)), StartsWith("<set at 0x"));
}

}  // namespace ouro::test
