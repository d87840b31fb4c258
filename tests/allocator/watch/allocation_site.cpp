// Where an allocation was asked for: labels nest, call stacks begin with the caller and have names.
#include <ouro/allocator/watch/allocation_site.h>

#include <cstdlib>

#include <allocator/helpers.h>

using namespace ouro::test;

namespace {

[[gnu::noinline]] CallStack stack_here(unsigned skip, unsigned most) {
  CallStack stack = capture(skip, most);
  return stack;
}

[[gnu::noinline]] CallStack stack_one_deeper(unsigned skip, unsigned most) {
  CallStack stack = stack_here(skip, most);
  asm volatile("" : : "r"(&stack) : "memory");  // or the call above would be the last thing done, a jump
  return stack;
}

}  // namespace

TEST_CASE("Labels of allocations nest, and the end of a scope brings the outer one back") {
  Allocator allocator;
  CHECK(allocator.site() == nullptr);
  {
    const AllocationSite outer{allocator, "loading the document"};
    CHECK(std::string(allocator.site()) == "loading the document");
    {
      const AllocationSite inner{allocator, "its title"};
      CHECK(std::string(allocator.site()) == "its title");
    }
    CHECK(std::string(allocator.site()) == "loading the document");
  }
  CHECK(allocator.site() == nullptr);
}

TEST_CASE("A call stack begins with the caller and is no longer than was asked for") {
  const CallStack whole = stack_one_deeper(0, kMostFrames);
  const CallStack shorter = stack_one_deeper(1, 3);
  REQUIRE(whole.depth > 3);
  CHECK(whole.depth <= kMostFrames);
  CHECK(shorter.depth == 3);
  CHECK(shorter.frames[0] == whole.frames[1]);
  CHECK(shorter.frames[1] != whole.frames[2]);  // the two calls of this test
  CHECK(shorter.frames[2] == whole.frames[3]);
  CHECK(stack_here(0, 1000).depth <= kMostFrames);
  CHECK(stack_here(1000, 4).depth == 0);
}

TEST_CASE("A frame has the name of its function and its library where that is exported, else its place in the program") {
  const auto inside = [](auto* function) { return reinterpret_cast<const char*>(function) + 2; };
  CHECK_THAT(name_of_frame(inside(&std::rand)), StartsWith("rand+0x1 (libc"));
  CHECK(name_of_frame(reinterpret_cast<const void*>(0x12)) == "0x12");
  const CallStack stack = stack_here(0, 2);
  const std::string text = describe_frames(stack, "> ");
  CHECK(text == "> " + name_of_frame(stack.frames[0]) + "\n> " + name_of_frame(stack.frames[1]) + "\n");
  CHECK_THAT(text, ContainsSubstring("+0x"));
}
