// The edge check: native types whose traverse misses or doubles an edge are named.
#include <ouro/objects/containers/iterator.h>
#include <support/fixture.h>

using namespace ouro;
using namespace ouro::test;

namespace {

/// Forgets one of its members.
struct Forgetful {
  Ref<> known;
  Ref<> forgotten;
  static constexpr std::tuple edges{&Forgetful::known};
};

/// Says that it has no references at all, so it is an atom.
struct Secretive {
  Untraced<Ref<>> secret;
  static constexpr std::tuple<> edges{};
};

/// An ordinary one.
struct Honest {
  Ref<> known;
  Ref<> other;
  static constexpr std::tuple edges{&Honest::known, &Honest::other};
};

static_assert(detail::Members<Honest>::are_distinct());
struct Doubled {
  Ref<> known;
  static constexpr std::tuple edges{&Doubled::known, &Doubled::known};
};
static_assert(!detail::Members<Doubled>::are_distinct());

/// A type by hand whose traverse reports its one edge twice.
void traverse_twice(const Object& object, Visitor visit) noexcept {
  const Ref<>& held = detail::native_value<Honest>(const_cast<Object&>(object)).known;
  visit(held.get());
  visit(held.get());
}

std::string findings_in(Runtime& rt) {
  alloc::Report findings;
  gc::check_edges(rt.heap(), findings);
  std::string text;
  for (const alloc::Finding& finding : findings) text += std::string(finding.law) + ": " + finding.detail.data() + "\n";
  return text;
}

}  // namespace

TEST_CASE("a member that traverse forgets is named with type, offset and target", "[answers][law-edge-missed]") {
  Fixture world;
  Runtime& rt = world.rt;
  const auto type = rt.class_<Forgetful>("Forgetful");
  const Ref<> object = type.make();
  auto& value = *native_cast<Forgetful>(*object);
  value.known = rt.list();
  CHECK(findings_in(rt).empty());
  value.forgotten = rt.dict();
  const std::string found = findings_in(rt);
  CHECK_THAT(found, StartsWith("edge-missed: Forgetful: the word at offset 24 is a dict at 0x"));
  CHECK_THAT(found, EndsWith(" that traverse does not report\n"));
  // The same object by both members: one report covers one word.
  value.forgotten = value.known;
  CHECK_THAT(findings_in(rt), StartsWith("edge-missed: Forgetful: the word at offset "));
  value.forgotten.reset();
  CHECK(findings_in(rt).empty());
}

TEST_CASE("a reference in an object that claims to hold none is named", "[answers][law-edge-missed]") {
  Fixture world;
  Runtime& rt = world.rt;
  const auto type = rt.class_<Secretive>("Secretive");
  const Ref<> object = type.make();
  REQUIRE_FALSE(object->type->has(kContainerType));
  CHECK(findings_in(rt).empty());
  *native_cast<Secretive>(*object)->secret = rt.list();
  CHECK_THAT(findings_in(rt), StartsWith("edge-missed: Secretive: the word at offset 16 is a list at 0x"));
  native_cast<Secretive>(*object)->secret->reset();
}

TEST_CASE("an edge that traverse doubles is named with the type that does it", "[answers][law-counts-cover-edges]") {
  Fixture world;
  Runtime& rt = world.rt;
  rt.gc().disable();
  const auto type = rt.class_<Honest>("Honest");
  const Ref<> object = type.make();
  native_cast<Honest>(*object)->known = rt.list();
  CHECK(findings_in(rt).empty());
  TypeSlots& slots = const_cast<TypeSlots&>(*object->type->slots);
  const auto honest = std::exchange(slots.traverse, traverse_twice);
  const std::string found = findings_in(rt);
  slots.traverse = honest;
  CHECK_THAT(found, StartsWith("counts-cover-edges: list has count 1 but 2 references, of them Honest at 0x"));
  CHECK_THAT(found, EndsWith(": .known, \n"));
}

TEST_CASE("the edge check raises no alarm about built-in types", "[answers][law-edge-missed]") {
  Fixture world;
  Runtime& rt = world.rt;
  std::vector<Ref<>> handles;
  const auto keep = [&](Ref<> object) { handles.push_back(object), handles.push_back(std::move(object)); };
  const auto Foo = rt.new_class("Foo");
  const Ref<> foo = Foo();
  keep(foo);
  foo.attr("list") = rt.list(foo, 1, rt.tuple(foo, 2.5));
  const auto dict = rt.dict({{"self", foo}, {12345, Foo}});
  keep(dict);
  keep(rt.tuple(dict, dict, foo));
  keep(make_function(
      rt.builtins(), "f(x)", [raw = foo.get()](Object&, Object&) { static_cast<void>(raw); }, dict));
  Foo.attr("run") = handles.back();
  keep(foo.attr("run"));
  keep(make_weakref(*foo, handles.back().get()));
  keep(make_weakref(*Foo));
  keep(make_sequence_iterator(*handles.front()));
  keep(make_dict_view(*dict, DictPart::kItems));
  keep(make_dict_iterator(*dict, DictPart::kItems));
  keep(rt.from(reinterpret_cast<std::int64_t>(foo.get())));
  keep(rt.new_class("Bar", {Foo.get()}));
  CHECK(findings_in(rt).empty());
}
