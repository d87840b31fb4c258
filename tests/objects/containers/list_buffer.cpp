// Law list-capacity, tested by breaking it.
#include <ouro/objects/containers/detail/list_buffer.h>
#include <ouro/objects/containers/list.h>
#include <support/broken_law.h>

#include <objects/world.h>

using namespace ouro;
using namespace ouro::test;

TEST_CASE("a list's buffer cannot be made smaller than its items", "[law-list-capacity]") {
  World world;
  const Ref<List> list = make_list(world.builtins);
  for (int i = 0; i < 10; ++i) list->append(world.builtins.none());
  CHECK(detail::set_list_capacity(*list, 10));
  CHECK(list->capacity == 10);
  if (kChecks < CheckLevel::kInternal) return;
  CHECK_THAT(broken_law_of([&] { static_cast<void>(detail::set_list_capacity(*list, 9)); }),
             ContainsSubstring("[list-capacity]"));
}
