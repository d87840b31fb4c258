// Ending a runtime that is in use, tested by doing it.
#include <support/broken_law.h>
#include <support/fixture.h>

#include <atomic>
#include <memory>
#include <thread>

namespace ouro::test {

TEST_CASE("destroying a runtime while another thread is inside breaks a law", "[runtime][law-closed-alone]") {
  const std::string said = broken_law_of([] {
    auto rt = std::make_unique<Runtime>(test_options());
    std::atomic<bool> inside{false};
    std::thread other([&] {
      const Attach attached(*rt);
      const GilRelease waiting_outside(*rt);
      inside = true;
      while (true) std::this_thread::sleep_for(std::chrono::seconds(1));
    });
    while (!inside) {
      const GilRelease unlocked(*rt);
      std::this_thread::yield();
    }
    try {
      rt->close(std::chrono::milliseconds(1));
    } catch (const Error& error) {
      std::fprintf(stderr, "%s\n", error.what());
    }
    rt.reset();
  });
  CHECK_THAT(said, ContainsSubstring("RuntimeError: a thread is still attached to the runtime"));
  CHECK_THAT(said, ContainsSubstring("[closed-alone]"));
}

}  // namespace ouro::test
