// The debug mode finds calls that no block answers to: freed twice, as something else, with another size, what is no block,
// without the lock.
#include <ouro/allocator/debug/block_describer.h>
#include <ouro/allocator/watch/allocation_site.h>
#include <support/debug_message.h>

#include <cstring>

#include <allocator/helpers.h>

using namespace ouro::test;

namespace {

const AllocatorOptions kDebug{.space = without_reserve(), .debug = true};

/// Names everything that is no buffer a gadget, and holds the lock as it is told.
struct GadgetDescriber final : BlockDescriber {
  bool locked = true;

  bool may_call() const noexcept override { return locked; }
  void describe(const MemoryRequest& request, const void*, char* text, std::size_t room) const noexcept override {
    std::strncpy(text, request.purpose == Purpose::kBuffer ? "" : "gadget", room);
  }
};

}  // namespace

TEST_CASE("Freeing a block twice is named, with its type, who made and who freed it", "[law-debug-double-free]") {
  CHECK(debug_message_of([] {
          Allocator memory(kDebug);
          const GadgetDescriber describer;
          memory.set_describer(&describer);
          void* const container = memory.allocate_container(64);
          {
            const AllocationSite site{memory, "shutting down"};
            memory.free_container(container, 64);
          }
          memory.free_container(container, 64);
        }) ==
        "ouro: debug memory: a block was freed twice\n"
        "  The call freed ADDRESS with 64 bytes, domain objects (container)\n"
        "  block at ADDRESS: 64 bytes originally requested, domain objects (container), type 'gadget', freed\n"
        "  The block was made by call #1 to the allocator:\n"
        "    FRAMES\n"
        "  It was freed by call #2 to the allocator, \"shutting down\":\n"
        "    FRAMES\n"
        "ouro: broken law [debug-double-free]: a block was freed twice\n");
}

TEST_CASE("Freeing twice is named for raw memory, and after the memory went back to the system", "[law-debug-double-free]") {
  CHECK_THAT(debug_message_of([] {
               Allocator memory(kDebug);
               void* const raw = memory.allocate_atom(1000);
               memory.free_atom(raw, 1000);
               memory.free_atom(raw, 1000);
             }),
             ContainsSubstring("1000 bytes originally requested, domain raw (atom), freed\n") &&
                 ContainsSubstring("[debug-double-free]"));
  CHECK_THAT(debug_message_of([] {
               Allocator memory(kDebug);
               void* const atom = memory.allocate_atom(24);
               memory.free_atom(atom, 24);
               memory.trim();
               memory.free_atom(atom, 24);
             }),
             ContainsSubstring("domain objects (atom), freed, its memory given back\n") &&
                 ContainsSubstring("[debug-double-free]"));
}

TEST_CASE("Freeing a block as something else is named", "[law-debug-wrong-domain]") {
  CHECK(debug_message_of([] {
          Allocator memory(kDebug);
          memory.free_atom(memory.allocate_buffer(24), 24);
        }) ==
        "ouro: debug memory: a block was freed as something else than it was asked for\n"
        "  The call freed ADDRESS with 24 bytes, domain objects (atom)\n"
        "  block at ADDRESS: 24 bytes originally requested, domain buffers (buffer)\n"
        "  The block was made by call #1 to the allocator:\n"
        "    FRAMES\n"
        "ouro: broken law [debug-wrong-domain]: a block was freed as something else than it was asked for\n");
}

TEST_CASE("Freeing or moving a block with another size is named", "[law-debug-wrong-size]") {
  CHECK(debug_message_of([] {
          Allocator memory(kDebug);
          memory.free_buffer(memory.allocate_buffer(24), 23);
        }) ==
        "ouro: debug memory: a block was freed with another size than it was asked for\n"
        "  The call freed ADDRESS with 23 bytes, domain buffers (buffer)\n"
        "  block at ADDRESS: 24 bytes originally requested, domain buffers (buffer)\n"
        "  The block was made by call #1 to the allocator:\n"
        "    FRAMES\n"
        "ouro: broken law [debug-wrong-size]: a block was freed with another size than it was asked for\n");
  CHECK_THAT(debug_message_of([] {
               Allocator memory(kDebug);
               static_cast<void>(memory.reallocate_buffer(memory.allocate_buffer(1000), 2000, 3000));
             }),
             ContainsSubstring("[debug-wrong-size]"));
}

TEST_CASE("Freeing the middle of a block names the block", "[law-debug-wild-free]") {
  CHECK(debug_message_of([] {
          Allocator memory(kDebug);
          memory.free_buffer(static_cast<std::byte*>(memory.allocate_buffer(100)) + 24, 100);
        }) ==
        "ouro: debug memory: what was freed is no block\n"
        "  The call freed ADDRESS with 100 bytes, domain buffers (buffer)\n"
        "  That is 24 bytes inside a block:\n"
        "  block at ADDRESS: 100 bytes originally requested, domain buffers (buffer)\n"
        "  The block was made by call #1 to the allocator:\n"
        "    FRAMES\n"
        "ouro: broken law [debug-wild-free]: what was freed is no block\n");
}

TEST_CASE("Freeing what never was a block is named", "[law-debug-wild-free]") {
  CHECK(debug_message_of([] {
          Allocator memory(kDebug);
          long local[4] = {};
          memory.free_container(local, sizeof local);
        }) ==
        "ouro: debug memory: what was freed is no block\n"
        "  The call freed ADDRESS with 32 bytes, domain objects (container)\n"
        "ouro: broken law [debug-wild-free]: what was freed is no block\n");
}

TEST_CASE("Calling the allocator without the lock is named", "[law-debug-no-lock]") {
  const auto without_lock = [](auto action) {
    return debug_message_of([&] {
      Allocator memory(kDebug);
      GadgetDescriber describer;
      memory.set_describer(&describer);
      void* const buffer = memory.allocate_buffer(8);
      describer.locked = false;
      action(memory, buffer);
    });
  };
  CHECK(without_lock([](Allocator& memory, void*) { static_cast<void>(memory.allocate_atom(16)); }) ==
        "ouro: debug memory: the allocator was called without the lock\n"
        "  The call asked for 16 bytes, domain objects (atom)\n"
        "ouro: broken law [debug-no-lock]: the allocator was called without the lock\n");
  CHECK(without_lock([](Allocator& memory, void* buffer) { memory.free_buffer(buffer, 8); }) ==
        "ouro: debug memory: the allocator was called without the lock\n"
        "  The call freed ADDRESS with 8 bytes, domain buffers (buffer)\n"
        "ouro: broken law [debug-no-lock]: the allocator was called without the lock\n");
  CHECK_THAT(
      without_lock([](Allocator& memory, void* buffer) { static_cast<void>(memory.reallocate_buffer(buffer, 8, 9)); }),
      ContainsSubstring("[debug-no-lock]"));
}
