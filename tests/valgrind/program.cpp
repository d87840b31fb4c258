// A program that is right, or wrong in one way, for Memcheck to judge. See check.cmake.
#include <ouro/ouro.h>

#include <cstdio>
#include <string>
#include <string_view>

using namespace ouro;

namespace {

/// Objects of all sizes live, grow, move, form cycles and die.
void live_and_die(Runtime& rt) {
  const auto list = rt.list();
  for (int i = 0; i < 200; ++i) list->append(*rt.list(i, 0.5 * i, std::string(static_cast<std::size_t>(i), 'x')));
  for (int i = 0; i < 200; ++i) static_cast<void>(list->pop());
  const auto knot = rt.dict();
  knot["self"] = knot;
  rt.gc().collect();
}

/// Reads the count of a list that is gone.
int use_late(Runtime& rt) {
  const auto* const gone = [&]() -> const volatile Object* {
    const auto list = rt.list(1, 2, 3);
    return list.get();
  }
  ();
  return static_cast<int>(gone->refcount & 1U);
}

/// Decides by a byte of a buffer that nobody has written.
int read_fresh(Runtime& rt) {
  auto& memory = rt.heap().memory;
  auto* const buffer = static_cast<volatile char*>(memory.allocate_buffer(40));
  if (buffer[7] == 'A') std::puts("an A");
  memory.free_buffer(const_cast<char*>(buffer), 40);
  return 0;
}

/// Forgets a buffer.
int leak(Runtime& rt) { return rt.heap().memory.allocate_buffer(72) == nullptr ? 1 : 0; }

}  // namespace

int main(int, char** arguments) {
  const std::string_view mode = arguments[1];
  Runtime rt;
  live_and_die(rt);
  int answer = 0;
  if (mode == "late") answer = use_late(rt);
  if (mode == "fresh") answer = read_fresh(rt);
  if (mode == "leak") answer = leak(rt);
  std::printf("done %d\n", answer);
}
