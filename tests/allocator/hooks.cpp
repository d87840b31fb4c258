// Hooks: who listens to requests and releases, and to the traffic with the operating system.
#include <string>

#include "helpers.h"

using namespace ouro::test;

namespace {

/// Writes down what it hears.
class Listener final : public MemoryHook {
 public:
  bool admit(const MemoryRequest& request) noexcept override {
    note("admit", request);
    return !refuses;
  }
  void allocated(const MemoryRequest& request, void* block) noexcept override {
    note("allocated", request);
    last = block;
  }
  void freeing(const MemoryRequest& request, void* block) noexcept override {
    note("freeing", request);
    last = block;
  }
  void reallocated(const MemoryRequest& before, void*, const MemoryRequest& after, void* moved) noexcept override {
    note("from", before);
    note("to", after);
    last = moved;
  }
  /// What was heard since the last call.
  std::string heard() { return std::exchange(text_, ""); }

  bool refuses = false;
  void* last = nullptr;

 private:
  void note(const char* what, const MemoryRequest& request) {
    text_ += std::string(text_.empty() ? "" : "; ") + what + " " + name_of(request.domain) + " " + name_of(request.purpose) +
             " " + std::to_string(request.bytes);
  }
  std::string text_;
};

/// An arena hook that counts, and refuses what is beyond a limit.
class Counter final : public ArenaHook {
 public:
  bool map(void*, std::size_t bytes) noexcept override {
    if (mapped + bytes > limit) return ++refused, false;
    mapped += bytes;
    return true;
  }
  void unmap(void* start, std::size_t bytes) noexcept override {
    mapped -= bytes;
    ArenaHook::unmap(start, bytes);
  }
  void purge(void* start, std::size_t bytes) noexcept override {
    purged += bytes;
    ArenaHook::purge(start, bytes);
  }

  std::size_t mapped = 0, purged = 0, refused = 0, limit = ~std::size_t{0} / 2;
};

}  // namespace

