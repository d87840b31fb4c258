// Laws and what happens when one is broken.
//
// A law is an invariant with a name (docs/laws.md lists them). A check names its law, so that a failure, the comment at the
// data structure and the test that plants the corruption all say the same word. A broken law means that memory can no
// longer be trusted: the message goes to standard error and the process aborts. It never throws and never allocates.
#pragma once

#include <ouro/base/config.h>

namespace ouro {

/// Reports a broken law and aborts.
/// `law` is its name, `detail` what was found (may be null). Allocates nothing, so it is safe on a damaged heap.
[[noreturn]] void law_broken(const char* law, const char* detail, const char* file, int line) noexcept;

}  // namespace ouro

/// Checks a constant-time fact at a public door. `law` is a string literal: the name of the law.
#if OURO_CHECKS >= 1
#define OURO_ASSERT(fact, law) (static_cast<bool>(fact) ? void(0) : ::ouro::law_broken(law, #fact, __FILE__, __LINE__))
#else
#define OURO_ASSERT(fact, law) void(0)
#endif

/// Checks a constant-time fact inside a floor.
#if OURO_CHECKS >= 2
#define OURO_ASSERT_INTERNAL(fact, law) OURO_ASSERT(fact, law)
#else
#define OURO_ASSERT_INTERNAL(fact, law) void(0)
#endif
