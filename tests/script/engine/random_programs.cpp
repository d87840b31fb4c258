// Random programs, which CPython and ouro both run (programs/make_random.py). OURO_RANDOM_PROGRAMS=20000 runs so many.
#include <support/catch.h>
#include <support/python.h>
#include <support/skip.h>

#include <fmt/format.h>

#include <cstdio>
#include <cstdlib>
#include <string>

#include <script/engine/programs.h>
#include <unistd.h>

namespace ouro::test {

namespace {

constexpr int kRandomPrograms = 12;

int random_programs() {
  const char* const wanted = std::getenv("OURO_RANDOM_PROGRAMS");
  return wanted != nullptr ? std::atoi(wanted) : kRandomPrograms;
}

}  // namespace

TEST_CASE("Random programs do under ouro what they do under CPython", "[script]") {
  if (!have_python_or_skip()) return;
  if (std::string(OURO_PROGRAM).empty()) return skip("the program ouro is not built: it needs CLI11");
  for (int seed = 1; seed <= random_programs(); ++seed) {
    const std::string file = fmt::format("/tmp/ouro-random-{}-{}.py", getpid(), seed);
    static_cast<void>(run_by_python(fmt::format("make_random.py {} > {}", seed, file)));
    INFO("make_random.py " << seed);
    const std::string expected = run_by_python("-W ignore " + file);
    CHECK(expected.ends_with("exit 0\n"));
    CHECK(run_by_ouro(file) == expected);
    std::remove(file.c_str());
  }
}

}  // namespace ouro::test
