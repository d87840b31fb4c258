// Hello: objects, a cycle that counting cannot free, and the collector.
#include <ouro/fmt.h>
#include <ouro/ouro.h>

int main() {
  ouro::Runtime rt;
  auto snake = rt.dict({{"name", "Ouroboros"}, {"length", 7}});
  snake["tail"] = snake;
  fmt::print("{}\n", snake);
  const ouro::Weak<> watch(snake);
  snake.reset();
  fmt::print("dropped, yet alive: {}\n", !watch.expired());
  fmt::print("collected: {}\n", rt.gc().collect());
  fmt::print("alive: {}\n", !watch.expired());
}

// prints:
//   {'name': 'Ouroboros', 'length': 7, 'tail': {...}}
//   dropped, yet alive: true
//   collected: 1
//   alive: false
