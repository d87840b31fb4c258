// Law ring-linked: lists that go through their members.
#include <ouro/base/detail/ring.h>
#include <support/broken_law.h>
#include <support/catch.h>

#include <array>
#include <vector>

namespace ouro::test {

namespace {

struct Member {
  Member* next = nullptr;
  Member* previous = nullptr;
};

using Members = detail::Ring<Member, &Member::next, &Member::previous>;

struct List {
  std::array<Member, 4> members;
  Member* first = nullptr;

  /// The members by number, from the first to the last.
  [[nodiscard]] std::vector<std::ptrdiff_t> order() const {
    std::vector<std::ptrdiff_t> numbers;
    for (const Member* member = first; member != nullptr; member = Members::after(first, *member))
      numbers.push_back(member - members.data());
    return numbers;
  }
  [[nodiscard]] std::vector<std::ptrdiff_t> backwards() const {
    std::vector<std::ptrdiff_t> numbers;
    for (const Member* member = Members::last(first); member != nullptr; member = Members::before(first, *member))
      numbers.push_back(member - members.data());
    return numbers;
  }
};

using Numbers = std::vector<std::ptrdiff_t>;

}  // namespace

TEST_CASE("Members of a ring stand where they were put, from both sides") {
  List list;
  CHECK(list.order().empty());
  CHECK(Members::last(list.first) == nullptr);
  Members::push_back(list.first, list.members[1]);
  CHECK(Members::is_only(list.members[1]));
  Members::push_back(list.first, list.members[3]);
  Members::push_front(list.first, list.members[0]);
  Members::insert(list.first, &list.members[3], list.members[2]);
  CHECK(list.order() == Numbers{0, 1, 2, 3});
  CHECK(list.backwards() == Numbers{3, 2, 1, 0});
  CHECK_FALSE(Members::is_only(list.members[1]));
}

TEST_CASE("A place in front of the first or behind the last is one too") {
  List list;
  Members::insert(list.first, nullptr, list.members[1]);
  Members::insert(list.first, nullptr, list.members[2]);
  Members::insert(list.first, &list.members[1], list.members[0]);
  CHECK(list.order() == Numbers{0, 1, 2});
}

TEST_CASE("A member leaves from any place, and may be put into a ring again", "[law-ring-linked]") {
  for (std::size_t gone = 0; gone < 3; ++gone) {
    List list;
    for (std::size_t i = 0; i < 3; ++i) Members::push_back(list.first, list.members[i]);
    Members::remove(list.first, list.members[gone]);
    CHECK_FALSE(Members::is_linked(list.members[gone]));
    CHECK(list.order().size() == 2);
    Members::push_back(list.first, list.members[gone]);
    CHECK(list.order().back() == static_cast<std::ptrdiff_t>(gone));
  }
}

TEST_CASE("The first is taken off until nobody is left") {
  List list;
  for (Member& member : list.members) Members::push_back(list.first, member);
  for (Member& member : list.members) CHECK(Members::pop_front(list.first) == &member);
  CHECK(Members::pop_front(list.first) == nullptr);
}

TEST_CASE("A ring that is opened is a chain that ends") {
  List list;
  for (Member& member : list.members) Members::push_back(list.first, member);
  Members::open(list.first);
  CHECK(list.first == nullptr);
  int length = 0;
  for (const Member* member = list.members.data(); member != nullptr; member = member->next) ++length;
  CHECK(length == 4);
}

TEST_CASE("To list a member twice, or to take one out of no list, breaks a law", "[law-ring-linked]") {
  if (kChecks < CheckLevel::kInternal) return;
  List list;
  Members::push_back(list.first, list.members[0]);
  CHECK_THAT(broken_law_of([&] { Members::push_back(list.first, list.members[0]); }), ContainsSubstring("[ring-linked]"));
  CHECK_THAT(broken_law_of([&] { Members::remove(list.first, list.members[1]); }), ContainsSubstring("[ring-linked]"));
}

}  // namespace ouro::test
