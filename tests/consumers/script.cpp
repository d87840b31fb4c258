// A test of a program outside the tree: it runs a script in an installed engine.
#include <ouro/ouro.h>
#include <ouro/script/engine/engine.h>

#include <cstdio>

int main() {
  ouro::Runtime rt;
  ouro::script::Engine engine(rt);
  engine.run("def twice(x): return 2 * x");
  const auto answer = ouro::from_object<int>(engine.eval("twice(21)"));
  std::printf("%d\n", answer);
  return answer == 42 ? 0 : 1;
}
