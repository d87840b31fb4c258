// Edges derived by Boost: of plain aggregates by PFR, of described structs by Describe.
#include <ouro/reflect.h>
#include <support/fixture.h>
#include <support/tries.h>

#include <array>
#include <map>

#include <objects/world.h>

using namespace ouro;
using namespace ouro::test;

namespace {

struct Leaf {
  Ref<> held;
  int number = 0;
};

struct Aggregate {
  Ref<> left, right;
  std::vector<Ref<>> kids;
  std::string name;
  std::map<std::string, Ref<>> by_name;
  std::optional<Ref<>> maybe;
  std::variant<int, Ref<>> either;
  std::unique_ptr<Leaf> owned;
  Leaf inner;
  std::pair<int, Ref<>> pair;
  Untraced<const char*> outside;
};

class Base {
 public:
  virtual ~Base() = default;

 private:
  Ref<> hidden_;
  friend struct Peek;
  BOOST_DESCRIBE_CLASS(Base, (), (), (), (hidden_))
};

class Derived : public Base {
 public:
  explicit Derived(Ref<> held) : held_{std::move(held), {}} {}

 private:
  std::array<Ref<>, 2> held_;
  int number_ = 0;
  friend struct Peek;
  BOOST_DESCRIBE_CLASS(Derived, (Base), (), (), (held_, number_))
};

struct Peek {
  static void fill(Derived& derived, const Ref<>& with) {
    derived.hidden_ = with;
    derived.held_[1] = with;
  }
};

/// What Describe alone would not notice: `forgotten` is not described.
struct Forgetful {
  Ref<> first;
  Ref<> forgotten;
};
BOOST_DESCRIBE_STRUCT(Forgetful, (), (first))
struct ForgetfulInTheMiddle {
  int a;
  Ref<> forgotten;
  Ref<> last;
};
BOOST_DESCRIBE_STRUCT(ForgetfulInTheMiddle, (), (a, last))
struct TailBase {
  Ref<> ref;
  int number;
};
BOOST_DESCRIBE_STRUCT(TailBase, (), (ref, number))
struct InTheTail : TailBase {
  int in_padding;
};
BOOST_DESCRIBE_STRUCT(InTheTail, (TailBase), (in_padding))
struct ForgetfulBehindTail : TailBase {
  int in_padding;
  Ref<> forgotten;
};
BOOST_DESCRIBE_STRUCT(ForgetfulBehindTail, (TailBase), (in_padding))

static_assert(!detail::is_described_in_full<Forgetful>());
static_assert(!detail::is_described_in_full<ForgetfulInTheMiddle>());
static_assert(!detail::is_described_in_full<ForgetfulBehindTail>());
static_assert(detail::is_described_in_full<TailBase>());
static_assert(detail::is_described_in_full<InTheTail>());
static_assert(detail::is_described_in_full<Base>());
static_assert(detail::is_described_in_full<Derived>());
static_assert(detail::has_edges<Aggregate>());
static_assert(!detail::has_edges<Untraced<Ref<>>>());

std::size_t edges_to(const Object& object, const Object& target) {
  std::size_t found = 0;
  for_each_edge(object, [&](Object& edge) { found += &edge == &target ? 1 : 0; });
  return found;
}

}  // namespace

TEST_CASE("a plain aggregate needs nothing written down", "[native][reflect]") {
  Fixture fixture;
  Runtime& rt = fixture.rt;
  const auto type = rt.class_<Aggregate>("Aggregate");
  Ref<> object = type.make();
  Aggregate& all = *native_cast<Aggregate>(*object);
  const Ref<> target = rt.list();
  all.left = all.right = target;
  all.kids = {target, target};
  all.by_name["x"] = target;
  all.maybe = target;
  all.either = target;
  all.owned = std::make_unique<Leaf>();
  all.owned->held = target;
  all.inner.held = target;
  all.pair.second = target;
  CHECK(edges_to(*object, *target) == 10);
  all.left = object;
  object.reset();
  CHECK(rt.gc().collect() == 1);
  CHECK(target->refcount == 1);
}

TEST_CASE("described classes have their private members and their bases' seen", "[native][reflect]") {
  Fixture fixture;
  Runtime& rt = fixture.rt;
  const auto type = rt.class_<Derived>("Derived");
  const Ref<> target = rt.list();
  Ref<> object = type.make(target);
  Peek::fill(*native_cast<Derived>(*object), target);
  CHECK(edges_to(*object, *target) == 3);
  Peek::fill(*native_cast<Derived>(*object), object);
  object.reset();
  CHECK(rt.gc().collect() == 1);
  CHECK(target->refcount == 1);
}

TEST_CASE("aggregates nested deep are dropped in constant stack", "[native][reflect][nesting]") {
  Fixture fixture;
  Runtime& rt = fixture.rt;
  rt.collector().set_stress(false);  // depth is what counts here, and a million collections would take a minute
  const auto type = rt.class_<Leaf>("Leaf");
  Ref<> chain;
  for (int i = 0; i < tries(1'000'000); ++i) chain = type.make(std::move(chain), i);
  chain.reset();
  rt.gc().collect();
}
