// What fuzzing found once, made short.
#include <kit/quiet.h>

namespace ouro::test {

using testing::Graph;

// A granule of a dead object of the middle generation, which stood in the middle log still, was taken by a young one. A
// collection of both then had the young object as a candidate twice, subtracted its references twice, and freed an object
// that a handle held.
TEST_CASE("an object in the place of one that died in the middle generation is counted once", "[proof][gc][law-log-once]") {
  QuietFixture world;
  Graph graph(world.rt);
  graph.compare_with_oracle(true);
  testing::play(testing::parse_history("make:first collect:0 drop:first"), graph);
  graph.build("x->x x->held root->held");
  CHECK(graph.collect(1) == 1);
  CHECK(graph.alive() == Names{"held"});
  graph.check();
}

}  // namespace ouro::test
