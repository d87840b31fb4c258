// The ten lines of the README: a cycle that counting cannot free, and the collector does.
#include <ouro/fmt.h>
#include <ouro/ouro.h>

#include <cstdio>

int main() {
  ouro::Runtime rt;
  auto doc = rt.dict({{"id", 7}, {"tags", rt.list("a", 2.5, rt.none())}});
  doc["self"] = doc;
  fmt::print("{}\n", doc);
  const ouro::Weak<ouro::Dict> watch(doc);
  doc.reset();
  fmt::print("dropped, yet alive: {}\n", !watch.expired());
  fmt::print("collected: {}\n", rt.gc().collect());
  fmt::print("dead: {}\n", watch.expired());
  return std::fflush(stdout) == 0 ? 0 : 1;
}
