// A test of a program outside the tree: it uses the installed test kit and no test framework.
#include <ouro/testing/testing.h>

#include <cstdio>

int main() {
  ouro::Runtime rt;
  ouro::testing::Graph graph(rt, "root->a->b->a b.finalizer=resurrect c->d->c");
  graph.drop("a");
  const ouro::Weak<> watch(*graph.object("c"));
  try {
    ouro::testing::require_collected(rt, watch);
    graph.check();
  } catch (const ouro::testing::Failure& failure) {
    std::printf("%s\n", failure.what());
    return 1;
  }
  std::printf("%s\n", graph.text().c_str());
  return graph.alive().size() == 2 ? 0 : 1;
}
