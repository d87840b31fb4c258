// How many instructions the fast paths of the allocator take: run under callgrind by check_instructions.cmake.
//
//   instructions PATH COUNT    goes COUNT times along a path, so that the difference of two counts is what one turn costs
//
// The spaces are used without an allocator around them, which under Valgrind would have a hook (valgrind_hook.h).
#include <ouro/allocator/space/space.h>

#include <cstdlib>
#include <cstring>

namespace {

using namespace ouro::alloc;

/// A value the compiler cannot know, and a place it must think is read.
template <class T>
[[gnu::always_inline]] inline T opaque(T value) noexcept {
  asm volatile("" : "+r"(value) : : "memory");
  return value;
}

void constant_size(Space& space, long count) {
  constexpr unsigned kClass = size_class_of(32);
  for (long i = 0; i < count; ++i) space.deallocate(opaque(space.allocate(kClass)), kClass);
}

void any_size(Space& space, long count) {
  for (long i = 0; i < count; ++i) {
    const std::size_t bytes = opaque(std::size_t{32});
    if (!is_small(bytes)) std::abort();
    void* const block = opaque(space.allocate(size_class_of(bytes)));
    const std::size_t again = opaque(bytes);
    if (!is_small(again)) std::abort();
    space.deallocate(block, size_class_of(again));
  }
}

/// What the loops themselves cost.
void nothing(Space& space, long count) {
  for (long i = 0; i < count; ++i) static_cast<void>(opaque(&space));
}

}  // namespace

int main(int arguments, char** argument) {
  if (arguments != 3) return EXIT_FAILURE;
  const long count = std::atol(argument[2]);
  Space space({.reservation_bytes = std::size_t{1} << 26});
  space.deallocate(space.allocate(size_class_of(32)), size_class_of(32));
  if (std::strcmp(argument[1], "constant") == 0) constant_size(space, count);
  if (std::strcmp(argument[1], "any") == 0) any_size(space, count);
  if (std::strcmp(argument[1], "nothing") == 0) nothing(space, count);
  return EXIT_SUCCESS;
}