TEST_CASE("A hook hears every request, release and change of size", "[law-closed]") {
  Allocator memory({.space = with_magazines()});
  void* const early = memory.allocate_atom(24);
  Listener listener;
  REQUIRE(memory.add_hook(listener));
  void* const atom = memory.allocate_atom(24);
  CHECK(listener.heard() == "admit objects atom 24; allocated objects atom 24");
  CHECK(listener.last == atom);
  memory.free_atom(atom, 24);
  CHECK(listener.heard() == "freeing objects atom 24");
  void* const container = memory.allocate_container(10'000);
  CHECK(listener.heard() == "admit objects container 10000; allocated objects container 10000");
  memory.free_container(container, 10'000);
  CHECK(listener.heard() == "freeing objects container 10000");
  void* buffer = memory.allocate_buffer(40);
  CHECK(listener.heard() == "admit buffers buffer 40; allocated buffers buffer 40");
  CHECK(memory.reallocate_buffer(buffer, 40, 39) == buffer);  // stays in place: asks for nothing
  CHECK(listener.heard() == "from buffers buffer 40; to buffers buffer 39");
  buffer = memory.reallocate_buffer(buffer, 39, 4000);
  CHECK(listener.heard() == "admit raw buffer 4000; from buffers buffer 39; to raw buffer 4000");
  CHECK(listener.last == buffer);
  memory.free_buffer(buffer, 4000);
  CHECK(listener.heard() == "freeing raw buffer 4000");
  memory.free_atom(early, 24);
  CHECK(listener.heard() == "freeing objects atom 24");
  memory.remove_hook(listener);
  memory.free_atom(memory.allocate_atom(24), 24);
  CHECK(listener.heard().empty());
  require_sound(memory);
}

TEST_CASE("A hook for one domain hears nothing of the others") {
  Allocator memory({.space = with_magazines()});
  Listener listener;
  REQUIRE(memory.add_hook(listener, Domain::kRaw));
  memory.free_buffer(memory.allocate_buffer(40), 40);
  CHECK(listener.heard().empty());
  memory.free_buffer(memory.allocate_buffer(1000), 1000);
  CHECK(listener.heard() == "admit raw buffer 1000; allocated raw buffer 1000; freeing raw buffer 1000");
  memory.remove_hook(listener);
}

TEST_CASE("A hook that refuses makes the request fail, and those after it are not asked", "[law-failure]") {
  Allocator memory({.space = with_magazines()});
  Listener first;
  Listener second;
  memory.add_hook(first);
  memory.add_hook(second);
  first.refuses = true;
  CHECK(memory.allocate_atom(24) == nullptr);
  CHECK(first.heard() == "admit objects atom 24");
  CHECK(second.heard().empty());
  first.refuses = false;
  void* const buffer = memory.allocate_buffer(100);
  second.refuses = true;
  CHECK(memory.reallocate_buffer(buffer, 100, 1000) == nullptr);
  memory.free_buffer(buffer, 100);  // nothing had changed
  require_sound(memory);
}

TEST_CASE("There is room for eight hooks; one that is added again is not told twice") {
  Allocator memory({.space = with_magazines()});
  std::array<Listener, Allocator::kMostHooks + 1> listeners;
  for (std::size_t i = 0; i < Allocator::kMostHooks; ++i) CHECK(memory.add_hook(listeners[i]));
  CHECK_FALSE(memory.add_hook(listeners.back()));
  CHECK(memory.add_hook(listeners[0]));
  memory.free_atom(memory.allocate_atom(8), 8);
  CHECK(listeners[0].heard() == "admit objects atom 8; allocated objects atom 8; freeing objects atom 8");
  for (const Listener& listener : listeners) memory.remove_hook(listener);
  memory.free_atom(memory.allocate_atom(8), 8);
  CHECK(listeners[1].heard() == "admit objects atom 8; allocated objects atom 8; freeing objects atom 8");
}

TEST_CASE("An arena hook is told of every arena and long run, and of every purge") {
  Counter counter;
  {
    SpaceOptions options = with_magazines();
    options.arena_hook = &counter;
    Space space(options);
    constexpr std::size_t kArena = kDefaultGeometry.arena_bytes;
    auto blocks = take(space, 63, 3 * 512);
    CHECK(counter.mapped == 3 * kArena);
    void* const run = space.allocate_run(2 * kArena);
    CHECK(counter.mapped == 5 * kArena);
    CHECK(space.stats().obtained_bytes == 5 * kArena);
    space.deallocate_run(run, 2 * kArena);
    CHECK(counter.mapped == 3 * kArena);
    std::vector<void*> half(blocks.begin(), blocks.begin() + 256);
    give_back(space, 63, half);
    space.trim();
    CHECK(counter.purged == 32 * kPoolBytes);
    CHECK(space.stats().purged_bytes == counter.purged);
    CHECK(space.stats().peak_bytes == 5 * kArena);
    CHECK(counter.mapped == space.stats().held_bytes());
  }
  CHECK(counter.mapped == 0);  // a space that ends gives back what it holds
}

TEST_CASE("An arena hook that refuses makes requests fail, and nothing is lost", "[law-failure]") {
  constexpr std::size_t kArena = kDefaultGeometry.arena_bytes;
  Counter counter;
  counter.limit = 2 * kArena;
  SpaceOptions options = with_magazines();
  options.arena_hook = &counter;
  Budget budget;
  Space space(options, &budget);
  std::vector<void*> blocks;
  while (void* const block = space.allocate(63)) blocks.push_back(block);
  CHECK(blocks.size() == 2 * 512);
  CHECK(space.allocate_run(100'000) == nullptr);
  CHECK(space.allocate_run(1'000'000) == nullptr);
  CHECK(counter.refused == 3);
  CHECK(budget.used() == 2 * kArena);
  require_sound(space);
  give_back(space, 63, blocks);
  space.trim();
  CHECK(budget.used() == 0);
  CHECK(space.allocate_run(100'000) != nullptr);
  require_sound(space);
}
