// Ends the process when a law is broken, and checks at link time that program and library agree on the level of checks.
#include <ouro/base/assert.h>

#include <cstdio>
#include <cstdlib>

namespace ouro {

template <CheckLevel kLevel>
void detail::library_checks() noexcept {}
template void detail::library_checks<kChecks>() noexcept;

void law_broken(const char* law, const char* detail, const char* file, int line) noexcept {
  std::fprintf(stderr, "ouro: broken law [%s]: %s (%s:%d)\n", law, detail == nullptr ? "" : detail, file, line);
  std::fflush(stderr);
  std::abort();
}

}  // namespace ouro
