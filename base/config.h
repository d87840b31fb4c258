// What a build of Ouroboros was configured with, as constants.
//
// CMake defines OURO_CHECKS on the target's public interface, because inline code in the headers depends on it: a program
// and the library it links must agree. Nothing else in the tree tests a macro of the build.
//
// Law same-checks: all files of a program are compiled with the library's OURO_CHECKS.
#pragma once

#include <cstddef>
#include <cstdint>

#ifndef OURO_CHECKS
#define OURO_CHECKS 0
#endif

namespace ouro {

/// How much of the laws a build checks while it runs. Each level includes those before it.
enum class CheckLevel : int {
  kOff = 0,       ///< nothing but what the API promises to report as an Error
  kCheap = 1,     ///< constant-time facts at the public doors (who holds the lock, whose object is it)
  kInternal = 2,  ///< constant-time facts everywhere
  kHeap = 3,      ///< the whole-heap verifier and the oracle around every collection
};

/// The level this build was configured with.
inline constexpr CheckLevel kChecks = static_cast<CheckLevel>(OURO_CHECKS);

namespace detail {
/// The library has this function for the level it was built with, and for no other (assert.cpp).
template <CheckLevel kLevel>
void library_checks() noexcept;
/// Law same-checks: what was compiled with another level than the library does not link, because this finds no function.
[[gnu::used]] static void (*const kLibraryChecks)() noexcept = &library_checks<kChecks>;
}  // namespace detail

#if defined(__SANITIZE_ADDRESS__)
inline constexpr bool kAddressSanitizer = true;
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
inline constexpr bool kAddressSanitizer = true;
#else
inline constexpr bool kAddressSanitizer = false;
#endif
#else
inline constexpr bool kAddressSanitizer = false;
#endif

#if defined(__SANITIZE_THREAD__)
inline constexpr bool kThreadSanitizer = true;
#elif defined(__has_feature)
#if __has_feature(thread_sanitizer)
inline constexpr bool kThreadSanitizer = true;
#else
inline constexpr bool kThreadSanitizer = false;
#endif
#else
inline constexpr bool kThreadSanitizer = false;
#endif

static_assert(sizeof(void*) == 8, "Ouroboros lays out objects for 64-bit machines");

}  // namespace ouro
