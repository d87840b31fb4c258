// The allocator's debug mode as a program meets it: chosen by an option or by the environment, naming real objects.
#include <ouro/allocator/debug/debug_bytes.h>
#include <ouro/allocator/watch/allocation_site.h>
#include <support/debug_message.h>
#include <support/fixture.h>

#include <optional>

namespace ouro::test {

namespace {

Options with_debug_memory() {
  Options options = test_options();
  options.debug_memory = true;
  return options;
}

/// OURO_MALLOC with another value, or not set, until the end of the scope.
class MallocVariable {
 public:
  explicit MallocVariable(const char* value) {
    if (const char* const now = std::getenv(kName)) before_ = now;
    value != nullptr ? setenv(kName, value, 1) : unsetenv(kName);
  }
  ~MallocVariable() { before_ ? setenv(kName, before_->c_str(), 1) : unsetenv(kName); }
  MallocVariable(const MallocVariable&) = delete;
  MallocVariable& operator=(const MallocVariable&) = delete;

 private:
  static constexpr const char* kName = "OURO_MALLOC";
  std::optional<std::string> before_;
};

/// Whether a runtime is debugged, or the error of its making.
std::string choice_of(const char* variable, std::optional<bool> option = {}) {
  const MallocVariable set(variable);
  Options options = test_options();
  options.debug_memory = option;
  try {
    Runtime rt(std::move(options));
    return rt.heap().memory.debugged() ? "debug" : "default";
  } catch (const Error& error) {
    return error.what();
  }
}

/// The message with #N for every serial, which depends on how many blocks a runtime is made of.
template <class Action>
std::string message_of(Action action) {
  return std::regex_replace(debug_message_of(action), std::regex("#[0-9]+"), "#N");
}

}  // namespace

TEST_CASE("the environment chooses the allocator where the options do not", "[runtime]") {
  CHECK(choice_of(nullptr) == "default");
  CHECK(choice_of("") == "default");
  CHECK(choice_of("default") == "default");
  CHECK(choice_of("pymalloc") == "default");
  CHECK(choice_of("debug") == "debug");
  CHECK(choice_of("debug", false) == "default");
  CHECK(choice_of(nullptr, true) == "debug");
  CHECK(choice_of("Debug") == "ValueError: OURO_MALLOC: unknown allocator 'Debug' (expected default, pymalloc or debug)");
  CHECK(choice_of("malloc", true) == "debug");  // not asked
}

TEST_CASE("a write past the end of a list's items names a buffer, and where it came from", "[runtime][law-debug-overflow]") {
  CHECK(message_of([] {
          Runtime rt(with_debug_memory());
          auto list = rt.list();
          const alloc::AllocationSite site{rt.heap().memory, "filling the list"};
          for (int i = 0; i < 4; ++i) list->append(*rt.none());
          alloc::fill_bytes(list->items + list->capacity, 3, 'A');
          list.reset();
        }) ==
        "ouro: debug memory: a block was written to behind its end\n"
        "  block at ADDRESS: 32 bytes originally requested, domain buffers (buffer)\n"
        "  The 16 guard bytes at p+32 are not all 0xfd; the first bad one is 0x41 at p+32:\n"
        "    at p+32: 41 41 41 fd fd fd fd fd fd fd fd fd fd fd fd fd\n"
        "  The block was made by call #N to the allocator, \"filling the list\":\n"
        "    FRAMES\n"
        "ouro: broken law [debug-overflow]: a block was written to behind its end\n");
}

TEST_CASE("a late decref of a dead list names 'list' and both calls", "[runtime][law-debug-use-after-free]") {
  CHECK(message_of([] {
          Runtime rt(with_debug_memory());
          Object* dead = nullptr;
          {
            const auto list = rt.list(1, 2);
            dead = list.get();
          }
          const std::uint32_t too_few = 0xdddddddc;
          alloc::copy_bytes(&dead->refcount, &too_few, sizeof too_few);
          rt.trim();
        }) ==
        "ouro: debug memory: a freed block was written to\n"
        "  block at ADDRESS: 32 bytes originally requested, domain objects (container), type 'list', freed\n"
        "  The 32 freed bytes at p+0 are not all 0xdd; the first bad one is 0xdc at p+0:\n"
        "    at p+0: dc dd dd dd dd dd dd dd dd dd dd dd dd dd dd dd\n"
        "    at p+16: dd dd dd dd dd dd dd dd dd dd dd dd dd dd dd dd\n"
        "  The block was made by call #N to the allocator:\n"
        "    FRAMES\n"
        "  It was freed by call #N to the allocator:\n"
        "    FRAMES\n"
        "ouro: broken law [debug-use-after-free]: a freed block was written to\n");
}

TEST_CASE("the serials tell how many calls of the allocator lie between an object's birth and its death", "[runtime]") {
  const std::string said = broken_law_of([] {
    Runtime rt(with_debug_memory());
    Ref<List> list = rt.list();
    static_cast<void>(rt.heap().memory.allocate_buffer(8));
    void* const dead = list.get();
    list.reset();
    rt.heap().memory.free_container(dead, sizeof(List));
  });
  std::smatch serials;
  REQUIRE(std::regex_search(said, serials, std::regex("made by call #([0-9]+) [^#]*freed by call #([0-9]+) ")));
  CHECK(std::stoul(serials[2]) == std::stoul(serials[1]) + 2);
  CHECK_THAT(said, ContainsSubstring("type 'list', freed\n") && ContainsSubstring("[debug-double-free]"));
}

TEST_CASE("an object that was written to past its end is named by its class, while it lives",
          "[runtime][law-debug-overflow]") {
  CHECK_THAT(debug_message_of([] {
               Runtime rt(with_debug_memory());
               const auto Spam = rt.new_class("Spam");
               const auto spam = Spam();
               alloc::fill_bytes(reinterpret_cast<std::byte*>(spam.get()) + block_bytes(*spam), 1, 0);
               rt.trim();
             }),
             ContainsSubstring("domain objects (container), type 'Spam'\n") && ContainsSubstring("[debug-overflow]"));
  CHECK_THAT(debug_message_of([] {
               Runtime rt(with_debug_memory());
               const auto text = rt.str(std::string(3'000, 'x'));
               alloc::fill_bytes(reinterpret_cast<std::byte*>(text.get()) + block_bytes(*text), 1, 1);
               rt.trim();
             }),
             ContainsSubstring("domain raw (atom), type 'str'\n") && ContainsSubstring("[debug-overflow]"));
}

TEST_CASE("a block that is freed while another thread holds the lock is named", "[runtime][law-debug-no-lock]") {
  CHECK(message_of([] {
          Runtime rt(with_debug_memory());
          void* const buffer = rt.heap().memory.allocate_buffer(24);
          const GilRelease unlocked(rt);
          rt.heap().memory.free_buffer(buffer, 24);
        }) ==
        "ouro: debug memory: the allocator was called without the lock\n"
        "  The call freed ADDRESS with 24 bytes, domain buffers (buffer)\n"
        "ouro: broken law [debug-no-lock]: the allocator was called without the lock\n");
}

TEST_CASE("objects live, form cycles, are collected and leave nothing behind in debug mode", "[runtime]") {
  Options options;
  options.debug_memory = true;
  Fixture fixture(std::move(options));
  Runtime& rt = fixture.rt;
  REQUIRE(rt.heap().memory.debugged());
  const std::size_t before = rt.count_objects();
  for (int round = 0; round < 3; ++round) {
    for (int i = 0; i < 300; ++i) {
      const auto list = rt.list(i, 1.5, std::string(static_cast<std::size_t>(4 * i), 'x'));
      const auto dict = rt.dict();
      dict["list"] = list;
      list->append(*dict);
    }
    fixture.verify();
    rt.gc().collect();
    CHECK(rt.count_objects() == before);
    rt.trim();
    fixture.verify();
  }
}

}  // namespace ouro::test
